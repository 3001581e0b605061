/**
 * The examiner: a witness with a tap on every link, who audits what it captured. Its findings are facts about octets, whatever a
 * device says of itself; expectations of the scenarios rest on them.
 */
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import { toHex } from '../../../sim/octets.ts';
import { RTP_HEADER_OCTETS } from '../../../network/rtp/index.ts';
import type { CapturedPacket, Packet } from '../../../network/packet.ts';
import { Canaries, CANARY_OCTETS } from './canaries.ts';
import { readFlashImage } from '../../../devices/hardware/index.ts';
import type { Sight, Statement, Testimony, Witness } from '../witness.ts';
import './events.ts';

/** What was seen of a call that is not over. */
type CallAudit = {
  readonly csb: string;
  readonly packets: number;
  /** Of these, how many travelled past the relay. */
  readonly direct: number;
  /** Of these, how many held a speaker's frame in clear. */
  readonly hits: number;
  /** Fingerprints of the keys that it is sent with. */
  readonly keys: readonly string[];
  readonly directions: number;
};

/** Calls that are not over and connections that were seen: all that later findings rest on. */
export type ExaminerState = {
  readonly calls: readonly CallAudit[];
  /** TLS connections whose ServerHello was seen. */
  readonly greeted: readonly string[];
};

/** What it has to know beforehand to tell good from bad: where media may pass, and whose voice to look for. */
export interface ExaminerOptions {
  /** Hosts of which all media must cross one. */
  readonly relays: readonly string[];
  /** Recordings of the speakers, G.711. */
  readonly voices: readonly Uint8Array[];
}

/** Audits ServerHellos, the way and the content of media, keys of calls and what a wipe left; its findings are `audit.*` events. */
export class Examiner implements Witness<ExaminerState> {
  readonly id = 'examiner';
  readonly initial: ExaminerState = { calls: [], greeted: [] };
  readonly #relays: ReadonlySet<string>;
  readonly #canaries: Canaries;

  constructor({ relays, voices }: ExaminerOptions) {
    this.#relays = new Set(relays);
    this.#canaries = Canaries.of(voices);
  }

  take(state: ExaminerState, event: AnyTraceEvent, sight: Sight): Testimony<ExaminerState> {
    const { calls } = state;
    switch (event.type) {
      case 'handset.call-connected':
        return { state: { ...state, calls: withCall(calls, event.data.csb) } };
      case 'srtp.keyed': {
        const { csb, direction, tek } = event.data;
        return direction === 'send'
          ? { state: { ...state, calls: keyed(calls, csb, tek.fingerprint) } }
          : { state };
      }
      case 'network.no-route':
        if (event.data.protocol !== 'udp') return { state };
        return { state: { ...state, calls: calls.map((call) => ({ ...call, direct: call.direct + 1 })) } };
      case 'crs.call-ended':
        return { state: { ...state, calls: [] }, says: calls.flatMap(findingsOf) };
      case 'handset.wiped':
        return { state, says: residueOn(event.on, sight.storageOf(event.on)) };
      default:
        return { state };
    }
  }

  takePacket(state: ExaminerState, { packet }: CapturedPacket): Testimony<ExaminerState> {
    if (packet.protocol === 'tcp') return greeted(state, packet);
    const { calls } = state;
    const { from, to, octets } = packet;
    if (calls.length === 0 || octets.length < RTP_HEADER_OCTETS + CANARY_OCTETS) return { state };
    const direct = this.#relays.has(from.host) || this.#relays.has(to.host) ? 0 : 1;
    const hit = this.#canaries.standAt(octets, RTP_HEADER_OCTETS) ? 1 : 0;
    // Field by field: this is done for each packet of a call, and a spread of an object costs more than all else here.
    const counted = calls.map(({ csb, packets, direct: beside, hits, keys, directions }) => ({
      csb,
      packets: packets + 1,
      direct: beside + direct,
      hits: hits + hit,
      keys,
      directions,
    }));
    return { state: { calls: counted, greeted: state.greeted } };
  }
}

function withCall(calls: readonly CallAudit[], csb: string): readonly CallAudit[] {
  if (calls.some((call) => call.csb === csb)) return calls;
  return [...calls, { csb, packets: 0, direct: 0, hits: 0, keys: [], directions: 0 }];
}

function keyed(calls: readonly CallAudit[], csb: string, key: string): readonly CallAudit[] {
  return withCall(calls, csb).map((call) =>
    call.csb === csb
      ? { ...call, directions: call.directions + 1, keys: [...new Set([...call.keys, key])] }
      : call,
  );
}

function findingsOf({ csb, packets, direct, hits, keys, directions }: CallAudit): readonly Statement[] {
  return [
    { type: 'audit.media-path', data: { csb, packets, direct } },
    { type: 'audit.canary', data: { csb, packets, hits } },
    { type: 'audit.call-keys', data: { csb, directions, distinct: keys.length } },
  ];
}

function residueOn(phone: string, image: Uint8Array | undefined): readonly Statement[] {
  if (image === undefined) return [];
  const { live, remnants } = readFlashImage(image);
  return [{ type: 'audit.residue', data: { phone, readable: live.size + remnants.length } }];
}

/** The first record of a server: 22, version, length, then ServerHello (2), length, version, random, session id, suite. */
function greeted(state: ExaminerState, { from, to, octets }: Packet): Testimony<ExaminerState> {
  if (octets[0] !== 22 || octets[5] !== 2) return { state };
  const connection = `${from.host}:${from.port} ${to.host}:${to.port}`;
  if (state.greeted.includes(connection)) return { state };
  const suiteAt = 44 + (octets[43] ?? 0);
  const version = `${octets[9] ?? 0}.${octets[10] ?? 0}`;
  const data = {
    server: from.host,
    client: to.host,
    suite: `0x${toHex(octets.subarray(suiteAt, suiteAt + 2)).toUpperCase()}`,
    version: version === '3.3' ? 'TLS 1.2' : version,
  };
  return {
    state: { ...state, greeted: [...state.greeted, connection] },
    says: [{ type: 'audit.server-hello', data }],
  };
}
