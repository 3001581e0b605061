import test from 'ava';
import { toHex } from '../../sim/octets.ts';
import type { Cms } from '../cms/index.ts';
import { OpticalDisc } from '../hardware/index.ts';
import { encodeUpdateDisc, parseUpdateDisc } from '../media/index.ts';
import { NUMBERS, Testbed } from '../testbed.fixture.ts';

type User = keyof typeof NUMBERS;

/** Alice and Bob are with red, Carol with blue: one CRS, two CMSs. */
function twoAccounts(): { readonly bed: Testbed; readonly red: Cms; readonly blue: Cms } {
  const bed = new Testbed({ answers: true });
  const red = bed.newCms('red-cms', 'red');
  const blue = bed.newCms('blue-cms', 'blue');
  for (const account of ['red', 'blue']) bed.type(bed.crs, `create-account ${account}`);
  const add = (cms: Cms, ...users: readonly User[]): void => {
    for (const user of users) bed.type(cms, `add-user ${NUMBERS[user]} ${user}`);
    bed.carryDisc(`--month ${cms.period}`, cms);
  };
  add(red, 'alice', 'bob');
  add(blue, 'carol');
  bed.enrol(bed.alice, red);
  bed.enrol(bed.bob, red);
  bed.enrol(bed.carol, blue);
  bed.run(5);
  return { bed, red, blue };
}

/** Octets of a disc of this month. */
function discOf(bed: Testbed, cms: Cms): Uint8Array {
  const disc = new OpticalDisc('burnt');
  cms.drive.insert(disc, 'burnt');
  bed.type(cms, `burn-disc --month ${cms.period}`);
  cms.drive.eject();
  return disc.read();
}

/** The code with which a disc of these octets is refused. */
function load(bed: Testbed, octets: Uint8Array): string {
  const disc = new OpticalDisc('carried');
  disc.burn(octets);
  bed.crs.drive.insert(disc, 'carried');
  const code = bed.refusal(bed.crs, 'load-disc');
  bed.crs.drive.eject();
  return code;
}

/** What the CRS knows of everybody, to see that a refusal changed nothing. */
function knownOf(bed: Testbed): unknown {
  const { accounts, credentials } = bed.crs.accounts.save();
  return [
    accounts,
    credentials.map(({ identity, number, period, psk }) => [identity, number, period, toHex(psk)]),
  ];
}

test('users of two accounts are in, each with their own CMS, and call within their account', (t) => {
  const { bed } = twoAccounts();
  t.deepEqual(bed.crs.registered, [NUMBERS.alice, NUMBERS.bob, NUMBERS.carol]);
  t.is(bed.crs.accounts.accountOf(NUMBERS.bob), 'red');
  t.is(bed.crs.accounts.accountOf(NUMBERS.carol), 'blue');
  t.deepEqual(bed.type(bed.crs, 'users').at(-1), `${NUMBERS.carol} carol of blue: registered`);
  bed.call(bed.alice, 'bob');
  t.is(bed.events('handset.call-secure').length, 2);
});

test('a call from one account to the other reaches the phone, which refuses keys of another KMS', (t) => {
  const { bed } = twoAccounts();
  bed.call(bed.alice, 'carol');
  t.is(bed.last('crs.call-routed')?.to, 'carol');
  t.is(bed.last('mikey.refused')?.code, 'MIKEY_SIGNATURE');
  t.is(bed.last('handset.call-refused')?.status, 488);
  t.deepEqual(bed.events('handset.call-secure'), []);
});

test('an account takes the discs of its CMS only, and a CMS has one account', (t) => {
  const { bed, red, blue } = twoAccounts();
  const forged = (octets: Uint8Array, account: string): Uint8Array =>
    encodeUpdateDisc({ ...parseUpdateDisc(octets), account });
  const before = knownOf(bed);
  t.is(load(bed, forged(discOf(bed, blue), 'red')), 'CRS_OTHER_ACCOUNT', 'of a CMS that has an account');
  const late = bed.newCms('late-cms', 'red');
  bed.type(late, `add-user ${NUMBERS.alice} alice`);
  t.is(load(bed, discOf(bed, late)), 'CRS_OTHER_ACCOUNT', 'of a CMS that has none');
  t.deepEqual(knownOf(bed), before);
  bed.type(bed.crs, 'create-account green');
  t.is(
    load(bed, forged(discOf(bed, red), 'green')),
    'CRS_OTHER_ACCOUNT',
    'into an account that nobody has yet',
  );
  t.deepEqual(bed.crs.accounts.save().accounts.at(-1), { name: 'green', kms: undefined, users: [] });
});

test('a number is with one account: the disc of the other one is refused whole', (t) => {
  const { bed, blue } = twoAccounts();
  const before = knownOf(bed);
  bed.type(blue, `add-user ${NUMBERS.alice} mallory`);
  t.is(load(bed, discOf(bed, blue)), 'CRS_OTHER_ACCOUNTS_USER');
  t.deepEqual(knownOf(bed), before);
  bed.call(bed.bob, 'alice');
  t.is(bed.events('handset.call-secure').length, 2, 'who has the number is not affected');
});

test('a PSK identity is with one account', (t) => {
  const { bed, red, blue } = twoAccounts();
  const before = knownOf(bed);
  const [theirs] = parseUpdateDisc(discOf(bed, red)).users;
  const disc = parseUpdateDisc(discOf(bed, blue));
  const identity = theirs?.psk.identity ?? '';
  const users = disc.users.map((user) => ({ ...user, psk: { ...user.psk, identity } }));
  t.is(load(bed, encodeUpdateDisc({ ...disc, users })), 'CRS_OTHER_ACCOUNTS_USER');
  t.deepEqual(knownOf(bed), before);
});

test('Block, Destroy keys and the end of an account touch no user of another account', (t) => {
  const { bed, red } = twoAccounts();
  const sessions = (user: User): number =>
    bed.events('crs.session-closed').filter(({ data }) => data.user === user).length;
  bed.type(bed.crs, `block-user ${NUMBERS.alice}`);
  bed.type(red, `destroy-keys ${NUMBERS.bob}`);
  bed.carryDisc(`--month ${red.period}`, red);
  bed.run(60);
  t.is(sessions('alice'), 1);
  t.deepEqual(bed.crs.registered, [NUMBERS.bob, NUMBERS.carol]);
  t.deepEqual(bed.type(bed.crs, 'delete-account red'), ['Account red is gone, with 2 users.']);
  bed.run(60);
  t.deepEqual(bed.crs.registered, [NUMBERS.carol]);
  t.is(sessions('carol'), 0);
  t.deepEqual(bed.crs.accounts.numbers, [NUMBERS.carol]);
});

test('what a restart keeps still holds the accounts apart', (t) => {
  const { bed, blue } = twoAccounts();
  const { state } = bed.crs;
  const other = new Testbed({ storage: { load: () => state, save: () => undefined } });
  t.is(load(other, discOf(bed, blue)), 'answered');
  bed.type(blue, `add-user ${NUMBERS.bob} mallory`);
  t.is(load(other, discOf(bed, blue)), 'CRS_OTHER_ACCOUNTS_USER');
});
