import test from 'ava';
import * as fc from 'fast-check';
import { categoryOf, qualityOf } from './call-quality.ts';
import {
  delayImpairment,
  G711_CONCEALED,
  G711_PLAIN,
  lossImpairment,
  opinionOf,
  ratingOf,
} from './e-model.ts';
import { decimalLogarithm, exponential, naturalLogarithm, power } from './elementary.ts';

const near = (value: number, reference: number, error: number): boolean =>
  Math.abs(value - reference) <= error * Math.max(1, Math.abs(reference));

test('exponential, logarithm and power are those of the platform to 1 in 10^13', (t) => {
  const positive = fc.double({ min: 1e-200, max: 1e200, noNaN: true });
  fc.assert(
    fc.property(fc.double({ min: -700, max: 700, noNaN: true }), positive, (x, y) => {
      t.true(near(exponential(x) / Math.exp(x), 1, 1e-13), `exp ${x}`);
      t.true(near(naturalLogarithm(y), Math.log(y), 1e-13), `ln ${y}`);
      t.true(near(decimalLogarithm(y), Math.log10(y), 1e-13), `lg ${y}`);
    }),
    { numRuns: 1_000 },
  );
  t.deepEqual([exponential(0), naturalLogarithm(1), power(0, 0.5), power(7, 0)], [1, 0, 0, 1]);
  t.true(near(power(2, 0.5), Math.SQRT2, 1e-15));
  t.throws(() => naturalLogarithm(0), { message: /positive/ });
  t.throws(() => exponential(701), { message: /normal/ });
});

const call = { delayMs: 0, loss: 0, burstRatio: 1, codec: G711_CONCEALED };

test('a call at the default values is rated 93.2, an opinion of 4.41 (G.107 clause 7.7)', (t) => {
  t.deepEqual(ratingOf(call), { r: 93.2, mos: 4.41 });
});

test('opinions are those of G.107 table B.1', (t) => {
  const published = [
    [90, 4.34],
    [80, 4.03],
    [70, 3.6],
    [60, 3.1],
    [50, 2.58],
  ] as const;
  for (const [r, mos] of published) t.true(Math.abs(opinionOf(r) - mos) <= 0.011, `${r}: ${opinionOf(r)}`);
  t.deepEqual(
    [opinionOf(-1), opinionOf(0), opinionOf(3), opinionOf(100), opinionOf(120)],
    [1, 1, 1, 4.5, 4.5],
  );
});

test('delay costs what the published approximation of the E-model says, within its error', (t) => {
  // R. G. Cole and J. H. Rosenbluth, Voice over IP performance monitoring (2001): Id for 0 to 400 ms.
  for (let delayMs = 0; delayMs <= 300; delayMs += 10) {
    const approximation = 0.024 * delayMs + (delayMs > 177.3 ? 0.11 * (delayMs - 177.3) : 0);
    t.true(Math.abs(delayImpairment(delayMs) - approximation) < 1.5, `${delayMs} ms`);
  }
});

test('delay costs what the formulas of clause 7.4 give when they are worked out independently', (t) => {
  const worked = [
    [0, 0.14904572493742307],
    [20, 0.8239100013872949],
    [50, 1.5990923071995482],
    [100, 2.6915231699873026],
    [150, 3.816121524419704],
    [200, 7.550535338680851],
    [300, 20.68889343893272],
    [400, 31.10842681643205],
    [1000, 54.27871168564238],
  ] as const;
  for (const [delayMs, id] of worked) t.true(near(delayImpairment(delayMs), id, 1e-9), `${delayMs} ms`);
  t.deepEqual(
    [150, 200, 300, 400].map((delayMs) => ratingOf({ ...call, delayMs }).r),
    [89.5, 85.8, 72.7, 62.2],
  );
});

