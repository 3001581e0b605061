import test from 'ava';
import { Secret } from '../../../sim/secret.ts';
import type { Pattern, Test } from '../../language/index.ts';
import { inWords, matches } from './match.ts';
import { traceOf } from './story.fixture.ts';

const secret = new Secret('PSK', 'alice', new Uint8Array(16));
const [, event] = traceOf([
  5,
  'a',
  { user: 'alice', n: 3, ok: true, none: null, psk: secret, list: [1] },
  'crs',
]);

function isMatch(field: string, tested: Test): boolean {
  const pattern: Pattern = { type: 'a', tests: [{ field, test: tested }] };
  return event !== undefined && matches(pattern, event);
}

test('a scalar must be equal, in type too', (t) => {
  t.true(isMatch('user', { kind: 'is', value: 'alice' }));
  t.false(isMatch('user', { kind: 'is', value: 'bob' }));
  t.true(isMatch('n', { kind: 'is', value: 3 }));
  t.false(isMatch('n', { kind: 'is', value: '3' }));
  t.true(isMatch('ok', { kind: 'is', value: true }));
  t.true(isMatch('none', { kind: 'is', value: null }));
});

test('`on` is the device that the event happened on', (t) => {
  t.true(isMatch('on', { kind: 'is', value: 'crs' }));
  t.false(isMatch('on', { kind: 'is', value: 'cms' }));
});

test('a range takes numbers only, both bounds included', (t) => {
  t.true(isMatch('n', { kind: 'range', atLeast: 3 }));
  t.true(isMatch('n', { kind: 'range', atMost: 3 }));
  t.false(isMatch('n', { kind: 'range', atLeast: 4 }));
  t.false(isMatch('n', { kind: 'range', atLeast: 0, atMost: 2 }));
  t.false(isMatch('user', { kind: 'range', atLeast: 0 }));
  t.false(isMatch('none', { kind: 'range', atLeast: 0 }));
  t.false(isMatch('ok', { kind: 'range', atMost: 1 }));
});

test('a field that is missing passes no test, not even is-not', (t) => {
  t.true(isMatch('user', { kind: 'is-not', value: 'bob' }));
  t.false(isMatch('user', { kind: 'is-not', value: 'alice' }));
  t.false(isMatch('nobody', { kind: 'is-not', value: 'bob' }));
  t.false(isMatch('toString', { kind: 'is-not', value: 'bob' }));
  t.false(isMatch('list', { kind: 'is', value: 1 }));
});

test('a secret compares by its label, as it does in a trace that was read back', (t) => {
  t.true(isMatch('psk', { kind: 'is', value: secret.label }));
});

test('another type never matches', (t) => {
  t.false(event !== undefined && matches({ type: 'b', tests: [] }, event));
});

test('patterns read as words', (t) => {
  t.is(inWords({ type: 'a', tests: [] }), 'a');
  const tests: Pattern['tests'] = [
    { field: 'u', test: { kind: 'is', value: 'x' } },
    { field: 'v', test: { kind: 'is-not', value: null } },
    { field: 'w', test: { kind: 'range', atLeast: 1 } },
    { field: 'x', test: { kind: 'range', atMost: 2 } },
    { field: 'y', test: { kind: 'range', atLeast: 1, atMost: 2 } },
  ];
  t.is(
    inWords({ type: 'a', tests }),
    'a where u is x and v is not null and w is at least 1 and x is at most 2 and y is 1 to 2',
  );
});

test('of several tests each one must be passed', (t) => {
  const both = (user: string, n: number): boolean =>
    event !== undefined &&
    matches(
      {
        type: 'a',
        tests: [
          { field: 'user', test: { kind: 'is', value: user } },
          { field: 'n', test: { kind: 'is', value: n } },
        ],
      },
      event,
    );
  t.true(both('alice', 3));
  t.false(both('alice', 4));
  t.false(both('bob', 3));
});
