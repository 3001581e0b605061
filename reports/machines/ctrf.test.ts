/** ctrf.json, held to the schema and the sums of the package `ctrf`. */
import test from 'ava';
import { calculateSummary, parse, validateStrict } from 'ctrf';
import { mergeSuites } from '../../scenarios/evidence/merge-suites.ts';
import { GREEN, SAMPLE, TIDY } from '../sample.fixture.ts';
import { ctrfJson } from './ctrf.ts';

test('it is valid, and its sums are those of its tests', (t) => {
  for (const suite of [SAMPLE, GREEN, { ...SAMPLE, scenarios: [] }]) {
    const report = parse(ctrfJson(suite));
    t.notThrows(() => validateStrict(report));
    const { summary, tests } = report.results;
    const { passed, failed, skipped, pending, other } = calculateSummary(tests);
    t.deepEqual(
      [summary.tests, summary.passed, summary.failed, summary.skipped, summary.pending, summary.other],
      [tests.length, passed, failed, skipped, pending, other],
    );
  }
});

test('the schema refuses what is none', (t) => {
  t.throws(() => validateStrict({ ...parse(ctrfJson(GREEN)), results: {} }));
});

test('parts of a suite have its run id, and a report id each; another seed is another run', (t) => {
  const ids = (suite: typeof SAMPLE) => {
    const { runId, reportId } = parse(ctrfJson(suite));
    return { runId, reportId };
  };
  const parts = TIDY.scenarios.map((scenario) => ({ ...TIDY, scenarios: [scenario] }));
  const [one, two] = parts;
  if (one === undefined || two === undefined) return t.fail();
  const all = [one, two, mergeSuites([one, two])].map(ids);
  t.is(new Set(all.map(({ runId }) => runId)).size, 1);
  t.is(new Set(all.map(({ reportId }) => reportId)).size, 3);
  for (const other of [{ seed: '43' }, { keySeed: '8' }, { plant: 'crs.skips-block' }, { parameters: [] }])
    t.not(ids({ ...TIDY, ...other }).runId, ids(TIDY).runId);
  t.deepEqual(ids(structuredClone(TIDY)), ids(TIDY));
});

test('a run that failed is a test that failed, and its checks are other', (t) => {
  const { tests } = parse(ctrfJson(SAMPLE)).results;
  const lost = tests.filter(({ extra }) => extra?.['runMissing'] === true);
  t.deepEqual(
    lost.map(({ status, rawStatus }) => [status, rawStatus]),
    [
      ['failed', 'inconclusive'],
      ['other', 'inconclusive'],
      ['other', 'inconclusive'],
    ],
  );
});
