import test, { type ExecutionContext } from 'ava';
import { nextPeriod, previousPeriod } from '../../../network/mikey/index.ts';
import { encodePackage, labelOfPackage, wrapPackage } from '../../media/index.ts';
import { NUMBERS } from '../../testbed.fixture.ts';
import type { Outcome } from '../attack.ts';
import { Hideout } from '../hideout.fixture.ts';
import { labelOf, NOTHING, wrongPsks, type Holdings } from '../holdings.ts';
import { FetchPackage, UnwrapPackage } from './packages.ts';

function refuses(t: ExecutionContext, outcome: Outcome, because: string): void {
  t.deepEqual(outcome, { outcome: 'refused', because, means: [] });
}

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
  new UnwrapPackage(hideout.stage, 'alice', month, given);

/** The package of this month as it lies on the CRS. */
function packageOf({ bed, period }: Hideout): Uint8Array {
  return bed.crs.accounts.packageOf(NUMBERS.alice, period) ?? new Uint8Array(0);
}

test('the PSK of a user fetches the package of the user, and nothing else does', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  const attack = fetchOf(hideout);
  t.deepEqual([attack.asset, attack.capability], ['package 2015-10 of alice', 'fetch package']);
  const outcome = hideout.outcomeOf(attack, { ...NOTHING, psks: alice.psks });
  const octets = packageOf(hideout);
  t.is(outcome.outcome, 'opened');
  t.is(outcome.because, `the CRS handed over ${octets.length} octets for 2015-10`);
  t.deepEqual(outcome.means, alice.psks.map(labelOf.psk));
  t.deepEqual(outcome.gained, { ...NOTHING, packages: [octets] });

  refuses(t, hideout.outcomeOf(attack), 'no PSK of 2015-10 is held');
  refuses(t, hideout.outcomeOf(attack, { ...alice, psks: [] }), 'no PSK of 2015-10 is held');
  const { psks: later } = hideout.truthOf('alice', nextPeriod(hideout.period));
  refuses(t, hideout.outcomeOf(attack, { ...alice, psks: later }), 'no PSK of 2015-10 is held');
  refuses(
    t,
    hideout.outcomeOf(attack, { ...alice, psks: wrongPsks(alice.psks) }),
    'the CRS ended the handshake (insecure, alert 20)',
  );
  // The session of another user is not Alice's: her number is not its to register.
  const { psks } = hideout.truthOf('bob');
  refuses(t, hideout.outcomeOf(attack, { ...alice, psks }), 'REGISTER was answered 403');
});

test('a month that the CRS does not have is not handed over', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  for (const month of [nextPeriod(hideout.period), previousPeriod(hideout.period)])
    refuses(
      t,
      hideout.outcomeOf(fetchOf(hideout, 'alice', month), alice),
      `the CRS answered 404: it has no package of ${month}`,
    );
});

test('whoever is blocked fetches nothing, and the control acts for somebody who is not', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  hideout.bed.type(hideout.bed.crs, `block-user ${NUMBERS.alice}`);
  hideout.bed.run(5);
  const attack = fetchOf(hideout);
  refuses(t, hideout.outcomeOf(attack, alice), 'the CRS ended the handshake (insecure, alert 20)');
  const positive = hideout.outcomeOf(attack, NOTHING, 'positive');
  t.deepEqual(positive.means, hideout.truthOf('bob').psks.map(labelOf.psk));
  t.is(hideout.outcomeOf(attack, alice, 'negative').outcome, 'refused');
  for (const user of ['bob', 'carol'] as const)
    hideout.bed.type(hideout.bed.crs, `block-user ${NUMBERS[user]}`);
  t.deepEqual(hideout.outcomeOf(attack, NOTHING, 'positive'), {
    outcome: 'inconclusive',
    because:
      'the positive control needs one more user, enrolled and not blocked, beside alice: there is none',
    means: [],
  });
});

