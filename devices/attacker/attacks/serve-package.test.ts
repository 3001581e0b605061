import test from 'ava';
import { nextPeriod, previousPeriod, type Period } from '../../../network/mikey/index.ts';
import { NUMBERS } from '../../testbed.fixture.ts';
import { labelsOf, refuses, toldBy, wholeOf } from '../outcome.fixture.ts';
import { Hideout } from '../hideout.fixture.ts';
import { joined, NOTHING, secretOf, type Holdings } from '../holdings.ts';
import { ServePackage } from './serve-package.ts';

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
  const { route, needs, asset, capability } = attack.aim();
  t.deepEqual([route, needs], ['crs', ['update-key', 'rsk', 'ssk']]);
  t.deepEqual([asset, capability], ['key ring of alice', 'install keys']);
  const held = phoneWith(hideout, next);
  const [updateKey] = held.updateKeys;
  const keys = held.userKeys.find(({ period }) => period === next);
  const psk = held.psks.at(-1);
  if (updateKey === undefined || keys === undefined || psk === undefined) return t.fail();
  const secrets = [secretOf.updateKey(updateKey), secretOf.rsk(keys), secretOf.ssk(keys), secretOf.psk(psk)];
  t.deepEqual(wholeOf(hideout.outcomeOf(attack, held)), [
    'opened',
    "alice's phone keeps the keys of 2015-11",
    labelsOf(secrets),
    ['crs'],
  ]);
  t.is(hideout.bed.last('handset.keys-installed', 'alice-phone')?.source, 'package');
});

test('a package of another month is refused by the phone, unless its rule is broken', (t) => {
  for (const [broken, ...told] of [
    [[], 'refused', 'wrong-month'],
    [['handset.own-packages'], 'opened'],
  ] as const) {
    const hideout = new Hideout({ broken });
    const month = previousPeriod(hideout.period);
    const answered = hideout.outcomeOf(serve(hideout, month), phoneWith(hideout, month));
    t.deepEqual(toldBy(answered), told);
  }
});

test('nothing is served without the update key or the keys of that month, and the PSK in it may be anything', (t) => {
  const hideout = new Hideout();
  const next = nextPeriod(hideout.period);
  const held = phoneWith(hideout, next);
  const { updateKeys } = hideout.truthOf('bob');
  for (const [less, ...reasons] of [
    [{ ...held, updateKeys: [] }, 'no-update-key'],
    [{ ...held, updateKeys }, 'no-update-key'],
    [{ ...held, userKeys: hideout.truthOf('alice').userKeys }, 'no-ssk', 'no-rsk'],
    [{ ...held, userKeys: hideout.truthOf('bob', next).userKeys }, 'no-ssk', 'no-rsk'],
    [NOTHING, 'no-update-key', 'no-ssk', 'no-rsk'],
  ] as const)
    refuses(t, hideout.outcomeOf(serve(hideout, next), less), ...reasons);
  t.is(hideout.bed.events('handset.keys-refused').length, 0);
  // Of a key that is not known whose it is, the phone says that it is not its own.
  const others = { ...held, updateKeys: updateKeys.map(({ key }) => ({ key, number: undefined })) };
  refuses(t, hideout.outcomeOf(serve(hideout, next), others), 'no-update-key');
  t.is(hideout.bed.last('handset.keys-refused')?.reason, 'no-update-key');
  t.is(hideout.outcomeOf(serve(hideout, next), { ...held, psks: [] }).outcome, 'opened');
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
  const silent = hideout.outcomeOf(serve(hideout, next), held);
  t.deepEqual([toldBy(silent), silent.because], [['inconclusive'], "alice's phone asked for no package"]);
  hideout.phones.delete('alice');
  const nobody = hideout.outcomeOf(serve(hideout, next), held);
  t.deepEqual([toldBy(nobody), nobody.because], [['inconclusive'], 'alice has no phone with keys']);
});

test('of the controls, a bystander gets what was asked for, and the phone refuses another wrapping', (t) => {
  const hideout = new Hideout();
  const month = previousPeriod(hideout.period);
  const negative = hideout.outcomeOf(serve(hideout, month), NOTHING, 'negative');
  refuses(t, negative, 'no-update-key');
  const positive = hideout.outcomeOf(serve(hideout, month), NOTHING, 'positive');
  t.deepEqual([positive.outcome, positive.because], ['opened', "bob's phone keeps the keys of 2015-11"]);
  t.deepEqual(
    labelsOf(positive.means.slice(0, 1)),
    labelsOf(hideout.truthOf('bob').updateKeys.map(secretOf.updateKey)),
  );
  for (const user of ['bob', 'carol'] as const)
    hideout.bed.type(hideout.bed.crs, `block-user ${NUMBERS[user]}`);
  t.is(
    hideout.outcomeOf(serve(hideout, month), NOTHING, 'positive').because,
    'the positive control needs one more user, enrolled and not blocked, beside alice: there is none',
  );
});
