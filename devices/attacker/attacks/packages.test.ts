import test from 'ava';
import { nextPeriod, previousPeriod } from '../../../network/mikey/index.ts';
import { encodePackage, labelOfPackage, wrapPackage } from '../../media/index.ts';
import { NUMBERS } from '../../testbed.fixture.ts';
import { Hideout } from '../hideout.fixture.ts';
import { NOTHING, secretOf, wrongPsks, type Holdings } from '../holdings.ts';
import { labelsOf, refuses, toldBy } from '../outcome.fixture.ts';
import { FetchPackage, UnwrapPackage } from './packages.ts';

const pskOf = ({ psks }: Holdings): readonly string[] => labelsOf(psks.map(secretOf.psk));

function fetchOf(hideout: Hideout, user = 'alice', month = hideout.period): FetchPackage {
  const { stage, bed, host } = hideout;
  return new FetchPackage(stage, {
    user,
    month,
    ports: bed.ports,
    random: bed.random.stream('thief'),
    host,
  });
}

const unwrapOf = (hideout: Hideout, given = false, month = hideout.period): UnwrapPackage =>
  new UnwrapPackage(hideout.stage, 'alice', month, given ? 'given' : 'held');

/** The package of this month as it lies on the CRS. */
function packageOf({ bed, period }: Hideout): Uint8Array {
  return bed.crs.accounts.packageOf(NUMBERS.alice, period) ?? new Uint8Array(0);
}

test('the PSK of a user fetches the package of the user, and nothing else does', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  const attack = fetchOf(hideout);
  const { route, needs, asset, capability } = attack.aim();
  t.deepEqual([route, needs], ['own-account', ['psk']]);
  t.deepEqual([asset, capability], ['package 2015-10 of alice', 'fetch']);
  const outcome = hideout.outcomeOf(attack, { ...NOTHING, psks: alice.psks });
  const octets = packageOf(hideout);
  t.is(outcome.outcome, 'opened');
  t.is(outcome.because, `the CRS handed over ${octets.length} octets for 2015-10`);
  t.deepEqual(labelsOf(outcome.means), pskOf(alice));
  t.deepEqual(outcome.gained, { ...NOTHING, packages: [octets] });

  refuses(t, hideout.outcomeOf(attack), 'no-psk');
  refuses(t, hideout.outcomeOf(attack, { ...alice, psks: [] }), 'no-psk');
  const { psks: later } = hideout.truthOf('alice', nextPeriod(hideout.period));
  refuses(t, hideout.outcomeOf(attack, { ...alice, psks: later }), 'not-on-crs');
  refuses(t, hideout.outcomeOf(attack, { ...alice, psks: wrongPsks(alice.psks) }), 'no-psk');
  // The PSK of another user is not tried as Alice's.
  const { psks } = hideout.truthOf('bob');
  refuses(t, hideout.outcomeOf(attack, { ...alice, psks }), 'no-psk');
});

test('a month that the CRS does not have is not handed over', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  for (const month of [nextPeriod(hideout.period), previousPeriod(hideout.period)])
    refuses(t, hideout.outcomeOf(fetchOf(hideout, 'alice', month), alice), 'not-on-crs');
});

test('whoever is blocked fetches nothing, and the control acts for somebody who is not', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  hideout.bed.type(hideout.bed.crs, `block-user ${NUMBERS.alice}`);
  hideout.bed.run(5);
  const attack = fetchOf(hideout);
  refuses(t, hideout.outcomeOf(attack, alice), 'blocked');
  const positive = hideout.outcomeOf(attack, NOTHING, 'positive');
  t.deepEqual(labelsOf(positive.means), pskOf(hideout.truthOf('bob')));
  t.is(hideout.outcomeOf(attack, alice, 'negative').outcome, 'refused');
  for (const user of ['bob', 'carol'] as const)
    hideout.bed.type(hideout.bed.crs, `block-user ${NUMBERS[user]}`);
  const none = hideout.outcomeOf(attack, NOTHING, 'positive');
  t.deepEqual(toldBy(none), ['inconclusive']);
  t.regex(none.because, /beside alice: there is none/);
});

