/**
 * A listener of protected speech: takes SRTP packets as they come, and opens several at a time, which costs less than one by one. What
 * is heard depends on the packets and on when they came, not on when they are opened; so it is done when there are enough of
 * them, or when somebody asks.
 */
import { SECOND, type Micros } from '../../sim/clock.ts';
import type { Hear } from './jitter-buffer.ts';
import { ReceivingEnd } from './receiving-end.ts';
import type { SrtpCounters, SrtpReceiver } from './srtp.ts';

/** Packets that wait at most: one sixth of a second of them. */
const WAITING_MAX = 8;
/** Behind so long a silence packets do not wait: what is wrong with them is noticed when they come. */
const SILENCE: Micros = SECOND;

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
  /** When the packet came that was opened last. */
  #openedAt: Micros = Number.NEGATIVE_INFINITY;
  #isOutOfStep = false;
  readonly #onOutOfStep: () => void;
  readonly #opened = (octets: Uint8Array, length: number, place: number): void => {
    this.#openedAt = this.#arrivals[place] ?? 0;
    this.#end.add(octets, length, this.#openedAt);
  };
  readonly #refused = (code: string): void => {
    if (code === 'SRTP_TAG') this.#end.spoiled();
    if (code !== 'SRTP_OUT_OF_STEP' || this.#isOutOfStep) return;
    this.#isOutOfStep = true;
    this.#onOutOfStep();
  };

  /**
   * With `hear` an ear is attached: every frame is handed out as it is played. `onOutOfStep` is told of the first packet that is authentic
   * and cannot be opened, since so many before it did not come: nothing of the stream will be heard any more.
   */
  constructor(receiver: SrtpReceiver, hear?: Hear, onOutOfStep: () => void = () => undefined) {
    this.#receiver = receiver;
    this.#end = new ReceivingEnd(hear);
    this.#mayWait = hear === undefined;
    this.#onOutOfStep = onOutOfStep;
  }

  /** Whether a packet has authenticated itself. The first one never waits. */
  get hasHeard(): boolean {
    return this.#openedAt >= 0;
  }

  /** Takes a packet that came at `now`, which is not changed afterwards. What is refused is counted. */
  add(packet: Uint8Array, now: Micros): void {
    const place = this.#waiting++;
    this.#packets[place] = packet;
    this.#arrivals[place] = now;
    const mayWait = this.#mayWait && now - this.#openedAt < SILENCE;
    if (!mayWait || this.#waiting === WAITING_MAX) this.#openAll();
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
    this.#receiver.lookAll(this.#packets, waiting, this.#opened, this.#refused);
    if (this.#isOutOfStep) this.#end.reception.unheard = this.#receiver.unheard;
  }
}
