import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import test from 'ava';
import { CLAUSE_CLASSES, STANCES, WAYS } from '../scenarios/catalogue/clauses.ts';
import { REPORT_VERSION, UNITS, VERDICTS } from '../scenarios/evidence/model.ts';
import { reportJson } from './json.ts';
import { HOSTILE } from './sample/hostile.fixture.ts';
import { SAMPLE } from './sample.fixture.ts';

const SCHEMA: Record<string, unknown> = JSON.parse(
  readFileSync(new URL('../../reports/schema/report.schema.json', import.meta.url), 'utf8'),
);
const valid = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }).compile(SCHEMA);

/** A deep copy that a test may break. */
const copy = () => JSON.parse(reportJson(SAMPLE));

test('report.json of the sample, hostile strings and all, is valid against the published schema', (t) => {
  t.true(valid(copy()), JSON.stringify(valid.errors));
});

test('the schema has the verdicts, units and classes of the model, in their order, and its version', (t) => {
  const { verdict, unit, clauseClass, clauseCheck, clausePart } = SCHEMA['$defs'] as Record<
    string,
    { enum: string[]; properties: Record<string, { enum: string[] }> } | undefined
  >;
  t.deepEqual(verdict?.enum, [...VERDICTS]);
  t.deepEqual(unit?.enum, [...UNITS]);
  t.deepEqual(clauseClass?.enum, [...CLAUSE_CLASSES]);
  t.deepEqual(clauseCheck?.properties['stance']?.enum, [...STANCES]);
  t.deepEqual(clausePart?.properties['by']?.enum, [...WAYS]);
  t.like(SCHEMA['properties'], { version: { const: REPORT_VERSION } });
});

/** Every object of a JSON value with the key path that leads to it; those with free names are skipped. */
function* objectsOf(value: unknown, path: string): Generator<readonly [string, Record<string, unknown>]> {
  if (typeof value !== 'object' || value === null) return;
  const free = /\.(?:parameters|moments|setBy)$/.test(path) && !Array.isArray(value);
  if (!Array.isArray(value) && !free) yield [path, value as Record<string, unknown>];
  for (const [key, item] of Object.entries(value)) yield* objectsOf(item, `${path}.${key}`);
}

test('the schema refuses every unknown key and every wrong type, anywhere', (t) => {
  const model = copy();
  const optional = new Set([
    'probe',
    'artefact',
    'firstFailure',
    'refusedAs',
    'spokenFrom',
    'spokenUntil',
    'clause',
    'refused',
    'plant',
    'sound',
    'apart',
    'impersonationHours',
    'at',
    'atMost',
    'procedures',
    'parent',
    'hidden',
    'insteadOf',
    'abandonedAfter',
    'leftOut',
  ]);
  const seen = new Set<string>();
  for (const [path, object] of objectsOf(model, '')) {
    const shape = path.replace(/\d+/g, '*');
    if (seen.has(shape)) continue;
    seen.add(shape);
    object['surprise'] = 1;
    t.false(valid(model), `${path} takes an unknown key`);
    delete object['surprise'];
    for (const [key, value] of Object.entries(object)) {
      object[key] = Symbol.iterator;
      t.false(valid(model), `${path}.${key} takes anything`);
      delete object[key];
      t.is(valid(model), optional.has(key), `${path}.${key} may be left out`);
      object[key] = value;
    }
  }
  t.true(seen.size >= 12);
  t.true(valid(model));
});

test('report.json holds the whole model, and nothing but it', (t) => {
  t.deepEqual(copy(), JSON.parse(JSON.stringify(SAMPLE)));
  t.true(reportJson(SAMPLE).includes(JSON.stringify(HOSTILE)));
});
