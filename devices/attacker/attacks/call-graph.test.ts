import test from 'ava';
import { NUMBERS } from '../../testbed.fixture.ts';
import { Hideout, replaced } from '../hideout.fixture.ts';
import type { Outcome } from '../attack.ts';
import { refuses, wholeOf } from '../outcome.fixture.ts';
import { NOTHING } from '../holdings.ts';
import { CallGraph } from './call-graph.ts';

const AB = `${NUMBERS.alice} ${NUMBERS.bob}`;
const BA = `${NUMBERS.bob} ${NUMBERS.alice}`;

const hideout = new Hideout();
hideout.call('alice', 'bob', 1);
hideout.call('alice', 'bob', 1);
hideout.call('bob', 'alice', 1);

/** What the log of the CRS comes to when these calls really took place. */
function against(truth: Readonly<Record<string, number>>): Outcome {
  const stage = replaced(hideout.stage, { callGraph: () => new Map(Object.entries(truth)) });
  return hideout.outcomeOf(new CallGraph(stage, 'crs'));
}

test('the log of the CRS has who called whom and how often', (t) => {
  const attack = new CallGraph(hideout.stage, 'crs');
  const { route, needs, asset, capability } = attack.aim();
  t.deepEqual([route, needs, asset, capability], ['crs', ['crs-log'], 'call graph', 'know']);
  t.deepEqual(wholeOf(hideout.outcomeOf(attack)), [
    'opened',
    '3 of 3 calls rebuilt (recall 1.00, precision 1.00)',
    [],
    ['crs'],
  ]);
});

test('calls that are missing in the log make the recall less, and are no reason to say that nothing is known', (t) => {
  t.deepEqual(wholeOf(against({ [AB]: 3, [BA]: 1 })).slice(0, 2), [
    'opened',
    '3 of 4 calls rebuilt (recall 0.75, precision 1.00)',
  ]);
  t.is(against({ [BA]: 3 }).because, '1 of 3 calls rebuilt (recall 0.33, precision 0.33)');
  t.is(against({ [AB]: 1 }).because, '1 of 1 calls rebuilt (recall 1.00, precision 0.33)');
  t.is(against({}).outcome, 'inconclusive', 'without a call there is nothing to rebuild');
});

test('a log without any of the calls, in their direction, has nothing', (t) => {
  const none = against({ [`${NUMBERS.carol} ${NUMBERS.alice}`]: 2 });
  refuses(t, none, 'not-on-crs');
  t.is(none.because, 'the CRS does not have it (none of 2 calls is in its log)');
});

test('lines of the log about anything but calls say nothing of who called whom', (t) => {
  t.true(hideout.bed.crs.log.entries.some(({ kind }) => kind !== 'call routed'));
  hideout.bed.crs.log.add('call refused', BA, 'not registered', hideout.bed.clock.now());
  t.is(against({ [AB]: 2, [BA]: 1 }).because, '3 of 3 calls rebuilt (recall 1.00, precision 1.00)');
});

test('of the controls, the truth opens and nothing does not', (t) => {
  const attack = new CallGraph(hideout.stage, 'crs');
  t.is(hideout.outcomeOf(attack, NOTHING, 'positive').outcome, 'opened');
  refuses(t, hideout.outcomeOf(attack, NOTHING, 'negative'), 'not-on-crs');
});
