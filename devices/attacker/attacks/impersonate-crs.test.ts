import test from 'ava';
import { Hideout } from '../hideout.fixture.ts';
import type { Outcome } from '../attack.ts';
import { labelOf, NOTHING, wrongPsks } from '../holdings.ts';
import { ImpersonateCrs } from './impersonate-crs.ts';

const impersonate = (hideout: Hideout, phone = 'alice-phone', user = 'alice'): ImpersonateCrs =>
  new ImpersonateCrs(hideout.stage, phone, user, hideout.bed.random.stream('thief'), hideout.host);

const refused = (because: string): Outcome => ({ outcome: 'refused', because, means: [] });
const UNKNOWN = refused('the phone found no server that knows its PSK');

test('whoever has the PSK of a user and stands on the way is the CRS to the phone', (t) => {
  const hideout = new Hideout();
  const { psks } = hideout.truthOf('alice');
  const attack = impersonate(hideout);
  t.deepEqual([attack.asset, attack.capability], ['connection of alice-phone', 'play the CRS']);
  t.deepEqual(hideout.outcomeOf(attack, { ...NOTHING, psks }), {
    outcome: 'opened',
    because: 'alice-phone registered with the attacker',
    means: ['position on its link', ...psks.map(labelOf.psk)],
  });
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
    t.deepEqual(hideout.outcomeOf(impersonate(hideout), held), UNKNOWN);
});

test('a PSK that is not random is guessed', (t) => {
  const careless = new Hideout({ broken: ['cms.random-psks'] });
  const outcome = careless.outcomeOf(impersonate(careless));
  t.is(outcome.outcome, 'opened');
  t.deepEqual(outcome.means, ['position on its link', ...careless.truthOf('alice').psks.map(labelOf.psk)]);
  t.deepEqual(careless.outcomeOf(impersonate(careless), NOTHING, 'negative'), UNKNOWN);
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
  t.deepEqual(hideout.outcomeOf(impersonate(hideout, 'mallory-phone')), {
    outcome: 'inconclusive',
    because: 'there is no phone mallory-phone',
    means: [],
  });
  hideout.bed.fabric.unplug('alice-phone');
  t.deepEqual(
    hideout.outcomeOf(impersonate(hideout), hideout.truthOf('alice')),
    refused('the phone did not connect'),
  );
});

test('the controls hold the PSK of the user, and another', (t) => {
  const hideout = new Hideout();
  const positive = hideout.outcomeOf(impersonate(hideout), NOTHING, 'positive');
  t.deepEqual(
    [positive.outcome, positive.means],
    ['opened', ['position on its link', ...hideout.truthOf('alice').psks.map(labelOf.psk)]],
  );
  t.deepEqual(hideout.outcomeOf(impersonate(hideout), hideout.truthOf('alice'), 'negative'), UNKNOWN);
});