test('a CRS that cannot be reached has answered nothing', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  hideout.bed.fabric.unplug('crs');
  refuses(t, hideout.outcomeOf(fetchOf(hideout), alice), 'the CRS did not answer');
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
  t.deepEqual([attack.asset, attack.capability], ['keys 2015-10 of alice', 'unwrap package']);
  const [updateKey] = alice.updateKeys;
  t.truthy(updateKey);
  const held: Holdings = { ...NOTHING, packages: [octets], updateKeys: alice.updateKeys };
  const outcome = hideout.outcomeOf(attack, held);
  t.is(outcome.outcome, 'opened');
  t.is(outcome.because, 'the package of 2015-10 is open: SSK, RSK and PSK of that month');
  t.deepEqual(
    outcome.means,
    alice.updateKeys.map((key) => labelOf.updateKey('alice', key)),
  );
  t.deepEqual(outcome.gained, { ...NOTHING, psks: alice.psks, userKeys: alice.userKeys });

  const closed = '1 package, and it does not open with the update keys that are held';
  refuses(t, hideout.outcomeOf(attack, { ...held, updateKeys: [] }), closed);
  refuses(t, hideout.outcomeOf(attack, { ...held, updateKeys: hideout.truthOf('bob').updateKeys }), closed);
  refuses(t, hideout.outcomeOf(attack, { ...alice, packages: [] }), 'no package of 2015-10 is held');
  refuses(
    t,
    hideout.outcomeOf(attack, { ...alice, packages: [octets, octets], updateKeys: [] }),
    '2 packages, and none opens with the update keys that are held',
  );
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
  t.deepEqual(
    outcome.means,
    alice.updateKeys.map((key) => labelOf.updateKey('alice', key)),
  );
});

test('a package of another month is none of this month', (t) => {
  const hideout = new Hideout();
  const { updateKeys } = hideout.truthOf('alice');
  const held = { ...NOTHING, packages: [packageOf(hideout)], updateKeys };
  const month = nextPeriod(hideout.period);
  refuses(t, hideout.outcomeOf(unwrapOf(hideout, false, month), held), 'no package of 2015-11 is held');
  refuses(t, hideout.outcomeOf(unwrapOf(hideout, true, month), held), 'no package of 2015-11 is held');
});

test('the package on the CRS counts only when it is handed over', (t) => {
  const hideout = new Hideout();
  const { updateKeys } = hideout.truthOf('alice');
  refuses(
    t,
    hideout.outcomeOf(unwrapOf(hideout), { ...NOTHING, updateKeys }),
    'no package of 2015-10 is held',
  );
  t.is(hideout.outcomeOf(unwrapOf(hideout, true), { ...NOTHING, updateKeys }).outcome, 'opened');
});

test('a package that was changed or cut short does not open, whatever is held', (t) => {
  const hideout = new Hideout();
  const { updateKeys } = hideout.truthOf('alice');
  const octets = packageOf(hideout);
  const closed = '1 package, and it does not open with the update keys that are held';
  for (const at of [octets.length - 1, octets.length >> 1]) {
    const changed = octets.with(at, (octets[at] ?? 0) ^ 1);
    refuses(t, hideout.outcomeOf(unwrapOf(hideout), { ...NOTHING, packages: [changed], updateKeys }), closed);
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
  t.deepEqual(hideout.outcomeOf(attack, { ...NOTHING, updateKeys: after }).means, [
    labelOf.updateKey('alice', after[1] ?? new Uint8Array(0)),
  ]);
});

test('the controls open with the update key of the user, and do not with another', (t) => {
  const hideout = new Hideout();
  const attack = unwrapOf(hideout);
  const positive = hideout.outcomeOf(attack, NOTHING, 'positive');
  t.is(positive.outcome, 'opened');
  refuses(
    t,
    hideout.outcomeOf(attack, hideout.truthOf('alice'), 'negative'),
    '1 package, and it does not open with the update keys that are held',
  );
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
    updateKeys: [new Uint8Array(32)],
  });
  t.is(outcome.outcome, 'opened');
});
