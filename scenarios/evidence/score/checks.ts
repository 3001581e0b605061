/**
 * The two checks that an exercise adds to those of its scenario: that each line was typed when it was due, and that nobody was cut off for
 * longer than by the book. They count like any other check, so that an exercise in which nothing was done fails in every output.
 */
import { MINUTE, SECOND, type Micros } from '../../../sim/clock.ts';
import { formatDuration } from '../../../sim/duration.ts';
import {
  EXERCISE_LINES_CHECK,
  EXERCISE_SERVICE_CHECK,
  type ResolvedScreenplay,
} from '../../language/index.ts';
import type { CheckResult } from '../model.ts';
import { linesOf } from '../procedures/lines.ts';
import { sourceOf } from '../verdicts/check.ts';
import type { ExerciseScore } from './model.ts';

/** Cut off for so much longer than by the book is no fail: who acts a little before or after the screenplay has done no harm. */
const OUTAGE_GRACE: Micros = 5 * MINUTE;

/** Lines that are named in one verdict. */
const NAMED_MAX = 5;

/** The checks of a score, whose scenario is `screenplay`. */
export function exerciseChecks(
  score: ExerciseScore,
  screenplay: Pick<ResolvedScreenplay, 'where' | 'steps' | 'performs'>,
): readonly CheckResult[] {
  const first = linesOf(screenplay).find(({ by }) => score.roles.includes(by)) ?? screenplay;
  const base = { kind: 'expectation', parts: [], source: sourceOf(first.where) } as const;
  const roles = score.roles.join(', ');
  return [
    {
      ...{ id: EXERCISE_LINES_CHECK, title: `each line that was due to ${roles} was typed` },
      ...base,
      ...linesFinding(score),
    },
    {
      ...{ id: EXERCISE_SERVICE_CHECK, title: 'no user was cut off longer than by the screenplay' },
      ...base,
      ...serviceFinding(score),
    },
  ];
}

type CheckFinding = Pick<CheckResult, 'verdict' | 'why' | 'evidence'>;

function linesFinding({ lines }: ExerciseScore): CheckFinding {
  const typed = lines.filter(({ verdict }) => verdict === 'pass');
  const missing = lines.filter(({ verdict }) => verdict === 'fail');
  const evidence = typed.flatMap(({ event }) => event ?? []);
  if (missing.length > 0) {
    const more = missing.length - NAMED_MAX;
    const named = missing.slice(0, NAMED_MAX).map(({ on, line }) => `${on}: ${line}`);
    return {
      verdict: 'fail',
      why: `never typed, though due: ${named.join('; ')}${more > 0 ? `; and ${more} more` : ''}`,
      evidence,
    };
  }
  return typed.length === 0
    ? { verdict: 'not-applicable', why: 'no line was due', evidence }
    : { verdict: 'pass', why: `lines typed: ${typed.length}`, evidence };
}

function serviceFinding({ outage }: ExerciseScore): CheckFinding {
  const harmed = outage.filter(({ beyond }) => beyond > 0);
  const worst = harmed.filter(({ beyond }) => beyond > OUTAGE_GRACE);
  const named = (worst.length > 0 ? worst : harmed).map(
    ({ user, beyond }) =>
      `${user} could not call for ${length(beyond)} in which they could have by the screenplay`,
  );
  return {
    verdict: worst.length > 0 ? 'fail' : 'pass',
    why:
      named.length === 0
        ? 'everybody could call whenever they could have by the screenplay'
        : named.join('; '),
    evidence: harmed.flatMap(({ times }) =>
      times.flatMap(({ beyond, event }) => (beyond > 0 && event > 0 ? [event] : [])),
    ),
  };
}

function length(time: Micros): string {
  return formatDuration(Math.round(time / SECOND) * SECOND);
}
