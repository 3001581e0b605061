/** A phone that is switched off and on: what stops, what is lost, what stays, and what others see of it. */
import test from 'ava';
import { readFlashImage } from '../hardware/index.ts';
import { NUMBERS, Testbed } from '../testbed.fixture.ts';

const keysOf = (bed: Testbed): readonly string[] =>
  [...readFlashImage(bed.alice.extract()).live.keys()].filter((name) => /20\d\d-\d\d/.test(name));

test('a phone that is off says nothing: its registration runs out at the CRS, which was never told', (t) => {
  const bed = Testbed.enrolled();
  bed.type(bed.alice, 'power off');
  t.deepEqual(bed.alice.screen(), ['(switched off)']);
  t.is(bed.alice.service, 'off');
  bed.run(600);
  t.true(bed.crs.registered.includes(NUMBERS.alice));
  t.is(bed.events('crs.session-closed').length, 0);
  bed.run(26 * 3600);
  t.false(bed.crs.registered.includes(NUMBERS.alice));
  t.is(bed.last('crs.registration-ended')?.user, 'alice');
  t.is(bed.events('handset.offline', 'alice-phone').length, 0);
  bed.type(bed.alice, 'power on');
  bed.run(5);
  t.is(bed.alice.service, 'registered');
  t.true(bed.crs.registered.includes(NUMBERS.alice));
});

test('what is typed on a phone that is off is refused, and so is a camera in front of a code', (t) => {
  const bed = Testbed.enrolled();
  t.is(bed.refusal(bed.alice, 'power on'), 'HANDSET_ON');
  bed.type(bed.alice, 'power off');
  for (const line of ['power off', 'call bob', 'restart', 'fetch', 'set-clock 5', 'contacts', 'install'])
    t.is(bed.refusal(bed.alice, line), 'HANDSET_OFF', line);
  t.deepEqual(bed.type(bed.alice, 'status'), ['(switched off)']);
  t.throws(() => bed.enrol(bed.alice), { code: 'HANDSET_OFF' });
  t.false(bed.alice.takeNetworkTime(5_000));
  t.is(bed.events('handset.enrolled', 'alice-phone').length, 1);
});

test('nothing erases the keys of a month on a phone that is off over its end; they go when it is on again', (t) => {
  const bed = Testbed.enrolled({ begins: '2015-10-30T08:00:00Z' });
  bed.carryDisc('--month 2015-11');
  bed.type(bed.alice, 'fetch');
  bed.run(3);
  const before = keysOf(bed);
  t.true(before.some((name) => name.includes('2015-10')));
  t.true(before.some((name) => name.includes('2015-11')));
  bed.type(bed.alice, 'power off');
  bed.runTo('2015-11-04T08:00:00Z');
  t.deepEqual(keysOf(bed), before);
  t.is(bed.events('handset.keys-removed', 'alice-phone').length, 0);
  t.is(bed.events('handset.keys-removed', 'bob-phone').length, 1);
  bed.type(bed.alice, 'power on');
  bed.run(5);
  t.deepEqual(bed.last('handset.keys-removed', 'alice-phone'), {
    user: 'alice',
    period: '2015-10',
    erased: true,
  });
  t.deepEqual(
    keysOf(bed),
    before.filter((name) => !name.includes('2015-10')),
  );
  t.is(bed.alice.service, 'registered');
});

test('on again in the days in which both months are held, a phone keeps both until they are over', (t) => {
  const bed = Testbed.enrolled({ begins: '2015-10-30T08:00:00Z' });
  bed.carryDisc('--month 2015-11');
  bed.type(bed.alice, 'fetch');
  bed.run(3);
  bed.type(bed.alice, 'power off');
  bed.runTo('2015-11-01T12:00:00Z');
  bed.type(bed.alice, 'power on');
  bed.run(5);
  t.is(bed.alice.service, 'registered');
  t.is(bed.events('handset.keys-removed', 'alice-phone').length, 0);
  bed.runTo('2015-11-03T00:00:01Z');
  t.is(bed.last('handset.keys-removed', 'alice-phone')?.period, '2015-10');
});

test('a month that ends while a phone is off is over for it when it is on: without new keys it waits', (t) => {
  const bed = Testbed.enrolled({ begins: '2015-10-31T08:00:00Z' });
  bed.type(bed.alice, 'power off');
  bed.runTo('2015-11-01T08:00:00Z');
  t.is(bed.events('handset.awaiting-keys', 'alice-phone').length, 0);
  bed.type(bed.alice, 'power on');
  t.is(bed.alice.service, 'awaitingNewKeys');
});

test('a phone that goes off in a call leaves the other end waiting, and may call when it is on', (t) => {
  const bed = Testbed.enrolled({ answers: true });
  bed.call(bed.alice, 'bob');
  t.is(bed.bob.line, 'inCall');
  bed.type(bed.alice, 'power off');
  bed.run(5);
  t.is(bed.last('handset.call-ended', 'alice-phone')?.reason, 'app-closed');
  t.is(bed.bob.line, 'inCall');
  bed.type(bed.bob, 'hang-up');
  bed.type(bed.alice, 'power on');
  bed.run(5);
  bed.call(bed.alice, 'carol');
  t.is(bed.alice.line, 'inCall');
});

test('an order of the MDM does not reach a phone that is off, and does when it is on', (t) => {
  const bed = Testbed.enrolled();
  bed.type(bed.alice, 'power off');
  bed.type(bed.mdm, 'wipe alice-phone');
  bed.run(3600);
  t.is(bed.events('handset.wiped').length, 0);
  t.is(bed.events('mdm.wipe-acknowledged').length, 0);
  bed.type(bed.alice, 'power on');
  bed.run(24 * 3600);
  t.is(bed.events('mdm.wipe-acknowledged').length, 1);
  bed.type(bed.alice, 'power off');
  bed.type(bed.alice, 'power on');
  t.is(bed.alice.service, 'wiped');
  t.is(bed.events('handset.wiped').length, 1);
});

test('a phone in a shielded bag is out of reach, on or off', (t) => {
  const bed = Testbed.enrolled();
  bed.alice.shield(true);
  bed.type(bed.alice, 'power off');
  bed.type(bed.alice, 'power on');
  bed.run(60);
  t.not(bed.alice.service, 'registered');
  bed.type(bed.alice, 'power off');
  bed.alice.shield(false);
  bed.run(60);
  t.is(bed.events('handset.registered', 'alice-phone').length, 1);
  bed.type(bed.alice, 'power on');
  bed.run(60);
  t.is(bed.alice.service, 'registered');
});
