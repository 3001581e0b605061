/**
 * The sending half of a stream: what was written and not yet acknowledged, and when to send it (again).
 *
 * Sent at once up to the peer's window; there is no congestion control (docs/stream-transport.md says what that means). Loss is
 * repaired as in NewReno (RFC 6582): three duplicate acknowledgements or a time-out send the oldest segment again, and each
 * acknowledgement of a part of what was outstanding then sends the next hole. A window that is closed is probed with one octet,
 * for as long as the peer answers (RFC 9293 3.8.6.1). A sender with nothing outstanding and nothing to send has no timer.
 */
import type { Clock, Micros, TimerId } from '../../sim/clock.ts';
import { assert } from '../../sim/errors.ts';
import type { Kept } from '../../sim/kept.ts';
import { networkError } from './errors.ts';
import { SendBuffer } from './send-buffer.ts';
import { RoundTrip } from './round-trip.ts';
import { segmentOctetsToward, WINDOW, type OutgoingSegment } from './segment.ts';
import type { Acknowledgement, SenderSink, SenderState } from './sender-state.ts';
import type { StreamLimits } from './stream-limits.ts';

/** Most octets that may wait for their acknowledgement. */
const WAITING_MAX = 16 * 1024 * 1024;
const DUPLICATES_FOR_LOSS = 3;
/** Retransmissions of a thin stream before its time-out begins to double: Linux's TCP_THIN_LINEAR_TIMEOUTS, tcp(7). */
const THIN_RETRIES = 6;
const NOTHING = new Uint8Array(0);

/**
 * Sends what is written until the peer has acknowledged all of it, however often that takes; it knows positions, and nothing of
 * sequence numbers.
 */
export class Sender implements Kept<SenderState> {
  readonly #clock: Clock;
  readonly #limits: StreamLimits;
  readonly #sink: SenderSink;
  readonly #roundTrip: RoundTrip;
  /** Payload octets of a full segment. */
  #segmentOctets: number;
  readonly #buffer: SendBuffer;
  /** Oldest position not acknowledged. */
  #oldest = 0;
  /** Position to be sent next for the first time. */
  #next = 0;
  #finishing = false;
  #peerWindow = WINDOW;
  /** Where the segment that gave the window stood, in the peer's half and as an acknowledgement. */
  #windowAt = 0;
  #windowPosition = 0;
  /** The oldest octet was sent although the window is closed. */
  #probing = false;
  /** While the oldest position is below this one, losses are being repaired. */
  #repairedAt = 0;
  #duplicates = 0;
  #retries = 0;
  #timer: TimerId = 0;
  /** When time is up. The timer is not set again each time this moves away: when it fires early, it looks here. */
  #deadline: Micros = 0;
  #firesAt: Micros = 0;
  /** The position whose acknowledgement ends the running measurement, 0 for none. */
  #measuredTo = 0;
  #measuredSince: Micros = 0;

  constructor(
    clock: Clock,
    limits: StreamLimits,
    segmentOctets: number,
    sink: SenderSink,
    kept?: SenderState,
  ) {
    this.#clock = clock;
    this.#limits = limits;
    this.#segmentOctets = kept?.segmentOctets ?? segmentOctets;
    this.#sink = sink;
    this.#roundTrip = new RoundTrip(limits, kept?.roundTrip);
    this.#buffer = new SendBuffer(kept?.end);
    if (kept === undefined) return;
    this.#oldest = kept.end;
    this.#next = kept.end;
    this.#peerWindow = kept.peerWindow;
    this.#windowAt = kept.windowAt;
    this.#windowPosition = kept.windowPosition;
    this.#repairedAt = kept.repairedAt;
  }

  /** Whether all that was written has been acknowledged, and the stream goes on. */
  get isAtRest(): boolean {
    const isAcknowledged = this.#oldest === this.#buffer.end && this.#next === this.#buffer.end;
    return isAcknowledged && !this.#finishing && !this.#probing && this.#timer === 0;
  }

  /** At rest only. */
  save(): SenderState {
    assert(this.isAtRest, 'a sender is kept at rest');
    return {
      segmentOctets: this.#segmentOctets,
      end: this.#buffer.end,
      peerWindow: this.#peerWindow,
      windowAt: this.#windowAt,
      windowPosition: this.#windowPosition,
      repairedAt: this.#repairedAt,
      roundTrip: this.#roundTrip.save(),
    };
  }

  /** Oldest position not acknowledged. */
  get oldest(): number {
    return this.#oldest;
  }

  get next(): number {
    return this.#next;
  }

  /** Whether the FIN has been sent, or waits to be. */
  get finishing(): boolean {
    return this.#finishing;
  }

  /** Whether the FIN has been acknowledged, and so everything before it. */
  get finished(): boolean {
    return this.#finishing && this.#oldest > this.#buffer.end;
  }

  /** From now on sends no more in one segment than the peer takes. */
  limitSegments(announced: number): void {
    this.#segmentOctets = segmentOctetsToward(this.#segmentOctets, announced);
  }

  /** Sends the SYN. */
  open(): void {
    this.#measure(1);
    this.#next = 1;
    this.#sink.transmit(this.#segmentAt(0));
    this.#arm();
  }

