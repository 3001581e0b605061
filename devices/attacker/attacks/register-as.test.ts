import test from 'ava';
import { NUMBERS } from '../../testbed.fixture.ts';
import { Hideout } from '../hideout.fixture.ts';
import { NOTHING, secretOf, wrongPsks } from '../holdings.ts';
import { labelsOf, refuses, wholeOf } from '../outcome.fixture.ts';
import { RegisterAs } from './register-as.ts';

const as = (hideout: Hideout, unknown = false, user = 'alice'): RegisterAs =>
  new RegisterAs(hideout.stage, hideout.recorder, {
    ...{ user, unknown, ports: hideout.bed.ports, host: hideout.host },
    random: hideout.bed.random.stream('thief'),
  });

test('whoever has the PSK of a user is let in as that user, and leaves again', (t) => {
  const hideout = new Hideout();
  const { psks } = hideout.truthOf('alice');
  const attack = as(hideout);
  const { attack: name, route, needs, asset, capability } = attack.aim();
  t.deepEqual([name, route, needs], ['register-as', 'own-account', ['psk']]);
  t.deepEqual([asset, capability], ['account of alice on the CRS', 'be present']);
  t.deepEqual(wholeOf(hideout.outcomeOf(attack, { ...NOTHING, psks })), [
    'opened',
    'crs has registered alice',
    labelsOf(psks.map(secretOf.psk)),
    [],
  ]);
  hideout.bed.run(600);
  t.is(hideout.bed.alice.service, 'registered');
});

test('without it the identity that was seen is tried, and the CRS says what it lacks', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  for (const held of [NOTHING, hideout.truthOf('bob'), { ...alice, psks: wrongPsks(alice.psks) }]) {
    const before = hideout.bed.events('crs.handshake-refused').length;
    refuses(t, hideout.outcomeOf(as(hideout), held), 'no-psk');
    t.deepEqual(
      hideout.bed
        .events('crs.handshake-refused')
        .slice(before)
        .map(({ data }) => data.reason),
      ['no-psk'],
    );
  }
});

test('who saw no identity either has nothing to try', (t) => {
  const hideout = new Hideout();
  const before = hideout.bed.events('crs.handshake-refused').length;
  const nobody = new RegisterAs(hideout.stage, hideout.attacker.recorder, {
    ...{ user: 'carol', unknown: false, ports: hideout.bed.ports, host: hideout.host },
    random: hideout.bed.random.stream('thief'),
  });
  refuses(t, hideout.outcomeOf(nobody, NOTHING), 'no-psk');
  t.is(hideout.bed.events('crs.handshake-refused').length, before);
});

test('a block, a new PSK and an identity that nobody has are told apart', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  refuses(t, hideout.outcomeOf(as(hideout, true), alice), 'not-on-crs');
  t.is(as(hideout, true).aim().attack, 'register-as --unknown');
  const { bed } = hideout;
  bed.type(bed.crs, `block-user ${NUMBERS.alice}`);
  refuses(t, hideout.outcomeOf(as(hideout), alice), 'blocked');
  bed.type(bed.crs, `unblock-user ${NUMBERS.alice}`);
  bed.type(bed.cms, `add-user ${NUMBERS.alice} alice --re-issue --reason lost`);
  bed.carryDisc(`--month ${bed.cms.period} --changed`);
  refuses(t, hideout.outcomeOf(as(hideout), alice), 'stale-psk');
});

test('a CRS that lets blocked users in is found by it, and a PSK that is not random is guessed', (t) => {
  const blocked = new Hideout({ broken: ['crs.block-refuses-handshake'] });
  blocked.bed.type(blocked.bed.crs, `block-user ${NUMBERS.alice}`);
  t.is(blocked.outcomeOf(as(blocked), blocked.truthOf('alice')).outcome, 'opened');
  const careless = new Hideout({ broken: ['cms.random-psks'] });
  t.is(careless.outcomeOf(as(careless), NOTHING).outcome, 'opened');
});

test('of the controls, a bystander comes in, and the user with another key does not', (t) => {
  const hideout = new Hideout();
  const positive = hideout.outcomeOf(as(hideout), NOTHING, 'positive');
  t.deepEqual([positive.outcome, positive.because], ['opened', 'crs has registered bob']);
  refuses(t, hideout.outcomeOf(as(hideout), hideout.truthOf('alice'), 'negative'), 'no-psk');
  for (const user of ['bob', 'carol'] as const)
    hideout.bed.type(hideout.bed.crs, `block-user ${NUMBERS[user]}`);
  t.is(hideout.outcomeOf(as(hideout), NOTHING, 'positive').outcome, 'inconclusive');
});

test('when the account is deleted nobody of it is let in but whoever makes the control', (t) => {
  const hideout = new Hideout();
  const { psks } = hideout.truthOf('alice');
  hideout.bed.type(hideout.bed.crs, 'delete-account hq');
  hideout.bed.run(10);
  refuses(t, hideout.outcomeOf(as(hideout), { ...NOTHING, psks }), 'no-account');
  t.is(hideout.outcomeOf(as(hideout), NOTHING, 'positive').outcome, 'opened');
  t.is(hideout.outcomeOf(as(hideout), NOTHING, 'negative').outcome, 'refused');
  refuses(t, hideout.outcomeOf(as(hideout), { ...NOTHING, psks }), 'no-account');
});
