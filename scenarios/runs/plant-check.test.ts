/** A planted violation that nothing notices is a failed run. */
import test from 'ava';
import { screenplayOf } from '../world/hall.fixture.ts';
import { plantCheck } from './plant-check.ts';

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

const verdictOf = (plant: string, ...checks: readonly Parameters<typeof plantCheck>[3][number][]) =>
  plantCheck(plant, screenplay, 'main', checks);

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
  t.like(missed, { verdict: 'fail', why: 'no check failed: nothing here notices it' });
});