test('a CRS that cannot be reached has answered nothing', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  hideout.bed.fabric.unplug('crs');
  refuses(t, hideout.outcomeOf(fetchOf(hideout), alice), 'no-path');
});

test('the attacker leaves: the user of the PSK is registered again by and by, and nobody else was disturbed', (t) => {
  const hideout = new Hideout();
  hideout.outcomeOf(fetchOf(hideout), hideout.truthOf('alice'));
  hideout.bed.run(600);
  for (const { service } of hideout.phones.values()) t.is(service, 'registered');
});

test('a package opens with the update key it was wrapped under, and yields the keys of its month', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  const octets = packageOf(hideout);
  const attack = unwrapOf(hideout);
  const { route, needs, asset, capability } = attack.aim();
  t.deepEqual([route, needs], ['own-account', ['psk', 'update-key']]);
  t.deepEqual([asset, capability], ['keys 2015-10 of alice', 'obtain']);
  t.deepEqual(unwrapOf(hideout, true).aim().needs, ['update-key', 'package']);
  const [updateKey] = alice.updateKeys;
  t.truthy(updateKey);
  const held: Holdings = { ...NOTHING, packages: [octets], updateKeys: alice.updateKeys };
  const outcome = hideout.outcomeOf(attack, held);
  t.is(outcome.outcome, 'opened');
  t.is(outcome.because, 'the package of 2015-10 is open: SSK, RSK and PSK of that month');
  t.deepEqual(labelsOf(outcome.means.slice(0, 1)), labelsOf(alice.updateKeys.map(secretOf.updateKey)));
  t.deepEqual(outcome.means.at(-1)?.kind, 'key package');
  t.deepEqual(outcome.gained, { ...NOTHING, psks: alice.psks, userKeys: alice.userKeys });

  refuses(t, hideout.outcomeOf(attack, { ...held, updateKeys: [] }), 'wrapped');
  refuses(
    t,
    hideout.outcomeOf(attack, { ...held, updateKeys: hideout.truthOf('bob').updateKeys }),
    'wrapped',
  );
  t.deepEqual(toldBy(hideout.outcomeOf(attack, { ...alice, packages: [] })), ['inconclusive']);
  refuses(t, hideout.outcomeOf(attack, { ...alice, packages: [octets, octets], updateKeys: [] }), 'wrapped');
});

test('the right one of several packages and keys is found, and is the means', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  const bob = hideout.truthOf('bob');
  const outcome = hideout.outcomeOf(unwrapOf(hideout), {
    ...NOTHING,
    packages: [
      hideout.bed.crs.accounts.packageOf(NUMBERS.bob, hideout.period) ?? new Uint8Array(0),
      packageOf(hideout),
    ],
    updateKeys: [...hideout.truthOf('carol').updateKeys, ...alice.updateKeys],
  });
  t.deepEqual(outcome.gained?.userKeys, alice.userKeys);
  t.notDeepEqual(outcome.gained?.userKeys, bob.userKeys);
  t.deepEqual(labelsOf(outcome.means.slice(0, 1)), labelsOf(alice.updateKeys.map(secretOf.updateKey)));
  t.deepEqual(outcome.means.at(-1)?.kind, 'key package');
});

test('a package of another month is none of this month', (t) => {
  const hideout = new Hideout();
  const { updateKeys } = hideout.truthOf('alice');
  const held = { ...NOTHING, packages: [packageOf(hideout)], updateKeys };
  const month = nextPeriod(hideout.period);
  refuses(t, hideout.outcomeOf(unwrapOf(hideout, false, month), held), 'not-on-crs');
  refuses(t, hideout.outcomeOf(unwrapOf(hideout, true, month), held), 'not-on-crs');
});

