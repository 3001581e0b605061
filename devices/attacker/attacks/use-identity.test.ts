import test from 'ava';
import { nextPeriod } from '../../../network/mikey/index.ts';
import { NUMBERS } from '../../testbed.fixture.ts';
import { Hideout } from '../hideout.fixture.ts';
import { labelsOf, refuses, toldBy, wholeOf } from '../outcome.fixture.ts';
import { NOTHING, secretOf, wrongPsks, type Holdings } from '../holdings.ts';
import { UseIdentity } from './use-identity.ts';

const as = (
  hideout: Hideout,
  direction: 'call' | 'receive' = 'call',
  user = 'alice',
  peer = 'bob',
  unwraps = false,
) =>
  new UseIdentity(hideout.stage, {
    user,
    peer,
    direction,
    unwraps,
    ports: hideout.bed.ports,
    random: hideout.bed.random.stream('thief'),
    host: hideout.host,
    holder: 'thief',
  });

const meansOf = ({ psks, userKeys }: Holdings, key: 'rsk' | 'ssk'): readonly string[] =>
  labelsOf([...psks.map(secretOf.psk), ...userKeys.map(secretOf[key])]);

test('with what is in a phone a clone of it places secure calls in its name', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  const attack = as(hideout);
  const { route, needs, asset, capability } = attack.aim();
  t.deepEqual([route, needs], ['own-account', ['psk', 'ssk']]);
  t.deepEqual([asset, capability], ['identity alice', 'place calls']);
  const outcome = hideout.outcomeOf(attack, alice);
  t.deepEqual(wholeOf(outcome), [
    'opened',
    "bob's phone says it is in a secure call with alice",
    meansOf(alice, 'ssk'),
    [],
  ]);
  const [placed] = hideout.bed.events('handset.call-placed');
  t.deepEqual([placed?.on, placed?.data.from, placed?.data.to], ['place-1', 'thief', 'bob']);
  const [registered] = hideout.bed.events('handset.registered').filter(({ on }) => on === 'place-1');
  t.deepEqual(
    registered?.data,
    { user: 'thief', number: NUMBERS.alice },
    'the one holds it, the other is what it claims',
  );
});

test('it takes calls that are placed to its owner, too', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  const attack = as(hideout, 'receive');
  const { attack: name, needs, capability } = attack.aim();
  t.deepEqual([name, needs, capability], ['receive-as', ['psk', 'rsk'], 'take calls']);
  const outcome = hideout.outcomeOf(attack, alice);
  t.is(outcome.because, "bob's phone says it is in a secure call with alice");
  t.deepEqual(labelsOf(outcome.means), meansOf(alice, 'rsk'));
  const [placed] = hideout.bed.events('handset.call-placed');
  t.deepEqual([placed?.on, placed?.data.to], ['bob-phone', 'alice']);
});

test('without the PSK or the keys of the month there is no phone, and each that is missing is said', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  const later = hideout.truthOf('alice', nextPeriod(hideout.period));
  for (const [direction, key] of [
    ['call', 'no-ssk'],
    ['receive', 'no-rsk'],
  ] as const)
    for (const [held, ...reasons] of [
      [NOTHING, 'no-psk', key],
      [{ ...alice, psks: [] }, 'no-psk'],
      [{ ...alice, userKeys: [] }, key],
      [{ ...alice, userKeys: later.userKeys }, key],
      [{ ...alice, userKeys: hideout.truthOf('bob').userKeys }, key],
      // A PSK of another month is tried, and what is wrong with it is the word of the CRS.
      [{ ...alice, psks: later.psks }, 'not-on-crs'],
      [{ ...alice, psks: later.psks, userKeys: [] }, 'not-on-crs', key],
      [{ ...alice, psks: wrongPsks(alice.psks), userKeys: [] }, 'no-psk', key],
    ] as const)
      refuses(t, hideout.outcomeOf(as(hideout, direction), held), ...reasons);
  t.is(hideout.bed.events('handset.call-placed').length, 0);
});

test('the update key is not needed', (t) => {
  const hideout = new Hideout();
  t.is(hideout.outcomeOf(as(hideout), { ...hideout.truthOf('alice'), updateKeys: [] }).outcome, 'opened');
});

test('a wrong PSK, and that of another user, do not let the clone in', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  refuses(t, hideout.outcomeOf(as(hideout), { ...alice, psks: wrongPsks(alice.psks) }), 'no-psk');
  refuses(t, hideout.outcomeOf(as(hideout), { ...alice, psks: hideout.truthOf('bob').psks }), 'no-psk');
});

