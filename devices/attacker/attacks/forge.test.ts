import test, { type ExecutionContext } from 'ava';
import { nextPeriod, previousPeriod } from '../../../network/mikey/index.ts';
import { NUMBERS } from '../../testbed.fixture.ts';
import type { Outcome } from '../attack.ts';
import { Hideout } from '../hideout.fixture.ts';
import { labelOf, NOTHING, wrongPsks } from '../holdings.ts';
import { Forge, type ForgeOptions } from './forge.ts';

const presenter = ({ bed, host }: Hideout) => ({
  ports: bed.ports,
  random: bed.random.stream('thief'),
  host,
});

const forge = (hideout: Hideout, options: Partial<ForgeOptions> = {}): Forge =>
  new Forge(hideout.stage, {
    ...presenter(hideout),
    user: 'alice',
    peer: 'bob',
    path: { through: 'account', user: 'alice' },
    month: undefined,
    sent: undefined,
    ...options,
  });

const VIA_CRS = { through: 'crs' } as const;

function refuses(t: ExecutionContext, outcome: Outcome, because: string): void {
  t.deepEqual(outcome, { outcome: 'refused', because, means: [] });
}

const sskOf = (hideout: Hideout, user: 'alice' | 'carol' = 'alice'): readonly string[] =>
  hideout.truthOf(user).userKeys.map(labelOf.ssk);

test('the SSK and the PSK of a user get a forged message believed', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  const attack = forge(hideout);
  t.deepEqual([attack.asset, attack.capability], ['identity alice', 'forge']);
  const outcome = hideout.outcomeOf(attack, { ...alice, updateKeys: [] });
  t.is(outcome.outcome, 'opened');
  t.is(outcome.because, "bob's phone accepted it as from alice");
  t.deepEqual(outcome.means, sskOf(hideout));
  t.is(hideout.bed.last('mikey.accepted')?.to, 'bob');
});

test('without the SSK nothing is forged, and without the PSK it does not get there', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  const later = hideout.truthOf('alice', nextPeriod(hideout.period));
  for (const userKeys of [[], later.userKeys, hideout.truthOf('bob').userKeys])
    refuses(
      t,
      hideout.outcomeOf(forge(hideout), { ...alice, userKeys }),
      'no SSK of alice for 2015-10 is held',
    );
  refuses(t, hideout.outcomeOf(forge(hideout), { ...alice, psks: [] }), 'no PSK of alice is held');
  refuses(t, hideout.outcomeOf(forge(hideout), { ...alice, psks: later.psks }), 'no PSK of alice is held');
  refuses(
    t,
    hideout.outcomeOf(forge(hideout), { ...alice, psks: wrongPsks(alice.psks) }),
    'the CRS ended the handshake (insecure, alert 20)',
  );
  refuses(
    t,
    hideout.outcomeOf(forge(hideout), { ...alice, psks: hideout.truthOf('bob').psks }),
    'REGISTER was answered 403',
  );
});

test('a CRS in wrong hands needs no PSK, but an SSK', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  const attack = forge(hideout, { path: VIA_CRS });
  const outcome = hideout.outcomeOf(attack, { ...alice, psks: [] });
  t.is(outcome.because, "bob's phone accepted it as from alice");
  refuses(t, hideout.outcomeOf(attack, { ...alice, userKeys: [] }), 'no SSK of alice for 2015-10 is held');
});

test('the account of another user does not carry a message that is signed by this one', (t) => {
  const hideout = new Hideout();
  const attack = forge(hideout, { path: { through: 'account', user: 'carol' } });
  refuses(t, hideout.outcomeOf(attack, hideout.truthOf('alice')), 'the call was refused with 403');
  const unchecked = new Hideout({ parameters: { 'identity-check': 'off' } });
  const passed = forge(unchecked, { path: { through: 'account', user: 'carol' } });
  t.is(unchecked.outcomeOf(passed, unchecked.truthOf('alice')).outcome, 'opened');
});

test('T outside the skew limit is refused, and within it is not', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  const at = (minutes: number) =>
    forge(hideout, { path: VIA_CRS, sent: hideout.stage.unixMs + minutes * 60_000 });
  for (const minutes of [-60, 60])
    refuses(t, hideout.outcomeOf(at(minutes), alice), "bob's phone refused it: MIKEY_SKEW");
  for (const minutes of [-5, 5]) t.is(hideout.outcomeOf(at(minutes), alice).outcome, 'opened');
});

test('keys of another month make a message that nobody takes', (t) => {
  const hideout = new Hideout();
  const month = previousPeriod(hideout.period);
  const held = hideout.truthOf('alice', month);
  const attack = forge(hideout, { path: VIA_CRS, month });
  const outcome = hideout.outcomeOf(attack, held);
  t.is(outcome.outcome, 'refused');
  t.regex(outcome.because, /^bob's phone refused it: MIKEY_/);
  refuses(t, hideout.outcomeOf(attack, hideout.truthOf('alice')), 'no SSK of alice for 2015-09 is held');
});

test('a blocked user cannot be forged through their account, but through the CRS', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  hideout.bed.type(hideout.bed.crs, `block-user ${NUMBERS.alice}`);
  refuses(t, hideout.outcomeOf(forge(hideout), alice), 'the CRS ended the handshake (insecure, alert 20)');
  t.is(hideout.outcomeOf(forge(hideout, { path: VIA_CRS }), alice).outcome, 'opened');
});

test('a phone that is not registered is not reached', (t) => {
  const hideout = new Hideout();
  hideout.bed.fabric.unplug('bob-phone');
  hideout.bed.run(600);
  refuses(
    t,
    hideout.outcomeOf(forge(hideout, { path: VIA_CRS }), hideout.truthOf('alice')),
    'it did not reach the phone',
  );
});

test('after an attempt the phone is idle, and takes honest calls', (t) => {
  const hideout = new Hideout();
  hideout.outcomeOf(forge(hideout, { path: VIA_CRS }), hideout.truthOf('alice'));
  t.is(hideout.bed.bob.line, 'idle');
  t.is(hideout.call('carol', 'bob', 2), 'carol-to-bob#1');
});

test('the controls of a forgery: a bystander is believed, by the way that is open to them, and a broken signature is not', (t) => {
  for (const path of [VIA_CRS, { through: 'account', user: 'alice' } as const]) {
    const hideout = new Hideout();
    const late = { path, sent: hideout.stage.unixMs - 3_600_000, month: previousPeriod(hideout.period) };
    const positive = hideout.outcomeOf(forge(hideout, late), NOTHING, 'positive');
    t.is(positive.because, "bob's phone accepted it as from carol", path.through);
    t.deepEqual(positive.means, sskOf(hideout, 'carol'));
    const negative = hideout.outcomeOf(forge(hideout, { path }), NOTHING, 'negative');
    refuses(t, negative, "bob's phone refused it: MIKEY_SIGNATURE");
  }
  const alone = new Hideout();
  alone.bed.type(alone.bed.crs, `block-user ${NUMBERS.carol}`);
  t.deepEqual(alone.outcomeOf(forge(alone), NOTHING, 'positive'), {
    outcome: 'inconclusive',
    because:
      'the positive control needs one more user, enrolled and not blocked, beside alice and bob: there is none',
    means: [],
  });
});