  /** Errors: NETWORK_STREAM_FULL. */
  write(octets: Uint8Array): void {
    assert(!this.#finishing, 'nothing is written after the end');
    if (this.#buffer.waiting + octets.length > WAITING_MAX) {
      throw networkError('NETWORK_STREAM_FULL', `${octets.length} octets more than the peer has taken`);
    }
    this.#buffer.append(octets);
    this.#pump();
  }

  finish(): void {
    if (this.#finishing) return;
    this.#finishing = true;
    this.#pump();
  }

  acknowledge({ position, window, at, bare }: Acknowledgement): void {
    if (position < this.#oldest || position > this.#next) return;
    const before = this.#peerWindow;
    if (at > this.#windowAt || (at === this.#windowAt && position >= this.#windowPosition)) {
      this.#peerWindow = window;
      this.#windowAt = at;
      this.#windowPosition = position;
    }
    if (position > this.#oldest) this.#advance(position);
    else if (this.#probing) this.#probed();
    else if (bare && this.#peerWindow === before) this.#repeated();
    this.#pump();
  }

  stop(): void {
    this.#disarm();
    this.#buffer.drop();
  }

  /** The peer has refused the octet beyond its window, so it is there; or its window is open again. */
  #probed(): void {
    this.#retries = 0;
    if (this.#peerWindow === 0) return;
    this.#probing = false;
    this.#next = this.#oldest;
    this.#disarm();
  }

  #repeated(): void {
    if (this.#next === this.#oldest) return;
    this.#duplicates++;
    if (this.#duplicates === DUPLICATES_FOR_LOSS && this.#oldest >= this.#repairedAt) this.#repair();
  }

  #advance(position: number): void {
    if (this.#measuredTo !== 0 && position >= this.#measuredTo) {
      this.#roundTrip.measured(this.#clock.now() - this.#measuredSince);
      this.#measuredTo = 0;
    }
    this.#buffer.spend(position);
    if (this.#oldest === 0 && this.#retries > 0) this.#roundTrip.restart();
    this.#oldest = position;
    this.#probing = false;
    this.#duplicates = 0;
    this.#retries = 0;
    const isRepairing = position < this.#repairedAt;
    if (isRepairing) this.#roundTrip.progressed();
    if (position === this.#next) this.#disarm();
    else this.#arm();
    if (isRepairing) this.#sendAgain();
  }

  #pump(): void {
    if (this.#oldest === 0) return;
    const last = this.#finishing ? this.#buffer.end + 1 : this.#buffer.end;
    while (this.#next < last && this.#next - this.#oldest < this.#peerWindow) {
      const segment = this.#segmentAt(this.#next);
      this.#next += segment.octets.length + (segment.fin ? 1 : 0);
      if (this.#measuredTo === 0) this.#measure(this.#next);
      if (this.#timer === 0) this.#arm();
      this.#sink.transmit(segment);
    }
    if (this.#next < last && this.#peerWindow === 0 && this.#timer === 0) this.#arm();
  }

  /** The longest segment that may be sent from this position; one octet when the window is closed. */
  #segmentAt(position: number): OutgoingSegment {
    if (position === 0) return { position, octets: NOTHING, syn: true, fin: false };
    const room = Math.max(1, this.#oldest + this.#peerWindow - position);
    const length = Math.min(this.#segmentOctets, this.#buffer.end - position, room);
    return {
      position,
      octets: this.#buffer.from(position, length),
      syn: false,
      fin: this.#finishing && position + length === this.#buffer.end && length < room,
    };
  }

  #repair(): void {
    this.#repairedAt = this.#next;
    this.#sendAgain();
  }

  #sendAgain(): void {
    // Karn's rule: a segment sent twice measures nothing.
    this.#measuredTo = 0;
    const segment = this.#segmentAt(this.#oldest);
    this.#next = Math.max(this.#next, segment.position + segment.octets.length + (segment.fin ? 1 : 0));
    this.#sink.transmit(segment);
  }

  #measure(to: number): void {
    this.#measuredTo = to;
    this.#measuredSince = this.#clock.now();
  }

  #arm(): void {
    this.#deadline = this.#clock.now() + this.#roundTrip.timeout;
    if (this.#timer !== 0 && this.#firesAt <= this.#deadline) return;
    this.#disarm();
    this.#setTimer();
  }

  #setTimer(): void {
    this.#firesAt = this.#deadline;
    this.#timer = this.#clock.schedule(this.#deadline - this.#clock.now(), () => this.#onTimer());
  }

  #disarm(): void {
    if (this.#timer !== 0) this.#clock.cancel(this.#timer);
    this.#timer = 0;
  }

  #onTimer(): void {
    this.#timer = 0;
    if (this.#clock.now() < this.#deadline) {
      this.#setTimer();
      return;
    }
    this.#probing = this.#peerWindow === 0;
    const { handshakeRetries, retries } = this.#limits;
    const linear = this.#isThin ? THIN_RETRIES : 0;
    if (this.#retries >= (this.#oldest === 0 ? handshakeRetries : retries + linear)) {
      this.#sink.onGivenUp();
      return;
    }
    this.#retries++;
    this.#duplicates = 0;
    if (this.#retries > linear) this.#roundTrip.backOff();
    this.#arm();
    this.#repair();
  }

  /** Too little is under way for three duplicate acknowledgements to tell of a loss: only time does. */
  get #isThin(): boolean {
    const outstanding = this.#next - this.#oldest;
    const isFew = outstanding <= DUPLICATES_FOR_LOSS * this.#segmentOctets;
    return !this.#probing && this.#roundTrip.isMeasured && isFew;
  }
}
