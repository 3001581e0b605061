/**
 * Packet loss concealment in the manner of ITU-T G.711 Appendix I: where a frame is missing, the last pitch period is repeated.
 *
 * The first 10 ms repeat one period at full strength; the second and third 10 ms take a period more each, so that it does not
 * buzz, and from then on it fades by a fifth each 10 ms, to silence at 60 ms. Joins are overlapped and added: a quarter of a
 * period where periods meet, and longer the longer the gap was when speech comes back. For the join at the beginning of a gap
 * everything is heard 30 samples (3.75 ms) late.
 *
 * Arithmetic is on whole numbers, cut towards zero; a gain is a fraction of 400. The result is the same on every machine; it is not
 * claimed to be that of the ITU's program bit for bit.
 */
import { PITCH_MAX, pitchOf } from './pitch.ts';

/** Samples that everything is heard late. */
export const CONCEALMENT_DELAY = PITCH_MAX / 4;

/** Samples in 10 ms, by which concealment goes. */
const STEP = 80;
const HISTORY = 3 * PITCH_MAX + CONCEALMENT_DELAY;
/** Full strength, what it loses in 10 ms, and the steps until nothing is left. */
const GAIN = 400;
const FADE = 80;
const STEPS_HEARD = 6;
/** How much longer the overlap at the end of a gap is for each 10 ms of it. */
const OVERLAP_MORE = 32;

/** Makes up speech for frames that are missing, by repeating the last pitch period (G.711 appendix I). */
export class Concealer {
  /** What was heard, made up or not; the last 30 samples are still to be handed out. */
  readonly #history = new Int16Array(HISTORY);
  /** The periods that are repeated stand at its end. */
  readonly #pitch = new Int16Array(HISTORY);
  /** The last quarter period before the gap, as it was. */
  readonly #lastQuarter = new Int16Array(CONCEALMENT_DELAY);
  #period = 0;
  #quarter = 0;
  /** Samples of whole periods that are repeated, and where among them the next sample is. */
  #length = 0;
  #at = 0;
  /** 10 ms that the gap has lasted. */
  #steps = 0;

  /** Hands on a frame that came: any multiple of 80 samples. The result is as long. */
  heard(frame: Int16Array): Int16Array {
    const out = new Int16Array(frame.length);
    for (let from = 0; from < frame.length; from += STEP) {
      const step = frame.slice(from, from + STEP);
      if (this.#steps > 0) this.#return(step);
      out.set(this.#shift(step), from);
    }
    return out;
  }

  /** Makes up a frame of `samples` samples, a multiple of 80. */
  missing(samples: number): Int16Array {
    const out = new Int16Array(samples);
    for (let from = 0; from < samples; from += STEP) out.set(this.#shift(this.#makeUp()), from);
    return out;
  }

  #makeUp(): Int16Array {
    const step = new Int16Array(STEP);
    const steps = this.#steps++;
    if (steps >= STEPS_HEARD) return step;
    if (steps === 0) {
      this.#beginGap();
      this.#repeat(step);
    } else {
      if (steps <= 2) this.#morePeriods(step);
      else this.#repeat(step);
      for (let i = 0; i < STEP; i++)
        step[i] = ((step[i] ?? 0) * Math.max(0, GAIN - (steps - 1) * FADE - i)) / GAIN;
    }
    return step;
  }

  #beginGap(): void {
    this.#pitch.set(this.#history);
    this.#period = pitchOf(this.#history);
    this.#quarter = this.#period >> 2;
    this.#lastQuarter.set(this.#pitch.subarray(HISTORY - this.#quarter));
    this.#length = this.#period;
    this.#at = 0;
    this.#joinPeriods();
    // The last quarter has not been heard yet: it runs into the repetition.
    this.#history.set(this.#pitch.subarray(HISTORY - this.#quarter), HISTORY - this.#quarter);
  }

  /** Takes one more period, and goes over to it from the ones repeated so far. */
  #morePeriods(step: Int16Array): void {
    const before = new Int16Array(this.#quarter);
    const at = this.#at;
    this.#repeat(before);
    this.#at = at % this.#period;
    this.#length += this.#period;
    this.#joinPeriods();
    this.#repeat(step);
    overlapAdd(before, step, step, this.#quarter);
  }

  /** Lets the end of the periods run into their beginning. */
  #joinPeriods(): void {
    const beginning = HISTORY - this.#length - this.#quarter;
    const end = this.#pitch.subarray(HISTORY - this.#quarter);
    overlapAdd(this.#lastQuarter, this.#pitch.subarray(beginning), end, this.#quarter);
  }

  #repeat(into: Int16Array): void {
    const begin = HISTORY - this.#length;
    for (let i = 0; i < into.length; i++) {
      into[i] = this.#pitch[begin + this.#at] ?? 0;
      this.#at = (this.#at + 1) % this.#length;
    }
  }

  /** Speech is back: the repetition, as strong as it had become, runs into it. */
  #return(step: Int16Array): void {
    const overlap = Math.min(STEP, this.#quarter + (this.#steps - 1) * OVERLAP_MORE);
    const repeated = new Int16Array(overlap);
    const gain = Math.max(0, GAIN - (this.#steps - 1) * FADE);
    this.#repeat(repeated);
    for (let i = 0; i < overlap; i++) repeated[i] = ((repeated[i] ?? 0) * gain) / GAIN;
    overlapAdd(repeated, step, step, overlap);
    this.#steps = 0;
  }

  /** Remembers 10 ms, and hands out those that are 30 samples older. */
  #shift(step: Int16Array): Int16Array {
    this.#history.copyWithin(0, STEP);
    this.#history.set(step, HISTORY - STEP);
    const from = HISTORY - STEP - CONCEALMENT_DELAY;
    return this.#history.slice(from, from + STEP);
  }
}

/** From all of `left` to all of `right`, over `count` samples; `into` may be either. */
function overlapAdd(left: Int16Array, right: Int16Array, into: Int16Array, count: number): void {
  for (let i = 0; i < count; i++)
    into[i] = ((left[i] ?? 0) * (count - 1 - i) + (right[i] ?? 0) * (i + 1)) / count;
}
