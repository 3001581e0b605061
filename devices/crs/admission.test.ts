/** Who may connect, and when, by the server's own clock. */
import test from 'ava';
import { MINUTE, MILLISECOND, VirtualClock } from '../../sim/clock.ts';
import { nextPeriod, parsePeriod, periodStart } from '../../network/mikey/index.ts';
import { RealTimeClock } from '../hardware/index.ts';
import { NUMBERS, Testbed, type TestbedOptions } from '../testbed.fixture.ts';
import { Accounts } from './accounts.ts';
import { Admission } from './admission.ts';

const { alice, bob } = NUMBERS;
const OCTOBER = parsePeriod('2015-10');
const OCTOBER_STARTS = periodStart(OCTOBER);
const NOVEMBER_STARTS = periodStart(nextPeriod(OCTOBER));
const MID_OCTOBER = (OCTOBER_STARTS + NOVEMBER_STARTS) / 2;
const PSK = new Uint8Array(32).fill(7);

interface Door {
  readonly accounts: Accounts;
  /** What the server says to Alice's identity, or another, at a time. */
  readonly at: (unixMs: number, identity?: string) => string;
  readonly admission: Admission;
}

/** A server that has Alice's and Bob's PSKs of October. */
function door(options: TestbedOptions = {}, isOpen = true): Door {
  const { ports } = new Testbed(options);
  const accounts = new Accounts();
  accounts.create('hq');
  accounts.load(
    'hq',
    'a CMS',
    OCTOBER,
    [alice, bob].map((number, n) => ({
      number,
      psk: { identity: n === 0 ? 'alice' : 'bob', psk: PSK },
      package: new Uint8Array(1),
    })),
  );
  const clock = new RealTimeClock(new VirtualClock(), { beginsUnixMs: MID_OCTOBER });
  const admission = new Admission(ports, accounts, clock, (number) => isOpen || number !== alice);
  return {
    accounts,
    admission,
    at: (unixMs, identity = 'alice') => {
      clock.set(unixMs);
      return admission.refusalOf(identity) ?? 'welcome';
    },
  };
}

const SKEW = 7 * MINUTE;
const SKEW_MS = SKEW / MILLISECOND;

test('a user comes in with the PSK of the month', (t) => {
  const { admission, at } = door();
  t.is(at(MID_OCTOBER), 'welcome');
  t.is(admission.pskOf('alice'), PSK);
});

test('who is refused is given no key', (t) => {
  const { admission, at } = door();
  t.is(at(MID_OCTOBER, 'mallory'), 'not-on-crs');
  t.is(admission.pskOf('mallory'), undefined);
  t.is(at(NOVEMBER_STARTS + 100 * SKEW_MS), 'wrong-month');
  t.is(admission.pskOf('alice'), undefined);
});

test('a month begins one skew limit early and ends one late, to the millisecond', (t) => {
  const { at } = door({ parameters: { 'skew-limit': SKEW } });
  t.is(at(OCTOBER_STARTS - SKEW_MS - 1), 'wrong-month');
  t.is(at(OCTOBER_STARTS - SKEW_MS), 'welcome');
  t.is(at(NOVEMBER_STARTS + SKEW_MS - 1), 'welcome');
  t.is(at(NOVEMBER_STARTS + SKEW_MS), 'wrong-month');
});

test('where PSKs are never changed, no month is the wrong one', (t) => {
  const { at } = door({ parameters: { 'psk-rotation': 'static' } });
  t.is(at(OCTOBER_STARTS - 100 * SKEW_MS), 'welcome');
  t.is(at(NOVEMBER_STARTS + 100 * SKEW_MS), 'welcome');
});

test('a blocked user is refused as blocked, and the others come in', (t) => {
  for (const subject of ['number', 'credential'] as const) {
    const { accounts, admission, at } = door();
    accounts.block(alice, subject);
    t.is(at(MID_OCTOBER), 'blocked');
    t.is(admission.pskOf('alice'), undefined);
    t.is(at(NOVEMBER_STARTS + 100 * SKEW_MS), 'blocked', 'whatever the month');
    t.is(at(MID_OCTOBER, 'bob'), 'welcome');
    t.is(admission.pskOf('bob'), PSK);
  }
});

test('planted: a server that forgets its blocks at the door lets the blocked in', (t) => {
  const { accounts, at } = door({ broken: ['crs.block-refuses-handshake'] });
  accounts.block(alice, 'number');
  t.is(at(MID_OCTOBER), 'welcome');
});

test('planted: a server whose blocks are not exact refuses everybody once anybody is blocked', (t) => {
  const { accounts, at } = door({ broken: ['crs.block-is-exact'] });
  t.is(at(MID_OCTOBER, 'bob'), 'welcome');
  accounts.block(alice, 'number');
  t.is(at(MID_OCTOBER, 'bob'), 'blocked');
  t.is(at(MID_OCTOBER), 'blocked');
});

test('who has used up what is granted waits, and nobody else', (t) => {
  const { admission, at } = door({}, false);
  t.is(at(MID_OCTOBER), 'too-many-requests');
  t.is(admission.pskOf('alice'), undefined);
  t.is(at(MID_OCTOBER, 'bob'), 'welcome');
});

test('what an identity was is told apart: replaced, of a month that is gone, of an account that is gone', (t) => {
  const { accounts, admission, at } = door();
  const again = (identity: string): void =>
    accounts.load('hq', 'a CMS', OCTOBER, [
      { number: alice, psk: { identity, psk: PSK }, package: new Uint8Array(1) },
    ]);
  again('alice again');
  t.is(at(MID_OCTOBER), 'stale-psk');
  t.is(at(MID_OCTOBER, 'alice again'), 'welcome');
  t.is(admission.pskOf('alice'), undefined, 'and nobody is given a key by it');
  t.is(at(MID_OCTOBER, 'bob'), 'welcome');
  accounts.removeMonth(OCTOBER);
  t.is(at(MID_OCTOBER, 'bob'), 'wrong-month');
  t.is(at(MID_OCTOBER), 'stale-psk', 'what it was first');
  again('alice');
  t.is(at(MID_OCTOBER), 'welcome', 'an identity that is loaded again is one again');
  accounts.delete('hq');
  t.is(at(MID_OCTOBER), 'no-account');
  accounts.clear(true);
  t.is(at(MID_OCTOBER), 'not-on-crs', 'a new server knows nothing of the old one');
});

test('everything that stands in the way is said, a block before a PSK that was replaced', (t) => {
  for (const subject of ['number', 'credential'] as const) {
    const { accounts, admission, at } = door();
    accounts.block(alice, subject);
    accounts.load('hq', 'a CMS', OCTOBER, [
      { number: alice, psk: { identity: 'alice again', psk: PSK }, package: new Uint8Array(1) },
    ]);
    t.is(at(MID_OCTOBER), 'blocked');
    t.deepEqual(admission.refusalsOf('alice'), ['blocked', 'stale-psk']);
    t.is(at(NOVEMBER_STARTS + 100 * SKEW_MS), 'blocked');
    t.deepEqual(admission.refusalsOf('alice'), ['blocked', 'stale-psk', 'wrong-month']);
    accounts.unblock(alice);
    t.is(at(MID_OCTOBER), 'stale-psk', 'unblocking lifts the block of the credential that was blocked');
  }
});
