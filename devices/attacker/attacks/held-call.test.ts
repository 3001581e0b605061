import test from 'ava';
import { NUMBERS } from '../../testbed.fixture.ts';
import { Hideout, replaced } from '../hideout.fixture.ts';
import { refuses, toldBy } from '../outcome.fixture.ts';
import { HeldCall } from './held-call.ts';

const heldOf = (hideout: Hideout, by: 'user' | 'attacker'): HeldCall =>
  new HeldCall(hideout.stage, {
    ...{ user: 'alice', peer: 'bob', by, holder: 'thief', host: hideout.host, ports: hideout.bed.ports },
    random: hideout.bed.random.stream('thief'),
  });

test('a call that goes on is heard at both ends, across the end of the month too', (t) => {
  const hideout = new Hideout({ begins: '2015-10-31T23:58:00Z' });
  t.deepEqual(toldBy(hideout.outcomeOf(heldOf(hideout, 'user'))), ['inconclusive'], 'nobody has called');
  hideout.bed.type(hideout.bed.alice, 'call bob', 'alice');
  hideout.bed.run(180);
  const outcome = hideout.outcomeOf(heldOf(hideout, 'user'));
  t.deepEqual(toldBy(outcome), ['opened']);
  t.regex(outcome.because, /^the call goes on: \d+ and \d+ media packets/);
  t.is(hideout.bed.alice.line, 'inCall');
  t.is(heldOf(hideout, 'user').aim().attack, 'call --hold');
});

test('a call that somebody hung up says nothing of what holds calls', (t) => {
  const hideout = new Hideout();
  hideout.call('alice', 'bob', 3);
  const outcome = hideout.outcomeOf(heldOf(hideout, 'user'));
  t.deepEqual([outcome.outcome, outcome.because], ['inconclusive', 'the call ended: hung-up']);
});

test('the call of a thief is cut with the block, or goes on where a block ends no session', (t) => {
  for (const [ends, told] of [
    [true, ['refused', 'blocked']],
    [false, ['opened']],
  ] as const) {
    const hideout = new Hideout({ parameters: { 'block-ends-sessions': ends } });
    const phone = hideout.thiefPhone('alice');
    hideout.bed.type(phone, 'call bob', 'thief');
    hideout.bed.run(10);
    t.deepEqual(toldBy(hideout.outcomeOf(heldOf(hideout, 'attacker'))), ['opened'], 'before the block');
    hideout.bed.type(hideout.bed.crs, `block-user ${NUMBERS.alice}`);
    hideout.bed.run(5);
    t.deepEqual(toldBy(hideout.outcomeOf(heldOf(hideout, 'attacker'))), told);
  }
});

test('a thief holds a call on the phone that was taken, too', (t) => {
  const hideout = new Hideout();
  const { alice } = hideout.bed;
  hideout.bed.type(alice, 'call bob', 'thief');
  hideout.bed.run(10);
  const taken = replaced(hideout.stage, {
    takenPhone: (holder, number) => (holder === 'thief' && number === NUMBERS.alice ? alice : undefined),
  });
  const held = (holder: string): HeldCall =>
    new HeldCall(taken, {
      ...{ user: 'alice', peer: 'bob', by: 'attacker', holder, host: hideout.host, ports: hideout.bed.ports },
      random: hideout.bed.random.stream('thief'),
    });
  t.deepEqual(toldBy(hideout.outcomeOf(held('thief'))), ['opened']);
  t.deepEqual(toldBy(hideout.outcomeOf(held('carol'))), ['inconclusive'], 'who does not have it');
});

test('whoever has no phone holds no call, and both controls are made all the same', (t) => {
  const hideout = new Hideout();
  const { attempt, positive, negative } = hideout.probe('call-as alice bob --hold');
  t.deepEqual(toldBy(attempt), ['inconclusive']);
  t.is(positive.outcome, 'opened');
  refuses(t, negative, 'no-ssk');
});

test('media that stop are no call that goes on, though nobody ended it', (t) => {
  const hideout = new Hideout();
  hideout.bed.type(hideout.bed.alice, 'call bob', 'alice');
  hideout.bed.run(10);
  hideout.bed.fabric.unplug('bob-phone');
  t.is(hideout.outcomeOf(heldOf(hideout, 'user')).outcome, 'inconclusive');
});
