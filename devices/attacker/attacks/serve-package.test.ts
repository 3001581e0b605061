import test from 'ava';
import { nextPeriod, previousPeriod, type Period } from '../../../network/mikey/index.ts';
import { NUMBERS } from '../../testbed.fixture.ts';
import { labelsOf, refuses, toldBy, wholeOf } from '../outcome.fixture.ts';
import { Hideout } from '../hideout.fixture.ts';
import { joined, NOTHING, secretOf, type Holdings } from '../holdings.ts';
import { ServePackage } from './serve-package.ts';

const serve = (hideout: Hideout, month: Period): ServePackage =>
  new ServePackage(hideout.stage, {
    user: 'alice',
    month,
    kept: false,
    random: hideout.attacker.random,
    host: hideout.host,
    holder: 'thief',
  });

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
  t.deepEqual([asset, capability], ['key ring of alice', `install keys of ${next}`]);
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

test('whatever can be made is served, and the phone says what it lacks', (t) => {
  const hideout = new Hideout();
  const next = nextPeriod(hideout.period);
  const held = phoneWith(hideout, next);
  const { updateKeys } = hideout.truthOf('bob');
  // Of a key that is not known whose it is, the phone says that it is not its own.
  const others = updateKeys.map(({ key }) => ({ key, number: undefined }));
  for (const [less, ...reasons] of [
    [{ ...held, updateKeys: [] }, 'no-update-key'],
    [{ ...held, updateKeys }, 'no-update-key'],
    [{ ...held, updateKeys: others }, 'no-update-key'],
    [{ ...held, userKeys: hideout.truthOf('alice').userKeys }, 'no-ssk', 'no-rsk'],
    [{ ...held, userKeys: hideout.truthOf('bob', next).userKeys }, 'no-ssk', 'no-rsk'],
    [{ ...hideout.truthOf('bob'), updateKeys: [] }, 'no-update-key', 'no-ssk', 'no-rsk'],
  ] as const) {
    const before = hideout.bed.events('handset.keys-refused').length;
    refuses(t, hideout.outcomeOf(serve(hideout, next), less), ...reasons);
    const codes = hideout.bed
      .events('handset.keys-refused')
      .slice(before)
      .map(({ data }) => data.code);
    t.is(codes.at(-1), 'HANDSET_PACKAGE_IN_CLEAR');
    t.is(codes.length, less.updateKeys.some(({ number }) => number !== NUMBERS.bob) ? 2 : 1, codes.join());
  }
  t.is(hideout.outcomeOf(serve(hideout, next), { ...held, psks: [] }).outcome, 'opened');
});

test('who holds no keys at all serves nothing', (t) => {
  const hideout = new Hideout();
  const next = nextPeriod(hideout.period);
  refuses(t, hideout.outcomeOf(serve(hideout, next), NOTHING), 'no-update-key', 'no-ssk', 'no-rsk');
  t.is(hideout.bed.events('handset.keys-refused').length, 0);
});

test('where packages are carried in clear, or the phone does not mind, no update key is needed', (t) => {
  for (const [options, needs] of [
    [{ parameters: { 'disc-protection': 'clear' } }, ['rsk', 'ssk']],
    [{ broken: ['handset.wrapped-packages'] }, ['update-key', 'rsk', 'ssk']],
  ] as const) {
    const hideout = new Hideout(options);
    const next = nextPeriod(hideout.period);
    const attack = serve(hideout, next);
    t.deepEqual(attack.aim().needs, needs);
    const outcome = hideout.outcomeOf(attack, { ...phoneWith(hideout, next), updateKeys: [] });
    t.is(outcome.outcome, 'opened', outcome.because);
    t.false(labelsOf(outcome.means).some((label) => label.startsWith('update key')));
  }
});

test('an update key that was changed since does not hide that the phone takes packages in clear', (t) => {
  const hideout = new Hideout({ broken: ['handset.wrapped-packages'] });
  const next = nextPeriod(hideout.period);
  const old = hideout.truthOf('bob').updateKeys.map(({ key }) => ({ key, number: NUMBERS.alice }));
  const outcome = hideout.outcomeOf(serve(hideout, next), { ...phoneWith(hideout, next), updateKeys: old });
  t.is(outcome.outcome, 'opened', outcome.because);
  t.is(hideout.bed.last('handset.keys-refused')?.code, 'MEDIA_UNWRAP_REFUSED');
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
  // Whether the phones in use still ask for anything makes no difference.
  hideout.bed.carryDisc();
  for (const phone of [hideout.bed.alice, hideout.bed.bob]) hideout.bed.type(phone, 'fetch');
  hideout.bed.run(5);
  refuses(t, hideout.outcomeOf(serve(hideout, month), NOTHING, 'negative'), 'no-update-key');
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

test('a genuine package that was kept is of the wrong month, or of somebody else', (t) => {
  const hideout = new Hideout({ controlsCrs: true });
  hideout.attacker.seized(hideout.bed.crs.extract(), 'crs');
  const { period } = hideout;
  const report = hideout.probe(`serve-package alice ${period} --kept`);
  const { attempt, positive, negative, aim } = report;
  t.deepEqual([aim.attack, aim.needs], ['serve-package --kept', ['package']]);
  t.deepEqual([attempt.outcome, attempt.reason], ['refused', 'wrong-month'], attempt.because);
  t.deepEqual([positive.outcome, negative.outcome], ['opened', 'refused']);
  t.is(hideout.probe('serve-package alice 2014-01 --kept').attempt.reason, 'no-signalling');
});
