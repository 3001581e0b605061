/** A planted violation that nothing notices is a failed run. */
import test from 'ava';
import { assets, screenplayOf } from '../world/hall.fixture.ts';
import { plantCheck } from './plant-check.ts';
import { orderOf } from './run-order.ts';
import { runScenario } from './run.ts';

const screenplay = screenplayOf({
  yaml: `steps:
  - { at: "08:01", by: alice, on: alice-phone, type: "call bob --for 2s" }
expect:
  - { id: secure, see: handset.call-secure, times: 2 }
plants:
  - { plant: handset.encrypts-media, fails: [secure] }
`,
  ends: '08:05',
});

type Verdicts = Parameters<typeof plantCheck>[3]['clean'];
const GOOD: Verdicts = ['secure', 'other'].map((id) => ({ id, verdict: 'pass' }));
const verdictOf = (plant: string, ...planted: Verdicts) =>
  plantCheck(plant, screenplay, 'main', { planted, clean: GOOD });

test('what the scenario declares has to notice it, and it counts when that is not decided any more', (t) => {
  const declared = 'handset.encrypts-media';
  t.is(verdictOf(declared, { id: 'secure', verdict: 'fail' }).verdict, 'pass');
  t.is(verdictOf(declared, { id: 'secure', verdict: 'inconclusive' }).verdict, 'pass');
  const missed = verdictOf(declared, { id: 'secure', verdict: 'pass' }, { id: 'other', verdict: 'fail' });
  t.is(missed.verdict, 'fail');
  t.is(missed.why, 'it was not noticed by secure, which had to');
  t.regex(missed.source, /:\d+$/);
});

test('where nothing is declared, some check has to fail', (t) => {
  t.is(verdictOf('handset.skew', { id: 'secure', verdict: 'fail' }).verdict, 'pass');
  const missed = verdictOf('handset.skew', { id: 'secure', verdict: 'inconclusive' });
  t.like(missed, { verdict: 'fail', why: 'no check failed that passes without it: nothing here notices it' });
});

test('what does not pass without the plant either has noticed nothing', (t) => {
  for (const verdict of ['fail', 'inconclusive', 'not-tested'] as const) {
    const clean: Verdicts = [{ id: 'secure', verdict }];
    const planted: Verdicts = [{ id: 'secure', verdict: 'fail' }];
    t.like(plantCheck('handset.encrypts-media', screenplay, 'main', { planted, clean }), {
      verdict: 'fail',
      why: 'it was not noticed by secure, which had to; without it secure did not pass either',
    });
    t.is(plantCheck('handset.skew', screenplay, 'main', { planted, clean }).verdict, 'fail');
  }
});

test('one planted violation alone is held against the same run without it', (t) => {
  const order = orderOf(screenplay, {
    build: '0'.repeat(64),
    variant: 'main',
    seed: '1',
    parameters: {},
    plant: 'handset.encrypts-media',
  });
  const caughtIn = (text: typeof screenplay): string | undefined =>
    runScenario(order, { assets, screenplay: text }).result.checks.find(({ id }) => id === 'plant-caught')
      ?.verdict;
  t.is(caughtIn(screenplay), 'pass');
  const expect = screenplay.expect.map((each) =>
    each.kind === 'see' ? { ...each, times: { atLeast: 3, atMost: 3 } } : each,
  );
  t.is(caughtIn({ ...screenplay, expect }), 'fail', 'three ends of one call are never seen');
});
