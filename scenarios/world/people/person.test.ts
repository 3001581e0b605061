import test from 'ava';
import { SECOND } from '../../../sim/clock.ts';
import { codeOf } from '../../../devices/testbed.fixture.ts';
import { worldOf } from '../hall.fixture.ts';
import { handsetKind } from '../../../devices/handset/kind.ts';
import { attackerKind } from '../../../devices/attacker/kind.ts';

const refusal = (world: ReturnType<typeof worldOf>, by: string, line: string): string =>
  codeOf(() => world.type(by, by, line));

test('people tell, note and look', (t) => {
  const world = worldOf();
  t.deepEqual(world.type('alice', 'alice', 'tell crs-admin my phone is gone'), ['crs-admin now knows.']);
  t.deepEqual(world.type('alice', 'alice', 'note told them'), ['Noted.']);
  const seen = world.type('alice', 'alice', 'look');
  t.is(seen[0], 'in your hands: alice-phone');
  t.regex(seen.join('\n'), /^alice-phone shows: alice \+447700900001$/m);
  t.notRegex(seen.join('\n'), /bob|crs/, 'she does not see through walls');
  world.type('crs-admin', 'crs-admin', 'take-blank d');
  world.type('crs-admin', 'crs-admin', 'insert d crs');
  t.regex(
    world.type('crs-admin', 'crs-admin', 'look').join('\n'),
    /^in your hands: nothing\nin crs: d\ncrs shows: month/,
  );
  t.deepEqual(world.console('alice').screen(), ['alice has: alice-phone']);
  t.deepEqual(world.console('crs-admin').screen(), ['crs-admin has: nothing']);
  t.is(refusal(world, 'alice', 'tell nobody hello'), 'CONSOLE_VALUE');
});

test('a disc is in one pair of hands, or in one drive', (t) => {
  const world = worldOf();
  const go = (by: string, line: string) => world.type(by, by, line);
  go('cms-operator', 'take-blank d');
  t.is(refusal(world, 'cms-operator', 'take-blank d'), 'PEOPLE_NAME_TAKEN');
  t.is(refusal(world, 'crs-admin', 'insert d crs'), 'PEOPLE_NOT_IN_HAND');
  t.is(refusal(world, 'cms-operator', 'insert d alice-phone'), 'PEOPLE_NOT_POSSIBLE');
  t.is(refusal(world, 'cms-operator', 'insert nothing cms'), 'PEOPLE_NO_THING');
  t.is(refusal(world, 'cms-operator', 'eject cms'), 'PEOPLE_NOT_POSSIBLE');
  go('cms-operator', 'insert d cms');
  t.is(refusal(world, 'cms-operator', 'carry d crs-admin'), 'PEOPLE_NOT_IN_HAND');
  go('cms-operator', 'take-blank e');
  t.is(refusal(world, 'cms-operator', 'insert e cms'), 'HARDWARE_DRIVE_OCCUPIED');
  go('cms-operator', 'eject cms');
  go('cms-operator', 'carry d crs-admin');
  t.is(refusal(world, 'crs-admin', 'destroy alice-phone'), 'PEOPLE_NOT_IN_HAND');
  go('crs-admin', 'destroy d');
  t.is(refusal(world, 'crs-admin', 'insert d crs'), 'PEOPLE_NO_THING');
  t.is(refusal(world, 'alice', 'destroy alice-phone'), 'PEOPLE_NOT_POSSIBLE');
});

test('a code is scanned from a screen or a print that is at hand', (t) => {
  const world = worldOf();
  t.is(refusal(world, 'crs-admin', 'scan cms'), 'PEOPLE_NO_PHONE');
  t.is(refusal(world, 'alice', 'scan cms'), 'PEOPLE_NOTHING_TO_SCAN');
  world.type('cms-operator', 'cms', 'print-qr +447700900001 --marking OFFICIAL');
  t.is(refusal(world, 'alice', 'scan alice-qr-1'), 'PEOPLE_NOTHING_TO_SCAN');
  world.type('cms-operator', 'cms-operator', 'carry alice-qr-1 alice');
  t.deepEqual(world.type('alice', 'alice', 'scan alice-qr-1'), ['alice-phone has read the code.']);
  t.is(refusal(world, 'alice', 'scan alice-phone'), 'PEOPLE_NOTHING_TO_SCAN');
  world.type('alice', 'alice', 'destroy alice-qr-1');
  t.is(refusal(world, 'alice', 'scan alice-qr-1'), 'PEOPLE_NOTHING_TO_SCAN');
});

test('a shielded phone is out of reach, and back when it is taken out', (t) => {
  const world = worldOf();
  t.is(refusal(world, 'bob', 'shield alice-phone'), 'PEOPLE_NOT_IN_HAND');
  t.is(refusal(world, 'alice', 'shield crs'), 'PEOPLE_NOT_IN_HAND');
  world.type('alice', 'alice', 'shield alice-phone');
  world.type('mdm-admin', 'mdm', 'wipe alice-phone');
  t.is(
    codeOf(() => world.type('mdm-admin', 'mdm', 'wipe toaster')),
    'MDM_UNKNOWN_PHONE',
  );
  world.runUntil(60 * SECOND);
  t.is(world.ofKind(handsetKind).get('alice-phone')?.service, 'registered');
  t.deepEqual(world.type('mdm-admin', 'mdm', 'orders'), ['order 1: wipe alice-phone: ordered, sent 1 times']);
  world.type('alice', 'alice', 'shield alice-phone --off');
  world.runUntil(400 * SECOND);
  t.is(world.ofKind(handsetKind).get('alice-phone')?.service, 'wiped');
  t.deepEqual(world.type('mdm-admin', 'mdm', 'orders'), [
    'order 1: wipe alice-phone: acknowledged, sent 2 times',
  ]);
  t.deepEqual(world.type('mdm-admin', 'mdm', 'phones'), ['alice-phone', 'bob-phone', 'carol-phone']);
});

test('what is seized is octets, and the device if it is not left', (t) => {
  const world = worldOf();
  t.is(refusal(world, 'thief', 'seize mdm'), 'PEOPLE_NOT_POSSIBLE');
  t.regex(world.type('insider', 'insider', 'seize crs --leave-it')[0] ?? '', /octets of crs\.$/);
  t.is(world.things.placeOf('crs'), 'its-place');
  t.regex(world.type('thief', 'thief', 'seize alice-phone')[0] ?? '', /and the device\.$/);
  t.is(world.things.placeOf('alice-phone'), 'thief');
  t.is(world.handsetInUse('alice'), undefined);
  const { psks, userKeys, updateKeys } = world.ofKind(attackerKind).get('thief')?.holdings ?? {
    psks: [],
    userKeys: [],
    updateKeys: [],
  };
  t.deepEqual([psks.length, userKeys.length, updateKeys.length], [1, 1, 1]);
});
