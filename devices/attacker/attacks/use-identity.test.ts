import test, { type ExecutionContext } from 'ava';
import { nextPeriod } from '../../../network/mikey/index.ts';
import { NUMBERS } from '../../testbed.fixture.ts';
import { Hideout } from '../hideout.fixture.ts';
import type { Outcome } from '../attack.ts';
import { labelOf, NOTHING, wrongPsks, type Holdings } from '../holdings.ts';
import { UseIdentity } from './use-identity.ts';

const as = (hideout: Hideout, direction: 'call' | 'receive' = 'call', user = 'alice', peer = 'bob') =>
  new UseIdentity(hideout.stage, {
    user,
    peer,
    direction,
    random: hideout.bed.random.stream('thief'),
    host: hideout.host,
  });

function refuses(t: ExecutionContext, outcome: Outcome, because: string): void {
  t.deepEqual(outcome, { outcome: 'refused', because, means: [] });
}

const meansOf = ({ psks, userKeys }: Holdings): readonly string[] => [
  ...psks.map(labelOf.psk),
  ...userKeys.map(labelOf.rsk),
  ...userKeys.map(labelOf.ssk),
];

test('with what is in a phone a clone of it places secure calls in its name', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  const attack = as(hideout);
  t.deepEqual([attack.asset, attack.capability], ['identity alice', 'place calls']);
  const outcome = hideout.outcomeOf(attack, alice);
  t.deepEqual(outcome, {
    outcome: 'opened',
    because: "bob's phone says it is in a secure call with alice",
    means: meansOf(alice),
  });
  const [placed] = hideout.bed.events('handset.call-placed');
  t.deepEqual([placed?.on, placed?.data.to], ['place-1', 'bob']);
});

test('it takes calls that are placed to its owner, too', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  const attack = as(hideout, 'receive');
  t.deepEqual([attack.asset, attack.capability], ['identity alice', 'receive calls']);
  const outcome = hideout.outcomeOf(attack, alice);
  t.is(outcome.because, "bob's phone says it is in a secure call with alice");
  t.deepEqual(outcome.means, meansOf(alice));
  const [placed] = hideout.bed.events('handset.call-placed');
  t.deepEqual([placed?.on, placed?.data.to], ['bob-phone', 'alice']);
});

test('no phone is made without the PSK, the keys of the month or the public keys of the KMS', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  const later = hideout.truthOf('alice', nextPeriod(hideout.period));
  for (const direction of ['call', 'receive'] as const)
    for (const held of [
      NOTHING,
      { ...alice, psks: [] },
      { ...alice, userKeys: [] },
      { ...alice, kms: undefined },
      { ...alice, psks: later.psks },
      { ...alice, userKeys: later.userKeys },
      { ...alice, userKeys: hideout.truthOf('bob').userKeys },
    ])
      refuses(
        t,
        hideout.outcomeOf(as(hideout, direction), held),
        'nothing is held that makes a phone of alice in 2015-10',
      );
  t.is(hideout.bed.events('handset.call-placed').length, 0);
});

test('the update key is not needed', (t) => {
  const hideout = new Hideout();
  t.is(hideout.outcomeOf(as(hideout), { ...hideout.truthOf('alice'), updateKeys: [] }).outcome, 'opened');
});

test('a wrong PSK, and that of another user, do not let the clone in', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  refuses(
    t,
    hideout.outcomeOf(as(hideout), { ...alice, psks: wrongPsks(alice.psks) }),
    'the CRS refused the clone: insecure, alert 20',
  );
  refuses(
    t,
    hideout.outcomeOf(as(hideout), { ...alice, psks: hideout.truthOf('bob').psks }),
    'the CRS refused the clone: REGISTER answered 403',
  );
});

test('a block keeps the clone out, and the reason says so', (t) => {
  const hideout = new Hideout();
  hideout.bed.type(hideout.bed.crs, `block-user ${NUMBERS.alice}`);
  refuses(
    t,
    hideout.outcomeOf(as(hideout), hideout.truthOf('alice')),
    'the CRS refused the clone: insecure, alert 20',
  );
});

test('signing keys that are not of the number are refused by the callee', (t) => {
  const hideout = new Hideout();
  const alice = hideout.truthOf('alice');
  const userKeys = alice.userKeys.map((keys) => ({ ...keys, ssk: keys.ssk.map((octet) => octet ^ 1) }));
  refuses(
    t,
    hideout.outcomeOf(as(hideout), { ...alice, userKeys }),
    'the call of the clone was refused: 488 Not Acceptable Here',
  );
});

test('a peer who is not there makes the attack fail, with the words of the CRS', (t) => {
  const hideout = new Hideout();
  hideout.bed.fabric.unplug('bob-phone');
  hideout.bed.run(120);
  refuses(
    t,
    hideout.outcomeOf(as(hideout), hideout.truthOf('alice')),
    'the call of the clone was refused: 408 Request Timeout',
  );
  t.is(hideout.outcomeOf(as(hideout, 'receive'), hideout.truthOf('alice')).outcome, 'refused');
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
  for (const direction of ['call', 'receive'] as const) {
    const positive = hideout.outcomeOf(as(hideout, direction), NOTHING, 'positive');
    t.is(positive.because, "bob's phone says it is in a secure call with carol");
    t.deepEqual(positive.means, meansOf(hideout.truthOf('carol')));
    const negative = hideout.outcomeOf(as(hideout, direction), hideout.truthOf('alice'), 'negative');
    refuses(t, negative, 'the CRS refused the clone: insecure, alert 20');
  }
  hideout.bed.type(hideout.bed.crs, `block-user ${NUMBERS.carol}`);
  t.deepEqual(hideout.outcomeOf(as(hideout), NOTHING, 'positive'), {
    outcome: 'inconclusive',
    because:
      'the positive control needs one more user, enrolled and not blocked, beside alice and bob: there is none',
    means: [],
  });
});
