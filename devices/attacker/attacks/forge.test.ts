import test from 'ava';
import { nextPeriod, parsePeriod, previousPeriod } from '../../../network/mikey/index.ts';
import { NUMBERS } from '../../testbed.fixture.ts';
import { labelsOf, refuses, toldBy } from '../outcome.fixture.ts';
import { Hideout } from '../hideout.fixture.ts';
import { joined, NOTHING, secretOf, wrongPsks } from '../holdings.ts';
import { Forge, type ForgeOptions } from './forge.ts';

const presenter = ({ bed, host }: Hideout) => ({
  ports: bed.ports,
  random: bed.random.stream('thief'),
  host,
  holder: 'thief',
});

const forge = (hideout: Hideout, options: Partial<ForgeOptions> = {}): Forge =>
  new Forge(hideout.stage, {
    ...presenter(hideout),
    user: 'alice',
    peer: 'bob',
    way: { through: 'account', user: 'alice' },
    month: undefined,
    sent: undefined,
    ...options,
  });

const VIA_CRS = { through: 'crs' } as const;

const sskOf = (hideout: Hideout, user: 'alice' | 'carol' = 'alice'): readonly string[] =>
  labelsOf(hideout.truthOf(user).userKeys.map(secretOf.ssk));
const pskOf = (hideout: Hideout, user: 'alice' | 'carol' = 'alice'): readonly string[] =>
  labelsOf(hideout.truthOf(user).psks.map(secretOf.psk));

test('the SSK and the PSK of a user get a forged message believed', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  const attack = forge(hideout);
  const { route, needs, asset, capability } = attack.aim(NOTHING);
  t.deepEqual([route, needs], ['own-account', ['psk', 'ssk']]);
  t.deepEqual([asset, capability], ['identity alice', 'sign']);
  const outcome = hideout.outcomeOf(attack, { ...alice, updateKeys: [] });
  t.is(outcome.outcome, 'opened');
  t.is(outcome.because, "bob's phone accepted it as from alice");
  t.deepEqual(labelsOf(outcome.means), [...pskOf(hideout), ...sskOf(hideout)]);
  t.is(hideout.bed.last('mikey.accepted')?.to, 'bob');
});

test('without the SSK nothing is forged, and without the PSK it does not get there', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  const later = hideout.truthOf('alice', nextPeriod(hideout.period));
  // That of another user is sent all the same, and the phone refuses it.
  for (const userKeys of [[], later.userKeys, hideout.truthOf('bob').userKeys])
    refuses(t, hideout.outcomeOf(forge(hideout), { ...alice, userKeys }), 'no-ssk');
  t.is(hideout.bed.events('mikey.refused').length, 1);
  refuses(t, hideout.outcomeOf(forge(hideout), { ...alice, psks: [] }), 'no-psk');
  refuses(t, hideout.outcomeOf(forge(hideout), NOTHING), 'no-psk', 'no-ssk');
  // Next month's PSK is tried, and was never loaded.
  refuses(t, hideout.outcomeOf(forge(hideout), { ...alice, psks: later.psks }), 'not-on-crs');
  refuses(t, hideout.outcomeOf(forge(hideout), { ...alice, psks: wrongPsks(alice.psks) }), 'no-psk');
  refuses(t, hideout.outcomeOf(forge(hideout), { ...alice, psks: hideout.truthOf('bob').psks }), 'no-psk');
});

test('a CRS in wrong hands needs no PSK, but an SSK', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  const attack = forge(hideout, { way: VIA_CRS });
  const outcome = hideout.outcomeOf(attack, { ...alice, psks: [] });
  t.is(outcome.because, "bob's phone accepted it as from alice");
  t.deepEqual(outcome.sources, ['crs']);
  t.deepEqual([attack.aim(NOTHING).route, attack.aim(NOTHING).needs], ['crs', ['ssk']]);
  refuses(t, hideout.outcomeOf(attack, { ...alice, userKeys: [] }), 'no-ssk');
});

test('master secrets make the SSK of anybody, and are the means then', (t) => {
  const hideout = new Hideout();
  const { master } = hideout;
  const attack = forge(hideout, { way: VIA_CRS });
  const held = { ...NOTHING, masters: [master] };
  t.deepEqual(attack.aim(held).needs, ['ksak']);
  const outcome = hideout.outcomeOf(attack, held);
  t.is(outcome.because, "bob's phone accepted it as from alice");
  t.deepEqual(labelsOf(outcome.means), labelsOf([secretOf.ksak(master)]));
  // Whoever has the SSK needs no KSAK.
  t.deepEqual(attack.aim(joined(hideout.truthOf('alice'), held)).needs, ['ssk']);
  const other = { ...master, ksak: master.ksak.map((octet, at) => (at === 31 ? octet ^ 0x02 : octet)) };
  refuses(t, hideout.outcomeOf(attack, { ...NOTHING, masters: [other] }), 'other-kms');
});

