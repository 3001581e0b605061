/** Every part of the catalogue is shown by a shipped scenario or by a deployment file, stands among those that are not, or waits for a scenario of its clause. */
import test from 'ava';
import { DECLARED_PARTS } from '../deployment/index.ts';
import { bindingsOf } from '../language/index.ts';
import { clauseOfPart, PARTS, SCENARIOS_OF_CLAUSES } from './clauses.ts';
import { REFERENCES } from './references.ts';
import { shippedScreenplays } from './shipped.fixture.ts';
import { UNBOUND_PARTS, UNBOUND_REASONS } from './unbound-parts.ts';
import { UNPLANTED_PARTS, UNPLANTED_REASONS } from './unplanted-parts.ts';

const screenplays = shippedScreenplays();
const bound = bindingsOf(screenplays);
const shipped = new Set(screenplays.map(({ id }) => id));

/** How many of the four say something of a part: it has to be exactly one. */
function sayingOf(part: string, known: ReadonlySet<string> = shipped): readonly string[] {
  const scenarios = SCENARIOS_OF_CLAUSES.get(clauseOfPart(part)) ?? [];
  const listed = UNBOUND_REASONS.has(part);
  const said = {
    bound: bound.has(part),
    declared: DECLARED_PARTS.has(part),
    listed,
    // What a scenario that is not shipped will show, nobody has to explain before it is.
    awaited:
      scenarios.length > 0 &&
      !scenarios.some((id) => known.has(id)) &&
      !bound.has(part) &&
      !listed &&
      !DECLARED_PARTS.has(part),
  };
  return Object.entries(said).flatMap(([name, is]) => (is ? [name] : []));
}

test('each of the 349 parts is bound, declared, listed with its reason, or of a clause whose scenarios are not shipped: one of them, and not two', (t) => {
  t.is(PARTS.size, 349);
  const wrong = [...PARTS.keys()]
    .map((part) => [part, ...sayingOf(part)])
    .filter((said) => said.length !== 2);
  t.deepEqual(wrong, [], 'neither, or two of them');
  t.log(`${bound.size} parts are bound, ${DECLARED_PARTS.size} declared, ${UNBOUND_REASONS.size} listed`);
});

test('planted: a scenario that ships ends what its parts were waiting for', (t) => {
  const waiting = [...PARTS.keys()].filter((part) => sayingOf(part).includes('awaited'));
  for (const part of waiting) {
    const [first = ''] = SCENARIOS_OF_CLAUSES.get(clauseOfPart(part)) ?? [];
    t.deepEqual(sayingOf(part, new Set([...shipped, first])), [], part);
  }
  t.pass();
});

test('what is bound, declared, listed or excused is in the catalogue, and each reason is given once', (t) => {
  const named = [
    ...bound.keys(),
    ...DECLARED_PARTS.keys(),
    ...UNBOUND_REASONS.keys(),
    ...UNPLANTED_REASONS.keys(),
  ];
  t.deepEqual(
    named.filter((part) => !PARTS.has(part)),
    [],
  );
  t.is(DECLARED_PARTS.size, Object.values(REFERENCES).length + 2 + 1 + 5);
  for (const table of [UNBOUND_PARTS, UNPLANTED_PARTS]) {
    const parts = table.flatMap((each) => each.parts);
    t.is(new Set(parts).size, parts.length);
    t.is(new Set(table.map(({ reason }) => reason)).size, table.length);
  }
  t.true(bound.has('para-32.c1/calls'));
});

test('each part that is bound has a check that a planted violation trips, or a reason why it has none', (t) => {
  const without = [...bound].flatMap(([part, checks]) =>
    checks.some(({ plants }) => plants.length > 0) ? [] : [part],
  );
  t.deepEqual(
    without.filter((part) => !UNPLANTED_REASONS.has(part)),
    [],
    'no violation is planted for any of its checks',
  );
  t.deepEqual(
    [...UNPLANTED_REASONS.keys()].filter((part) => !without.includes(part)),
    [],
    'a violation is planted for it, or nothing binds it',
  );
});
