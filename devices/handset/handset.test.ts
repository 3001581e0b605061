import test from 'ava';
import { MINUTE } from '../../sim/clock.ts';
import { sealIMessage } from '../../network/mikey/index.ts';
import { offer } from '../signalling/session-description.ts';
import { Flash, readFlashImage, renderQr } from '../hardware/index.ts';
import { encodeQrPayload, parseQrPayload } from '../media/index.ts';
import { codeOf, NUMBERS, Testbed } from '../testbed.fixture.ts';

test('a scanned code enrols a phone, and it registers', (t) => {
  const bed = Testbed.enrolled();
  t.is(bed.alice.service, 'registered');
  t.is(bed.alice.line, 'idle');
  t.is(bed.alice.number, NUMBERS.alice);
  t.deepEqual(bed.crs.registered, Object.values(NUMBERS));
  t.deepEqual(bed.type(bed.alice, 'status'), ['alice +447700900001', 'service: registered', 'keys: 2015-10']);
  t.deepEqual(bed.type(bed.alice, 'contacts')[1], 'bob +447700900002');
});

test('a phone that was not enrolled does nothing', (t) => {
  const bed = new Testbed();
  t.is(bed.alice.service, 'notEnrolled');
  t.is(bed.alice.line, 'none');
  t.is(bed.refusal(bed.alice, 'call bob'), 'HANDSET_NOT_ENROLLED');
  t.is(bed.refusal(bed.alice, 'fetch'), 'HANDSET_NOT_ENROLLED');
  t.is(bed.refusal(bed.alice, 'answer'), 'HANDSET_NO_CALL');
  t.is(bed.refusal(bed.alice, 'hang-up'), 'HANDSET_NO_CALL');
  t.is(bed.alice.screen()[0], 'alice (not enrolled)');
});

test('a code that cannot be read, names another CRS or holds broken keys changes nothing', (t) => {
  const bed = Testbed.enrolled();
  const before = bed.alice.extract();
  const blank = { width: 200, height: 200, pixels: new Uint8Array(40_000).fill(255) };
  t.is(
    codeOf(() => bed.alice.scan(blank)),
    'HARDWARE_QR_UNREADABLE',
  );
  t.is(
    codeOf(() => bed.alice.scan(renderQr(Uint8Array.from([1, 2, 3])))),
    'MEDIA_TRUNCATED',
  );
  const payload = parseQrPayload(bed.codeOf(NUMBERS.alice));
  const elsewhere = encodeQrPayload({ ...payload, crs: { host: 'elsewhere', port: 5061 } });
  t.is(
    codeOf(() => bed.alice.scan(renderQr(elsewhere))),
    'HANDSET_OTHER_CRS',
  );
  const rsk = payload.keys.rsk.slice();
  rsk[40] = (rsk[40] ?? 0) ^ 1;
  const broken = encodeQrPayload({ ...payload, keys: { ...payload.keys, rsk } });
  t.regex(
    codeOf(() => bed.alice.scan(renderQr(broken))),
    /^MIKEY_/,
  );
  t.is(bed.events('handset.enrol-refused').length, 4);
  t.deepEqual(bed.alice.extract(), before);
  t.is(bed.alice.service, 'registered');
});

test('calls go both ways, with voice that only the two phones can read', (t) => {
  const bed = Testbed.enrolled({ answers: true });
  bed.call(bed.alice, 'bob', '--for 10s');
  bed.run(20);
  bed.call(bed.bob, 'alice', '--for 10s');
  bed.run(20);
  t.deepEqual(
    bed
      .events('handset.call-secure')
      .map(({ data }) => `${data.user} with ${data.peer}`)
      .sort(),
    ['alice with bob', 'alice with bob', 'bob with alice', 'bob with alice'],
  );
  for (const { data } of bed.events('handset.call-ended')) {
    t.is(data.lost + data.tampered + data.replayed + data.malformed, 0);
    t.true(data.received >= 380 && data.received <= 510, `${data.received} packets`);
  }
  t.deepEqual(
    bed.events('handset.call-ended').map(({ data }) => `${data.user} ${data.reason}`),
    ['alice hung-up', 'bob peer-hung-up', 'bob hung-up', 'alice peer-hung-up'],
  );
  t.is(new Set(bed.events('srtp.keyed').map(({ data }) => data.tek.fingerprint)).size, 4);
});

