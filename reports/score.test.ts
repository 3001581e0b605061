/** The score of an exercise: the same numbers on the screen, on the page and in report.json. */
import test from 'ava';
import { playOut, rehearse, REQUEST, resultOfRehearsal } from '../scenarios/exercises/rehearsal.fixture.ts';
import { parseSuite, scenarioResultOf, suiteOf, type VariantResult } from '../scenarios/runs/index.ts';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { exerciseReport, htmlReport, reportJson, terminalReport } from './index.ts';

const PARTS = [
  'Score of crs-admin, who left at 2015-10-14 09:02:00Z; the rest was played on without them',
  'due 2015-10-14 08:20:00Z, typed 2015-10-14 08:50:00Z: 30m late',
  'deadline of user-blocked: missed by 15m',
  'exposed by the delay: identity alice, place calls: 30m longer',
  'due 2015-10-14 08:21:00Z, never typed',
  'refused 2015-10-14 09:00:00Z',
  'blocked, after a line of crs-admin; 29m beyond the screenplay',
];

function late(): VariantResult {
  const rehearsal = rehearse('crs-admin');
  for (const [minutes, line] of [
    [50, 'block-user +447700900001'],
    [61, 'block-user +447700900002'],
  ] as const) {
    rehearsal.advanceTo(minutes * 60_000_000);
    rehearsal.enter(line);
  }
  rehearsal.advanceTo(62 * 60_000_000);
  rehearsal.leave();
  playOut(rehearsal, []);
  return resultOfRehearsal(rehearsal);
}

test('the screen of the person, that of the replay, and the page say the same of an exercise', (t) => {
  const variant = late();
  const suite = suiteOf([scenarioResultOf(REQUEST.screenplay, [variant])], {
    ...{ seed: '42', keySeed: '42', replay: 'calldrill run --replay typed.json' },
    ...{ parameters: {}, catalogue: [] },
  });
  const kind = { colour: false, columns: 300 };
  const page = htmlReport(suite, { events: () => [], files: new Map() }).replace(/<[^>]+>/g, '');
  for (const [where, text] of [
    ['the exercise', exerciseReport(variant, kind)],
    ['the report', terminalReport(suite, kind)],
    ['the page', page],
  ] as const) {
    for (const part of PARTS) t.true(text.includes(part), `${part} in ${where}:\n${text.slice(0, 6_000)}`);
    t.true(text.includes('exercise-lines'));
    t.regex(text, /fail\s+crs: check-log/);
  }
  const written = reportJson(suite);
  const read = parseSuite(written, 'report.json');
  t.deepEqual(read.scenarios[0]?.variants[0]?.score, variant.score);
  t.is(reportJson(read), written, 'read back and written again it is the same octets');
  const schema: object = JSON.parse(
    readFileSync(new URL('../../reports/schema/report.schema.json', import.meta.url), 'utf8'),
  );
  const valid = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);
  t.true(valid(JSON.parse(written)), JSON.stringify(valid.errors));
  for (const [name, broken] of [
    ['a key more', written.replace('"cutOff"', '"more": 1, "cutOff"')],
    ['a verdict of its own', written.replace(/("score": \{[\s\S]*?"verdict": )"pass"/, '$1"great"')],
    ['a time in words', written.replace(/"joined": \d+/, '"joined": "late"')],
    ['no deadlines', written.replace('"deadlines"', '"deadline"')],
  ] as const) {
    t.false(valid(JSON.parse(broken)), `the schema takes a score with ${name}`);
    t.throws(() => parseSuite(broken, 'report.json'), { code: 'SUITE_FIELD' }, name);
  }
});

test('a run that was no exercise has no score', (t) => {
  const { score: _score, ...variant } = late();
  t.false(exerciseReport(variant, { colour: false }).includes('Score of'));
});
