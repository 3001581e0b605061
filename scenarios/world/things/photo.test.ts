/** Pictures of screens and prints in a world: who may take them, what is read from them, and what is kept of them. */
import test from 'ava';
import { attackerKind } from '../../../devices/attacker/kind.ts';
import { handsetKind } from '../../../devices/handset/kind.ts';
import { codeOf } from '../../../devices/testbed.fixture.ts';
import { SECOND } from '../../../sim/clock.ts';
import { worldOf } from '../hall.fixture.ts';
import type { World } from '../world.ts';

const ALICE = '+447700900001';
const OWN = 'thief-phone: { kind: handset, platform: android, version: "5.1", owner: thief }';

const wait = (world: World, seconds: number): void => world.runUntil(world.now + seconds * SECOND);
const refusal = (world: World, by: string, line: string): string => codeOf(() => world.type(by, by, line));

/** Alice has a print of her code. */
function printed(): World {
  const world = worldOf({ devices: [OWN] });
  world.type('cms-operator', 'cms', `print-qr ${ALICE}`);
  world.type('cms-operator', 'cms-operator', 'carry alice-qr-1 alice');
  return world;
}

const keysOf = (world: World): readonly number[] => {
  const { psks, userKeys, updateKeys } = world.ofKind(attackerKind).get('thief')?.holdings ?? {};
  return [psks?.length ?? 0, userKeys?.length ?? 0, updateKeys?.length ?? 0];
};

test('a print is photographed where it lies, and the picture is read by an attacker and by a phone', (t) => {
  const world = printed();
  t.deepEqual(world.type('thief', 'thief', 'photograph alice-qr-1 shot'), [
    'You have shot, a picture of alice-qr-1.',
  ]);
  t.is(world.things.placeOf('alice-qr-1'), 'alice');
  t.is(refusal(world, 'insider', 'read shot'), 'ATTACK_NOT_IN_HAND');
  t.deepEqual(world.type('thief', 'thief', 'read shot'), ['Read shot.']);
  t.deepEqual(keysOf(world), [1, 1, 1]);
  t.deepEqual(world.type('thief', 'thief', 'scan shot --with thief-phone'), [
    'thief-phone has read the code.',
  ]);
  wait(world, 60);
  t.is(world.ofKind(handsetKind).get('thief-phone')?.service, 'registered');
  t.false(
    world.trace.events.some(({ type }) => type === 'invariant.broken'),
    'a theft is no further leak',
  );
});

test('a screen is photographed while it shows the code, and no longer', (t) => {
  const world = printed();
  t.is(refusal(world, 'thief', 'photograph cms shot'), 'PEOPLE_NOTHING_TO_SCAN');
  world.type('cms-operator', 'cms', `view-qr ${ALICE}`);
  world.type('thief', 'thief', 'photograph cms shot');
  world.type('cms-operator', 'cms', 'hide-qr');
  t.deepEqual(world.type('thief', 'thief', 'read shot'), ['Read shot.']);
  t.is(refusal(world, 'thief', 'photograph alice-qr-1 shot'), 'PEOPLE_NAME_TAKEN');
});

test('a bad picture fails by itself: nobody is told before, and what it lacked is unreadable', (t) => {
  const world = printed();
  world.type('thief', 'thief', 'photograph alice-qr-1 shot --cm 400 --hurried');
  t.deepEqual(world.type('thief', 'thief', 'read shot'), ['Nothing on shot can be read.']);
  t.deepEqual(keysOf(world), [0, 0, 0]);
  t.is(refusal(world, 'thief', 'scan shot'), 'HARDWARE_QR_UNREADABLE');
  world.type('thief', 'thief', 'register-as alice');
  wait(world, 60);
  world.type('thief', 'thief', 'call-as alice bob');
  wait(world, 120);
  const ended = world.trace.events.flatMap((event) =>
    event.type === 'attack.ended' ? [event.data.reason] : [],
  );
  t.is(ended.at(-1), 'unreadable');
  const [seized] = world.trace.events.filter(({ type, on }) => type === 'custody.seized' && on === 'thief');
  t.is(seized, undefined, 'nothing was had');
});

test('who comes when the print is destroyed has come too late, and lacks what was on it for that reason', (t) => {
  const world = printed();
  world.type('alice', 'alice', 'destroy alice-qr-1');
  for (const line of ['take alice-qr-1', 'photograph alice-qr-1 shot'])
    t.is(refusal(world, 'thief', line), 'PEOPLE_DESTROYED', line);
  t.is(refusal(world, 'thief', 'take no-such-print'), 'PEOPLE_NO_THING');
  world.type('thief', 'thief', 'call-as alice bob');
  wait(world, 120);
  const ended = world.trace.events.findLast((event) => event.type === 'attack.ended');
  t.is(ended?.data.reason, 'destroyed');
  world.type('insider', 'insider', 'call-as alice bob');
  wait(world, 120);
  const other = world.trace.events.findLast((event) => event.type === 'attack.ended');
  t.is(other?.data.reason, 'no-psk', 'who never came for it lacks it for no such reason');
});

test('a world that is taken up again has the picture, pixel by pixel, and the same hand', (t) => {
  const world = printed();
  world.type('thief', 'thief', 'photograph alice-qr-1 shot');
  const fork = world.fork();
  t.deepEqual(fork.things.find('shot').save?.(), world.things.find('shot').save?.());
  for (const each of [world, fork]) each.type('thief', 'thief', 'photograph alice-qr-1 second');
  t.deepEqual(fork.things.find('second').save?.(), world.things.find('second').save?.());
});
