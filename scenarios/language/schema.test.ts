import { readFileSync, writeFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import test from 'ava';
import { parse } from 'yaml';
import { EXAMPLE, EXAMPLE_VOCABULARY } from './example.fixture.ts';
import { MISTAKES } from './mistakes.fixture.ts';
import { schemaOf } from './schema.ts';

const FILE = 'scenarios/schema/screenplay.schema.json';

const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
const general = ajv.compile(schemaOf());
const exact = ajv.compile(schemaOf(EXAMPLE_VOCABULARY));

test('the published schema is current; UPDATE_SCHEMA=1 writes it', (t) => {
  if (process.env['UPDATE_SCHEMA'] === '1') writeFileSync(FILE, `${JSON.stringify(schemaOf(), null, 2)}\n`);
  t.deepEqual(JSON.parse(readFileSync(FILE, 'utf8')), JSON.parse(JSON.stringify(schemaOf())));
});

test('the example is valid', (t) => {
  t.true(general(parse(EXAMPLE)), ajv.errorsText(general.errors));
  t.true(exact(parse(EXAMPLE)), ajv.errorsText(exact.errors));
});

for (const [index, { from, to, schema }] of MISTAKES.entries()) {
  if (!schema) continue;
  test(`the schema finds mistake ${index + 1}: ${to.slice(0, 60).trim()}`, (t) => {
    const text = (from === undefined ? to : EXAMPLE.replace(from, () => to)).replaceAll('¤', '');
    t.false(exact(parse(text, { uniqueKeys: false })));
  });
}

test('without a vocabulary any name is taken where one is needed', (t) => {
  const text = EXAMPLE.replace('clauses: [para-29', 'clauses: [para-99')
    .replace('first: person.told', 'first: person.sung')
    .replace('{ skew-limit: 10m', '{ other: 10m')
    .replace('kind: attacker', 'kind: satellite');
  t.true(general(parse(text)), ajv.errorsText(general.errors));
  t.false(exact(parse(text)));
});
