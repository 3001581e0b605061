/** The rules of a world are those of its kinds and its people, and every one is asked for by somebody. */
import { readdirSync, readFileSync } from 'node:fs';
import test from 'ava';
import { rulesOf } from './rules-of.ts';
import { SHIPPED_KINDS } from './shipped-kinds.ts';

/** Rules of which nothing in this code asks by name. */
function unasked(rules: readonly string[], code: string): readonly string[] {
  return rules.filter((rule) => {
    const checked = /^handset\.(skew|replay|period|calendar|signature)$/.test(rule);
    return !code.includes(`'${rule}'`) && !(checked && code.includes('`handset.${id}`'));
  });
}

test('each rule is asked for somewhere in the code', (t) => {
  const files = readdirSync('.', { recursive: true, encoding: 'utf8' }).filter(
    (path) => /^(devices|scenarios)\/.*\.ts$/.test(path) && !/\.test\.ts$|rules\.ts$/.test(path),
  );
  const code = files.map((path) => readFileSync(path, 'utf8')).join('\n');
  const rules = Object.keys(rulesOf(SHIPPED_KINDS));
  t.true(rules.length > 40);
  t.deepEqual(unasked(rules, code), []);
  t.deepEqual(unasked(['handset.no-such-rule'], code), ['handset.no-such-rule']);
});

test('a kind keeps its own rules and nobody else does', (t) => {
  for (const { name, rules } of SHIPPED_KINDS)
    for (const rule of Object.keys(rules)) t.true(rule.startsWith(`${name}.`), rule);
  t.true(Object.hasOwn(rulesOf([]), 'person.reports-loss'));
  t.false(Object.hasOwn(rulesOf([]), 'handset.skew'));
});
