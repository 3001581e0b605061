/** Two KMSs on one CRS: what phones of the one believe of the other, before they have its public keys and after, with numbers bound to who serves them or not. */
import test from 'ava';
import { canonicalNumber, type TelNumber } from '../../network/mikey/index.ts';
import { CalldrillError } from '../../sim/errors.ts';
import type { Cms } from '../cms/index.ts';
import { Flash, readFlashImage } from '../hardware/index.ts';
import { PhoneStorage, type KmsCommunity } from '../media/index.ts';
import { sampleCommunity, sampleQr } from '../media/media.fuzz.ts';
import { NUMBERS, Testbed, type TestbedOptions } from '../testbed.fixture.ts';
import { Communities } from './communities.ts';
import type { Handset } from './handset.ts';

interface TwoOrganisations {
  readonly bed: Testbed;
  readonly red: Cms;
  readonly blue: Cms;
}

/** Alice and Bob are with red, Carol is with blue. */
function organisations(options: TestbedOptions = {}): TwoOrganisations {
  const bed = new Testbed({ answers: true, ...options });
  const red = bed.newCms('red-cms', 'red');
  const blue = bed.newCms('blue-cms', 'blue');
  for (const account of ['red', 'blue']) bed.type(bed.crs, `create-account ${account}`);
  bed.type(red, `add-user ${NUMBERS.alice} alice`);
  bed.type(red, `add-user ${NUMBERS.bob} bob`);
  bed.type(blue, `add-user ${NUMBERS.carol} carol`);
  for (const cms of [red, blue]) bed.carryDisc(`--month ${cms.period}`, cms);
  for (const phone of [bed.alice, bed.bob]) bed.enrol(phone, red);
  bed.enrol(bed.carol, blue);
  bed.run(5);
  return { bed, red, blue };
}

function shows(bed: Testbed, cms: Cms, ...phones: readonly Handset[]): void {
  bed.type(cms, 'view-kms');
  const image = cms.shownQr();
  if (image !== undefined) for (const phone of phones) phone.scan(image);
  bed.type(cms, 'hide-qr');
}

/** Each phone has the public keys of both, its own first. */
function exchanged(options: TestbedOptions = {}): TwoOrganisations {
  const all = organisations(options);
  const { bed, red, blue } = all;
  shows(bed, red, bed.alice, bed.bob);
  shows(bed, blue, bed.carol, bed.alice, bed.bob);
  shows(bed, red, bed.carol);
  return all;
}

function called(
  bed: Testbed,
  from: Handset,
  to: TelNumber,
): { readonly secure: number; readonly refused: readonly string[] } {
  bed.type(from, `call ${to} --for 2s`, from.user);
  bed.run(20);
  return {
    secure: bed.events('handset.call-secure').length,
    refused: bed.events('mikey.refused').map(({ data }) => data.code),
  };
}

test('without the public keys of the other KMS its signature does not verify', (t) => {
  const { bed } = organisations();
  t.deepEqual(called(bed, bed.alice, NUMBERS.carol), { secure: 0, refused: ['MIKEY_SIGNATURE'] });
});

for (const binding of ['unbound', 'bound'])
  test(`with them the two call each other, numbers ${binding}`, (t) => {
    const { bed } = exchanged({ parameters: { 'number-binding': binding } });
    t.deepEqual(called(bed, bed.alice, NUMBERS.carol), { secure: 2, refused: [] });
    t.deepEqual(called(bed, bed.carol, NUMBERS.bob), { secure: 4, refused: [] });
    t.deepEqual(called(bed, bed.bob, NUMBERS.alice), { secure: 6, refused: [] });
  });

test('one of the two is not enough: whoever seals has to know whose Z it takes, and whoever is called whose KPAK', (t) => {
  const { bed, blue } = organisations();
  shows(bed, blue, bed.alice);
  t.deepEqual(called(bed, bed.alice, NUMBERS.carol), { secure: 0, refused: ['MIKEY_SIGNATURE'] });
});

/** A phone with keys of red, whose CMS serves Alice and Bob, and of what it knows of blue, which serves Carol. */
function knowing(options: TestbedOptions, ...others: readonly KmsCommunity[]): Communities {
  const { ports } = new Testbed(options);
  const storage = new PhoneStorage(new Flash(ports.random.stream('flash')), 'erased');
  storage.enrol({ ...sampleQr(), kms: RED.kms });
  const communities = new Communities({ ports, device: 'bob-phone', user: 'bob', storage });
  for (const other of others) communities.take(other);
  return communities;
}

