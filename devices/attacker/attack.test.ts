import test from 'ava';
import { SECOND } from '../../sim/clock.ts';
import { Secret } from '../../sim/secret.ts';
import {
  firstOf,
  hangUp,
  inconclusive,
  opened,
  refused,
  refusedFor,
  typeAt,
  witnessed,
  type Outcome,
} from './attack.ts';
import { Hideout } from './hideout.fixture.ts';

const hideout = new Hideout();
const { bed, stage } = hideout;

test('an outcome has means when it opened, and none otherwise', (t) => {
  const key = new Secret('PSK', 'alice', new Uint8Array(32));
  const none = { reason: null, missing: [], means: [], sources: [] };
  t.deepEqual(opened('so', { means: [key], sources: ['crs', 'crs'] }, { audioSeconds: 2 }), {
    ...none,
    outcome: 'opened',
    because: 'so',
    means: [key],
    sources: ['crs'],
    audioSeconds: 2,
  });
  t.deepEqual(inconclusive('so'), { ...none, outcome: 'inconclusive', because: 'so' });
});

test('the first obstacle of the list is the reason, and what is printed follows from the codes', (t) => {
  t.deepEqual(refused('no-rsk', { missing: ['stale-psk', 'blocked', 'stale-psk'], detail: 'alice' }), {
    outcome: 'refused',
    because: 'the user is blocked on the CRS (alice); also stale-psk, no-rsk',
    reason: 'blocked',
    missing: ['stale-psk', 'no-rsk'],
    means: [],
    sources: [],
  });
  const otherwise = (): Outcome => inconclusive('nobody said why');
  t.deepEqual(refusedFor([], otherwise), otherwise());
  t.is(refusedFor(['no-rsk', 'no-psk'], otherwise).reason, 'no-psk');
});

test('whoever answers first ends it, and who comes later changes nothing', (t) => {
  const outcomes: Outcome[] = [];
  const race = firstOf(
    stage,
    5 * SECOND,
    () => inconclusive('late'),
    (outcome) => outcomes.push(outcome),
  );
  t.false(race.over);
  bed.run(4);
  t.deepEqual(outcomes, []);
  race.finish(opened('first', {}));
  race.finish(opened('second', {}));
  t.true(race.over);
  bed.run(10);
  t.deepEqual(outcomes, [opened('first', {})]);
});

test('when nobody answers in time it ends by itself, with what is known by then', (t) => {
  const outcomes: Outcome[] = [];
  let why = 'nothing yet';
  const race = firstOf(
    stage,
    5 * SECOND,
    () => inconclusive(why),
    (outcome) => outcomes.push(outcome),
  );
  bed.run(4.999);
  why = 'something';
  t.false(race.over);
  bed.run(0.001);
  t.true(race.over);
  race.finish(opened('too late', {}));
  t.deepEqual(outcomes, [inconclusive('something')]);
});

test('a witness sees events until it is over, and none after', (t) => {
  const seen: string[] = [];
  const outcomes: Outcome[] = [];
  witnessed(
    stage,
    60 * SECOND,
    (event, race) => {
      seen.push(event.type);
      if (event.type === 'handset.restarted') race.finish(opened('restarted', {}));
    },
    () => inconclusive('late'),
    (outcome) => outcomes.push(outcome),
  );
  bed.type(bed.carol, 'status');
  t.deepEqual(seen, ['console.typed', 'console.answered']);
  bed.type(bed.carol, 'restart');
  const { length } = seen;
  t.is(seen.at(-1), 'handset.restarted');
  bed.run(10);
  t.is(seen.length, length);
  t.deepEqual(outcomes, [opened('restarted', {})]);
});

test('whoever has a phone hangs up when it is in a call, and only then', (t) => {
  hangUp(undefined);
  hangUp(bed.alice);
  t.is(bed.alice.line, 'idle');
  bed.call(bed.alice, 'bob');
  t.not(bed.alice.line, 'idle');
  hangUp(bed.alice);
  bed.run(2);
  t.deepEqual([bed.alice.line, bed.bob.line], ['idle', 'idle']);
  hangUp(bed.newPhone('new-phone', 'alice'));
  t.is(bed.last('console.refused', 'alice-phone'), undefined);
});

test('a line that is refused stays in the trace and stops nobody', (t) => {
  typeAt(stage, undefined, 'answer', 'thief');
  t.is(bed.last('console.refused'), undefined);
  typeAt(stage, bed.alice, 'answer', 'alice');
  t.deepEqual(bed.last('console.typed', 'alice-phone'), { by: 'alice', line: 'answer' });
  t.is(bed.last('console.refused', 'alice-phone')?.code, 'HANDSET_NO_CALL');
});
