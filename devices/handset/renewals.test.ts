/** New keys within a call: they are taken without a gap, believed of nobody but the other end, and refused without harm. */
import test from 'ava';
import { parsePeriod, sealIMessage, type TelNumber, type UserKeys } from '../../network/mikey/index.ts';
import { offer } from '../signalling/session-description.ts';
import { codeOf, NUMBERS, Testbed } from '../testbed.fixture.ts';

const MIDNIGHT = '2015-10-31T23:59:30Z';

/** Alice is in a call with Bob; everybody has keys of October and November. */
function inCall(begins: string, parameters: Readonly<Record<string, boolean | string>> = {}): Testbed {
  const bed = Testbed.enrolled({ begins, answers: true, parameters });
  bed.carryDisc('--month 2015-11');
  for (const phone of [bed.alice, bed.bob, bed.carol]) bed.type(phone, 'fetch');
  bed.run(5);
  bed.call(bed.alice, 'bob', '--for 2m');
  return bed;
}

const distinct = (bed: Testbed): number =>
  new Set(bed.events('srtp.keyed').map(({ data }) => data.tek.fingerprint)).size;

test('new keys are taken by both ends, and nothing is lost, heard twice or refused on the way', (t) => {
  for (const asks of ['alice', 'bob'] as const) {
    const bed = inCall('2015-10-20T08:00:00Z');
    bed.run(20);
    bed.type(bed[asks], 'rekey', asks);
    bed.run(60);
    t.deepEqual(
      bed
        .events('handset.call-rekeyed')
        .map(({ data }) => `${data.user}: ${data.offered}`)
        .sort(),
      [`alice: ${asks === 'alice' ? 'own' : 'peer'}`, `bob: ${asks === 'bob' ? 'own' : 'peer'}`],
    );
    t.is(bed.last('crs.call-renewed')?.from, asks);
    t.is(distinct(bed), 4, 'two keys each way');
    bed.run(60);
    const ended = bed.events('handset.call-ended').map(({ data }) => data);
    t.is(ended.length, 2);
    for (const { reason, seconds, sent, lost, tampered, replayed, malformed } of ended) {
      t.regex(reason, /hung-up/);
      t.true(seconds >= 120 && Math.abs(sent - 50 * seconds) < 5, `${sent} packets in ${seconds} s`);
      t.is(lost + tampered + replayed + malformed, 0);
    }
    t.is(bed.events('handset.call-secure').length, 2, 'it is one call');
  }
});

test('where the deployment says so a call that goes on when the month ends gets keys of the new one', (t) => {
  for (const renews of [true, false]) {
    const bed = inCall(MIDNIGHT, { 'rekey-at-month-end': renews });
    bed.runTo('2015-11-01T00:00:20Z');
    const sent = bed.events('mikey.sent').map(({ data }) => data.period);
    t.deepEqual(sent, renews ? ['2015-10', '2015-11'] : ['2015-10']);
    t.is(bed.events('handset.call-rekeyed').length, renews ? 2 : 0);
    t.deepEqual([bed.alice.line, bed.bob.line], ['inCall', 'inCall']);
  }
});

test('keys that are offered twice at once are refused to the one who comes second, and the call goes on', (t) => {
  const bed = inCall('2015-10-20T08:00:00Z');
  bed.run(10);
  bed.type(bed.alice, 'rekey', 'alice');
  bed.type(bed.bob, 'rekey', 'bob');
  bed.run(10);
  t.deepEqual(
    bed.events('handset.renewal-refused').map(({ data }) => data.status),
    [491],
  );
  t.is(bed.events('handset.call-rekeyed').length, 2);
  t.is(bed.alice.line, 'inCall');
});

test('without a call, or without keys of the month, there is nothing to offer', (t) => {
  const bed = Testbed.enrolled({ begins: '2015-10-31T23:59:30Z', answers: true });
  t.is(
    codeOf(() => bed.type(bed.alice, 'rekey', 'alice')),
    'HANDSET_NO_CALL',
  );
  bed.call(bed.alice, 'bob', '--for 2m');
  bed.runTo('2015-11-01T00:00:10Z');
  t.is(
    codeOf(() => bed.type(bed.alice, 'rekey', 'alice')),
    'HANDSET_NO_KEYS',
  );
});

test('an offer within the call that names the old month, is too old, or is of somebody else is refused, and the call goes on', (t) => {
  const bed = inCall(MIDNIGHT);
  bed.runTo('2015-11-01T00:00:20Z');
  const now = Date.parse('2015-11-01T00:00:20Z');
  const offered = (from: TelNumber, month: string, unixMs: number): string | undefined => {
    const { escrow } = bed.cms;
    const keys: UserKeys = escrow.keysOf(from, parsePeriod(month));
    const random = bed.random.stream(`forger ${from} ${month} ${unixMs}`);
    const { octets } = sealIMessage({
      ...{ from, to: NUMBERS.bob, senderKeys: keys, kms: escrow.kms, unixMs, random },
      ...{ prf: 'PRF-HMAC-SHA-256', policy: { profile: 'AES_CM_128_HMAC_SHA1_80' }, offered: ['mikey'] },
      monthOfKeys: true,
    });
    const before = bed.events('mikey.refused').length;
    const body = offer({ local: { host: 'crs', port: 40_000 }, ssrc: 1, random }, octets).octets;
    let status: number | undefined;
    bed.crs.inviteDirectly(NUMBERS.bob, NUMBERS.alice, body, (told) => (status = told), 'the call');
    bed.run(1);
    const refused = bed.events('mikey.refused')[before]?.data;
    return refused === undefined ? String(status) : `${status} ${refused.code}`;
  };
  t.is(offered(NUMBERS.alice, '2015-10', now), '488 MIKEY_PERIOD_MISMATCH');
  t.is(offered(NUMBERS.alice, '2015-10', now - 3_600_000), '488 MIKEY_SKEW');
  t.is(offered(NUMBERS.carol, '2015-11', now), '488 HANDSET_OTHER_PEER');
  bed.run(10);
  t.deepEqual([bed.alice.line, bed.bob.line], ['inCall', 'inCall']);
  t.is(distinct(bed), 2);
  t.is(offered(NUMBERS.alice, '2015-11', now + 10_000), '200');
});

test('who is in no call is offered no keys within one', (t) => {
  const bed = inCall('2015-10-20T08:00:00Z');
  bed.run(5);
  const told: (number | undefined)[] = [];
  const nothing = new Uint8Array(0);
  bed.crs.inviteDirectly(NUMBERS.carol, NUMBERS.alice, nothing, (status) => told.push(status), 'the call');
  t.deepEqual(told, [undefined]);
});
