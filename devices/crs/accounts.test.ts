/** What a rendezvous server knows of users, by itself: two accounts, three users, two months. */
import test from 'ava';
import { canonicalNumber, parsePeriod, type Period, type TelNumber } from '../../network/mikey/index.ts';
import type { DiscUser } from '../media/index.ts';
import { NUMBERS } from '../testbed.fixture.ts';
import { Accounts } from './accounts.ts';

const { alice, bob, carol } = NUMBERS;
const DAVE = canonicalNumber('+447700900004');
const [SEPTEMBER, OCTOBER, NOVEMBER] = ['2015-09', '2015-10', '2015-11'].map(parsePeriod) as [
  Period,
  Period,
  Period,
];
const CMS = 'fingerprint of one CMS';
const OTHER_CMS = 'fingerprint of another CMS';

/** What a disc has for a user: identity, PSK and package are told apart by their name. */
function delivered(number: TelNumber, name: string): DiscUser {
  const octet = name.charCodeAt(0);
  return {
    number,
    psk: { identity: `identity ${name}`, psk: new Uint8Array(32).fill(octet) },
    package: Uint8Array.of(octet, octet),
  };
}

/** The account hq, with Alice and Bob in October. */
function hq(): Accounts {
  const accounts = new Accounts();
  accounts.create('hq');
  accounts.load('hq', CMS, OCTOBER, [delivered(alice, 'a'), delivered(bob, 'b')]);
  return accounts;
}

const identities = (accounts: Accounts): readonly string[] =>
  accounts.credentials.map(({ identity }) => identity);

test('a disc brings each user a credential and a package of its month', (t) => {
  const accounts = hq();
  t.deepEqual(accounts.numbers, [alice, bob]);
  t.deepEqual(accounts.credential('identity b'), {
    identity: 'identity b',
    psk: new Uint8Array(32).fill(0x62),
    number: bob,
    period: OCTOBER,
  });
  t.is(accounts.credential('identity c'), undefined);
  t.deepEqual(accounts.packageOf(alice, OCTOBER), Uint8Array.of(0x61, 0x61));
  t.is(accounts.packageOf(alice, NOVEMBER), undefined);
  t.is(accounts.packageOf(carol, OCTOBER), undefined);
});

test('a new disc of the month takes the place of what its users had of it, and of nothing else', (t) => {
  const accounts = hq();
  accounts.load('hq', CMS, NOVEMBER, [delivered(alice, 'n')]);
  accounts.load('hq', CMS, OCTOBER, [delivered(alice, 'x')]);
  t.deepEqual(identities(accounts), ['identity b', 'identity n', 'identity x']);
  t.is(accounts.credential('identity a'), undefined, 'the old PSK is no way in');
  t.deepEqual(accounts.packageOf(alice, OCTOBER), Uint8Array.of(0x78, 0x78));
  t.deepEqual(accounts.packageOf(alice, NOVEMBER), Uint8Array.of(0x6e, 0x6e));
  t.deepEqual(accounts.packageOf(bob, OCTOBER), Uint8Array.of(0x62, 0x62));
  t.deepEqual(accounts.numbers, [alice, bob], 'and a user is one, however often they come');
});

test('accounts are made once, and found by name', (t) => {
  const accounts = hq();
  t.throws(() => accounts.create('hq'), { code: 'CRS_ACCOUNT_EXISTS', message: 'there is an account hq' });
  const missing = { code: 'CRS_NO_ACCOUNT', message: 'there is no account branch' };
  t.throws(() => accounts.load('branch', OTHER_CMS, OCTOBER, []), missing);
  t.throws(() => accounts.delete('branch'), missing);
  accounts.create('branch');
  t.deepEqual(accounts.names, ['hq', 'branch']);
});

test('an account that is deleted takes its users, credentials and packages along, and leaves those of others', (t) => {
  const accounts = hq();
  accounts.create('branch');
  accounts.load('branch', OTHER_CMS, OCTOBER, [delivered(carol, 'c')]);
  t.is(accounts.delete('hq'), 2);
  t.deepEqual(accounts.names, ['branch']);
  t.deepEqual(accounts.numbers, [carol]);
  t.deepEqual(identities(accounts), ['identity c']);
  t.is(accounts.packageOf(alice, OCTOBER), undefined);
  accounts.create('hq');
  t.deepEqual(accounts.numbers, [carol], 'made again, it is empty');
});

test('where that promise is broken the credentials of an account stay when it goes', (t) => {
  const accounts = hq();
  const before = accounts.credentials;
  t.true(before.length > 0);
  t.is(accounts.delete('hq', false), 2);
  t.deepEqual([accounts.names, accounts.credentials], [[], before]);
});

