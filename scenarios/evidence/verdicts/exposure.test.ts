import test from 'ava';
import { exposureOf, exposureTotals } from './exposure.ts';
import { probed, traceOf } from './story.fixture.ts';

const refused = { outcome: 'refused' } as const;

test('a success counts, predicted or not, between the refusals around it', (t) => {
  const bars = exposureOf(
    traceOf(
      probed(10, { id: 'p1', ...refused }),
      probed(20, { id: 'p2', means: ['RSK', 'PSK'], audioSeconds: 12 }),
      probed(30, { id: 'p3', predict: 'refused', means: ['RSK', 'disc'], audioSeconds: 40 }),
      probed(50, { id: 'p4', ...refused }),
      probed(60, { id: 'p5', ...refused }),
    ),
  );
  t.deepEqual(bars, [
    {
      asset: 'call bob-to-alice#1',
      capability: 'decrypt',
      fromEarliest: 10,
      from: 20,
      lastSuccess: 30,
      firstFailure: 50,
      means: ['RSK', 'PSK', 'disc'],
      audioSeconds: 40,
      probes: ['p2', 'p3'],
    },
  ]);
});

test('an exposure that returns is a bar of its own, and one that lasts has no end', (t) => {
  const bars = exposureOf(traceOf(probed(1), probed(2, refused), probed(3)));
  t.deepEqual(
    bars.map(({ fromEarliest, from, lastSuccess, firstFailure }) => [
      fromEarliest,
      from,
      lastSuccess,
      firstFailure,
    ]),
    [
      [0, 1, 1, 2],
      [2, 3, 3, undefined],
    ],
  );
});

test('assets and capabilities are kept apart', (t) => {
  const bars = exposureOf(
    traceOf(
      probed(1),
      probed(2, { capability: 'impersonate', asset: 'identity alice', audioSeconds: 0 }),
      probed(3, { asset: 'call bob-to-alice#2', ...refused }),
      probed(4),
    ),
  );
  t.deepEqual(
    bars.map(({ asset, capability, lastSuccess }) => [asset, capability, lastSuccess]),
    [
      ['call bob-to-alice#1', 'decrypt', 4],
      ['identity alice', 'impersonate', 2],
    ],
  );
});

test('what cannot be trusted neither begins nor ends an exposure', (t) => {
  const bars = exposureOf(
    traceOf(
      probed(1, { negativeControl: 'opened' }),
      probed(2),
      probed(3, { ...refused, positiveControl: 'refused' }),
      probed(4, { outcome: 'inconclusive' }),
    ),
  );
  t.deepEqual(
    bars.map(({ from, lastSuccess, firstFailure }) => [from, lastSuccess, firstFailure]),
    [[2, 2, undefined]],
  );
});

test('totals say what is proven and what cannot be excluded', (t) => {
  const bars = exposureOf(
    traceOf(
      probed(10),
      probed(20),
      probed(30, refused),
      probed(40, { audioSeconds: 25 }),
      probed(50, { asset: 'call 2', audioSeconds: 5 }),
      probed(60, { asset: 'identity alice', capability: 'impersonate', audioSeconds: 0 }),
    ),
  );
  t.deepEqual(exposureTotals(bars, 100), [
    // Call 1: 10 to 20 in 0 to 30, then 40 in 30 to 100; call 2: 50 in 0 to 100.
    { capability: 'decrypt', assets: 2, audioSeconds: 45, atLeast: 10, atMost: 30 + 70 + 100 },
    { capability: 'impersonate', assets: 1, audioSeconds: 0, atLeast: 0, atMost: 100 },
  ]);
  t.deepEqual(exposureTotals([], 100), []);
});
