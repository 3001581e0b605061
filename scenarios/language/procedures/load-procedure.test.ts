import { Ajv } from 'ajv';
import test from 'ava';
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';
import { placeOf } from '../../../sim/errors.ts';
import { ScreenplayError } from '../errors.ts';
import { PROCEDURE_MISTAKES } from '../mistakes/procedures.fixture.ts';
import { PROCEDURE_VOCABULARY, PROCEDURES, RECOVERY, SETTLING } from './example.fixture.ts';
import { loadProcedure } from './load-procedure.ts';
import { procedureSchemaOf } from './schema.ts';

const FILE = 'scenarios/schema/procedure.schema.json';
const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
const general = ajv.compile(procedureSchemaOf());
const exact = ajv.compile(procedureSchemaOf(PROCEDURE_VOCABULARY));

const load = (text: string, name = 'recovery') =>
  loadProcedure({ name, file: `${name}.yaml`, text }, PROCEDURE_VOCABULARY, PROCEDURES);

test('the example of a procedure loads, every part of it', (t) => {
  const { procedure, trial } = load(RECOVERY);
  t.is(procedure.purpose, 'A phone is made useless.');
  t.deepEqual(
    procedure.steps.map(({ id }) => id),
    ['tell-mdm', 'wipe', 'block', 'settle', 'record', 'hear'],
  );
  t.deepEqual(procedure.prescribed, ['wipe', 'block']);
  t.deepEqual(load(SETTLING, 'settling').procedure.prescribed, ['say', 'again']);
  // It was tried with each word that a parameter may be, and with all that is optional.
  const [main] = trial.performed.values();
  const lost = main?.performs.filter(({ procedure: name }) => name === 'recovery') ?? [];
  t.is(lost.length, 3);
  t.true(main?.performs.every(({ skipped }) => skipped === undefined));
});

test('the published schema of procedures is current; UPDATE_SCHEMA=1 writes it', (t) => {
  if (process.env['UPDATE_SCHEMA'] === '1')
    writeFileSync(FILE, `${JSON.stringify(procedureSchemaOf(), null, 2)}\n`);
  t.deepEqual(JSON.parse(readFileSync(FILE, 'utf8')), JSON.parse(JSON.stringify(procedureSchemaOf())));
});

test('the schema takes the examples', (t) => {
  for (const text of [RECOVERY, SETTLING]) {
    t.true(general(parse(text)), ajv.errorsText(general.errors));
    t.true(exact(parse(text)), ajv.errorsText(exact.errors));
  }
});

for (const [index, { from = '', to, codes, says, schema }] of PROCEDURE_MISTAKES.entries()) {
  const marked = RECOVERY.replace(from, () => to);
  const text = marked.replaceAll('¤', '');
  test(`mistake ${index + 1}: ${to.slice(0, 70).trim()}`, (t) => {
    t.true(RECOVERY.includes(from), 'the example has it');
    const error = t.throws(() => load(text), { instanceOf: ScreenplayError });
    const problems = error?.problems ?? [];
    t.deepEqual(
      [...new Set(problems.map(({ code }) => code))],
      [...codes],
      problems.map((each) => `${placeOf(each.where)} ${each.message}`).join('\n'),
    );
    const [first] = problems;
    t.true(
      `${first?.message ?? ''} ${first?.fix ?? ''}`.includes(says ?? ''),
      `${first?.message} ${first?.fix}`,
    );
    const lines = marked.slice(0, Math.max(0, marked.indexOf('¤'))).split('\n');
    if (marked.includes('¤'))
      t.is(placeOf(first?.where ?? {}), `recovery.yaml:${lines.length}:${(lines.at(-1) ?? '').length + 1}`);
    t.true(problems.every(({ where }) => where.file === 'recovery.yaml' && where.line !== undefined));
  });
  if (schema)
    test(`the schema finds mistake ${index + 1} too`, (t) => {
      t.false(exact(parse(text, { uniqueKeys: false })));
    });
}

test('what is no YAML of this language is refused before anything is read', (t) => {
  for (const text of ['', '- 1', 'procedure: &a recovery', 'procedure: recovery\n---\nprocedure: b'])
    t.throws(() => load(text), { instanceOf: ScreenplayError }, text);
});
