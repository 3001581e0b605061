/** Orders and windows that cannot hold are refused, and those that can are not. */
import test from 'ava';
import { EXAMPLE, EXAMPLE_VOCABULARY } from './example.fixture.ts';
import { loadScreenplay } from './load.ts';

/** What is wrong with one more expectation of the example, over three moments of one pattern; nothing when it can hold. */
function refusal(expectation: string): string | undefined {
  const moments = `moments:
  told-1: { first: person.told, by: bob }
  told-2: { nth: { n: 2, of: person.told }, by: bob }
  told-last: { last: person.told, by: bob }
  told-ever: { first: person.told, by: bob, opening: included }
  told-ever-last: { last: person.told, by: bob, opening: included }
`;
  const text = EXAMPLE.replace('moments:\n', moments).replace(
    'expect:\n',
    `expect:\n  - { id: it, ${expectation} }\n`,
  );
  try {
    loadScreenplay(text, 'example.yaml', EXAMPLE_VOCABULARY);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

test('events of one pattern come in the order of their count', (t) => {
  t.is(refusal('order: [told-1, told-2, told-last]'), undefined);
  t.is(refusal('order: [told-2, reported, told-last]'), undefined);
  t.regex(refusal('order: [told-2, told-1]') ?? '', /'told-2' is the same event as 'told-1', or a later one/);
  t.regex(refusal('order: [told-last, reported, told-2]') ?? '', /'told-last' is the same event as/);
  t.regex(refusal('order: [told-1, reported, told-1]') ?? '', /cannot come after itself/);
});

test('an event of the opening comes before the first that counts without it, and the last is the last with it or without', (t) => {
  t.is(refusal('order: [told-ever, told-1]'), undefined);
  t.is(refusal('differs: { field: to, of: [told-ever, told-1] }'), undefined);
  t.regex(
    refusal('order: [told-1, told-ever]') ?? '',
    /'told-1' is the same event as 'told-ever', or a later one/,
  );
  t.regex(refusal('order: [told-ever-last, told-last]') ?? '', /'told-ever-last' is the same event as/);
});

test('a window that can hold something is taken', (t) => {
  const between = (bounds: string): string | undefined => refusal(`see: person.told, between: [${bounds}]`);
  for (const bounds of [
    'told-1, told-2',
    'told-1, told-1 + 1s',
    'told-2, told-1 + 1s',
    'told-1, reported',
    '"08:05", "08:06"',
    '"08:05", told-1',
  ])
    t.is(between(bounds), undefined, bounds);
  for (const bounds of [
    'told-1, told-1',
    'told-1 + 2s, told-1 + 1s',
    'told-2, told-1',
    'told-last, told-2',
    '"08:06", "08:05"',
  ])
    t.regex(between(bounds) ?? '', /over before it begins/, bounds);
});
