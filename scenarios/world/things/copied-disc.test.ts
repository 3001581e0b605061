/** Discs that are copied on their way: the disc goes on to where it was going, and the copy is read. */
import test from 'ava';
import { attackerKind } from '../../../devices/attacker/kind.ts';
import { codeOf } from '../../../devices/testbed.fixture.ts';
import { worldOf } from '../hall.fixture.ts';
import type { World } from '../world.ts';

const refusal = (world: World, by: string, line: string): string => codeOf(() => world.type(by, by, line));

/** A disc of this month in the operator's hands. */
function burnt(): World {
  const world = worldOf();
  world.type('cms-operator', 'cms-operator', 'take-blank d');
  t0(world, 'insert d cms');
  world.type('cms-operator', 'cms', 'burn-disc --month 2015-11');
  t0(world, 'eject cms');
  return world;
}

const t0 = (world: World, line: string): unknown => world.type('cms-operator', 'cms-operator', line);

test('a copy has what the disc has, and the disc is where it was', (t) => {
  const world = burnt();
  t.deepEqual(world.type('thief', 'thief', 'copy-disc d copy'), ['You have copy, and cms-operator has d.']);
  t.is(world.things.placeOf('d'), 'cms-operator');
  t0(world, 'carry d crs-admin');
  world.type('crs-admin', 'crs-admin', 'insert d crs');
  world.type('crs-admin', 'crs', 'load-disc');
  t.deepEqual(world.type('thief', 'thief', 'read copy'), ['Read copy.']);
  const { psks, packages, userKeys } = world.ofKind(attackerKind).get('thief')?.holdings ?? {};
  t.deepEqual([psks?.length, packages?.length, userKeys?.length], [3, 3, 0]);
  t.true(psks?.every(({ identity }) => identity.endsWith('2015-11')));
});

test('a disc is not copied in a drive, blank, under a name that is taken, or after its end', (t) => {
  const world = burnt();
  t.is(refusal(world, 'thief', 'copy-disc d d'), 'PEOPLE_NAME_TAKEN');
  t.is(refusal(world, 'thief', 'copy-disc alice-phone copy'), 'PEOPLE_NOT_POSSIBLE');
  t0(world, 'insert d cms');
  t.is(refusal(world, 'thief', 'copy-disc d copy'), 'PEOPLE_NOT_POSSIBLE');
  t0(world, 'eject cms');
  t0(world, 'destroy d');
  t.is(refusal(world, 'thief', 'copy-disc d copy'), 'PEOPLE_DESTROYED');
  t0(world, 'take-blank e');
  t.is(refusal(world, 'thief', 'copy-disc e copy'), 'HARDWARE_DISC_BLANK');
});

test('what lies on the disk of a CRS is read by whoever copies it: PSKs with their identities, and packages', (t) => {
  const world = worldOf();
  world.type('insider', 'insider', 'seize crs --leave-it');
  const { psks, packages } = world.ofKind(attackerKind).get('insider')?.holdings ?? {};
  t.deepEqual([psks?.length, packages?.length], [3, 3]);
  const numbers = psks?.map(({ number }) => String(number));
  t.deepEqual(numbers, ['+447700900001', '+447700900002', '+447700900003']);
});
