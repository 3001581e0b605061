/** Scores of exercises: pure functions of a trace, like verdicts. Start at `score.ts`. */
import type { ResolvedScreenplay } from '../../language/index.ts';
import type { VariantResult } from '../model.ts';
import type { LineSplitter } from './answers.ts';
import { exerciseChecks } from './checks.ts';
import { scoreOf, type ScoredRun } from './score.ts';

export type { ScoredRun } from './score.ts';

/** A run with its score and the checks that an exercise adds; as it is when nobody was played. `own`: the screenplay's own run. */
export function scored(
  result: VariantResult,
  screenplay: ResolvedScreenplay,
  {
    events,
    own,
    wordsOf,
  }: Pick<ScoredRun, 'events'> & { readonly own: ScoredRun; readonly wordsOf: LineSplitter },
): VariantResult {
  const score = scoreOf(screenplay, { run: { events, result }, own, wordsOf });
  if (score === undefined) return result;
  return { ...result, checks: [...result.checks, ...exerciseChecks(score, screenplay)], score };
}
