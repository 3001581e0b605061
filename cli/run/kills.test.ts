/** One rule planted in two variants of a scenario is two plants, and each is held to its own checks. */
import test from 'ava';
import { EXAMPLE, EXAMPLE_VOCABULARY } from '../../scenarios/language/example.fixture.ts';
import { loadScreenplay, variantsOf } from '../../scenarios/language/index.ts';
import { GREEN } from '../../reports/sample.fixture.ts';
import type { ScenarioResult } from '../../scenarios/runs/index.ts';
import { KillTable, plantRequests } from './kills.ts';

test('a plant is judged by the checks of its own variant', (t) => {
  const second = '  - { plant: crs.block-ignored, variant: wipe-first, fails: [once] }';
  const screenplay = loadScreenplay(
    EXAMPLE.replace(/^ {2}- \{ plant: crs\.block-ignored.*$/m, (first) => `${first}\n${second}`),
    'twice.yaml',
    EXAMPLE_VOCABULARY,
  );
  const plan = { screenplay, variants: variantsOf(screenplay).map(({ name }) => name) };
  const requests = plantRequests([plan], { seed: '1', keySeed: '1', parameters: {} });
  const [sample] = GREEN.scenarios;
  const [run] = sample?.variants ?? [];
  if (sample === undefined || run === undefined) throw new Error('the sample has a run');
  const [check] = run.checks;
  if (check === undefined) throw new Error('the run has a check');
  /** What each variant fails when the rule is broken. */
  const FAILED: Readonly<Record<string, string>> = { 'block-first': 'none-after', 'wipe-first': 'once' };
  const resultOf = (variant: string, planted: boolean): ScenarioResult => {
    const id = planted ? FAILED[variant] : undefined;
    const checks = id === undefined ? [] : [{ ...check, id, verdict: 'fail' as const }];
    return { ...sample, id: screenplay.id, variants: [{ ...run, name: variant, checks }] };
  };
  const table = new KillTable(requests);
  for (const [request, plant] of requests) {
    const [variant = ''] = request.plans[0]?.variants ?? [];
    table.add({ request, scenarios: [resultOf(variant, plant !== undefined)] });
  }
  t.deepEqual(
    table.rows.map(({ expectedChecks, failedChecks, caught }) => [expectedChecks, failedChecks, caught]),
    [
      [['none-after'], ['none-after'], true],
      [['once'], ['once'], true],
    ],
  );
  t.true(table.holds);
});
