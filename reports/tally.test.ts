import test from 'ava';
import { VERDICTS } from '../scenarios/evidence/model.ts';
import { hostileMissing } from './sample/hostile.fixture.ts';
import { GREEN, SAMPLE } from './sample.fixture.ts';
import {
  countsText,
  countVerdicts,
  headlineOf,
  resultText,
  tallyOf,
  troubledChecks,
  worstFirst,
  WORST_FIRST,
} from './tally.ts';

test('the headline counts scenarios, variants, checks, verdicts and exposures', (t) => {
  t.is(
    headlineOf(SAMPLE),
    'NOT COMPLETE, 1 run missing: 3 scenarios, 4 variants, 21 checks: 12 pass, 4 fail, 1 inconclusive, 2 not-tested, 1 not-applicable, 1 waived; 6 exposures',
  );
});

test('probes that were not made stand beside the exposures: none found is not none', (t) => {
  const scenarios = GREEN.scenarios.map((scenario) => ({
    ...scenario,
    variants: scenario.variants.map((variant) => ({
      ...variant,
      exposure: [],
      checks: variant.checks.map(({ id, kind, title, parts, verdict, why, evidence, source }) => ({
        ...{ id, kind, title, parts, verdict, why, evidence, source },
      })),
    })),
  }));
  const suite = { ...GREEN, scenarios };
  t.true(tallyOf(suite).unprobed > 1);
  t.true(headlineOf(suite).endsWith(`; 0 exposures, ${tallyOf(suite).unprobed} probes not made`));
});

test('one of anything is in the singular, and none is said', (t) => {
  const [scenario] = GREEN.scenarios;
  const lone = {
    ...GREEN,
    scenarios: scenario === undefined ? [] : [{ ...scenario, variants: [], across: [] }],
  };
  t.is(headlineOf(lone), '1 scenario, 0 variants, 0 checks: none; 0 exposures');
  t.is(tallyOf(lone).worst, 'pass');
});

test('the worst verdict of any check is that of the suite', (t) => {
  t.is(tallyOf(SAMPLE).worst, 'fail');
  t.is(tallyOf(GREEN).worst, 'not-applicable');
});

test('a suite with a run missing is inconclusive at best, and says so first', (t) => {
  const scenarios = GREEN.scenarios.map((scenario) => ({ ...scenario, missing: [hostileMissing] }));
  const suite = { ...GREEN, scenarios };
  t.is(tallyOf(suite).worst, 'inconclusive');
  t.is(tallyOf(suite).missing, 2);
  t.regex(headlineOf(suite), /^NOT COMPLETE, 2 runs missing: 2 scenarios/);
  t.regex(resultText(suite), /, 2 runs missing$/);
  t.notRegex(resultText(GREEN), /missing/);
});

test('verdicts are ordered from worst to best, and the sort is stable', (t) => {
  t.deepEqual(
    [...VERDICTS]
      .map((verdict) => ({ verdict }))
      .sort(worstFirst)
      .map(({ verdict }) => verdict),
    [...WORST_FIRST],
  );
  t.is(WORST_FIRST[0], 'fail');
});

test('counts name only what occurs, pass first and then the worst', (t) => {
  const counts = countVerdicts([
    { verdict: 'waived' },
    { verdict: 'fail' },
    { verdict: 'pass' },
    { verdict: 'fail' },
  ]);
  t.is(countsText(counts), '1 pass, 2 fail, 1 waived');
});

test('what needs attention is what failed or is in doubt, failures first', (t) => {
  t.deepEqual(
    troubledChecks(SAMPLE).map(({ check }) => check.verdict),
    ['fail', 'fail', 'fail', 'fail', 'inconclusive'],
  );
});
