import test from 'ava';
import { CATALOGUE, PARTS } from './clauses.ts';
import { REFERENCES } from './references.ts';

test('each reference of the catalogue is there, with the words and the issue that its clause has', (t) => {
  const clauses = CATALOGUE.filter(({ id }) => id.startsWith('ref-'));
  t.deepEqual(
    clauses.map(({ id }) => id),
    Object.keys(REFERENCES).map((letter) => `ref-${letter}`),
  );
  for (const { id, paraphrase } of clauses) {
    const { title = '', issue, part } = REFERENCES[id.replace('ref-', '')] ?? {};
    t.true(PARTS.get(part ?? '')?.what.startsWith(`references.${id.replace('ref-', '')} `), id);
    for (const word of title.split(/[ ,]+/)) t.true(paraphrase.includes(word), `${id}: ${word}`);
    if (issue !== undefined) t.true(paraphrase.includes(issue), `${id}: ${issue}`);
    else t.notRegex(paraphrase, /\b(?:v\d|issue|rev|no\.)/, id);
  }
});

test('the manuals of the app are asked for their revision, and no other reference is', (t) => {
  const asking = [...PARTS.keys()].filter((id) => id.endsWith('/revision'));
  t.deepEqual(
    Object.values(REFERENCES).flatMap(({ revision }) => revision ?? []),
    asking,
  );
});
