import test from 'ava';
import { CATALOGUE, PARTS } from './clauses.ts';

const CHECKS = CATALOGUE.flatMap(({ checks }) => checks);

test('the catalogue has every clause, check and part of the document, each under a name of its own', (t) => {
  t.is(new Set(CATALOGUE.map(({ id }) => id)).size, 90);
  t.is(new Set(CHECKS.map(({ id }) => id)).size, 139);
  t.is(PARTS.size, 349);
  t.is(CHECKS.flatMap(({ parts }) => parts).length, 349);
  for (const { id, checks } of CATALOGUE)
    for (const check of checks) {
      t.regex(check.id, new RegExp(`^${id}\\.c\\d+$`));
      t.true(check.parts.length > 0, check.id);
    }
});

test('a part that a probe shows says of which rows, and what the probe has to come to; a refusal says why', (t) => {
  for (const { id, by, rows, outcome, reason } of PARTS.values()) {
    t.is(by === 'probe', rows.length > 0, id);
    t.is(by === 'probe', outcome !== undefined, id);
    t.is(outcome === 'refused', reason !== undefined, id);
  }
});
