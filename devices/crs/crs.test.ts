import test from 'ava';
import { OpticalDisc } from '../hardware/index.ts';
import { parsePeriod } from '../../network/mikey/index.ts';
import { NUMBERS, Testbed } from '../testbed.fixture.ts';
import { Accounts } from './accounts.ts';
import { AUDIT_LINES_MAX, AuditLog } from './audit-log.ts';
import { intruder } from './intruder.fixture.ts';

function loaded(bed: Testbed, octets: Uint8Array, name: string): string {
  const disc = new OpticalDisc(name);
  disc.burn(octets);
  bed.crs.drive.insert(disc, name);
  const code = bed.refusal(bed.crs, 'load-disc');
  bed.crs.drive.eject();
  return code;
}

function burnt(bed: Testbed, cms = bed.cms): Uint8Array {
  const disc = new OpticalDisc('burnt');
  cms.drive.insert(disc, 'burnt');
  bed.type(cms, `burn-disc --month ${cms.period}`);
  cms.drive.eject();
  return disc.read();
}

test('accounts are made once, and go with all their users', (t) => {
  const bed = Testbed.enrolled();
  t.is(bed.refusal(bed.crs, 'create-account hq'), 'CRS_ACCOUNT_EXISTS');
  t.is(bed.refusal(bed.crs, 'delete-account branch'), 'CRS_NO_ACCOUNT');
  t.deepEqual(bed.type(bed.crs, 'accounts'), ['hq']);
  t.deepEqual(bed.type(bed.crs, 'delete-account hq'), ['Account hq is gone, with 3 users.']);
  bed.run(60);
  t.deepEqual(bed.crs.registered, []);
  t.is(bed.last('crs.handshake-refused')?.reason, 'no-account');
  t.deepEqual(bed.type(bed.crs, 'users'), []);
});

test('a disc is loaded whole, from the right CMS, or not at all', (t) => {
  const bed = new Testbed();
  t.is(bed.refusal(bed.crs, 'load-disc'), 'CRS_NO_DISC');
  bed.type(bed.cms, `add-user ${NUMBERS.alice} alice`);
  const octets = burnt(bed);
  t.is(loaded(bed, octets, 'no account'), 'CRS_NO_ACCOUNT');
  bed.type(bed.crs, 'create-account hq');
  t.regex(loaded(bed, octets.subarray(0, octets.length - 5), 'truncated'), /^MEDIA_/);
  t.deepEqual(bed.crs.accounts.numbers, []);
  t.is(loaded(bed, octets, 'good'), 'answered');
  t.is(loaded(bed, octets, 'again'), 'answered');
  t.deepEqual(bed.crs.accounts.numbers, [NUMBERS.alice]);
  t.is(bed.crs.accounts.credentials.length, 1);
  const other = bed.newCms('other-cms');
  bed.type(other, `add-user ${NUMBERS.bob} bob`);
  t.is(loaded(bed, burnt(bed, other), 'other'), 'CRS_OTHER_ACCOUNT');
  t.is(bed.last('crs.disc-loaded')?.logChecked, false);
  bed.type(bed.crs, 'check-log');
  t.is(loaded(bed, octets, 'after the log'), 'answered');
  t.is(bed.last('crs.disc-loaded')?.logChecked, true);
});

test('a blocked user is cut off in the middle of a call, and stays out until unblocked', (t) => {
  const bed = Testbed.enrolled({ answers: true });
  bed.call(bed.alice, 'bob');
  t.is(bed.refusal(bed.crs, 'block-user +447700900888'), 'CRS_UNKNOWN_USER');
  t.is(bed.refusal(bed.crs, `unblock-user ${NUMBERS.alice}`), 'CRS_NOT_BLOCKED');
  t.deepEqual(bed.type(bed.crs, `block-user ${NUMBERS.alice}`, 'crs-admin'), [
    'alice +447700900001 is blocked, 1 sessions ended.',
  ]);
  bed.run(2);
  t.is(bed.last('crs.call-ended')?.reason, 'blocked');
  t.is(bed.bob.line, 'idle');
  bed.run(120);
  t.is(bed.alice.service, 'refused');
  t.is(bed.last('crs.handshake-refused')?.reason, 'blocked');
  t.true(bed.alice.screen().includes('The server refuses this phone.'));
  t.is(bed.type(bed.crs, 'users')[0], '+447700900001 alice: blocked');
  t.true(bed.type(bed.crs, 'status').includes('blocked: alice'));
  t.true(bed.type(bed.crs, 'check-log').some((line) => line.startsWith('! blocked user tried')));
  bed.type(bed.crs, `unblock-user ${NUMBERS.alice}`);
  bed.run(3_600);
  t.is(bed.alice.service, 'registered');
});

