import test, { type ExecutionContext } from 'ava';
import { Hideout, type HideoutOptions } from '../hideout.fixture.ts';
import type { Outcome } from '../attack.ts';
import { labelOf, NOTHING } from '../holdings.ts';
import { Substitute, type SubstituteOptions } from './substitute.ts';

function substitute(
  hideout: Hideout,
  what: SubstituteOptions['what'],
  colluder: SubstituteOptions['colluder'] = 'carol',
): Substitute {
  const random = hideout.bed.random.stream('thief');
  return new Substitute(hideout.stage, { what, caller: 'alice', callee: 'bob', colluder, random });
}

/** A hideout for one attempt, and its outcome. */
function tried(what: SubstituteOptions['what'], options: HideoutOptions = {}, colluder?: string) {
  const hideout = new Hideout(options);
  return { hideout, outcome: hideout.outcomeOf(substitute(hideout, what, colluder)) };
}

function refuses(t: ExecutionContext, outcome: Outcome, because: string): void {
  t.deepEqual(outcome, { outcome: 'refused', because, means: [] });
}

const sskOf = (hideout: Hideout, user: 'alice' | 'carol'): readonly string[] =>
  hideout.truthOf(user).userKeys.map(labelOf.ssk);

test('a CRS with the keys of a user puts the name of that user on the call of another', (t) => {
  const { hideout, outcome } = tried('identity');
  const attack = substitute(hideout, 'identity');
  t.deepEqual([attack.asset, attack.capability], ['calls alice to bob', 'show another caller']);
  t.deepEqual(outcome, {
    outcome: 'opened',
    because: "bob's phone shows carol as the verified caller",
    means: ['control of the CRS', ...sskOf(hideout, 'carol')],
  });
  t.deepEqual(
    hideout.bed.events('handset.ringing').map(({ data }) => [data.shown, data.header, data.mismatch]),
    [['carol', 'alice', true]],
  );
});

test('a CRS cannot put its own content under the name of the caller', (t) => {
  const { hideout, outcome } = tried('content');
  t.is(substitute(hideout, 'content').capability, 'change the conversation');
  refuses(t, outcome, "bob's phone refused it: MIKEY_SIGNATURE");
  t.is(hideout.bed.events('handset.ringing').length, 0);
});

test('the content opens to a phone that checks no signature', (t) => {
  const { outcome } = tried('content', { broken: ['handset.signature'] });
  t.is(outcome.outcome, 'opened');
  t.is(outcome.because, "bob's phone shows alice as the verified caller");
});

test('with the keys of the caller in hand the content is what the caller might have sent', (t) => {
  const { hideout, outcome } = tried('content', {}, 'alice');
  t.is(outcome.outcome, 'opened');
  t.deepEqual(outcome.means, ['control of the CRS', ...sskOf(hideout, 'alice')]);
});

test('a call that does not come about is substituted by nobody', (t) => {
  const hideout = new Hideout();
  hideout.bed.fabric.unplug('bob-phone');
  hideout.bed.run(120);
  refuses(t, hideout.outcomeOf(substitute(hideout, 'identity')), 'the call did not come about');
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
    refuses(t, negative, "bob's phone refused it: MIKEY_SIGNATURE");
  }
});