test('a number is in one account at the most', (t) => {
  const accounts = hq();
  accounts.create('branch');
  accounts.load('branch', OTHER_CMS, OCTOBER, [delivered(carol, 'c')]);
  t.deepEqual(
    [alice, carol, DAVE].map((number) => accounts.accountOf(number)),
    ['hq', 'branch', undefined],
  );
  t.deepEqual(
    [alice, carol, DAVE].map((number) => accounts.has(number)),
    [true, true, false],
  );
  t.deepEqual(accounts.packageOf(carol, OCTOBER), Uint8Array.of(0x63, 0x63), 'in whichever account');
});

test('a CMS has one account, and an account one CMS', (t) => {
  const accounts = hq();
  const before = accounts.save();
  t.throws(() => accounts.load('hq', OTHER_CMS, OCTOBER, [delivered(carol, 'c')]), {
    code: 'CRS_OTHER_ACCOUNT',
    message: 'account hq is of another CMS than this disc',
  });
  accounts.create('branch');
  t.throws(() => accounts.load('branch', CMS, OCTOBER, [delivered(carol, 'c')]), {
    code: 'CRS_OTHER_ACCOUNT',
    message: 'the CMS of this disc has the account hq, and the disc names branch',
  });
  t.notThrows(() => accounts.load('branch', OTHER_CMS, OCTOBER, []));
  t.deepEqual(accounts.save().accounts[0], before.accounts[0]);
  t.notThrows(() => accounts.load('hq', CMS, NOVEMBER, []), 'a second disc of the same CMS');
});

test('what one account has, the disc of another does not take, and then brings nothing at all', (t) => {
  const accounts = hq();
  accounts.create('branch');
  const attempts = [
    [delivered(alice, 'z'), `${alice} is a user of account hq`],
    [delivered(DAVE, 'a'), `the PSK identity of ${DAVE} is one of account hq`],
  ] as const;
  const before = accounts.save();
  for (const [user, message] of attempts)
    t.throws(() => accounts.load('branch', OTHER_CMS, OCTOBER, [delivered(carol, 'c'), user]), {
      code: 'CRS_OTHER_ACCOUNTS_USER',
      message,
    });
  t.deepEqual(accounts.save(), before);
  t.notThrows(
    () => accounts.load('hq', CMS, NOVEMBER, [delivered(DAVE, 'a')]),
    'inside an account an identity may change hands',
  );
});

test('months are told in order, whatever came first, and go one by one', (t) => {
  const accounts = hq();
  accounts.load('hq', CMS, NOVEMBER, [delivered(alice, 'n')]);
  accounts.load('hq', CMS, SEPTEMBER, [delivered(bob, 's')]);
  t.deepEqual(accounts.months, [SEPTEMBER, OCTOBER, NOVEMBER]);
  accounts.removeMonth(OCTOBER);
  t.deepEqual(accounts.months, [SEPTEMBER, NOVEMBER]);
  t.deepEqual(identities(accounts), ['identity n', 'identity s']);
  t.is(accounts.packageOf(alice, OCTOBER), undefined);
  t.deepEqual(accounts.packageOf(alice, NOVEMBER), Uint8Array.of(0x6e, 0x6e));
  t.deepEqual(accounts.numbers, [alice, bob], 'users stay users');
});

test('a month of which only credentials, or only packages, are left is still held', (t) => {
  const { accounts, ...rest } = hq().save();
  const withoutPackages = accounts.map((account) => ({
    ...account,
    users: account.users.map(({ number }) => ({ number, packages: [] })),
  }));
  t.deepEqual(new Accounts({ ...rest, accounts: withoutPackages }).months, [OCTOBER]);
  t.deepEqual(new Accounts({ ...rest, accounts, credentials: [] }).months, [OCTOBER]);
});

test('a number is blocked in every month, and is not another', (t) => {
  const accounts = hq();
  accounts.block(alice, 'number');
  t.true(accounts.isBlocked(alice));
  t.true(accounts.isBlocked(alice, 'any identity'));
  t.false(accounts.isBlocked(bob, 'identity b'));
  t.deepEqual(accounts.blocked, [alice]);
  accounts.unblock(alice);
  t.false(accounts.isBlocked(alice));
  t.deepEqual(accounts.blocked, []);
});

test('a credential is blocked with those its number has now: a new one comes in', (t) => {
  const accounts = hq();
  accounts.load('hq', CMS, NOVEMBER, [delivered(alice, 'n')]);
  accounts.block(alice, 'credential');
  t.deepEqual(
    ['a', 'n', 'b', 'x'].map((name) => accounts.isBlocked(alice, `identity ${name}`)),
    [true, true, false, false],
  );
  t.false(accounts.isBlocked(alice), 'the number itself is not');
  t.deepEqual(accounts.blocked, [alice], 'once, with two credentials');
  accounts.load('hq', CMS, OCTOBER, [delivered(alice, 'x')]);
  t.false(accounts.isBlocked(alice, 'identity x'));
  accounts.unblock(alice);
  t.false(accounts.isBlocked(alice, 'identity n'));
  t.deepEqual(accounts.blocked, []);
});

