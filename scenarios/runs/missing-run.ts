/** What a report says of a run that came to no end: which, why, and what would have been judged. */
import { CalldrillError } from '../../sim/errors.ts';
import type { MissingRun } from '../evidence/model.ts';
import { sourceOf } from '../evidence/verdicts/index.ts';
import { replayLine, resolvedFor, type RunBasis } from './run.ts';

/** The code of what is not a CalldrillError: a defect. */
const DEFECT = 'INTERNAL';

/** The run of a variant that ended with `error`. */
export function missingRunOf(basis: RunBasis, variant: string, error: Error): MissingRun {
  const { variant: about, expect, probes } = resolvedFor(basis, variant);
  const wanted = [
    ...expect.map((check) => ({ kind: 'expectation' as const, check })),
    ...probes.map((check) => ({ kind: 'probe' as const, check })),
  ];
  return {
    ...about,
    checks: wanted
      .filter(({ check }) => check.notApplicable === undefined)
      .map(({ kind, check: { id, title, parts, where } }) => ({
        id,
        kind,
        title,
        parts: parts.map((part) => part.id),
        source: sourceOf(where),
      })),
    code: error instanceof CalldrillError ? error.code : DEFECT,
    why: error.message,
    seed: basis.seed,
    replay: replayLine(basis, variant),
  };
}
