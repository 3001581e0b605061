/** A disc on which somebody writes what its label says nothing of, and what comes of it. */
import test from 'ava';
import { attackerKind } from '../../../devices/attacker/kind.ts';
import { cmsKind } from '../../../devices/cms/kind.ts';
import { codeOf } from '../../../devices/testbed.fixture.ts';
import { worldOf } from '../hall.fixture.ts';
import type { World } from '../world.ts';

const refusal = (world: World, by: string, line: string): string => codeOf(() => world.type(by, by, line));
const operator = (world: World, line: string): unknown => world.type('cms-operator', 'cms-operator', line);

/** A blank that is in the CRS, which the insider controls. */
function inCrs(): World {
  const world = worldOf();
  operator(world, 'take-blank d');
  operator(world, 'carry d crs-admin');
  world.type('crs-admin', 'crs-admin', 'insert d crs');
  return world;
}

test('whoever has a disc, or the machine that it is in, writes on it; nobody else does', (t) => {
  const world = inCrs();
  t.is(refusal(world, 'thief', 'plant-payload d'), 'ATTACK_NOT_IN_HAND');
  t.is(refusal(world, 'insider', 'plant-payload alice-phone'), 'ATTACK_NOT_IN_HAND');
  t.deepEqual(world.type('insider', 'insider', 'plant-payload d'), ['Whatever machine reads d runs it.']);
  world.type('crs-admin', 'crs-admin', 'eject crs');
  t.is(refusal(world, 'insider', 'plant-payload d'), 'ATTACK_NOT_IN_HAND');
  world.type('thief', 'thief', 'take d');
  t.notThrows(() => world.type('thief', 'thief', 'plant-payload d'));
});

test('what a payload took is read by whoever controls the machine that the next disc is in', (t) => {
  const world = worldOf({ parameters: { 'disc-gate': 'off' } });
  operator(world, 'take-blank d');
  world.type('thief', 'thief', 'take d');
  world.type('thief', 'thief', 'plant-payload d');
  world.type('thief', 'thief', 'carry d cms-operator');
  operator(world, 'insert d cms');
  world.type('cms-operator', 'cms', 'burn-disc --month 2015-11');
  operator(world, 'eject cms');
  t.is(refusal(world, 'insider', 'read d'), 'ATTACK_NOT_IN_HAND');
  world.type('thief', 'thief', 'copy-disc d copy');
  operator(world, 'carry d crs-admin');
  world.type('crs-admin', 'crs-admin', 'insert d crs');
  t.is(refusal(world, 'thief', 'read d'), 'ATTACK_NOT_IN_HAND');
  const { ksak, zT } = world.ofKind(cmsKind).get('cms')?.escrow.master ?? {};
  for (const [who, thing] of [
    ['insider', 'd'],
    ['thief', 'copy'],
  ] as const) {
    world.type(who, who, `read ${thing}`);
    const held = world.ofKind(attackerKind).get(who)?.holdings;
    t.deepEqual(held?.masters, [{ cms: 'cms', ksak, zT }]);
    t.is(held?.packages.length, 3, 'and what the disc is for');
  }
});
