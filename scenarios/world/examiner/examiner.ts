/**
 * The examiner: a witness with a tap on every link, who audits what it captured. Its findings are facts about octets, whatever a
 * device says of itself; expectations of the scenarios rest on them.
 */
import type { AnyTraceEvent, TraceType } from '../../../sim/trace.ts';
import { toHex } from '../../../sim/octets.ts';
import { RTP_HEADER_OCTETS } from '../../../network/rtp/index.ts';
import type { CapturedPacket, Packet } from '../../../network/packet.ts';
import { Canaries, CANARY_OCTETS } from './canaries.ts';
import { discsAt, registered, type DiscRecord } from './discs.ts';
import { readFlashImage } from '../../../devices/hardware/index.ts';
import { mediumAfter, remnantsOn } from './remnants.ts';
import type { Sight, Statement, Testimony, Witness } from '../witness.ts';
import './events.ts';

/** What was seen of a call that is not over. */
type CallAudit = {
  readonly csb: string;
  /** Phones that are in it. */
  readonly phones: readonly string[];
  /** Of these, which have said that it is over. */
  readonly over: readonly string[];
  /** `alice bob`: who calls whom, as each of the phones says. */
  readonly ways: readonly string[];
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
  /** The last TLS connections whose ServerHello was seen. */
  readonly greeted: readonly string[];
  readonly discs: readonly DiscRecord[];
};

/** Connections of which it is remembered that they were greeted: a ServerHello that is sent again comes soon after the first. */
const GREETED_MAX = 512;

/** Of the events that change what it knows, or make it say something. */
const HEEDED: ReadonlySet<TraceType> = new Set<TraceType>([
  'handset.call-connected',
  'srtp.keyed',
  'network.no-route',
  'crs.call-ended',
  'handset.call-ended',
  'cms.disc-burnt',
  'crs.disc-loaded',
  'person.destroyed',
  'crs.month-removed',
  'handset.wiped',
  'person.sanitised',
  'handset.keys-removed',
  'handset.manual-key-update',
]);

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
  readonly initial: ExaminerState = { calls: [], greeted: [], discs: [] };
  readonly #relays: ReadonlySet<string>;
  readonly #canaries: Canaries;

  constructor({ relays, voices }: ExaminerOptions) {
    this.#relays = new Set(relays);
    this.#canaries = Canaries.of(voices);
  }

  heeds(type: TraceType): boolean {
    return HEEDED.has(type);
  }

  take(state: ExaminerState, event: AnyTraceEvent, sight: Sight): Testimony<ExaminerState> {
    const { calls } = state;
    switch (event.type) {
      case 'handset.call-connected': {
        const { csb, from, to } = event.data;
        return { state: { ...state, calls: joined(calls, csb, event.on, `${from} ${to}`) } };
      }
      case 'srtp.keyed': {
        const { csb, direction, tek } = event.data;
        const known = joined(calls, csb, event.on);
        return {
          state: { ...state, calls: direction === 'send' ? keyed(known, csb, tek.fingerprint) : known },
        };
      }
      case 'network.no-route':
        if (event.data.protocol !== 'udp') return { state };
        return { state: { ...state, calls: counted(calls, event.on, event.on, { direct: 1 }) } };
      case 'crs.call-ended': {
        const way = `${event.data.from} ${event.data.to}`;
        return ended(
          state,
          calls.find(({ ways }) => ways.includes(way)),
        );
      }
      case 'handset.call-ended': {
        const { csb } = event.data;
        const told = calls.map((call) =>
          call.csb === csb ? { ...call, over: [...call.over, event.on] } : call,
        );
        const call = told.find((each) => each.csb === csb);
        // Without its server a call is over when both phones say so.
        const isOver =
          call !== undefined &&
          call.phones.length > 1 &&
          call.phones.every((phone) => call.over.includes(phone));
        return isOver ? ended(state, call) : { state: { ...state, calls: told } };
      }
      case 'cms.disc-burnt':
      case 'crs.disc-loaded':
      case 'person.destroyed':
        return { state: { ...state, discs: registered(state.discs, event) } };
      case 'crs.month-removed':
        return { state, says: [discsAt(event.data.period, state.discs)] };
      case 'handset.wiped': {
        const image = sight.storageOf(event.on);
        return { state, says: [...residueOn(event.on, image), ...remnantsOn(event.on, 'wipe', image)] };
      }
      case 'person.sanitised':
        return { state, says: mediumAfter(event.data, sight) };
      case 'handset.keys-removed':
        return { state, says: remnantsOn(event.on, 'removal', sight.storageOf(event.on)) };
      case 'handset.manual-key-update':
        return { state, says: remnantsOn(event.on, 'key update', sight.storageOf(event.on)) };
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
    return {
      state: {
        calls: counted(calls, from.host, to.host, { packets: 1, direct, hits: hit }),
        greeted: state.greeted,
        discs: state.discs,
      },
    };
  }
}

/** The same calls with this phone in this one, which may be new. */
function joined(calls: readonly CallAudit[], csb: string, phone: string, way?: string): readonly CallAudit[] {
  const known = calls.find((call) => call.csb === csb) ?? {
    ...{ csb, phones: [], over: [], ways: [], packets: 0, direct: 0, hits: 0, keys: [], directions: 0 },
  };
  const call = {
    ...known,
    phones: [...new Set([...known.phones, phone])],
    ways: way === undefined ? known.ways : [...new Set([...known.ways, way])],
  };
  return calls.some((each) => each.csb === csb)
    ? calls.map((each) => (each.csb === csb ? call : each))
    : [...calls, call];
}

function keyed(calls: readonly CallAudit[], csb: string, key: string): readonly CallAudit[] {
  return calls.map((call) =>
    call.csb === csb
      ? { ...call, directions: call.directions + 1, keys: [...new Set([...call.keys, key])] }
      : call,
  );
}

/** The same calls with more in the last one that a phone at one of these addresses is in. */
function counted(
  calls: readonly CallAudit[],
  from: string,
  to: string,
  { packets = 0, direct = 0, hits = 0 }: Partial<Pick<CallAudit, 'packets' | 'direct' | 'hits'>>,
): readonly CallAudit[] {
  const [sender, receiver] = [phoneAt(from), phoneAt(to)];
  const known = calls.findLastIndex(({ phones }) => phones.includes(sender) || phones.includes(receiver));
  // The caller hears of the answer later than the first packets: until then they are of the call that has one phone.
  const at = known >= 0 ? known : calls.findLastIndex(({ phones }) => phones.length === 1);
  const call = calls[at];
  if (call === undefined) return calls;
  // Field by field: this is done for each packet of a call, and a spread of an object costs more than all else here.
  const { csb, phones, over, ways, keys, directions } = call;
  const more = {
    csb,
    phones,
    over,
    ways,
    packets: call.packets + packets,
    direct: call.direct + direct,
    hits: call.hits + hits,
    keys,
    directions,
  };
  return calls.length === 1 ? [more] : calls.with(at, more);
}

/** A phone that is at a site has an address there: `alice-phone.visited-fr`. */
function phoneAt(host: string): string {
  const dot = host.indexOf('.');
  return dot < 0 ? host : host.slice(0, dot);
}

function ended(state: ExaminerState, call: CallAudit | undefined): Testimony<ExaminerState> {
  if (call === undefined) return { state };
  return {
    state: { ...state, calls: state.calls.filter(({ csb }) => csb !== call.csb) },
    says: findingsOf(call),
  };
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
    state: { ...state, greeted: [...state.greeted.slice(1 - GREETED_MAX), connection] },
    says: [{ type: 'audit.server-hello', data }],
  };
}
