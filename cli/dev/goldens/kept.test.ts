import test from 'ava';
import { keptOf, writtenOut } from './kept.ts';

test('verdicts, outcomes, exposures and digests of a golden report are kept, prose and what follows from the trace are not', (t) => {
  const check = { id: 'works-again', verdict: 'pass', why: 'seen once', evidence: [7], parts: [] };
  const variant = {
    name: 'a',
    traceDigest: 'ab',
    ladder: [{ t: 1 }],
    checks: [check],
    exposure: [{ from: 3 }],
  };
  t.deepEqual(keptOf({ scenarios: [{ id: 's', variants: [variant] }] }), {
    scenarios: [
      {
        id: 's',
        variants: [
          {
            ...{ name: 'a', traceDigest: 'ab', exposure: [{ from: 3 }] },
            checks: [{ id: 'works-again', verdict: 'pass', parts: [] }],
          },
        ],
      },
    ],
  });
});

test('what is written out is read back the same, long lists line by line', (t) => {
  const checks = Array.from({ length: 40 }, (_, n) => ({ id: `check-${n}`, verdict: 'pass', parts: [] }));
  const written = writtenOut({ seed: '42', none: {}, checks, deep: { checks } });
  t.deepEqual(JSON.parse(written), { seed: '42', none: {}, checks, deep: { checks } });
  t.true(written.includes('\n  {"id":"check-7","verdict":"pass","parts":[]},\n'));
});
