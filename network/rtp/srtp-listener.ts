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
  #waiting: Uint8Array[] = [];
  readonly #arrivals = new Float64Array(WAITING_MAX);

  /** With `hear` an ear is attached: every frame is handed out as it is played. */
  constructor(receiver: SrtpReceiver, hear?: Hear) {
    this.#receiver = receiver;
    this.#end = new ReceivingEnd(hear);
    this.#mayWait = hear === undefined;
  }

  /** Whether a packet has authenticated itself. The first one never waits. */
  get hasHeard(): boolean {
    return this.#end.ssrc !== undefined;
  }

  /** Takes a packet that came at `now`, which is not changed afterwards. What is refused is counted. */
  add(packet: Uint8Array, now: Micros): void {
    if (!this.hasHeard || !this.#mayWait) {
      this.#addNow(packet, now);
      return;
    }
    this.#arrivals[this.#waiting.length] = now;
    this.#waiting.push(packet);
    if (this.#waiting.length === WAITING_MAX) this.#openAll();
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
    if (waiting.length === 0) return;
    this.#waiting = [];
    this.#receiver.lookAll(waiting, (octets, place) => {
      const length = (waiting[place]?.length ?? 0) - this.#receiver.tagOctets;
      this.#end.add(octets, length, this.#arrivals[place] ?? 0);
    });
  }

  #addNow(packet: Uint8Array, now: Micros): void {
    try {
      this.#end.add(this.#receiver.look(packet), packet.length - this.#receiver.tagOctets, now);
    } catch (error) {
      // It was counted.
      if (!(error instanceof CalldrillError)) throw error;
    }
  }
}
