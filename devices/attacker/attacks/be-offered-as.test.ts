import test from 'ava';
import { NUMBERS } from '../../testbed.fixture.ts';
import { Hideout } from '../hideout.fixture.ts';
import { NOTHING, secretOf } from '../holdings.ts';
import { labelsOf, refuses, toldBy, wholeOf } from '../outcome.fixture.ts';
import { BeOfferedAs } from './be-offered-as.ts';

const as = (hideout: Hideout): BeOfferedAs =>
  new BeOfferedAs(hideout.stage, {
    ...{ user: 'alice', peer: 'bob', ports: hideout.bed.ports, host: hideout.host },
    random: hideout.bed.random.stream('thief'),
  });

test('whoever is registered with the PSK of a user is offered the calls, without any key to answer', (t) => {
  const hideout = new Hideout();
  const { psks } = hideout.truthOf('alice');
  const attack = as(hideout);
  const { attack: name, route, needs, asset, capability } = attack.aim();
  t.deepEqual([name, route, needs], ['be-offered-as', 'own-account', ['psk']]);
  t.deepEqual([asset, capability], ['calls addressed to alice', 'be offered calls']);
  t.deepEqual(wholeOf(hideout.outcomeOf(attack, { ...NOTHING, psks })), [
    'opened',
    'a call of bob was offered in the place of alice',
    labelsOf(psks.map(secretOf.psk)),
    [],
  ]);
  t.is(hideout.bed.events('handset.call-secure').length, 0);
  hideout.bed.run(600);
  t.is(hideout.call('bob', 'alice', 2), 'bob-to-alice#2');
});

test('without the PSK, blocked or with the PSK before, nobody is', (t) => {
  const hideout = new Hideout();
  const { bed } = hideout;
  const alice = hideout.truthOf('alice');
  refuses(t, hideout.outcomeOf(as(hideout), NOTHING), 'no-psk');
  bed.type(bed.crs, `block-user ${NUMBERS.alice}`);
  refuses(t, hideout.outcomeOf(as(hideout), alice), 'blocked');
  bed.type(bed.crs, `unblock-user ${NUMBERS.alice}`);
  bed.type(bed.cms, `add-user ${NUMBERS.alice} alice --re-issue --reason lost`);
  bed.carryDisc(`--month ${bed.cms.period} --changed`);
  refuses(t, hideout.outcomeOf(as(hideout), alice), 'stale-psk');
  t.is(bed.events('handset.call-placed').length, 0);
});

test('a CRS that lets blocked users in offers them calls', (t) => {
  const hideout = new Hideout({ broken: ['crs.block-refuses-handshake'] });
  hideout.bed.type(hideout.bed.crs, `block-user ${NUMBERS.alice}`);
  t.is(hideout.outcomeOf(as(hideout), hideout.truthOf('alice')).outcome, 'opened');
});

test('nobody can be offered a call that nobody can place', (t) => {
  const hideout = new Hideout();
  hideout.phones.delete('bob');
  t.deepEqual(toldBy(hideout.outcomeOf(as(hideout), hideout.truthOf('alice'))), ['inconclusive']);
});

test('of the controls, a bystander is offered a call, and the user with another key is not', (t) => {
  const hideout = new Hideout();
  const positive = hideout.outcomeOf(as(hideout), NOTHING, 'positive');
  t.deepEqual(
    [positive.outcome, positive.because],
    ['opened', 'a call of bob was offered in the place of carol'],
  );
  refuses(t, hideout.outcomeOf(as(hideout), hideout.truthOf('alice'), 'negative'), 'no-psk');
});
