import test, { type ExecutionContext } from 'ava';
import { nextPeriod, previousPeriod, type Period } from '../../../network/mikey/index.ts';
import { NUMBERS } from '../../testbed.fixture.ts';
import type { Outcome } from '../attack.ts';
import { Hideout } from '../hideout.fixture.ts';
import { joined, labelOf, NOTHING, type Holdings } from '../holdings.ts';
import { ServePackage } from './serve-package.ts';

function refuses(t: ExecutionContext, outcome: Outcome, because: string): void {
  t.deepEqual(outcome, { outcome: 'refused', because, means: [] });
}

const serve = (hideout: Hideout, month: Period): ServePackage =>
  new ServePackage(hideout.stage, 'alice', month);

/** What is in Alice's phone, with keys of another month beside. */
function phoneWith(hideout: Hideout, month: Period): Holdings {
  return joined(hideout.truthOf('alice'), { ...hideout.truthOf('alice', month), updateKeys: [] });
}

test('a phone takes the package that it asked for, whoever made it of its own keys', (t) => {
  const hideout = new Hideout();
  const next = nextPeriod(hideout.period);
  const attack = serve(hideout, next);
  t.deepEqual([attack.asset, attack.capability], ['keys of alice', 'serve package']);
  const held = phoneWith(hideout, next);
  const [updateKey] = held.updateKeys;
  const keys = held.userKeys.find(({ period }) => period === next);
  if (updateKey === undefined || keys === undefined) return t.fail();
  t.deepEqual(hideout.outcomeOf(attack, held), {
    outcome: 'opened',
    because: "alice's phone keeps the keys of 2015-11",
    means: ['control of the CRS', labelOf.updateKey('alice', updateKey), labelOf.ssk(keys)],
  });
  t.is(hideout.bed.last('handset.keys-installed', 'alice-phone')?.source, 'package');
});

test('a package of another month is refused by the phone, unless its rule is broken', (t) => {
  for (const [broken, outcome, because] of [
    [[], 'refused', "alice's phone refused it: HANDSET_OTHER_MONTH"],
    [['handset.own-packages'], 'opened', "alice's phone keeps the keys of 2015-09"],
  ] as const) {
    const hideout = new Hideout({ broken });
    const month = previousPeriod(hideout.period);
    const answered = hideout.outcomeOf(serve(hideout, month), phoneWith(hideout, month));
    t.deepEqual([answered.outcome, answered.because], [outcome, because]);
  }
});

test('nothing is served without the update key, the PSK or the keys of that month', (t) => {
  const hideout = new Hideout();
  const next = nextPeriod(hideout.period);
  const held = phoneWith(hideout, next);
  const lacking = 'nothing is held that makes a package of 2015-11 for alice';
  for (const less of [
    { ...held, updateKeys: [] },
    { ...held, psks: hideout.truthOf('alice').psks },
    { ...held, userKeys: hideout.truthOf('alice').userKeys },
    { ...held, userKeys: hideout.truthOf('bob', next).userKeys },
    NOTHING,
  ])
    refuses(t, hideout.outcomeOf(serve(hideout, next), less), lacking);
  t.is(hideout.bed.events('handset.keys-refused').length, 0);
  const others = { ...held, updateKeys: hideout.truthOf('bob').updateKeys };
  refuses(
    t,
    hideout.outcomeOf(serve(hideout, next), others),
    "alice's phone refused it: MEDIA_UNWRAP_REFUSED",
  );
});

test('only the asking phone of the user is answered, and the server is itself again afterwards', (t) => {
  const hideout = new Hideout();
  const { bed } = hideout;
  const month = previousPeriod(hideout.period);
  hideout.outcomeOf(serve(hideout, month), phoneWith(hideout, month));
  const refusals = bed.events('handset.keys-refused').length;
  bed.type(bed.alice, 'fetch', 'alice');
  bed.type(bed.bob, 'fetch', 'bob');
  bed.run(10);
  t.is(bed.events('handset.keys-refused').length, refusals);
  t.is(bed.last('handset.package-none', 'alice-phone')?.period, '2015-11');
});

test('a phone that does not ask, or is not there, can be served nothing', (t) => {
  const hideout = new Hideout();
  const next = nextPeriod(hideout.period);
  const held = phoneWith(hideout, next);
  hideout.linkOf('alice-phone').partition(true);
  hideout.bed.run(600);
  t.deepEqual(hideout.outcomeOf(serve(hideout, next), held), {
    outcome: 'inconclusive',
    because: "alice's phone asked for no package",
    means: [],
  });
  hideout.phones.delete('alice');
  t.deepEqual(hideout.outcomeOf(serve(hideout, next), held), {
    outcome: 'inconclusive',
    because: 'alice has no phone with keys',
    means: [],
  });
});

test('of the controls, a bystander gets what was asked for, and the phone refuses another wrapping', (t) => {
  const hideout = new Hideout();
  const month = previousPeriod(hideout.period);
  const negative = hideout.outcomeOf(serve(hideout, month), NOTHING, 'negative');
  refuses(t, negative, "alice's phone refused it: MEDIA_UNWRAP_REFUSED");
  const positive = hideout.outcomeOf(serve(hideout, month), NOTHING, 'positive');
  t.deepEqual([positive.outcome, positive.because], ['opened', "bob's phone keeps the keys of 2015-11"]);
  t.is(
    positive.means[1],
    labelOf.updateKey('bob', hideout.truthOf('bob').updateKeys[0] ?? new Uint8Array(0)),
  );
  for (const user of ['bob', 'carol'] as const)
    hideout.bed.type(hideout.bed.crs, `block-user ${NUMBERS[user]}`);
  t.is(
    hideout.outcomeOf(serve(hideout, month), NOTHING, 'positive').because,
    'the positive control needs one more user, enrolled and not blocked, beside alice: there is none',
  );
});
