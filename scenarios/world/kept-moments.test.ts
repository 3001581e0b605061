/** Which moments of a world are kept, and that it can be taken up again at any time whatever is left of them. */
import test from 'ava';
import { HOUR, MINUTE, SECOND, type Micros } from '../../sim/clock.ts';
import { digestOfKept, type KeptValue } from '../../sim/kept.ts';
import { assert } from '../../sim/errors.ts';
import type { Checkpoint } from './checkpoint.ts';
import { lastLook } from '../runs/index.ts';
import { performanceOf, worldOf } from './hall.fixture.ts';
import { KeptMoments } from './kept-moments.ts';
import { octetsBeside } from './kept-octets.ts';
import type { World } from './world.ts';

const QUIET = worldOf().checkpoint();

/** A moment with so many octets that no other has, and some that it was given. */
function momentAt(time: Micros, octets: number, shared: Uint8Array = new Uint8Array()): Checkpoint {
  assert(QUIET !== undefined, 'the hall is quiet after its opening');
  return {
    ...QUIET,
    time,
    log: [],
    state: { ...QUIET.state, devices: { own: new Uint8Array(octets), shared } },
  };
}

function timesOf(moments: KeptMoments): readonly Micros[] {
  return moments.checkpoints.map(({ time }) => time);
}

test('the room of a value is that of its parts, without those that the one before it has in the same place', (t) => {
  const part = new Uint8Array(1000);
  const value: KeptValue = { a: [part, 'text'], c: 12n, d: undefined, e: 7 };
  const octets = octetsBeside(value, undefined);
  t.true(octets > 1000 && octets < 1400, `${octets}`);
  t.is(octetsBeside(value, value), 0);
  t.true(octetsBeside({ a: [part, 'other'] }, value) < 120);
  t.true(octetsBeside({ a: [new Uint8Array(1000)] }, value) > 1000);
  t.true(octetsBeside({ a: { 0: part } }, value) > 1000, 'a list and an object have no place in common');
  t.true(octetsBeside({ a: part }, { a: 'text' }) > 1000);
});

test('the nearest moment is the last one that is not later', (t) => {
  const moments = new KeptMoments();
  t.is(moments.before(9), undefined);
  for (const time of [1, 5, 9]) moments.add(momentAt(time, 10));
  t.deepEqual(
    [0, 1, 4, 5, 8, 9, 100].map((time) => moments.before(time)?.time),
    [undefined, 1, 1, 5, 5, 9, 9],
  );
  moments.remember(momentAt(7, 10));
  t.deepEqual(
    [6, 7, 8, 9].map((time) => moments.before(time)?.time),
    [5, 7, 7, 9],
  );
  t.deepEqual([timesOf(moments.until(8)), moments.until(8).before(8)?.time], [[1, 5], 7]);
  t.is(moments.until(6).before(6)?.time, 5);
});

test('what moments have in common counts once', (t) => {
  const shared = new Uint8Array(100_000);
  const moments = new KeptMoments();
  moments.add(momentAt(1, 10, shared));
  const one = moments.octets;
  moments.add(momentAt(2, 10, shared));
  t.true(one > 100_000 && moments.octets - one < 5_000, `${one}, then ${moments.octets}`);
});

test('when the room is taken, those go whose neighbours lie closest; the first and the last stay', (t) => {
  const moments = new KeptMoments(500_000);
  for (const time of [0, 100, 110, 120, 200, 300]) moments.add(momentAt(time, 100_000));
  t.true(moments.octets <= 500_000);
  t.deepEqual(timesOf(moments), [0, 100, 200, 300]);
  for (let time = 301; time < 400; time++) {
    moments.add(momentAt(time, 100_000));
    t.true(moments.octets <= 500_000);
    t.deepEqual([timesOf(moments)[0], timesOf(moments).at(-1)], [0, time]);
  }
});

test('what a moment shared with one that was given up is its own then', (t) => {
  const shared = new Uint8Array(300_000);
  const moments = new KeptMoments(500_000);
  moments.add(momentAt(0, 10));
  moments.add(momentAt(10, 250_000, shared));
  moments.add(momentAt(20, 10, shared));
  t.deepEqual(timesOf(moments), [0, 20]);
  t.true(moments.octets > 300_000, `${moments.octets}`);
});

test('two moments stay, whatever they take', (t) => {
  const moments = new KeptMoments(10);
  for (const time of [1, 2, 3]) moments.add(momentAt(time, 1000));
  t.deepEqual(timesOf(moments), [1, 3]);
});

const YAML = `steps:
  - { id: a, at: "08:01", by: alice, on: alice-phone, type: "call bob --for 5s" }
  - { id: b, at: "09:02", by: bob, on: bob-phone, type: "call alice --for 5s" }
  - { id: c, at: "09:30", by: bob, on: bob-phone, type: "call carol --for 5s" }
  - { id: d, at: "11:03", by: thief, type: "seize alice-phone" }
  - { id: e, at: "11:04", by: crs-admin, on: crs, type: "block-user +447700900001" }
`;

function sameAt(world: World, time: Micros): boolean {
  const [fork, rebuilt] = [world.fork(time), world.rebuild(time)];
  const states = [fork, rebuilt].map((each) => {
    const state = each.checkpoint()?.state;
    return state === undefined ? each.unrest : digestOfKept(state);
  });
  return fork.now === time && fork.trace.digest() === rebuilt.trace.digest() && states[0] === states[1];
}

test('a world can be taken up at any earlier moment, and goes on as it did', (t) => {
  const performance = performanceOf({ yaml: YAML, ends: '11:10' });
  performance.finish();
  const { world } = performance;
  const times = [
    0,
    SECOND,
    61 * SECOND,
    61 * MINUTE,
    62 * MINUTE + SECOND,
    90 * MINUTE,
    3 * HOUR + 4 * MINUTE,
  ];
  for (const time of times) t.true(sameAt(world, time), `at ${time} us`);
  const fork = world.fork(62 * MINUTE + SECOND);
  fork.repeat(world.log.slice(fork.log.length), world.now);
  fork.end((devices) => lastLook(fork, devices, []));
  t.is(fork.trace.digest(), world.trace.digest());
  t.throws(() => world.fork(world.now + 1), { message: /has happened/ });
});

test('a fork can be taken up at moments from before it began', (t) => {
  const performance = performanceOf({ yaml: YAML, ends: '11:10' });
  performance.advanceTo(2 * HOUR);
  const fork = performance.world.fork();
  fork.type('alice', 'alice-phone', 'call carol --for 5s');
  fork.runUntil(2 * HOUR + 2 * SECOND);
  for (const time of [61 * MINUTE, 2 * HOUR + SECOND]) t.true(sameAt(fork, time), `at ${time} us`);
});

test('moments are kept before lines, an hour apart or more', (t) => {
  const performance = performanceOf({ yaml: YAML, ends: '11:10' });
  performance.finish();
  const times = performance.world.moments.checkpoints.map(({ time }) => time);
  t.deepEqual(times, [0, 62 * MINUTE, 183 * MINUTE]);
});
