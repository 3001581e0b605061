/**
 * The check of a run with a planted violation: somebody notices it. A plant that nothing catches would otherwise look like a run in which
 * everything is well, and it is the opposite: the drill is blind to what was broken.
 */
import { PLANT_CHECK, variantsOf, type Screenplay } from '../language/index.ts';
import type { CheckResult } from '../evidence/model.ts';
import { sourceOf } from '../evidence/verdicts/index.ts';

/** What a check comes to in the same run without the plant. */
export type CleanVerdict = Pick<CheckResult, 'id' | 'verdict'>;

/** The checks of a run with a plant, and of the same run without it. */
interface BothRuns {
  readonly planted: readonly Pick<CheckResult, 'id' | 'verdict'>[];
  readonly clean: readonly CleanVerdict[];
}

/**
 * Passes when all checks that the scenario declares for the plant in this variant noticed it, or, where it declares none, when any check
 * failed. A check that does not pass without the plant has noticed nothing of it.
 */
export function plantCheck(
  plant: string,
  screenplay: Screenplay,
  variant: string,
  { planted, clean }: BothRuns,
): CheckResult {
  const [first] = variantsOf(screenplay);
  const declared = screenplay.plants.filter(
    (each) => each.name === plant && (each.variant ?? first?.name) === variant,
  );
  const expected = declared.flatMap(({ fails }) => fails);
  const passed = new Set(clean.filter(({ verdict }) => verdict === 'pass').map(({ id }) => id));
  const changed = planted.filter(({ id }) => passed.has(id));
  const failed = changed.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
  const noticed = changed
    .filter(({ verdict }) => verdict === 'fail' || verdict === 'inconclusive')
    .map(({ id }) => id);
  const missed = expected.filter((id) => !noticed.includes(id));
  const caught = expected.length > 0 ? missed.length === 0 : failed.length > 0;
  const anyway = missed.filter((id) => !passed.has(id));
  return {
    id: PLANT_CHECK,
    kind: 'expectation',
    title: `somebody notices the planted violation ${plant}`,
    parts: [],
    verdict: caught ? 'pass' : 'fail',
    why: caught
      ? `it was noticed by ${(expected.length > 0 ? expected : failed).join(', ')}`
      : whyMissed(missed, anyway),
    evidence: [],
    source: sourceOf((declared[0] ?? screenplay).where),
  };
}

function whyMissed(missed: readonly string[], anyway: readonly string[]): string {
  if (missed.length === 0) return 'no check failed that passes without it: nothing here notices it';
  const without = anyway.length === 0 ? '' : `; without it ${anyway.join(', ')} did not pass either`;
  return `it was not noticed by ${missed.join(', ')}, which had to${without}`;
}
