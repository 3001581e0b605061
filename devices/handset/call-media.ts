/**
 * The voice of one call under all its keys: those that it began with, and those that take their place while it goes on (RFC 3261 section 14). New
 * keys come with a new source (RFC 3711 section 3.3.1 forbids to begin a packet index anew for one that goes on), so what is still on its way under the old ones is told from it.
 */
import { SECOND } from '../../sim/clock.ts';
import { Secret } from '../../sim/secret.ts';
import type { DatagramSocket } from '../../network/fabric.ts';
import type { SessionKeys } from '../../network/mikey/index.ts';
import { isRtcp, rtpSsrc, silence } from '../../network/rtp/index.ts';
import type { ReceivedAnswer } from '../signalling/session-description.ts';
import type { CallParty, CallPorts } from './call-party.ts';
import { Media, type MediaHeard, type MediaQuality, type MediaReport } from './media.ts';

/** How long packets under the keys of before may still be on their way. */
const ON_THE_WAY = 2 * SECOND;

/** Keys, and the ends of the streams that they are for. */
export interface KeyedStreams {
  /** CSB ID of the call, which it keeps. */
  readonly call: string;
  readonly party: CallParty;
  readonly peer: Pick<ReceivedAnswer, 'remote' | 'rtcpMux'>;
  readonly ssrc: number;
  readonly cname: string;
  readonly heard: MediaHeard;
}

const NOTHING: MediaReport = {
  sent: 0,
  received: 0,
  tampered: 0,
  replayed: 0,
  outOfStep: 0,
  malformed: 0,
  lost: 0,
};

/** Hears under new keys from `prepare` on, and speaks under them from `begin` on. */
export class CallMedia {
  readonly #call: CallPorts;
  readonly #socket: DatagramSocket;
  #current: Media | undefined;
  #next: Media | undefined;
  #former: Media | undefined;
  /** Of keys that are done with. */
  #before: MediaReport = NOTHING;

  constructor(call: CallPorts, socket: DatagramSocket) {
    this.#call = call;
    this.#socket = socket;
  }

  /** Takes the place of whatever was prepared and never begun. */
  prepare(streams: KeyedStreams): void {
    const { ports, random, device, talk, listen } = this.#call;
    const { party, peer, ssrc, cname, heard } = streams;
    const { sending, receiving, peerStart, policy } = party;
    this.#report(streams);
    this.#next = new Media({
      ports,
      random,
      reportRandom: ports.random.stream(`handset:${device}:reports`),
      socket: this.#socket,
      remote: peer.remote,
      profile: policy.profile,
      sending,
      receiving,
      peerStart,
      talk: talk ?? silence,
      saidBefore: this.#current?.said ?? 0,
      hear: listen?.(streams.call),
      ssrc,
      cname: peer.rtcpMux ? cname : undefined,
      ...heard,
    });
  }

  /** Speaks under the keys that were prepared. Nothing when there are none. */
  begin(): void {
    const next = this.#next;
    if (next === undefined) return;
    this.#next = undefined;
    this.#retire();
    this.#former = this.#current;
    this.#former?.rest();
    this.#current = next;
    next.begin();
    if (this.#former !== undefined) this.#call.ports.clock.schedule(ON_THE_WAY, () => this.#retire());
  }

  /** What was prepared is not needed. */
  giveUp(): void {
    this.#next = undefined;
  }

  /** A datagram came in on the call's socket. */
  receive(octets: Uint8Array): void {
    const newest = this.#next ?? this.#current;
    const older = this.#next === undefined ? this.#former : this.#current;
    const media = older === undefined || older.peerSsrc !== sourceOf(octets) ? newest : older;
    media?.receive(octets);
  }

  /** Ends it, with a goodbye when the peer does not know yet. */
  stop(goodbye: boolean): MediaReport {
    this.#retire();
    return joined(this.#before, this.#current?.stop(goodbye) ?? NOTHING);
  }

  /** Under the keys of now. */
  quality(): MediaQuality | undefined {
    return this.#current?.quality();
  }

  #retire(): void {
    const former = this.#former;
    this.#former = undefined;
    if (former !== undefined) this.#before = joined(this.#before, former.stop(false));
  }

  #report({ call, party }: KeyedStreams): void {
    const { ports, device, user } = this.#call;
    const { csb, policy, sending, receiving } = party;
    const tekOf = (keys: SessionKeys): Secret => new Secret('TEK', `${csb} CS ${keys.csId}`, keys.tek);
    for (const [direction, keys] of [
      ['send', sending],
      ['receive', receiving],
    ] as const)
      ports.trace.append('srtp.keyed', device, {
        csb: call,
        user,
        direction,
        profile: policy.profile,
        tek: tekOf(keys),
      });
    const secrets = [tekOf(sending), tekOf(receiving)];
    ports.trace.append('custody.made', device, { secrets, from: null, to: device });
  }
}

function sourceOf(octets: Uint8Array): number | undefined {
  if (octets.length < 12) return undefined;
  return isRtcp(octets) ? new DataView(octets.buffer, octets.byteOffset).getUint32(4) : rtpSsrc(octets);
}

function joined(a: MediaReport, b: MediaReport): MediaReport {
  return {
    sent: a.sent + b.sent,
    received: a.received + b.received,
    tampered: a.tampered + b.tampered,
    replayed: a.replayed + b.replayed,
    outOfStep: a.outOfStep + b.outOfStep,
    malformed: a.malformed + b.malformed,
    lost: a.lost + b.lost,
  };
}
