/** Verdicts: the words that a check, a part of the catalogue or a clause can come to, and which of them say that something was tried. */
import type { Micros } from '../../sim/clock.ts';
import type { EventNumber } from '../../sim/trace.ts';

/** The closed set of verdicts, from best to worst. */
export const VERDICTS = ['pass', 'waived', 'not-applicable', 'not-tested', 'inconclusive', 'fail'] as const;
/** One of the verdicts; only `fail` and `inconclusive` need attention. */
export type Verdict = (typeof VERDICTS)[number];

/** Whether something was tried that says yes or no: what a part has to be to count as tested, here and in every report. */
export function isTested({ verdict }: { readonly verdict: Verdict }): boolean {
  return verdict === 'pass' || verdict === 'fail';
}

/** Whether all of it was tested: a check or a clause by its parts, of which it has some. */
export function isWhole(parts: readonly { readonly verdict: Verdict }[]): boolean {
  return parts.length > 0 && parts.every(isTested);
}

/** What one check says of one part of the catalogue. Of a probe it is not what was predicted that counts, but what the part asks for. */
export interface PartFinding {
  /** `para-11.c2/wrong-psk` */
  readonly part: string;
  readonly verdict: Verdict;
  readonly why: string;
}

/** From where on a check that failed could not be saved, whatever had come after. */
export interface LostAt {
  readonly event: EventNumber;
  readonly time: Micros;
  /**
   * `event`: it broke the check itself. `window`: the first event after the time in which something else had to happen. `fork`: of a probe the last event
   * before its line was typed; it was decided by then, and by which event is not known.
   */
  readonly by: 'event' | 'window' | 'fork';
}
