/**
 * The reports of one call: RTCP on the port of the voice (RFC 5761), protected by SRTCP. Through the relay they pass like
 * voice: the server cannot tell who heard what.
 */
import { CalldrillError } from '../../sim/errors.ts';
import type { TimerId } from '../../sim/clock.ts';
import type { RandomSource } from '../../sim/random.ts';
import {
  RtcpInterval,
  RtcpSession,
  SrtcpReceiver,
  SrtcpSender,
  type SentSoFar,
  type SrtpListener,
  type SrtpMaster,
} from '../../network/rtp/index.ts';
import type { Ports } from '../ports.ts';

/** The socket, keys and names of the stream that is reported about. */
export interface MediaReportsOptions {
  readonly ports: Ports;
  readonly random: RandomSource;
  readonly sending: SrtpMaster;
  readonly receiving: SrtpMaster;
  readonly ssrc: number;
  readonly cname: string;
  readonly listener: SrtpListener;
  readonly sent: () => SentSoFar;
  readonly send: (octets: Uint8Array) => void;
}

/** Sends reports at the intervals of RFC 3550 6.3 and takes those of the peer, with counts of both. */
export class MediaReports {
  readonly session: RtcpSession;
  readonly #options: MediaReportsOptions;
  readonly #sender: SrtcpSender;
  readonly #receiver: SrtcpReceiver;
  readonly #interval: RtcpInterval;
  #timer: TimerId;
  #malformed = 0;
  #sent = 0;

  constructor(options: MediaReportsOptions) {
    const { ports, random, sending, receiving, ssrc, cname, listener } = options;
    this.#options = options;
    this.#sender = new SrtcpSender(sending);
    this.#receiver = new SrtcpReceiver(receiving);
    this.session = new RtcpSession({
      ssrc,
      cname,
      beginsUnixMs: ports.begins,
      reception: listener.end.reception,
    });
    this.#interval = new RtcpInterval(random, ports.clock.now());
    this.#timer = ports.clock.schedule(this.#interval.begin(), () => this.#fired());
  }

  get counters(): { readonly sent: number; readonly received: number; readonly refused: number } {
    const { opened, refused } = this.#receiver.counters;
    let all = this.#malformed;
    for (const count of refused.values()) all += count;
    return { sent: this.#sent, received: opened - this.#malformed, refused: all };
  }

  /** A report came in, or something that looks like one. */
  receive(octets: Uint8Array): void {
    let opened: Uint8Array;
    try {
      opened = this.#receiver.unprotect(octets);
    } catch (error) {
      // Counted by the receiver.
      if (error instanceof CalldrillError) return;
      throw error;
    }
    try {
      this.session.receive(opened, this.#options.ports.clock.now());
    } catch (error) {
      if (!(error instanceof CalldrillError)) throw error;
      this.#malformed++;
    }
  }

  /** No more reports; with a goodbye when the other end does not know yet. */
  stop(goodbye: boolean): void {
    const { ports, sent, listener } = this.#options;
    ports.clock.cancel(this.#timer);
    if (goodbye) this.#send(this.session.goodbye(ports.clock.now(), sent(), listener.end.ssrc));
  }

  #fired(): void {
    const { ports, sent, listener } = this.#options;
    const now = ports.clock.now();
    const { send, wait } = this.#interval.fired(now);
    if (send) this.#send(this.session.report(now, sent(), listener.end.ssrc));
    this.#timer = ports.clock.schedule(wait, () => this.#fired());
  }

  #send(compound: Uint8Array): void {
    this.#sent++;
    this.#options.send(this.#sender.protect(compound));
  }
}