test('a call survives a lossy network, and says what was lost', (t) => {
  const bed = Testbed.enrolled({ answers: true, link: { delayMs: 60, jitterMs: 10, lossRandom: 0.03 } });
  bed.run(20);
  bed.call(bed.alice, 'bob', '--for 20s');
  bed.run(60);
  for (const { data } of bed.events('handset.call-ended')) t.true(data.lost > 10 && data.received > 700);
});

test('the screen shows a call and the verified caller', (t) => {
  const bed = Testbed.enrolled();
  bed.call(bed.alice, 'bob');
  t.is(bed.alice.line, 'dialling');
  t.true(bed.bob.screen().includes('incoming call from alice (verified)'));
  t.true(bed.alice.screen().includes('call with bob'));
  bed.type(bed.bob, 'answer');
  bed.run(1);
  t.true(bed.bob.screen().includes('in a secure call with alice'));
  bed.type(bed.bob, 'hang-up');
  bed.run(2);
  t.is(bed.last('handset.call-ended', 'alice-phone')?.reason, 'peer-hung-up');
});

test('a phone that is busy, or is declined, says so', (t) => {
  const bed = Testbed.enrolled();
  bed.call(bed.alice, 'bob');
  t.is(bed.refusal(bed.alice, 'call carol'), 'HANDSET_BUSY');
  bed.call(bed.carol, 'bob');
  t.is(bed.last('handset.call-refused', 'carol-phone')?.status, 486);
  bed.type(bed.bob, 'hang-up');
  bed.run(2);
  t.is(bed.last('handset.call-refused', 'alice-phone')?.status, 486);
  t.true(bed.alice.screen().some((line) => line.startsWith('Call refused: 486')));
  t.deepEqual([bed.alice.line, bed.bob.line, bed.carol.line], ['idle', 'idle', 'idle']);
});

test('a caller who gives up stops the other phone ringing', (t) => {
  const bed = Testbed.enrolled();
  bed.call(bed.alice, 'bob');
  bed.type(bed.alice, 'hang-up');
  bed.run(2);
  t.is(bed.bob.line, 'idle');
  t.is(bed.last('handset.call-ended', 'bob-phone')?.reason, 'cancelled');
  t.is(bed.last('crs.call-ended')?.reason, 'cancelled');
  bed.call(bed.alice, 'bob');
  t.is(bed.bob.line, 'ringing', 'the next call comes through');
});

test('a call that nobody answers ends by itself', (t) => {
  const bed = Testbed.enrolled();
  bed.call(bed.alice, 'bob');
  bed.run(60);
  t.deepEqual([bed.alice.line, bed.bob.line], ['idle', 'idle']);
  t.regex(bed.last('handset.call-ended', 'alice-phone')?.reason ?? '', /no-answer|refused/);
});

test('numbers that cannot be called are refused at the phone, or by the server', (t) => {
  const bed = Testbed.enrolled();
  t.is(bed.refusal(bed.alice, 'call 07700900002'), 'MIKEY_NUMBER_NATIONAL');
  bed.type(bed.alice, 'call +447700900888');
  bed.run(2);
  t.is(bed.last('handset.call-refused')?.status, 404);
  bed.type(bed.crs, `block-user ${NUMBERS.bob}`);
  bed.call(bed.alice, 'bob');
  t.is(bed.last('handset.call-refused')?.status, 480);
  bed.carol.shield(true);
  bed.call(bed.alice, 'carol');
  bed.run(120);
  t.is(bed.alice.line, 'idle', 'a phone in a shielded bag does not ring, and nobody waits for ever');
});

