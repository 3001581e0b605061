/** Lag: percentiles that are never too good. */
import test from 'ava';
import fc from 'fast-check';
import { LagMeter } from './lag.ts';

test('nothing happened, nothing was late', (t) => {
  t.deepEqual(new LagMeter().lag, { events: 0, p50: 0, p99: 0, max: 0 });
});

test('one event in fifty that is late shows in the 99th percentile and not in the median', (t) => {
  const meter = new LagMeter();
  for (let i = 0; i < 1000; i++) meter.add(i % 50 === 0 ? 250_000 : 400);
  const { p50, p99, max } = meter.lag;
  t.deepEqual([p50, p99, max], [500, 250_000, 250_000]);
});

test('what is early counts as on time', (t) => {
  const meter = new LagMeter();
  meter.add(-5000);
  t.deepEqual(meter.lag, { events: 1, p50: 0, p99: 0, max: 0 });
});

test('more than ten seconds late is still late', (t) => {
  const meter = new LagMeter();
  meter.add(60_000_000);
  t.is(meter.lag.p99, 60_000_000);
});

test('a percentile lies at or above the exact one, by less than a bucket', (t) => {
  fc.assert(
    fc.property(fc.array(fc.nat(5_000_000), { minLength: 1, maxLength: 300 }), (lags) => {
      const meter = new LagMeter();
      for (const lag of lags) meter.add(lag);
      const exact = lags.toSorted((a, b) => a - b)[Math.ceil(lags.length * 0.99) - 1] ?? 0;
      const { p99 } = meter.lag;
      t.true(p99 >= exact && p99 <= exact + 1000);
    }),
    { numRuns: 200 },
  );
});
