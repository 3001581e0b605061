import test from 'ava';
import { Hideout, recorderOf } from '../hideout.fixture.ts';
import type { Outcome } from '../attack.ts';
import { NOTHING, secretOf, wrongPsks, type Holdings } from '../holdings.ts';
import { labelsOf, refuses } from '../outcome.fixture.ts';
import { ReadSignalling } from './read-signalling.ts';

const hideout = new Hideout();
hideout.call('bob', 'alice');
const alice = hideout.truthOf('alice');
const bob = hideout.truthOf('bob');
const pskOf = ({ psks }: Holdings): readonly string[] => labelsOf(psks.map(secretOf.psk));

function read(user: string, held: Holdings, given = false, recorder = hideout.recorder): Outcome {
  return hideout.outcomeOf(new ReadSignalling(hideout.stage, recorder, user, given ? 'given' : 'held'), held);
}

test('recorded signalling of a user opens with the PSK of that user, whenever it comes to hand', (t) => {
  const outcome = read('alice', { ...NOTHING, psks: alice.psks });
  t.is(outcome.outcome, 'opened');
  // REGISTER, INVITE, 100, 180, 200, ACK, BYE and the answers to them, and what she asked of packages.
  t.regex(outcome.because, /^\d+ SIP messages read from 1 recorded sessions$/);
  t.deepEqual(labelsOf(outcome.means), pskOf(alice));
  const messages = hideout.recorder
    .sessions(alice.psks)
    .reduce((sum, session) => sum + session.messages.length, 0);
  t.is(outcome.because, `${messages} SIP messages read from 1 recorded sessions`);
  t.true(messages >= 10, `${messages}`);
});

test('nothing else opens it: no PSK, that of another user, a wrong key, or the keys of calls', (t) => {
  for (const held of [
    NOTHING,
    { ...alice, psks: [] },
    { ...alice, psks: bob.psks },
    { ...alice, psks: wrongPsks(alice.psks) },
  ])
    refuses(t, read('alice', held), 'no-psk');
});

test('what opens of other users does not count', (t) => {
  const both = { ...NOTHING, psks: [...bob.psks, ...alice.psks] };
  t.deepEqual(labelsOf(read('alice', both).means), pskOf(alice));
  t.deepEqual(labelsOf(read('bob', both).means), pskOf(bob));
  refuses(t, read('carol', both), 'no-psk');
});

test('a PSK that was never in hand may be given, to ask what it would have opened', (t) => {
  const outcome = read('alice', NOTHING, true);
  t.is(outcome.outcome, 'opened');
  t.deepEqual(labelsOf(outcome.means), pskOf(alice));
});

test('a PSK that is not random is found by guessing', (t) => {
  const careless = new Hideout({ broken: ['cms.random-psks'] });
  const attack = new ReadSignalling(careless.stage, careless.recorder, 'alice', 'held');
  t.is(careless.outcomeOf(attack).outcome, 'opened');
  t.is(careless.outcomeOf(attack, NOTHING, 'negative').outcome, 'refused');
});

test('a session of which the beginning is missing stays closed', (t) => {
  const late = recorderOf(
    hideout.captured.filter(({ time }) => time > hideout.stage.call('bob-to-alice#1').began),
  );
  for (const recorder of [late, recorderOf([])]) {
    refuses(t, read('alice', alice, false, recorder), 'not-tapped');
    refuses(t, read('alice', NOTHING, false, recorder), 'not-tapped', 'no-psk');
  }
});

test('the controls read with the PSK of the user, and fail with another', (t) => {
  const attack = new ReadSignalling(hideout.stage, hideout.recorder, 'alice', 'given');
  const { route, asset, capability } = attack.aim();
  t.deepEqual([route, asset, capability], ['given', 'signalling of alice', 'read']);
  const positive = hideout.outcomeOf(attack, NOTHING, 'positive');
  t.deepEqual([positive.outcome, labelsOf(positive.means)], ['opened', pskOf(alice)]);
  refuses(t, hideout.outcomeOf(attack, alice, 'negative'), 'no-psk');
});

test('with a moment only the sessions that began from then on are meant: an old PSK does not open a new one', (t) => {
  const later = new Hideout();
  later.call('bob', 'alice');
  const { psks } = later.truthOf('alice');
  const since = later.stage.unixMs;
  const attempt = (from?: number): Outcome =>
    later.outcomeOf(new ReadSignalling(later.stage, later.recorder, 'alice', 'held', from), {
      ...NOTHING,
      psks,
    });
  t.is(attempt().outcome, 'opened');
  refuses(t, attempt(since), 'not-tapped');
  later.bed.type(later.bed.alice, 'restart', 'alice');
  later.bed.run(30);
  t.regex(attempt(since).because, /from 1 recorded sessions$/);
  t.regex(attempt().because, /from 2 recorded sessions$/);
  t.not(
    new ReadSignalling(later.stage, later.recorder, 'alice', 'held', since).aim().asset,
    new ReadSignalling(later.stage, later.recorder, 'alice', 'held').aim().asset,
  );
});
