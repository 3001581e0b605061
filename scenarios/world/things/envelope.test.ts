/** Envelopes: what is in one is out of reach, and that it was opened shows. */
import test from 'ava';
import { handsetKind } from '../../../devices/handset/kind.ts';
import { codeOf } from '../../../devices/testbed.fixture.ts';
import { SECOND } from '../../../sim/clock.ts';
import { worldOf } from '../hall.fixture.ts';
import type { World } from '../world.ts';

const ALICE = '+447700900001';

const go = (world: World, by: string, line: string): readonly string[] => world.type(by, by, line);
const refusal = (world: World, by: string, line: string): string => codeOf(() => world.type(by, by, line));

/** A print of Alice's code is on its way to her, in an envelope that the thief happens to carry. */
function sent(): World {
  const world = worldOf();
  world.type('cms-operator', 'cms', `print-qr ${ALICE}`);
  operator(world, 'seal alice-qr-1 envelope-17');
  operator(world, 'carry envelope-17 thief');
  return world;
}

const operator = (world: World, line: string): void => void go(world, 'cms-operator', line);

test('what is in a closed envelope is neither seen nor taken, and goes where the envelope goes', (t) => {
  const world = sent();
  t.is(world.things.placeOf('envelope-17'), 'thief');
  t.is(world.things.placeOf('alice-qr-1'), 'envelope-17');
  t.is(refusal(world, 'insider', 'take alice-qr-1'), 'PEOPLE_SEALED');
  t.is(refusal(world, 'thief', 'photograph alice-qr-1 shot'), 'PEOPLE_SEALED');
  t.is(refusal(world, 'thief', 'read alice-qr-1'), 'ATTACK_NOT_IN_HAND');
  t.is(refusal(world, 'alice', 'scan alice-qr-1'), 'PEOPLE_NOTHING_TO_SCAN');
  t.is(refusal(world, 'alice', 'scan envelope-17'), 'PEOPLE_NOTHING_TO_SCAN');
  const moved = world.trace.events.findLast(
    ({ type, on }) => type === 'custody.carried' && on === 'cms-operator',
  );
  t.is(moved?.type === 'custody.carried' ? moved.data.to : '', 'thief', 'the keys go with it');
  t.is(go(world, 'thief', 'inspect envelope-17')[0], 'envelope-17 is intact.');
  go(world, 'thief', 'carry envelope-17 alice');
  t.deepEqual(go(world, 'alice', 'open envelope-17'), ['You have alice-qr-1.']);
  go(world, 'alice', 'scan alice-qr-1');
  world.runUntil(world.now + 60 * SECOND);
  t.is(world.ofKind(handsetKind).get('alice-phone')?.service, 'registered');
});

test('an envelope that was opened stays opened, whatever is put back', (t) => {
  const world = sent();
  go(world, 'thief', 'open envelope-17');
  go(world, 'thief', 'photograph alice-qr-1 shot');
  t.deepEqual(go(world, 'thief', 'seal alice-qr-1 envelope-17'), [
    'alice-qr-1 is in envelope-17, and everybody sees that it was opened.',
  ]);
  go(world, 'thief', 'carry envelope-17 alice');
  t.is(go(world, 'alice', 'inspect envelope-17')[0], 'envelope-17 was opened.');
  go(world, 'alice', 'open envelope-17');
  t.deepEqual(
    world.trace.events.flatMap(({ type, data }) =>
      type === 'person.opened' || type === 'person.inspected' ? [[data.by, data.intact]] : [],
    ),
    [
      ['thief', true],
      ['alice', false],
      ['alice', false],
    ],
  );
});

test('an envelope holds one print, and nothing else', (t) => {
  const world = sent();
  world.type('cms-operator', 'cms', `print-qr ${ALICE}`);
  operator(world, 'take-blank disc-1');
  t.is(refusal(world, 'cms-operator', 'seal disc-1 envelope-18'), 'PEOPLE_NOT_POSSIBLE');
  t.is(refusal(world, 'cms-operator', 'seal alice-qr-2 disc-1'), 'PEOPLE_NOT_POSSIBLE');
  t.is(refusal(world, 'cms-operator', 'seal alice-qr-2 envelope-17'), 'PEOPLE_NOT_POSSIBLE');
  t.is(refusal(world, 'cms-operator', 'open disc-1'), 'PEOPLE_NOT_POSSIBLE');
  t.is(refusal(world, 'cms-operator', 'open envelope-17'), 'PEOPLE_NOT_IN_HAND');
  go(world, 'thief', 'open envelope-17');
  t.is(refusal(world, 'thief', 'open envelope-17'), 'PEOPLE_NOT_POSSIBLE');
});

test('an envelope that is destroyed takes along what is in it', (t) => {
  const world = sent();
  go(world, 'thief', 'destroy envelope-17');
  t.is(refusal(world, 'alice', 'take alice-qr-1'), 'PEOPLE_DESTROYED');
  t.deepEqual(
    world.trace.events.flatMap(({ type, data }) =>
      type === 'person.destroyed' && data.by === 'thief' ? [data.thing] : [],
    ),
    ['alice-qr-1', 'envelope-17'],
  );
});

test('a world that is taken up again has the envelope as it was, and what is in it', (t) => {
  for (const opened of [false, true]) {
    const world = sent();
    if (opened) {
      go(world, 'thief', 'open envelope-17');
      go(world, 'thief', 'seal alice-qr-1 envelope-17');
    }
    const fork = world.fork();
    t.deepEqual(fork.things.save(), world.things.save());
    t.is(refusal(fork, 'insider', 'take alice-qr-1'), opened ? 'answered' : 'PEOPLE_SEALED');
    t.is(go(world, 'thief', 'inspect envelope-17')[0], `envelope-17 ${opened ? 'was opened' : 'is intact'}.`);
  }
});