const RED: KmsCommunity = { ...sampleCommunity('red'), numbers: [NUMBERS.alice, NUMBERS.bob] };
const BLUE: KmsCommunity = { ...sampleCommunity('blue'), numbers: [NUMBERS.carol] };
const BOUND = { parameters: { 'number-binding': 'bound' } };

test('unbound, and where the promise is broken, each KMS is believed about every number', (t) => {
  for (const options of [{}, { ...BOUND, broken: ['handset.binds-numbers' as const] }]) {
    const phone = knowing(options, RED, BLUE);
    for (const number of Object.values(NUMBERS))
      t.deepEqual(phone.believedFor(number), [RED.kms.kpak, BLUE.kms.kpak]);
  }
  t.deepEqual(knowing({}).believedFor(NUMBERS.carol), [RED.kms.kpak]);
});

test('bound, each number is believed under the KMS that serves it, and one that nobody serves under the own', (t) => {
  const phone = knowing(BOUND, RED, BLUE);
  t.deepEqual(phone.believedFor(NUMBERS.alice), [RED.kms.kpak]);
  t.deepEqual(phone.believedFor(NUMBERS.carol), [BLUE.kms.kpak]);
  t.deepEqual(phone.believedFor(canonicalNumber('+447700900009')), [RED.kms.kpak]);
});

test('what is sealed takes the Z of whoever is called, and the KPAK of the phone itself', (t) => {
  for (const options of [{}, BOUND]) {
    const phone = knowing(options, RED, BLUE);
    t.deepEqual(phone.towards(NUMBERS.carol), { kpak: RED.kms.kpak, z: BLUE.kms.z });
    t.deepEqual(phone.towards(NUMBERS.alice), RED.kms);
  }
});

const codeOf = (thrown: unknown): string | undefined =>
  thrown instanceof CalldrillError ? thrown.code : undefined;

test('bound: a phone wants to know first whom its own CMS serves, and nobody else can claim them', (t) => {
  t.is(codeOf(t.throws(() => knowing(BOUND, BLUE))), 'HANDSET_NO_COMMUNITY');
  for (const claim of [
    { ...BLUE, numbers: [NUMBERS.alice, NUMBERS.carol] },
    { ...BLUE, account: 'red' },
  ])
    t.is(codeOf(t.throws(() => knowing(BOUND, RED, claim))), 'HANDSET_CLAIMED_NUMBER');
  t.notThrows(() => knowing(BOUND, RED, BLUE, { ...BLUE, numbers: [] }));
});

test('each code that is taken is told, and a code that a phone refuses is, too', (t) => {
  const { bed, red, blue } = organisations(BOUND);
  t.throws(() => shows(bed, blue, bed.bob));
  shows(bed, red, bed.bob);
  shows(bed, blue, bed.bob);
  shows(bed, blue, bed.bob);
  t.deepEqual(
    bed.events('handset.kms-taken').map(({ data }) => [data.account, data.own, data.numbers, data.again]),
    [
      ['red', true, 2, false],
      ['blue', false, 1, false],
      ['blue', false, 1, true],
    ],
  );
  t.is(bed.events('handset.enrol-refused')[0]?.data.code, 'HANDSET_NO_COMMUNITY');
});

test('a code of another KMS for the phone itself ends what it knew of the others, and a phone without keys takes none', (t) => {
  const { bed, red } = exchanged();
  const next = bed.newCms('next-cms', 'next');
  bed.type(next, `add-user ${NUMBERS.carol} carol`);
  bed.enrol(bed.carol, next);
  bed.enrol(bed.bob, red);
  const known = ({ extract }: { extract: () => Uint8Array }): readonly string[] =>
    [...readFlashImage(extract()).live.keys()].filter((name) => name.startsWith('community/')).sort();
  t.deepEqual(known({ extract: () => bed.carol.extract() }), []);
  t.deepEqual(known({ extract: () => bed.bob.extract() }), ['community/blue', 'community/red']);
  const fresh = new Testbed();
  const other = fresh.newCms('other-cms', 'other');
  t.is(codeOf(t.throws(() => shows(fresh, other, fresh.alice))), 'HANDSET_NOT_ENROLLED');
});

test('a CMS with more users than a code has room for says so', (t) => {
  const bed = new Testbed();
  for (let n = 0; n < 33; n++)
    bed.type(bed.cms, `add-user +4477009000${String(n).padStart(2, '0')} user${n}`);
  t.is(codeOf(t.throws(() => bed.type(bed.cms, 'view-kms'))), 'CMS_TOO_MANY_USERS');
});