test('a new month: keys are fetched before, used from the first second, and old ones go on day 3', (t) => {
  const bed = Testbed.enrolled({ begins: '2015-10-28T08:00:00Z', answers: true });
  bed.carryDisc();
  bed.type(bed.alice, 'fetch');
  bed.type(bed.bob, 'fetch');
  bed.run(5);
  t.deepEqual(bed.last('handset.keys-held', 'alice-phone')?.periods, ['2015-10', '2015-11']);
  const [october, november] = bed
    .events('handset.keys-installed', 'alice-phone')
    .map(({ data }) => data.psk.fingerprint);
  t.not(october, november, 'each month has its PSK');
  bed.runTo('2015-11-01T00:00:30Z');
  t.is(bed.alice.service, 'registered');
  t.regex(bed.last('crs.session-opened')?.identity ?? '', /\.2015-11$/);
  bed.call(bed.alice, 'bob', '--for 5s');
  t.is(bed.last('mikey.accepted')?.period, '2015-11');
  bed.runTo('2015-11-02T23:59:00Z');
  t.is(bed.events('handset.keys-removed').length, 0);
  bed.runTo('2015-11-03T00:01:00Z');
  t.deepEqual(
    bed.events('handset.keys-removed').map(({ data }) => data.period),
    ['2015-10', '2015-10', '2015-10'],
  );
  t.deepEqual(bed.last('handset.keys-held', 'alice-phone')?.periods, ['2015-11']);
});

test('a phone without keys of the month is out of service until it is updated by hand', (t) => {
  const bed = Testbed.enrolled({ begins: '2015-10-31T23:00:00Z' });
  bed.runTo('2015-11-01T00:00:10Z');
  t.is(bed.alice.service, 'awaitingNewKeys');
  t.true(bed.alice.screen().some((line) => line.includes('No keys of 2015-11')));
  t.is(bed.refusal(bed.alice, 'call bob'), 'HANDSET_NOT_REGISTERED');
  bed.carryDisc(`--month 2015-11`);
  bed.enrol(bed.alice);
  bed.run(3);
  t.is(bed.alice.service, 'registered');
});

test('a call across midnight is not cut by the new month', (t) => {
  const bed = Testbed.enrolled({ begins: '2015-10-31T23:59:00Z', answers: true });
  bed.carryDisc();
  for (const phone of [bed.alice, bed.bob]) bed.type(phone, 'fetch');
  bed.run(5);
  bed.call(bed.alice, 'bob', '--for 2m');
  bed.runTo('2015-11-01T00:00:30Z');
  t.is(bed.alice.line, 'inCall');
  bed.run(120);
  t.is(bed.last('handset.call-ended', 'alice-phone')?.reason, 'hung-up');
  t.is(bed.alice.service, 'registered');
  t.regex(bed.last('crs.session-opened')?.identity ?? '', /\.2015-11$/);
});

test('a phone out of reach tries again, more and more seldom, and comes back', (t) => {
  const bed = Testbed.enrolled();
  bed.alice.shield(true);
  bed.type(bed.alice, 'restart');
  bed.run(4 * 3_600);
  t.regex(bed.alice.service, /offline|connecting/);
  t.true(bed.alice.screen().includes('No connection to the server.'));
  t.is(bed.events('handset.offline', 'alice-phone').length, 3, 'only the first attempts are traced');
  bed.alice.shield(false);
  bed.run(2 * 3_600);
  t.is(bed.alice.service, 'registered');
});

test('a registration is renewed; one that nobody answers is a lost session', (t) => {
  const bed = Testbed.enrolled({ parameters: { 'register-interval': 10 * MINUTE } });
  bed.run(601);
  t.is(bed.events('handset.registered', 'alice-phone').length, 2);
  bed.fabric.linkNamed('alice-phone-crs')?.partition(true, 'alice-phone');
  bed.run(660);
  t.regex(bed.alice.service, /offline|connecting/);
});

test('a call ends when its session is lost', (t) => {
  const bed = Testbed.enrolled({ answers: true });
  bed.call(bed.alice, 'bob');
  t.is(bed.alice.line, 'inCall');
  bed.type(bed.crs, 'reinstall');
  bed.run(2);
  t.is(bed.last('handset.call-ended', 'alice-phone')?.reason, 'session-lost');
  t.is(bed.last('handset.call-ended', 'bob-phone')?.reason, 'peer-hung-up');
  t.is(bed.last('crs.call-ended')?.reason, 'session ended');
});