test('the account of another user does not carry a message that is signed by this one', (t) => {
  const hideout = new Hideout();
  const attack = forge(hideout, { way: { through: 'account', user: 'carol' } });
  const held = joined(hideout.truthOf('alice'), hideout.truthOf('carol'));
  t.is(attack.aim(NOTHING).route, 'account:carol');
  refuses(t, hideout.outcomeOf(attack, held), 'identity-check');
  refuses(t, hideout.outcomeOf(attack, hideout.truthOf('alice')), 'no-psk');
  const unchecked = new Hideout({ parameters: { 'identity-check': 'off' } });
  const passed = forge(unchecked, { way: { through: 'account', user: 'carol' } });
  const both = joined(unchecked.truthOf('alice'), unchecked.truthOf('carol'));
  t.is(unchecked.outcomeOf(passed, both).outcome, 'opened');
});

test('T outside the skew limit is refused, and within it is not', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  const at = (minutes: number) =>
    forge(hideout, { way: VIA_CRS, sent: hideout.stage.unixMs + minutes * 60_000 });
  for (const minutes of [-60, 60]) refuses(t, hideout.outcomeOf(at(minutes), alice), 'outside-skew');
  for (const minutes of [-5, 5]) t.is(hideout.outcomeOf(at(minutes), alice).outcome, 'opened');
});

test('keys of another month make a message that nobody takes', (t) => {
  const hideout = new Hideout();
  const month = previousPeriod(hideout.period);
  const held = hideout.truthOf('alice', month);
  const attack = forge(hideout, { way: VIA_CRS, month });
  const outcome = hideout.outcomeOf(attack, held);
  refuses(t, outcome, 'no-ssk');
  refuses(t, hideout.outcomeOf(attack, hideout.truthOf('alice')), 'no-ssk');
});

test('a blocked user cannot be forged through their account, but through the CRS', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  hideout.bed.type(hideout.bed.crs, `block-user ${NUMBERS.alice}`);
  refuses(t, hideout.outcomeOf(forge(hideout), alice), 'blocked');
  t.is(hideout.outcomeOf(forge(hideout, { way: VIA_CRS }), alice).outcome, 'opened');
});

test('a phone that is not registered is not reached', (t) => {
  const hideout = new Hideout();
  hideout.bed.fabric.unplug('bob-phone');
  hideout.bed.run(600);
  refuses(t, hideout.outcomeOf(forge(hideout, { way: VIA_CRS }), hideout.truthOf('alice')), 'no-path');
});

test('after an attempt the phone is idle, and takes honest calls', (t) => {
  const hideout = new Hideout();
  hideout.outcomeOf(forge(hideout, { way: VIA_CRS }), hideout.truthOf('alice'));
  t.is(hideout.bed.bob.line, 'idle');
  t.is(hideout.call('carol', 'bob', 2), 'carol-to-bob#1');
});

test('the controls of a forgery: a bystander is believed, by the way that is open to them, and a broken signature is not', (t) => {
  for (const way of [VIA_CRS, { through: 'account', user: 'alice' } as const]) {
    const hideout = new Hideout();
    const late = { way, sent: hideout.stage.unixMs - 3_600_000, month: previousPeriod(hideout.period) };
    const positive = hideout.outcomeOf(forge(hideout, late), NOTHING, 'positive');
    t.is(positive.because, "bob's phone accepted it as from carol", way.through);
    const psk = way.through === 'crs' ? [] : pskOf(hideout, 'carol');
    t.deepEqual(labelsOf(positive.means), [...psk, ...sskOf(hideout, 'carol')]);
    const negative = hideout.outcomeOf(forge(hideout, { way }), NOTHING, 'negative');
    refuses(t, negative, 'no-ssk');
  }
  const alone = new Hideout();
  alone.bed.type(alone.bed.crs, `block-user ${NUMBERS.carol}`);
  const none = alone.outcomeOf(forge(alone), NOTHING, 'positive');
  t.deepEqual(toldBy(none), ['inconclusive']);
  t.regex(none.because, /beside alice and bob: there is none/);
});

test('where the phone is not registered, or its clock stands in a month whose keys it gave up, another stands in for the controls', (t) => {
  const late = new Hideout({ begins: '2015-10-31T23:50:00Z' });
  late.bed.runTo('2015-11-01T00:12:00Z');
  const setBack = new Hideout({ parameters: { 'psk-rotation': 'static' }, begins: '2015-10-31T23:00:00Z' });
  setBack.bed.carryDisc('--month 2015-11');
  setBack.bed.type(setBack.bed.bob, 'fetch');
  setBack.bed.runTo('2015-11-03T00:01:00Z');
  setBack.bed.type(setBack.bed.bob, 'set-clock -259200', 'bob');
  setBack.bed.run(60);
  const sent = { month: parsePeriod('2015-10'), sent: Date.parse('2015-10-31T00:02:00Z') };
  for (const [hideout, reason, options] of [
    [late, 'no-path', { ...sent, sent: Date.parse('2015-10-31T23:58:00Z') }],
    [setBack, 'calendar', sent],
  ] as const) {
    const attack = forge(hideout, { way: VIA_CRS, ...options });
    refuses(t, hideout.outcomeOf(attack, hideout.truthOf('alice', options.month)), reason);
    const positive = hideout.outcomeOf(attack, NOTHING, 'positive');
    t.is(positive.because, "bob's phone accepted it as from carol", reason);
    t.regex(hideout.bed.events('mikey.accepted').at(-1)?.on ?? '', /^place-/, 'it is not his own');
    refuses(t, hideout.outcomeOf(attack, NOTHING, 'negative'), 'no-ssk');
    t.is(hideout.bed.crs.letIn, undefined);
  }
});
