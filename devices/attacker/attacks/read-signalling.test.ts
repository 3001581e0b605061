import test from 'ava';
import { Hideout, recorderOf } from '../hideout.fixture.ts';
import type { Outcome } from '../attack.ts';
import { labelOf, NOTHING, wrongPsks, type Holdings } from '../holdings.ts';
import { ReadSignalling } from './read-signalling.ts';

const hideout = new Hideout();
hideout.call('bob', 'alice');
const alice = hideout.truthOf('alice');
const bob = hideout.truthOf('bob');
const CLOSED = {
  outcome: 'refused',
  because: 'no recorded session opens with the PSKs that are held',
  means: [],
};

function read(user: string, held: Holdings, given = false, recorder = hideout.recorder): Outcome {
  return hideout.outcomeOf(new ReadSignalling(hideout.stage, recorder, user, given), held);
}

test('recorded signalling of a user opens with the PSK of that user, whenever it comes to hand', (t) => {
  const outcome = read('alice', { ...NOTHING, psks: alice.psks });
  t.is(outcome.outcome, 'opened');
  // REGISTER, INVITE, 100, 180, 200, ACK, BYE and the answers to them, and what she asked of packages.
  t.regex(outcome.because, /^\d+ SIP messages read from 1 recorded sessions$/);
  t.deepEqual(outcome.means, alice.psks.map(labelOf.psk));
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
    t.deepEqual(read('alice', held), CLOSED);
});

test('what opens of other users does not count', (t) => {
  const both = { ...NOTHING, psks: [...bob.psks, ...alice.psks] };
  t.deepEqual(read('alice', both).means, alice.psks.map(labelOf.psk));
  t.deepEqual(read('bob', both).means, bob.psks.map(labelOf.psk));
  t.deepEqual(read('carol', both), CLOSED);
});

test('a PSK that was never in hand may be given, to ask what it would have opened', (t) => {
  const outcome = read('alice', NOTHING, true);
  t.is(outcome.outcome, 'opened');
  t.deepEqual(outcome.means, alice.psks.map(labelOf.psk));
});

test('a PSK that is not random is found by guessing', (t) => {
  const careless = new Hideout({ broken: ['cms.random-psks'] });
  const attack = new ReadSignalling(careless.stage, careless.recorder, 'alice', false);
  t.is(careless.outcomeOf(attack).outcome, 'opened');
  t.is(careless.outcomeOf(attack, NOTHING, 'negative').outcome, 'refused');
});

test('a session of which the beginning is missing stays closed', (t) => {
  const late = recorderOf(
    hideout.captured.filter(({ time }) => time > hideout.stage.call('bob-to-alice#1').began),
  );
  t.deepEqual(read('alice', alice, false, late), CLOSED);
  t.deepEqual(read('alice', alice, false, recorderOf([])), CLOSED);
});

test('the controls read with the PSK of the user, and fail with another', (t) => {
  const attack = new ReadSignalling(hideout.stage, hideout.recorder, 'alice', true);
  t.deepEqual([attack.asset, attack.capability], ['signalling of alice', 'read signalling']);
  const positive = hideout.outcomeOf(attack, NOTHING, 'positive');
  t.deepEqual([positive.outcome, positive.means], ['opened', alice.psks.map(labelOf.psk)]);
  t.deepEqual(hideout.outcomeOf(attack, alice, 'negative'), CLOSED);
});
