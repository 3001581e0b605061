import { readFileSync, writeFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import test from 'ava';
import { parse } from 'yaml';
import { DEPLOYMENT_EXAMPLE, DEPLOYMENT_WORDS } from './example.fixture.ts';
import { DEPLOYMENT_MISTAKES } from './mistakes.fixture.ts';
import { deploymentSchema } from './index.ts';

const FILE = 'scenarios/schema/deployment.schema.json';

const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
const general = ajv.compile(deploymentSchema());
const exact = ajv.compile(deploymentSchema(DEPLOYMENT_WORDS));

test('the published schema is current; UPDATE_SCHEMA=1 writes it', (t) => {
  if (process.env['UPDATE_SCHEMA'] === '1')
    writeFileSync(FILE, `${JSON.stringify(deploymentSchema(), null, 2)}\n`);
  t.deepEqual(JSON.parse(readFileSync(FILE, 'utf8')), JSON.parse(JSON.stringify(deploymentSchema())));
});

test('the example is valid', (t) => {
  t.true(general(parse(DEPLOYMENT_EXAMPLE)), ajv.errorsText(general.errors));
  t.true(exact(parse(DEPLOYMENT_EXAMPLE)), ajv.errorsText(exact.errors));
});

for (const [index, { from = '', to, schema }] of DEPLOYMENT_MISTAKES.entries()) {
  if (!schema) continue;
  test(`the schema finds mistake ${index + 1}: ${to.slice(0, 60).trim()}`, (t) => {
    const text = DEPLOYMENT_EXAMPLE.replace(from, () => to).replaceAll('¤', '');
    t.false(exact(parse(text, { uniqueKeys: false })));
  });
}