test('unblocking is of one user: credentials of others stay blocked', (t) => {
  const accounts = hq();
  accounts.block(alice, 'credential');
  accounts.block(bob, 'credential');
  accounts.unblock(alice);
  t.false(accounts.isBlocked(alice, 'identity a'));
  t.true(accounts.isBlocked(bob, 'identity b'));
  t.deepEqual(accounts.blocked, [bob]);
});

test('only users are blocked, and only who is blocked is unblocked', (t) => {
  const accounts = hq();
  for (const subject of ['number', 'credential'] as const)
    t.throws(() => accounts.block(carol, subject), {
      code: 'CRS_UNKNOWN_USER',
      message: `there is no user ${carol}`,
    });
  accounts.block(bob, 'credential');
  t.throws(() => accounts.unblock(alice), {
    code: 'CRS_NOT_BLOCKED',
    message: `${alice} is not blocked`,
  });
});

test('a block of a credential outlives the account, and is found again with the identity', (t) => {
  const accounts = hq();
  accounts.block(alice, 'credential');
  accounts.delete('hq');
  t.deepEqual(accounts.blocked, []);
  t.throws(() => accounts.unblock(alice), { code: 'CRS_NOT_BLOCKED' });
  accounts.create('hq');
  accounts.load('hq', CMS, OCTOBER, [delivered(alice, 'a')]);
  t.deepEqual(accounts.blocked, [alice]);
});

test('a reinstall leaves nothing, or nothing but the blocks', (t) => {
  for (const keepBlocks of [true, false]) {
    const accounts = hq();
    accounts.block(alice, 'number');
    accounts.block(bob, 'credential');
    accounts.clear(keepBlocks);
    t.deepEqual([accounts.names, accounts.credentials, accounts.months], [[], [], []]);
    t.is(accounts.isBlocked(alice), keepBlocks);
    t.is(accounts.isBlocked(bob, 'identity b'), keepBlocks);
  }
});

test('all of it is plain data, in the order in which it came, and is made of it again', (t) => {
  const accounts = hq();
  accounts.create('branch');
  accounts.load('hq', CMS, NOVEMBER, [delivered(alice, 'n')]);
  accounts.block(alice, 'number');
  accounts.block(bob, 'credential');
  const state = accounts.save();
  const credential = (name: string, number: TelNumber, period: Period) => ({
    ...delivered(number, name).psk,
    number,
    period,
  });
  const held = (name: string, number: TelNumber, period: Period) => ({
    period,
    octets: delivered(number, name).package,
  });
  t.deepEqual(state, {
    accounts: [
      {
        name: 'hq',
        kms: CMS,
        users: [
          { number: alice, packages: [held('a', alice, OCTOBER), held('n', alice, NOVEMBER)] },
          { number: bob, packages: [held('b', bob, OCTOBER)] },
        ],
      },
      { name: 'branch', kms: undefined, users: [] },
    ],
    credentials: [
      credential('a', alice, OCTOBER),
      credential('b', bob, OCTOBER),
      credential('n', alice, NOVEMBER),
    ],
    former: [],
    blockedNumbers: [alice],
    blockedIdentities: ['identity a', 'identity n', 'identity b'],
  });
  const again = new Accounts(structuredClone(state));
  t.deepEqual(again.save(), state);
  t.throws(() => again.load('hq', OTHER_CMS, OCTOBER, []), { code: 'CRS_OTHER_ACCOUNT' });
  t.deepEqual(new Accounts().save(), {
    accounts: [],
    credentials: [],
    former: [],
    blockedNumbers: [],
    blockedIdentities: [],
  });
});

test('the PSKs that it holds are told as secrets, of all months or of those that are asked for', (t) => {
  const accounts = hq();
  accounts.load('hq', CMS, NOVEMBER, [delivered(alice, 'n')]);
  const told = (secrets: Accounts['secrets']) => secrets.map(({ kind, owner }) => `${kind} ${owner}`);
  const all = [`PSK ${alice} ${OCTOBER}`, `PSK ${bob} ${OCTOBER}`, `PSK ${alice} ${NOVEMBER}`];
  t.deepEqual(told(accounts.secrets), all);
  t.deepEqual(told(accounts.secretsOf((period) => period === NOVEMBER)), all.slice(2));
  t.deepEqual(accounts.secrets[0]?.reveal(), new Uint8Array(32).fill(0x61));
});
