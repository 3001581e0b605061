/**
 * A listener of protected speech: takes SRTP packets as they come, and opens several at a time, which costs less than one by one. What
 * is heard depends on the packets and on when they came, not on when they are opened; so it is done when there are enough of
 * them, or when somebody asks.
 */
import { CalldrillError } from '../../sim/errors.ts';
import type { Micros } from '../../sim/clock.ts';
import type { Hear } from './jitter-buffer.ts';
import { ReceivingEnd } from './receiving-end.ts';
import type { SrtpCounters, SrtpReceiver } from './srtp.ts';

/** Packets that wait at most: one sixth of a second of them. */
const WAITING_MAX = 8;

/** One direction of a call from the network to the ear. */
export class SrtpListener {
  readonly #receiver: SrtpReceiver;
  readonly #end: ReceivingEnd;
  /** Whether packets may wait: not while somebody hears them. */
  readonly #mayWait: boolean;
  /** Packets that wait, and when they came; only the first so many count. */
  readonly #packets: Uint8Array[] = [];
  readonly #arrivals: Micros[] = [];
  #waiting = 0;
  #hasHeard = false;
  readonly #opened = (octets: Uint8Array, length: number, place: number): void =>
    this.#end.add(octets, length, this.#arrivals[place] ?? 0);

  /** With `hear` an ear is attached: every frame is handed out as it is played. */
  constructor(receiver: SrtpReceiver, hear?: Hear) {
    this.#receiver = receiver;
    this.#end = new ReceivingEnd(hear);
    this.#mayWait = hear === undefined;
  }

  /** Whether a packet has authenticated itself. The first one never waits. */
  get hasHeard(): boolean {
    return this.#hasHeard;
  }

  /** Takes a packet that came at `now`, which is not changed afterwards. What is refused is counted. */
  add(packet: Uint8Array, now: Micros): void {
    if (!this.#hasHeard || !this.#mayWait) {
      this.#addNow(packet, now);
      return;
    }
    const place = this.#waiting++;
    this.#packets[place] = packet;
    this.#arrivals[place] = now;
    if (this.#waiting === WAITING_MAX) this.#openAll();
  }

  /** What was made of all the packets that have come. */
  get end(): ReceivingEnd {
    this.#openAll();
    return this.#end;
  }

  /** Of all the packets that have come. */
  get counters(): SrtpCounters {
    this.#openAll();
    return this.#receiver.counters;
  }

  #openAll(): void {
    const waiting = this.#waiting;
    if (waiting === 0) return;
    this.#waiting = 0;
    this.#receiver.lookAll(this.#packets, waiting, this.#opened);
  }

  #addNow(packet: Uint8Array, now: Micros): void {
    try {
      this.#end.add(this.#receiver.look(packet), packet.length - this.#receiver.tagOctets, now);
      this.#hasHeard = true;
    } catch (error) {
      // It was counted.
      if (!(error instanceof CalldrillError)) throw error;
    }
  }
}
