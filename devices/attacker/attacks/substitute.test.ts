import test from 'ava';
import { Hideout, type HideoutOptions } from '../hideout.fixture.ts';
import { labelsOf, refuses, toldBy, wholeOf } from '../outcome.fixture.ts';
import { joined, NOTHING, secretOf, type Holdings } from '../holdings.ts';
import { Substitute, type SubstituteOptions } from './substitute.ts';

function substitute(hideout: Hideout, what: SubstituteOptions['what']): Substitute {
  const random = hideout.bed.random.stream('thief');
  return new Substitute(hideout.stage, { what, caller: 'alice', callee: 'bob', random });
}

/** A hideout for one attempt with what these users' phones have, and its outcome. */
function tried(
  what: SubstituteOptions['what'],
  options: HideoutOptions = {},
  users: readonly ('alice' | 'carol')[] = ['carol'],
) {
  const hideout = new Hideout(options);
  const held: Holdings = joined(...users.map((user) => hideout.truthOf(user)));
  return { hideout, outcome: hideout.outcomeOf(substitute(hideout, what), held) };
}

const sskOf = (hideout: Hideout, user: 'alice' | 'carol'): readonly string[] =>
  labelsOf(hideout.truthOf(user).userKeys.map(secretOf.ssk));

test('a CRS with the keys of a user puts the name of that user on the call of another', (t) => {
  const { hideout, outcome } = tried('identity');
  const attack = substitute(hideout, 'identity');
  const aim = attack.aim();
  t.deepEqual([aim.attack, aim.route, aim.needs], ['substitute identity', 'crs', ['ssk']]);
  t.deepEqual([aim.asset, aim.capability], ['shown caller of calls alice to bob', 'change']);
  t.deepEqual(wholeOf(outcome), [
    'opened',
    "bob's phone shows carol as the verified caller",
    sskOf(hideout, 'carol'),
    ['crs'],
  ]);
  t.deepEqual(
    hideout.bed.events('handset.ringing').map(({ data }) => [data.shown, data.header, data.mismatch]),
    [['carol', 'alice', true]],
  );
});

test('a CRS cannot put its own content under the name of the caller', (t) => {
  const { hideout, outcome } = tried('content');
  t.is(substitute(hideout, 'content').aim().asset, 'content of calls alice to bob');
  refuses(t, outcome, 'no-ssk');
  t.is(hideout.bed.last('mikey.refused')?.reason, 'no-ssk');
  t.is(hideout.bed.events('handset.ringing').length, 0);
});

test('the content opens to a phone that checks no signature', (t) => {
  const { outcome } = tried('content', { broken: ['handset.signature'] });
  t.is(outcome.outcome, 'opened');
  t.is(outcome.because, "bob's phone shows alice as the verified caller");
});

test('with the keys of the caller in hand the content is what the caller might have sent', (t) => {
  const { hideout, outcome } = tried('content', {}, ['carol', 'alice']);
  t.is(outcome.outcome, 'opened');
  t.deepEqual(labelsOf(outcome.means), sskOf(hideout, 'alice'));
});

test('who has no SSK can sign nothing, and the caller is no other caller', (t) => {
  for (const what of ['identity', 'content'] as const) refuses(t, tried(what, {}, []).outcome, 'no-ssk');
  refuses(t, tried('identity', {}, ['alice']).outcome, 'no-ssk');
});

test('a call that does not come about is substituted by nobody', (t) => {
  const hideout = new Hideout();
  hideout.bed.fabric.unplug('bob-phone');
  hideout.bed.run(120);
  const held = hideout.truthOf('carol');
  t.deepEqual(toldBy(hideout.outcomeOf(substitute(hideout, 'identity'), held)), ['inconclusive']);
});

test('afterwards the server passes on what it gets, and the lines are free', (t) => {
  const { hideout } = tried('identity');
  t.deepEqual([hideout.bed.alice.line, hideout.bed.bob.line], ['idle', 'idle']);
  hideout.call('alice', 'bob', 2);
  t.is(hideout.bed.last('handset.ringing')?.shown, 'alice');
});

test('the controls: an honest message rings, and a broken signature does not', (t) => {
  for (const what of ['identity', 'content'] as const) {
    const hideout = new Hideout();
    const positive = hideout.outcomeOf(substitute(hideout, what), NOTHING, 'positive');
    t.deepEqual(
      [positive.outcome, positive.because],
      ['opened', "bob's phone shows alice as the verified caller"],
      what,
    );
    const negative = hideout.outcomeOf(substitute(hideout, what), NOTHING, 'negative');
    refuses(t, negative, 'no-ssk');
  }
});
