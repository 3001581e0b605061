/** Which parts of the catalogue shipped scenarios bind, held against the table of those that they do not. */
import test from 'ava';
import { readdirSync, readFileSync } from 'node:fs';
import { REFERENCES } from './references.ts';
import { PARTS } from './clauses.ts';
import { STATEMENTS } from '../deployment/index.ts';
import written from './clauses.json' with { type: 'json' };
import { UNBOUND_PARTS } from './unbound-parts.fixture.ts';

const FOLDERS = ['scenarios/catalogue', 'scenarios/catalogue/procedures'];
const files = FOLDERS.flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`)).filter(
  (file) => file.endsWith('.yaml'),
);
/** What stands in a file in the form of a part: the loader refuses one that is not in the catalogue. */
const bound = new Set(
  files.flatMap((file) => readFileSync(file, 'utf8').match(/[\w-]+\.c\d+\/[\w-]+/g) ?? []),
);
const declared = new Set([
  'para-5.c1/certificate',
  ...Object.values(STATEMENTS),
  ...Object.values(REFERENCES).flatMap(({ part, revision }) =>
    revision === undefined ? [part] : [part, revision],
  ),
]);
const shipped = new Set(files.map((file) => file.split('/').at(-1)?.replace('.yaml', '')));
const ofShipped = written
  .filter(({ scenarios }) => scenarios.some((id) => shipped.has(id)))
  .flatMap(({ checks }) => checks.flatMap(({ id, parts }) => parts.map((part) => `${id}/${part.id}`)));

test('each part of a clause that a shipped scenario is about is bound, declared, or stands among those that are not, with its reason', (t) => {
  const missing = ofShipped.filter((part) => !bound.has(part) && !declared.has(part));
  const listed = UNBOUND_PARTS.flatMap(({ parts }) => parts);
  const without = (some: readonly string[], others: readonly string[]): readonly string[] =>
    some.filter((part) => !others.includes(part));
  t.deepEqual(without(missing, listed), [], 'neither bound nor listed');
  t.deepEqual(without(listed, missing), [], 'listed, and bound or not of a shipped scenario');
  t.is(new Set(listed).size, listed.length);
  t.is(new Set(UNBOUND_PARTS.map(({ reason }) => reason)).size, UNBOUND_PARTS.length);
  t.log(`${bound.size} of ${PARTS.size} parts are bound, ${declared.size} declared`);
});

test('what the files bind is in the catalogue', (t) => {
  t.deepEqual(
    [...bound].filter((part) => !PARTS.has(part)),
    [],
  );
  t.true(bound.has('para-32.c1/calls'));
});
