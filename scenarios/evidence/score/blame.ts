/**
 * Which line an exposure that lasted longer is put down to: one, though several were late. A line can be the reason only if the
 * exposure ends with it, and an end is known no better than from the last success of a probe to the first refusal.
 */
import type { Micros } from '../../../sim/clock.ts';
import type { ExposureBar } from '../model.ts';

/** The two times of a line that was to be typed, whose difference is the lateness. */
export interface TypedLate {
  readonly due?: Micros | undefined;
  /** When it was typed; absent when it never was. */
  readonly typed?: Micros | undefined;
}

/** An exposure in the exercise, and the same in the screenplay's own run if it is there. */
export interface ComparedExposure {
  readonly bar: ExposureBar;
  readonly own: ExposureBar | undefined;
}

/**
 * The line: of those that were late while `bar` lasted the first that was due, among those that may have ended it both here and in
 * the screenplay's own run if there are any. Undefined when none was late. `ends` is when the exercise did.
 */
export function blamedFor<Line extends TypedLate>(
  { bar, own }: ComparedExposure,
  lines: readonly Line[],
  ends: Micros,
): Line | undefined {
  const late = lines
    .filter((line) => {
      const { due, typed = ends } = line;
      return (
        due !== undefined && typed > due && bar.fromEarliest < typed && (bar.firstFailure ?? ends) >= typed
      );
    })
    .toSorted((a, b) => (a.due ?? 0) - (b.due ?? 0));
  return late.find((line) => mayHaveEnded(line, bar, own, ends)) ?? late[0];
}

function mayHaveEnded(
  { due = 0, typed = Infinity }: TypedLate,
  bar: ExposureBar,
  own: ExposureBar | undefined,
  ends: Micros,
): boolean {
  // What was never there in the own run was prevented by then.
  const [after, before] = own === undefined ? [0, bar.from] : [own.lastSuccess, own.firstFailure ?? ends];
  return typed >= bar.lastSuccess && due >= after && due <= before;
}
