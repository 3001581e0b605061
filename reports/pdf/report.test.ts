import test from 'ava';
import type { SuiteResult } from '../../scenarios/evidence/model.ts';
import { factsOf } from '../manifest.ts';
import { reportJson } from '../json.ts';
import { SAMPLE } from '../sample.fixture.ts';
import { FACES } from './faces.fixture.ts';
import { pdfReport } from './report.ts';
import { warningsOf } from './title-sheet.ts';

function pdfOf(suite: SuiteResult): Uint8Array {
  const report = Buffer.from(reportJson(suite));
  return pdfReport(suite, { report, sha256: factsOf(report).sha256, vouched: true, faces: FACES }).octets;
}

const FACTS = { sha256: 'ab'.repeat(32), vouched: true };

test('equal results give equal octets, and a changed verdict gives others', (t) => {
  const [first] = SAMPLE.clauses;
  t.truthy(first);
  const one = pdfOf(SAMPLE);
  t.deepEqual(pdfOf(structuredClone(SAMPLE)), one);
  t.is(Buffer.from(one.subarray(0, 8)).toString('latin1'), '%PDF-1.7');
  const verdict = first?.verdict === 'fail' ? 'pass' : 'fail';
  const changed = SAMPLE.clauses.map((clause) => (clause === first ? { ...clause, verdict } : clause));
  t.notDeepEqual(pdfOf({ ...SAMPLE, clauses: changed as SuiteResult['clauses'] }), one);
});

test('it holds no date but that of no time', (t) => {
  const text = Buffer.from(pdfOf(SAMPLE)).toString('latin1');
  const dates = [...text.matchAll(/\(D:(\d{14})Z?\)/g)].map(([, date]) => date);
  t.true(dates.length >= 2);
  t.deepEqual([...new Set(dates)], ['19700101000000']);
});

const WHOLE: SuiteResult = {
  ...SAMPLE,
  scenarios: SAMPLE.scenarios.map((each) => ({ ...each, missing: [] })),
};

test('whatever weakens a result stands on its first sheet', (t) => {
  const { plant: _plant, ...whole } = WHOLE;
  t.deepEqual(warningsOf(whole, FACTS), []);
  t.regex(warningsOf({ ...whole, plant: 'handset.replay' }, FACTS).join(), /planted: handset\.replay/);
  t.regex(warningsOf(whole, { ...FACTS, vouched: false }).join(), /Nothing vouches/);
  t.regex(
    warningsOf({ ...whole, shard: { number: 2, of: 3, runs: 4, whole: 12 } }, FACTS).join(),
    /Not the whole: this is shard 2 of 3/,
  );
  t.regex(warningsOf({ ...whole, scenarios: SAMPLE.scenarios }, FACTS).join(), /Not complete/);
  t.regex(warningsOf({ ...whole, revealsKeys: true }, FACTS).join(), /Keys are revealed/);
  const schedule = { events: 9, p50: 1, p99: 9e6, max: 9e6, bound: 5e3, valid: false, skipped: 0 } as never;
  const late = whole.scenarios.map((scenario) => ({
    ...scenario,
    variants: scenario.variants.map((variant) => ({ ...variant, schedule })),
  }));
  t.regex(warningsOf({ ...whole, scenarios: late }, FACTS).join(), /Not valid/);
});

test('a suite of nothing is a document, too', (t) => {
  t.notThrows(() => pdfOf({ ...WHOLE, scenarios: [], clauses: [], parameters: [] }));
});
