import test from 'ava';
import * as fc from 'fast-check';
import { REPLAY_WINDOW, ReplayWindow } from './packet-index.ts';

test('the window is at least as long as RFC 3711 section 3.3.2 asks', (t) => {
  t.true(REPLAY_WINDOW >= 64);
});

test('the oldest packet in the window passes, the one before it does not', (t) => {
  const window = new ReplayWindow();
  window.accept(1_000);
  t.false(window.refuses(1_000 - REPLAY_WINDOW + 1));
  t.true(window.refuses(1_000 - REPLAY_WINDOW));
  t.false(window.refuses(1_001));
  t.true(window.refuses(1_000));
});

test('asking changes nothing', (t) => {
  const window = new ReplayWindow();
  t.false(window.refuses(5));
  t.false(window.refuses(5));
  t.is(window.highest, -1);
});

test('the window agrees with a memory of everything', (t) => {
  // Indices near 2^47, so that nothing hidden in 32 bits passes.
  const base = 2 ** 47;
  const steps = fc.array(fc.oneof(fc.integer({ min: -200, max: 40 }), fc.integer({ min: -5, max: 2_000 })), {
    minLength: 1,
    maxLength: 200,
    size: 'max',
  });
  fc.assert(
    fc.property(steps, (offsets) => {
      const window = new ReplayWindow();
      const all = new Set<number>();
      let highest = -1;
      for (const offset of offsets) {
        const index = (highest < 0 ? base : highest) + offset;
        const expected = all.has(index) || index <= highest - REPLAY_WINDOW;
        t.is(window.refuses(index), expected);
        if (expected) continue;
        window.accept(index);
        all.add(index);
        highest = Math.max(highest, index);
      }
      t.is(window.highest, highest);
    }),
    { numRuns: 300 },
  );
});
