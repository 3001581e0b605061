import test from 'ava';
import { PARTS } from './clauses.ts';
import { TARGETS, targetNeededBy } from './targets.ts';

test('each target that a part of the catalogue names is there, with that part, and no other is', (t) => {
  const cited = new Map<string, string[]>();
  for (const { id, what } of PARTS.values())
    for (const [, name = ''] of what.matchAll(/targets\.([a-z-]+)/g))
      cited.set(name, [...(cited.get(name) ?? []), id]);
  // `open-call` says "within the same target" as the part before it.
  cited.get('block-cuts')?.push('para-32.c1/open-call');
  const listed = Object.entries(TARGETS).map(([name, { needed, beside }]) => [
    name,
    [...needed, ...beside].sort(),
  ]);
  t.deepEqual(
    Object.fromEntries(listed),
    Object.fromEntries([...cited].map(([name, parts]) => [name, parts.sort()])),
  );
});

test('a part that is shown without a target says so: "if declared"', (t) => {
  for (const { needed, beside } of Object.values(TARGETS)) {
    for (const part of beside) t.regex(PARTS.get(part)?.what ?? '', /if declared/, part);
    for (const part of needed) t.notRegex(PARTS.get(part)?.what ?? '', /if declared/, part);
  }
});

test('a part names the target that it needs', (t) => {
  t.is(targetNeededBy('para-30.c1/acknowledged'), 'wipe-acknowledged');
  t.is(targetNeededBy('para-30.c2/hours'), undefined);
  t.is(targetNeededBy('para-32.c1/calls'), undefined);
});
