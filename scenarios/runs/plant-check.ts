/**
 * The check of a run with a planted violation: somebody notices it. A plant that nothing catches would otherwise look like a run in which
 * everything is well, and it is the opposite: the drill is blind to what was broken.
 */
import { PLANT_CHECK, variantsOf, type Screenplay } from '../language/index.ts';
import type { CheckResult } from '../evidence/model.ts';
import { sourceOf } from '../evidence/verdicts/index.ts';

/**
 * Passes when all checks that the scenario declares for the plant in this variant noticed it, or, where it declares none, when any check
 * failed. `checks`: those of the run.
 */
export function plantCheck(
  plant: string,
  screenplay: Screenplay,
  variant: string,
  checks: readonly Pick<CheckResult, 'id' | 'verdict'>[],
): CheckResult {
  const [first] = variantsOf(screenplay);
  const declared = screenplay.plants.filter(
    (each) => each.name === plant && (each.variant ?? first?.name) === variant,
  );
  const expected = declared.flatMap(({ fails }) => fails);
  const failed = checks.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
  const noticed = checks
    .filter(({ verdict }) => verdict === 'fail' || verdict === 'inconclusive')
    .map(({ id }) => id);
  const missed = expected.filter((id) => !noticed.includes(id));
  const caught = expected.length > 0 ? missed.length === 0 : failed.length > 0;
  return {
    id: PLANT_CHECK,
    kind: 'expectation',
    title: `somebody notices the planted violation ${plant}`,
    parts: [],
    verdict: caught ? 'pass' : 'fail',
    why: whyOf(caught, expected.length > 0 ? expected : failed, missed),
    evidence: [],
    source: sourceOf((declared[0] ?? screenplay).where),
  };
}

function whyOf(caught: boolean, by: readonly string[], missed: readonly string[]): string {
  if (caught) return `it was noticed by ${by.join(', ')}`;
  return missed.length > 0
    ? `it was not noticed by ${missed.join(', ')}, which had to`
    : 'no check failed: nothing here notices it';
}