test('loss costs what G.113 Appendix I gives for G.711, with and without concealment', (t) => {
  const expected = [
    [0.01, 17.9245, 3.6398],
    [0.02, 30.1587, 7.0111],
    [0.05, 51.0753, 15.7807],
    [0.1, 66.4336, 27.0655],
  ] as const;
  for (const [loss, plain, concealed] of expected) {
    t.true(Math.abs(lossImpairment(loss, 1, G711_PLAIN) - plain) < 1e-3, `${loss} plain`);
    t.true(Math.abs(lossImpairment(loss, 1, G711_CONCEALED) - concealed) < 1e-3, `${loss} concealed`);
  }
  t.is(lossImpairment(0.02, 0.5, G711_CONCEALED), lossImpairment(0.02, 1, G711_CONCEALED));
  t.true(Math.abs(lossImpairment(0.02, 2, G711_CONCEALED) - 7.2797) < 1e-3);
});

test('property: more delay, more loss and longer bursts never make a call better', (t) => {
  // Without any delay an echo is heard as sidetone (STMRo, clause 7.3), which is the next test.
  const delay = fc.integer({ min: 1, max: 2_000 });
  const loss = fc.integer({ min: 0, max: 500 }).map((n) => n / 1_000);
  const burst = fc.integer({ min: 100, max: 800 }).map((n) => n / 100);
  fc.assert(
    fc.property(delay, loss, burst, delay, loss, burst, (d, l, b, more, lossier, longer) => {
      const better = ratingOf({ ...call, delayMs: d, loss: l, burstRatio: b });
      const worse = ratingOf({
        ...call,
        delayMs: Math.max(d, more),
        loss: Math.max(l, lossier),
        burstRatio: Math.max(b, longer),
      });
      t.true(worse.r <= better.r && worse.mos <= better.mos);
      t.is(Math.round(better.r * 10) / 10, better.r);
      t.true(better.mos >= 1 && better.mos <= 4.5);
    }),
    { numRuns: 300 },
  );
});

test('the first millisecond is worth a tenth at most: an echo without delay is sidetone (clause 7.3)', (t) => {
  const gains = Array.from({ length: 501 }, (_, n) => {
    const [none, one] = [0, 1].map((delayMs) => ratingOf({ ...call, delayMs, loss: n / 1_000 }).r);
    return Math.round(10 * ((one ?? 0) - (none ?? 0)));
  });
  t.deepEqual(
    [...new Set(gains)].toSorted((a, b) => a - b),
    [0, 1],
  );
});

test('no rating lies so near to the middle of two tenths that another rounding could move it', (t) => {
  // Our error is below 1e-10: at every delay of a call the exact value must be farther than that from a half.
  for (let delayMs = 0; delayMs <= 2_000; delayMs++) {
    const tenths = 10 * (93.20620772 - delayImpairment(delayMs));
    t.true(Math.abs(tenths - Math.floor(tenths) - 0.5) > 1e-7, `${delayMs} ms`);
  }
});

const playout = { heard: 980, missing: 20, bursts: 20, discarded: 3, adapted: 0, wait: 30_000 };

test('the quality of a call is made of what was measured', (t) => {
  t.deepEqual(qualityOf(playout, 100_000), {
    missingPercent: 2,
    discarded: 3,
    burstRatio: 0.98,
    bufferMs: 30,
    roundTripMs: 100,
    // 20 to fill a packet, 3.75 to conceal, 50 on the way, 30 in the buffer.
    delayMs: 104,
    rating: ratingOf({ ...call, delayMs: 104, loss: 0.02 }),
  });
  t.is(qualityOf({ ...playout, bursts: 5 }, 0).burstRatio, 3.92);
  t.is(qualityOf({ ...playout, missing: 0, bursts: 0 }, 0).burstRatio, 1);
});

test('what was not measured is not rated', (t) => {
  t.is(qualityOf(playout, undefined).rating, undefined);
  const nothing = qualityOf({ ...playout, heard: 0, missing: 0, bursts: 0 }, 1_000);
  t.deepEqual([nothing.rating, nothing.missingPercent], [undefined, 0]);
});

test('categories are those of G.109', (t) => {
  t.deepEqual([93.2, 90, 89.9, 80, 70, 60, 50, 49.9].map(categoryOf), [
    'best',
    'best',
    'high',
    'high',
    'medium',
    'low',
    'poor',
    'not recommended',
  ]);
});