test('the package on the CRS counts only when it is handed over', (t) => {
  const hideout = new Hideout();
  const { updateKeys } = hideout.truthOf('alice');
  t.deepEqual(toldBy(hideout.outcomeOf(unwrapOf(hideout), { ...NOTHING, updateKeys })), ['inconclusive']);
  t.is(hideout.outcomeOf(unwrapOf(hideout, true), { ...NOTHING, updateKeys }).outcome, 'opened');
});

test('a package that was changed or cut short does not open, whatever is held', (t) => {
  const hideout = new Hideout();
  const { updateKeys } = hideout.truthOf('alice');
  const octets = packageOf(hideout);
  for (const at of [octets.length - 1, octets.length >> 1]) {
    const changed = octets.with(at, (octets[at] ?? 0) ^ 1);
    refuses(
      t,
      hideout.outcomeOf(unwrapOf(hideout), { ...NOTHING, packages: [changed], updateKeys }),
      'wrapped',
    );
  }
});

test('a package after Destroy keys takes the new update key', (t) => {
  const hideout = new Hideout();
  const { bed } = hideout;
  const { updateKeys: before } = hideout.truthOf('alice');
  bed.type(bed.cms, `destroy-keys ${NUMBERS.alice}`);
  bed.carryDisc(`--month ${bed.cms.period}`);
  const { updateKeys: after } = hideout.truthOf('alice');
  t.deepEqual(after.slice(0, before.length), before);
  t.is(after.length, before.length + 1);
  const attack = unwrapOf(hideout, true);
  t.is(hideout.outcomeOf(attack, { ...NOTHING, updateKeys: before }).outcome, 'refused');
  const { means } = hideout.outcomeOf(attack, { ...NOTHING, updateKeys: after });
  t.deepEqual(labelsOf(means.slice(0, -1)), labelsOf(after.slice(1).map(secretOf.updateKey)));
  t.is(means.at(-1)?.kind, 'key package');
});

test('the controls open with the update key of the user, and do not with another', (t) => {
  const hideout = new Hideout();
  const attack = unwrapOf(hideout);
  const positive = hideout.outcomeOf(attack, NOTHING, 'positive');
  t.is(positive.outcome, 'opened');
  refuses(t, hideout.outcomeOf(attack, hideout.truthOf('alice'), 'negative'), 'wrapped');
});

test('a package in clear is open to whoever has it', (t) => {
  const hideout = new Hideout();
  const { userKeys, psks } = hideout.truthOf('alice');
  const [keys, psk] = [userKeys[0], psks[0]];
  if (keys === undefined || psk === undefined) return t.fail();
  const clear = encodePackage({ keys, psk });
  t.is(labelOfPackage(clear).form, 'clear');
  t.is(labelOfPackage(wrapPackage({ keys, psk }, new Uint8Array(32))).form, 'wrapped');
  const outcome = hideout.outcomeOf(unwrapOf(hideout), {
    ...NOTHING,
    packages: [clear],
  });
  t.is(outcome.outcome, 'opened');
  t.deepEqual(
    outcome.means.map(({ kind }) => kind),
    ['RSK', 'SSK', 'PSK'],
    'what is in it, and no update key',
  );
});

test('in a deployment of packages in clear nothing but the package is needed, and a wrong key can still fail', (t) => {
  const hideout = new Hideout({ parameters: { 'disc-protection': 'clear' } });
  const attack = unwrapOf(hideout, true);
  t.deepEqual(attack.aim().needs, ['package']);
  const outcome = hideout.outcomeOf(attack);
  t.is(outcome.outcome, 'opened');
  t.false(outcome.means.some(({ kind }) => kind === 'update key'));
  t.is(hideout.outcomeOf(attack, NOTHING, 'positive').outcome, 'opened');
  refuses(t, hideout.outcomeOf(attack, NOTHING, 'negative'), 'wrapped');
});
