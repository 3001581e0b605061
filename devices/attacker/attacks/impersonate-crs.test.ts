import test from 'ava';
import { Hideout } from '../hideout.fixture.ts';
import { NOTHING, secretOf, wrongPsks, type Holdings } from '../holdings.ts';
import { labelsOf, refuses, toldBy, wholeOf } from '../outcome.fixture.ts';
import { ImpersonateCrs } from './impersonate-crs.ts';

const impersonate = (
  hideout: Hideout,
  phone = 'alice-phone',
  user = 'alice',
  taps: readonly string[] = ['alice-phone-crs'],
): ImpersonateCrs =>
  new ImpersonateCrs(hideout.stage, {
    phone,
    user,
    random: hideout.bed.random.stream('thief'),
    host: hideout.host,
    taps,
  });

const pskOf = ({ psks }: Pick<Holdings, 'psks'>): readonly string[] => labelsOf(psks.map(secretOf.psk));

test('whoever has the PSK of a user and stands on the way is the CRS to the phone', (t) => {
  const hideout = new Hideout();
  const { psks } = hideout.truthOf('alice');
  const attack = impersonate(hideout);
  const { route, needs, asset, capability } = attack.aim();
  t.deepEqual([route, needs], ['on-path', ['psk']]);
  t.deepEqual([asset, capability], ['connection of alice-phone', 'play the CRS']);
  t.deepEqual(wholeOf(hideout.outcomeOf(attack, { ...NOTHING, psks })), [
    'opened',
    'alice-phone registered with the attacker',
    pskOf({ psks }),
    ['alice-phone-crs'],
  ]);
});

test('who is not on the way is no CRS to anybody, whatever PSK is held', (t) => {
  const hideout = new Hideout();
  const elsewhere = impersonate(hideout, 'alice-phone', 'alice', ['bob-phone-crs']);
  refuses(t, hideout.outcomeOf(elsewhere, hideout.truthOf('alice')), 'not-tapped');
  refuses(t, hideout.outcomeOf(elsewhere, NOTHING), 'not-tapped', 'no-psk');
  t.is(hideout.bed.events('network.diverted').length, 0);
  t.is(hideout.outcomeOf(elsewhere, NOTHING, 'positive').outcome, 'opened');
  refuses(t, hideout.outcomeOf(elsewhere, NOTHING, 'negative'), 'no-psk');
});

test('without the PSK of that phone nobody is', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  for (const held of [
    NOTHING,
    { ...alice, psks: [] },
    { ...alice, psks: hideout.truthOf('bob').psks },
    { ...alice, psks: wrongPsks(alice.psks) },
  ])
    refuses(t, hideout.outcomeOf(impersonate(hideout), held), 'no-psk');
});

test('the PSK of the phone before is stale', (t) => {
  const hideout = new Hideout();
  const { bed } = hideout;
  const before = hideout.truthOf('alice');
  bed.type(bed.cms, `add-user ${hideout.stage.numberOf('alice')} alice --re-issue --reason lost`);
  bed.carryDisc(`--month ${bed.cms.period} --changed`);
  bed.enrol(bed.alice);
  bed.run(60);
  refuses(t, hideout.outcomeOf(impersonate(hideout), before), 'stale-psk');
});

test('a PSK that is not random is guessed', (t) => {
  const careless = new Hideout({ broken: ['cms.random-psks'] });
  const outcome = careless.outcomeOf(impersonate(careless));
  t.is(outcome.outcome, 'opened');
  t.deepEqual(labelsOf(outcome.means), pskOf(careless.truthOf('alice')));
  refuses(t, careless.outcomeOf(impersonate(careless), NOTHING, 'negative'), 'no-psk');
});

test('afterwards the phone is back at the real server, and nothing is diverted', (t) => {
  const hideout = new Hideout();
  hideout.outcomeOf(impersonate(hideout), hideout.truthOf('alice'));
  hideout.bed.run(600);
  t.is(hideout.bed.events('network.diverted').length, 1);
  t.is(hideout.bed.events('network.diversion-ended').length, 1);
  t.is(hideout.bed.alice.service, 'registered');
  t.true(hideout.bed.crs.registered.includes(hideout.stage.numberOf('alice')));
  t.is(hideout.call('bob', 'alice', 2), 'bob-to-alice#1');
});

test('only the phone of that link is deceived', (t) => {
  const hideout = new Hideout();
  const phonesSecured = () =>
    hideout.bed
      .events('network.secured')
      .map(({ on }) => on)
      .filter((on) => on.endsWith('-phone'));
  const before = phonesSecured().length;
  hideout.outcomeOf(impersonate(hideout), hideout.truthOf('alice'));
  t.deepEqual([...new Set(phonesSecured().slice(before))], ['alice-phone']);
});

test('a phone that is not there cannot be deceived, and one that is cut off does not connect', (t) => {
  const hideout = new Hideout();
  const nobody = hideout.outcomeOf(impersonate(hideout, 'mallory-phone'));
  t.deepEqual([toldBy(nobody), nobody.because], [['inconclusive'], 'there is no phone mallory-phone']);
  hideout.bed.fabric.unplug('alice-phone');
  refuses(t, hideout.outcomeOf(impersonate(hideout), hideout.truthOf('alice')), 'no-path');
});

test('the controls hold the PSK of the user, and another', (t) => {
  const hideout = new Hideout();
  const positive = hideout.outcomeOf(impersonate(hideout), NOTHING, 'positive');
  t.deepEqual([positive.outcome, labelsOf(positive.means)], ['opened', pskOf(hideout.truthOf('alice'))]);
  refuses(t, hideout.outcomeOf(impersonate(hideout), hideout.truthOf('alice'), 'negative'), 'no-psk');
});