test('a block by credential ends with the credential', (t) => {
  const bed = Testbed.enrolled({ parameters: { 'block-subject': 'credential' } });
  bed.type(bed.crs, `block-user ${NUMBERS.alice}`);
  t.deepEqual(bed.crs.accounts.blocked, [NUMBERS.alice]);
  bed.run(60);
  t.is(bed.alice.service, 'refused');
  bed.type(bed.cms, `add-user ${NUMBERS.alice} alice --re-issue --reason lost`);
  bed.carryDisc(`--month ${bed.cms.period} --changed`);
  bed.enrol(bed.alice);
  bed.run(3);
  t.is(bed.alice.service, 'registered');
  const again = Testbed.enrolled({ parameters: { 'block-subject': 'credential' } });
  again.type(again.crs, `block-user ${NUMBERS.alice}`);
  again.type(again.crs, `unblock-user ${NUMBERS.alice}`);
  t.deepEqual(again.crs.accounts.blocked, []);
});

test('a user who is added again has one PSK of the month: the old one does not open a session any more', (t) => {
  const bed = Testbed.enrolled();
  const old = bed.crs.accounts.credentials.find(({ number }) => number === NUMBERS.alice);
  bed.type(bed.cms, `add-user ${NUMBERS.alice} alice --re-issue --reason lost`);
  bed.carryDisc(`--month ${bed.cms.period} --changed`);
  const held = bed.crs.accounts.credentials.filter(({ number }) => number === NUMBERS.alice);
  t.is(held.length, 1);
  t.not(held[0]?.identity, old?.identity);
  bed.type(bed.alice, 'restart');
  bed.run(5);
  t.is(bed.alice.service, 'refused');
  t.like(bed.last('crs.handshake-refused'), {
    identity: old?.identity ?? 'none',
    host: 'alice-phone',
    reason: 'stale-psk',
    also: [],
  });
  bed.type(bed.crs, `block-user ${NUMBERS.alice}`);
  bed.type(bed.alice, 'restart');
  bed.run(5);
  t.like(bed.last('crs.handshake-refused'), { reason: 'blocked', also: ['stale-psk'] });
  bed.type(bed.crs, `unblock-user ${NUMBERS.alice}`);
  bed.enrol(bed.alice);
  bed.run(5);
  t.is(bed.alice.service, 'registered');
});

test('what the server knows of users is plain data, and is made of it again', (t) => {
  for (const subject of ['number', 'credential']) {
    const bed = Testbed.enrolled({ parameters: { 'block-subject': subject } });
    bed.type(bed.crs, `block-user ${NUMBERS.alice}`);
    const { accounts } = bed.crs;
    const again = new Accounts(structuredClone(accounts.save()));
    t.deepEqual(again.save(), accounts.save());
    t.deepEqual([again.names, again.numbers, again.months], [['hq'], accounts.numbers, accounts.months]);
    t.deepEqual(again.blocked, [NUMBERS.alice]);
    t.deepEqual(
      again.packageOf(NUMBERS.bob, bed.cms.period),
      accounts.packageOf(NUMBERS.bob, bed.cms.period),
    );
    again.clear(false);
    t.deepEqual(again.save(), new Accounts().save());
    t.deepEqual(accounts.blocked, [NUMBERS.alice], 'and the one it was taken from does not change with it');
  }
});

test('a reinstalled server knows nobody; whether it knows the blocks is a choice', (t) => {
  for (const survive of [false, true]) {
    const bed = Testbed.enrolled({ parameters: { 'blocks-survive-reinstall': survive } });
    const octets = burnt(bed);
    bed.type(bed.crs, `block-user ${NUMBERS.alice}`);
    bed.type(bed.crs, 'reinstall');
    t.is(bed.last('crs.reinstalled')?.blocks, survive ? 1 : 0);
    t.deepEqual([bed.crs.accounts.names, bed.crs.log.entries], [[], []]);
    bed.type(bed.crs, 'create-account hq');
    t.is(loaded(bed, octets, 'again'), 'answered');
    bed.run(3_700);
    t.is(bed.alice.service, survive ? 'refused' : 'registered');
    t.is(bed.bob.service, 'registered');
  }
});

