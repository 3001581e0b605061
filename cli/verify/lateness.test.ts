/** What a run is worth that came late. */
import test from 'ava';
import type { Chronicle } from './judge/chronicle.ts';
import { lagIn, lagText, worthOf } from './judge/lateness.ts';

const traceOf = (...lags: readonly object[]): Chronicle => ({
  ...{ scenario: 's', variant: 'v', end: 9 },
  all: lags.map((data, at) => ({
    n: at + 1,
    t: at,
    type: 'live.lag',
    on: 'world',
    cause: 0,
    data: { ...data },
  })),
});
const FIGURES = { p99: 5, bound: 5, valid: true };
const LATE = { p99: 6, bound: 5, valid: false };
const heard = (finding: string) => ({ finding, parts: new Map([['p', 'not-tested']]) });

test('a run is valid up to its bound, whatever it says of itself', (t) => {
  t.is(lagIn(traceOf()), undefined);
  t.true(lagIn(traceOf(FIGURES))?.valid);
  t.false(lagIn(traceOf(LATE))?.valid);
  t.throws(() => lagIn(traceOf({ ...FIGURES, valid: false })), {
    message: /event 1 calls the run not valid/,
  });
  t.throws(() => lagIn(traceOf({ ...LATE, valid: true })), { message: /event 1 calls the run valid/ });
  t.throws(() => lagIn(traceOf(FIGURES, FIGURES)), { message: /twice/ });
});

test('what a late run decided says nothing, and what was not tested stays so', (t) => {
  const late = lagIn(traceOf(LATE));
  for (const finding of ['pass', 'fail', 'inconclusive']) {
    t.is(worthOf(heard(finding), late).finding, 'inconclusive');
    t.is(worthOf(heard(finding), late).parts.get('p'), 'inconclusive');
    t.is(worthOf(heard(finding), lagIn(traceOf(FIGURES))).finding, finding);
    t.is(worthOf(heard(finding), undefined).finding, finding);
  }
  for (const finding of ['not-tested', 'not-applicable'])
    t.deepEqual(worthOf(heard(finding), late), heard(finding));
});

test('figures are compared in one order', (t) => t.is(lagText({ b: 2, a: 1 }), lagText({ a: 1, b: 2 })));