test('a dialled call ends as lost when the session goes, not as refused', (t) => {
  const bed = Testbed.enrolled();
  bed.call(bed.alice, 'bob');
  bed.type(bed.crs, `block-user ${NUMBERS.alice}`);
  bed.run(2);
  t.is(bed.last('handset.call-ended', 'alice-phone')?.reason, 'session-lost');
  t.is(bed.events('handset.call-refused').length, 0);
  t.is(bed.bob.line, 'idle');
});

test('a clock that is wrong refuses calls, and a clock set right takes them again', (t) => {
  const bed = Testbed.enrolled({ answers: true, phones: { bob: { clockOffsetMs: 30 * 60_000 } } });
  bed.call(bed.alice, 'bob');
  t.is(bed.last('mikey.refused')?.code, 'MIKEY_SKEW');
  t.is(bed.last('handset.call-refused')?.status, 488);
  t.deepEqual(bed.type(bed.bob, 'set-clock -1800'), ['The clock is 1800 s behind what it was.']);
  bed.call(bed.alice, 'bob');
  t.is(bed.alice.line, 'inCall');
  t.deepEqual(bed.type(bed.bob, 'set-clock 5'), ['The clock is 5 s ahead of what it was.']);
});

test('a restarted phone registers again, and the other end of its call is told', (t) => {
  const bed = Testbed.enrolled({ answers: true });
  bed.call(bed.alice, 'bob');
  bed.type(bed.alice, 'restart');
  bed.run(2);
  t.is(bed.last('handset.call-ended', 'alice-phone')?.reason, 'app-closed');
  t.is(bed.last('handset.call-ended', 'bob-phone')?.reason, 'peer-hung-up');
  t.is(bed.alice.service, 'registered');
});

test('a phone with the storage of another is that other phone', (t) => {
  const bed = Testbed.enrolled();
  bed.alice.switchOff();
  const flash = new Flash(bed.random.stream('copy'));
  for (const [name, { value }] of readFlashImage(bed.alice.extract()).live) flash.write(name, value);
  const clone = bed.newPhone('clone', 'alice', { flash });
  bed.run(3);
  t.is(clone.service, 'registered');
  t.is(bed.events('crs.registered').at(-1)?.data.user, 'alice');
});

test('a package that was changed on the way is refused', (t) => {
  const bed = Testbed.enrolled();
  bed.type(bed.cms, `destroy-keys ${NUMBERS.alice}`);
  bed.carryDisc();
  bed.type(bed.alice, 'fetch');
  bed.run(3);
  t.is(bed.last('handset.keys-refused')?.code, 'MEDIA_UNWRAP_REFUSED');
  bed.type(bed.bob, 'fetch');
  bed.run(3);
  t.is(bed.last('handset.keys-installed')?.user, 'bob');
});

test('an offer from which a key management was taken out is refused', (t) => {
  const bed = Testbed.enrolled();
  const { escrow, period } = bed.cms;
  const random = bed.random.stream('downgrade');
  const { octets } = sealIMessage({
    from: NUMBERS.alice,
    to: NUMBERS.bob,
    senderKeys: escrow.keysOf(NUMBERS.alice, period),
    kms: escrow.kms,
    unixMs: bed.ports.begins + bed.clock.now() / 1000,
    random,
    prf: 'PRF-HMAC-SHA-256',
    policy: { profile: 'AES_CM_128_HMAC_SHA1_80' },
    offered: ['mikey', 'better'],
  });
  const body = offer({ local: { host: 'crs', port: 40_000 }, ssrc: 1, random }, octets);
  bed.crs.inviteDirectly(NUMBERS.bob, NUMBERS.alice, body.octets, () => undefined);
  bed.run(2);
  t.is(bed.last('mikey.refused')?.code, 'HANDSET_DOWNGRADE');
  t.is(bed.bob.line, 'idle');
});

test('packages that come in clear are taken, where the deployment sends them so', (t) => {
  const bed = Testbed.enrolled({ parameters: { 'disc-protection': 'clear' } });
  bed.carryDisc();
  bed.type(bed.alice, 'fetch');
  bed.run(3);
  t.deepEqual(bed.last('handset.keys-held', 'alice-phone')?.periods, ['2015-10', '2015-11']);
});
