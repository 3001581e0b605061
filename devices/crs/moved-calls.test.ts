/** Calls whose sessions are cut with the month: they go on in the sessions that the phones open with their new keys, or end. */
import test from 'ava';
import { assert } from '../../sim/errors.ts';
import { Testbed } from '../testbed.fixture.ts';

/** Alice is in a call with Bob, a second before the CRS cuts the sessions of October. */
function beforeTheCut({ fetched = ['alice', 'bob'], delayMs = 0 } = {}): Testbed {
  const bed = Testbed.enrolled({ begins: '2015-10-31T20:00:00Z', answers: true, link: { delayMs } });
  bed.carryDisc('--month 2015-11');
  for (const phone of [bed.alice, bed.bob]) if (fetched.includes(phone.user)) bed.type(phone, 'fetch');
  bed.run(5);
  bed.runTo('2015-10-31T23:58:00Z');
  bed.call(bed.alice, 'bob');
  bed.runTo('2015-11-01T00:09:59Z');
  assert(bed.alice.line === 'inCall' && bed.bob.line === 'inCall', 'the call has come about');
  return bed;
}

const endsOf = (bed: Testbed) =>
  bed.events('handset.call-ended').map(({ on, data }) => `${on} ${data.reason}`);
const movedOf = (bed: Testbed) =>
  bed.trace.events.flatMap(({ type, on }) => (type.endsWith('.call-moved') ? [`${type} ${on}`] : []));

test('a call goes on in the new sessions of both phones, without a gap, and is hung up in them', (t) => {
  const bed = beforeTheCut();
  bed.run(10);
  t.is(bed.events('crs.session-closed').filter(({ data }) => data.reason === 'month ended').length, 2);
  t.deepEqual(movedOf(bed).sort(), [
    'crs.call-moved crs',
    'crs.call-moved crs',
    'handset.call-moved alice-phone',
    'handset.call-moved bob-phone',
  ]);
  for (const { data } of bed.events('crs.session-opened').slice(-2)) t.regex(data.identity, /\.2015-11$/);
  bed.run(20 * 60);
  t.deepEqual([bed.alice.line, bed.bob.line, bed.crs.registered.length], ['inCall', 'inCall', 2]);
  bed.type(bed.bob, 'hang-up');
  bed.run(5);
  t.deepEqual(endsOf(bed), ['bob-phone hung-up', 'alice-phone peer-hung-up']);
  for (const { data } of bed.events('handset.call-ended')) t.deepEqual([data.lost, data.tampered], [0, 0]);
  t.is(bed.last('crs.call-ended')?.reason, 'callee hung up');
  t.deepEqual([bed.alice.service, bed.bob.service], ['registered', 'registered']);
  t.is(bed.crs.unrest, undefined);
  const opened = bed.events('crs.session-opened').length;
  bed.run(60);
  t.is(bed.events('crs.session-opened').length, opened, 'the month has been changed already');
});

for (const asker of ['alice', 'bob'] as const)
  test(`new keys that ${asker} offers after the cut travel in the new sessions, and are of the new month`, (t) => {
    const bed = beforeTheCut();
    bed.run(10);
    bed.type(bed[asker], 'rekey');
    bed.run(5);
    t.is(bed.last('mikey.accepted')?.period, '2015-11');
    t.is(bed.events('handset.call-rekeyed').length, 2);
    t.is(bed.events('crs.call-renewed').length, 1);
  });

test('a phone without keys of the new month loses the call, and the other end is told when nobody comes', (t) => {
  const bed = beforeTheCut({ fetched: ['alice'] });
  bed.run(10);
  t.deepEqual(endsOf(bed), ['bob-phone session-lost']);
  t.is(bed.alice.line, 'inCall', 'Alice is in again');
  bed.run(60);
  t.deepEqual(endsOf(bed), ['bob-phone session-lost', 'alice-phone peer-hung-up']);
  t.is(bed.last('crs.call-ended')?.reason, 'session ended');
  t.is(bed.crs.unrest, undefined);
});

test('who hangs up while the phone comes in has hung up: the other end is told in the session that is then open', (t) => {
  const bed = beforeTheCut({ delayMs: 100 });
  bed.run(1.2);
  t.is(bed.alice.line, 'moving');
  bed.type(bed.alice, 'hang-up');
  t.is(bed.alice.line, 'leaving');
  t.is(bed.refusal(bed.alice, 'rekey'), 'HANDSET_NO_CALL');
  bed.run(10);
  t.deepEqual(endsOf(bed), ['alice-phone hung-up', 'bob-phone peer-hung-up']);
  t.is(bed.last('crs.call-ended')?.reason, 'caller hung up');
});

test('a call that ends while one end is away ends there too, as soon as its phone is in again', (t) => {
  const bed = beforeTheCut({ delayMs: 100 });
  bed.run(1.2);
  t.is(bed.bob.line, 'moving');
  bed.fabric.linkNamed('bob-phone-crs')?.partition(true);
  bed.run(3);
  t.is(bed.alice.line, 'inCall');
  bed.type(bed.alice, 'rekey');
  bed.run(1);
  t.is(bed.last('handset.renewal-refused')?.status, 491, 'nobody can be asked');
  bed.type(bed.alice, 'hang-up');
  bed.run(2);
  t.is(bed.last('crs.call-ended')?.reason, 'caller hung up');
  t.not(bed.crs.unrest, undefined);
  bed.fabric.linkNamed('bob-phone-crs')?.partition(false);
  bed.run(30);
  t.deepEqual(endsOf(bed).at(-1), 'bob-phone peer-hung-up');
});

test('a block ends the call of a user whose session was cut, though nothing of theirs is open', (t) => {
  const bed = beforeTheCut();
  bed.fabric.linkNamed('bob-phone-crs')?.partition(true);
  bed.run(5);
  t.is(bed.alice.line, 'inCall');
  bed.type(bed.crs, `block-user ${bed.contacts.numberOf('bob') ?? ''}`);
  bed.run(2);
  t.is(bed.last('crs.call-ended')?.reason, 'blocked');
  t.deepEqual(endsOf(bed), ['alice-phone peer-hung-up']);
});

test('a block whose user is in a call ends it after the month as before it', (t) => {
  const bed = beforeTheCut();
  bed.run(10);
  bed.type(bed.crs, `block-user ${bed.contacts.numberOf('bob') ?? ''}`);
  bed.run(2);
  t.is(bed.last('crs.call-ended')?.reason, 'blocked');
  t.deepEqual(endsOf(bed).sort(), ['alice-phone peer-hung-up', 'bob-phone session-lost']);
});

test('another phone of the same user does not get the call', (t) => {
  const bed = beforeTheCut();
  bed.fabric.linkNamed('bob-phone-crs')?.partition(true);
  bed.run(1);
  const other = bed.newPhone('bob-phone-2', 'bob');
  bed.enrol(other);
  bed.run(5);
  t.is(other.service, 'registered');
  t.is(bed.events('crs.call-moved').filter(({ data }) => data.user === 'bob').length, 0);
  bed.run(60);
  t.is(bed.last('crs.call-ended')?.reason, 'session ended');
});