test('a block keeps the clone out, and the reason says so', (t) => {
  const hideout = new Hideout();
  hideout.bed.type(hideout.bed.crs, `block-user ${NUMBERS.alice}`);
  refuses(t, hideout.outcomeOf(as(hideout), hideout.truthOf('alice')), 'blocked');
});

test('signing keys that are not of the number are refused by the callee', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  const userKeys = alice.userKeys.map((keys) => ({ ...keys, ssk: keys.ssk.map((octet) => octet ^ 1) }));
  refuses(t, hideout.outcomeOf(as(hideout), { ...alice, userKeys }), 'no-ssk');
});

test('a peer who is not there says nothing of what is held', (t) => {
  const hideout = new Hideout();
  hideout.bed.fabric.unplug('bob-phone');
  hideout.bed.run(120);
  const outcome = hideout.outcomeOf(as(hideout), hideout.truthOf('alice'));
  t.deepEqual([toldBy(outcome), outcome.because], [['inconclusive'], 'the call was answered 408']);
  t.deepEqual(toldBy(hideout.outcomeOf(as(hideout, 'receive'), hideout.truthOf('alice'))), ['inconclusive']);
});

test('the clone is gone afterwards, and the honest phones call each other again', (t) => {
  const hideout = new Hideout();
  hideout.outcomeOf(as(hideout), hideout.truthOf('alice'));
  t.is(hideout.bed.bob.line, 'idle');
  hideout.bed.run(600);
  for (const { service } of hideout.phones.values()) t.is(service, 'registered');
  t.is(hideout.call('bob', 'alice', 2), 'bob-to-alice#1');
});

test('of the controls, a bystander with a phone of their own gets through, and the user without the PSK does not', (t) => {
  const hideout = new Hideout();
  for (const [direction, key] of [
    ['call', 'ssk'],
    ['receive', 'rsk'],
  ] as const) {
    const positive = hideout.outcomeOf(as(hideout, direction), NOTHING, 'positive');
    t.is(positive.because, "bob's phone says it is in a secure call with carol");
    t.deepEqual(labelsOf(positive.means), meansOf(hideout.truthOf('carol'), key));
    const negative = hideout.outcomeOf(as(hideout, direction), hideout.truthOf('alice'), 'negative');
    refuses(t, negative, 'no-psk');
  }
  hideout.bed.type(hideout.bed.crs, `block-user ${NUMBERS.carol}`);
  const none = hideout.outcomeOf(as(hideout), NOTHING, 'positive');
  t.deepEqual(toldBy(none), ['inconclusive']);
  t.regex(none.because, /beside alice and bob: there is none/);
});

test('a package at hand and its update key stand for the keys of the month, where it is told to open it', (t) => {
  const hideout = new Hideout();
  const { psks, updateKeys } = hideout.truthOf('alice');
  const octets = hideout.bed.crs.accounts.packageOf(NUMBERS.alice, hideout.period);
  if (octets === undefined) return t.fail('her package is on the CRS');
  const held = { ...NOTHING, psks, updateKeys, packages: [octets] };
  const unwraps = as(hideout, 'call', 'alice', 'bob', true);
  t.deepEqual(unwraps.aim().needs, ['psk', 'ssk', 'update-key']);
  const outcome = hideout.outcomeOf(unwraps, held);
  t.is(outcome.outcome, 'opened');
  t.deepEqual(
    outcome.means.map(({ kind }) => kind),
    ['PSK', 'update key', 'key package'],
  );
  refuses(t, hideout.outcomeOf(as(hideout), held), 'no-ssk');
  refuses(
    t,
    hideout.outcomeOf(unwraps, { ...held, updateKeys: hideout.truthOf('bob').updateKeys }),
    'no-ssk',
  );
});

test('where the phone that is called is out of reach the controls are made with two that the CRS lets in', (t) => {
  const hideout = new Hideout();
  hideout.bed.type(hideout.bed.crs, 'delete-account hq');
  hideout.bed.run(10);
  const alice = hideout.truthOf('alice');
  const attack = as(hideout);
  refuses(t, hideout.outcomeOf(attack, alice), 'no-account');
  t.is(hideout.outcomeOf(attack, alice, 'positive').outcome, 'opened');
  t.is(hideout.outcomeOf(attack, alice, 'negative').outcome, 'refused');
  refuses(t, hideout.outcomeOf(attack, alice), 'no-account');
});
