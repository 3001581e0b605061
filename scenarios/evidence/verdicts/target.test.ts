import test from 'ava';
import { SECOND, type Micros } from '../../../sim/clock.ts';
import { resolveVariant, withTargets } from '../../language/index.ts';
import type { CheckVerdict } from './check.ts';
import { screenplayOf, traceOf, type Happening } from './story.fixture.ts';
import { judge } from './verdict.ts';

const PLAY = screenplayOf(`moments:
  m: { first: a }
expect:
  - { id: it, see: b, within: { target: prompt }, of: m, check: para-1.c1/soon }
`);

/** The verdict when `b` is seen `after` seconds later, if ever, and the deployment declares `target`, if any. */
function verdict(target: Micros | undefined, after: number | undefined): CheckVerdict {
  const declared = new Map(target === undefined ? [] : [['prompt', target]]);
  const seen: readonly Happening[] = after === undefined ? [] : [[(10 + after) * SECOND, 'b']];
  const events = traceOf([10 * SECOND, 'a'], ...seen, [60 * SECOND, 'trace.ended']);
  const [check] = judge(withTargets(resolveVariant(PLAY, 'main'), declared), events).checks;
  if (check === undefined) throw new Error('no check');
  return check;
}

test('without a declared target nothing passes, however soon it came, nor fails, though it never did', (t) => {
  for (const after of [0, 1, 40, undefined])
    t.like(verdict(undefined, after), {
      verdict: 'not-tested',
      why: 'no target declared: targets.prompt',
      parts: [{ part: 'para-1.c1/soon', verdict: 'not-tested', why: 'no target declared: targets.prompt' }],
    });
});

test('it passes up to the last microsecond of the target, and fails after it or when nothing came', (t) => {
  t.like(verdict(5 * SECOND, 5), { verdict: 'pass' });
  t.regex(verdict(6 * SECOND, 5).why, /^b was seen within 6s of 'm' \(targets\.prompt\): at \+15s/);
  t.is(verdict(5 * SECOND - 1, 5).verdict, 'fail');
  t.is(verdict(5 * SECOND, undefined).verdict, 'fail');
  t.is(verdict(0, 1).verdict, 'fail');
});

test('a target that is longer than the run leaves open what was not seen', (t) => {
  t.is(verdict(90 * SECOND, 5).verdict, 'pass');
  t.like(verdict(90 * SECOND, undefined), { verdict: 'inconclusive', code: 'SCENARIO_WINDOW_OPEN' });
});
