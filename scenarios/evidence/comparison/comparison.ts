/**
 * Two suites compared, of which one came before the other. What counts as worse is decided here and nowhere else: a regression, lost evidence, an
 * exposure that is new or longer or of which nobody shows any more that it ended, and a run that failed or was not made.
 */
import type { SuiteResult } from '../model.ts';
import { checkChanges, runChanges, variantsOf } from './checks.ts';
import { clauseChanges, clauseTextChanges } from './clauses.ts';
import { conditionChanges, notComparable } from './conditions.ts';
import { exposureChanges } from './exposures.ts';
import type {
  SuiteComparison,
  ComparisonOutcome,
  Divergence,
  ExposureKind,
  RunChange,
  TraceChange,
  VerdictChange,
} from './model.ts';

/** The first event that differs of a run that both have, or the sentence that says why nobody could look. */
export type DivergenceOf = (scenario: string, variant: string) => Divergence | string | undefined;

const WORSE_EXPOSURE: ReadonlySet<ExposureKind> = new Set<ExposureKind>(['new', 'longer', 'unproven']);
const WORSE_RUN: ReadonlySet<RunChange['kind']> = new Set<RunChange['kind']>(['gone', 'failed']);

/** Compares them. `divergenceOf` is asked for each run whose traces differ. */
export function comparisonOf(
  before: SuiteResult,
  after: SuiteResult,
  divergenceOf: DivergenceOf,
): SuiteComparison {
  const clauseTexts = clauseTextChanges(before.clauses, after.clauses);
  const found = {
    notComparable: notComparable(before, after, clauseTexts),
    conditions: conditionChanges(before, after),
    clauseTexts,
    runs: runChanges(before, after),
    checks: checkChanges(before, after),
    clauses: clauseChanges(before.clauses, after.clauses),
    exposures: exposureChanges(before, after),
    ...traceChanges(before, after, divergenceOf),
  };
  return { outcome: outcomeOf(found), ...found };
}

/** Whether a verdict got worse, or is not known any more. */
function isWorseVerdict({ kind }: VerdictChange): boolean {
  return kind === 'regression' || kind === 'lost';
}

function outcomeOf(found: Omit<SuiteComparison, 'outcome'>): ComparisonOutcome {
  const { checks, clauses, exposures, runs, notComparable: reasons } = found;
  const worse =
    [...checks, ...clauses].some(isWorseVerdict) ||
    exposures.some(({ kind }) => WORSE_EXPOSURE.has(kind)) ||
    runs.some(({ kind }) => WORSE_RUN.has(kind));
  if (worse) return 'worse';
  if (reasons.length > 0) return 'not-comparable';
  const lists = [checks, clauses, exposures, runs, found.conditions, found.clauseTexts, found.traces];
  return lists.every(({ length }) => length === 0) ? 'same' : 'not-worse';
}

function traceChanges(
  before: SuiteResult,
  after: SuiteResult,
  divergenceOf: DivergenceOf,
): Pick<SuiteComparison, 'sameTraces' | 'traces'> {
  const [old, now] = [variantsOf(before), variantsOf(after)];
  const traces: TraceChange[] = [];
  let sameTraces = 0;
  for (const [place, { traceDigest }] of old) {
    const other = now.get(place);
    if (other === undefined) continue;
    if (other.traceDigest === traceDigest) {
      sameTraces++;
      continue;
    }
    const [scenario = '', variant = ''] = place.split('/');
    const found = divergenceOf(scenario, variant);
    const divergence = typeof found === 'object' ? found : null;
    const why =
      found === undefined
        ? 'the same events at the same times, in another order'
        : typeof found === 'string'
          ? found
          : '';
    traces.push({ place, divergence, why });
  }
  return { sameTraces, traces };
}