test('months come and go: this one and the next, and sessions of the last one end', (t) => {
  const bed = Testbed.enrolled({ begins: '2015-10-31T12:00:00Z' });
  bed.carryDisc();
  t.deepEqual(bed.crs.accounts.months, ['2015-10', '2015-11']);
  bed.carryDisc('--month 2015-12');
  t.deepEqual(bed.crs.accounts.months, ['2015-10', '2015-11'], 'a month that is too far ahead is not kept');
  bed.alice.shield(true);
  bed.runTo('2015-11-01T00:11:00Z');
  t.deepEqual(bed.crs.accounts.months, ['2015-11']);
  t.is(bed.last('crs.months-held')?.beyond, 0);
  t.true(bed.events('crs.session-closed').some(({ data }) => data.reason === 'month ended'));
  bed.type(bed.crs, 'remove-month 2015-11');
  t.deepEqual(bed.crs.accounts.months, []);
  t.deepEqual(bed.type(bed.crs, 'remove-month 2015-11'), ['Nothing of 2015-11 is held any more.']);
  t.is(bed.crs.accounts.packageOf(NUMBERS.alice, parsePeriod('2015-11')), undefined);
  t.is(bed.crs.screen()[0], 'month 2015-11, holds nothing');
});

test('two phones of one user are noticed', (t) => {
  const bed = Testbed.enrolled();
  const second = bed.newPhone('second-phone', 'alice');
  bed.enrol(second);
  bed.run(3);
  t.is(second.service, 'registered');
  t.true(bed.events('crs.unexpected').some(({ data }) => data.kind === 'two devices, one user'));
});

test('media from a stranger is not passed on', (t) => {
  const bed = Testbed.enrolled({ answers: true });
  bed.call(bed.alice, 'bob', '--for 5s');
  const stranger = bed.fabric.attach('stranger');
  bed.fabric.link('stranger-crs', 'stranger', 'crs');
  const socket = stranger.openDatagram(0, () => undefined);
  for (let port = 49_000; port < 65_536; port++) socket.send({ host: 'crs', port }, new Uint8Array(40));
  bed.run(20);
  t.is(bed.last('crs.call-ended')?.strays, 2, 'one packet for each of the relay ports');
  for (const { data } of bed.events('handset.call-ended')) t.is(data.tampered + data.malformed, 0);
});

test('the audit log counts what repeats, keeps what is unexpected longest, and is bounded', (t) => {
  const log = new AuditLog();
  t.true(log.add('handshake refused', 'unknown', 'a', 1));
  t.false(log.add('handshake refused', 'unknown', 'b', 2));
  for (let n = 0; n < 2 * AUDIT_LINES_MAX; n++) log.add('registered', String(n), '', n);
  t.is(log.entries.length, AUDIT_LINES_MAX);
  t.is(log.dropped, AUDIT_LINES_MAX + 1);
  t.deepEqual(log.unexpected, [
    { kind: 'handshake refused', subject: 'unknown', detail: 'b', first: 1, last: 2, count: 2 },
  ]);
  for (let n = 0; n < 2 * AUDIT_LINES_MAX; n++) log.add('call refused', String(n), '', n);
  t.is(log.entries.length, AUDIT_LINES_MAX, 'even if everything is unexpected');
  log.clear();
  t.deepEqual([log.entries.length, log.dropped], [0, 0]);
});

test('who is blocked between the PSK and the end of their handshake does not get in', (t) => {
  const bed = Testbed.enrolled();
  const { accounts } = bed.crs;
  const credential = accounts.credential.bind(accounts);
  let asked = 0;
  accounts.credential = (identity) => {
    const found = credential(identity);
    // Asked for twice: whether they may connect, and for the PSK.
    if (++asked === 2) bed.type(bed.crs, `block-user ${NUMBERS.carol}`);
    return found;
  };
  const { heard } = intruder(bed);
  t.is(heard.closed, 'reset');
  const blocked = bed.trace.events.findIndex(({ type }) => type === 'crs.user-blocked');
  const after = bed.trace.events.slice(blocked);
  t.is(after.filter(({ type }) => type === 'crs.session-opened').length, 0);
  t.like(
    after.find(({ type }) => type === 'crs.handshake-refused'),
    { data: { user: 'carol', reason: 'blocked' } },
  );
});
