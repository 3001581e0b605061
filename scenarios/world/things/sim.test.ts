import test from 'ava';
import { codeOf } from '../../../devices/testbed.fixture.ts';
import { screenplayOf, worldOf } from '../hall.fixture.ts';
import { canonicalNumber } from '../../../network/mikey/index.ts';

const ALICE = '+447700900001';
const devices = [
  `alice-spare: { kind: handset, platform: android, version: "5.1", owner: alice, sim: "${ALICE}" }`,
  'thief-phone: { kind: handset, platform: android, version: "5.1", owner: thief }',
];
const worldWithSims = () => worldOf({ devices });
const rang = (world: ReturnType<typeof worldOf>): unknown =>
  world.trace.events.findLast(({ type }) => type === 'person.rang')?.data;

test('a number rings where its SIM is, as long as a network reaches that phone', (t) => {
  const world = worldWithSims();
  const ring = () => world.type('bob', 'bob', `ring ${ALICE}`);
  t.regex(ring().join(), /^Somebody answers/);
  const answered = { by: 'bob', number: ALICE, phone: 'alice-spare', answered: 'alice' };
  t.deepEqual(rang(world), answered);
  world.type('alice', 'alice', 'shield alice-spare');
  t.deepEqual(ring(), ['Nobody answers.']);
  world.type('alice', 'alice', 'shield alice-spare --off');
  world.type('alice', 'alice-spare', 'power off');
  t.deepEqual(ring(), ['Nobody answers.']);
  t.deepEqual(rang(world), { ...answered, answered: null });
  t.deepEqual(world.type('bob', 'bob', 'ring +447700900009'), ['Nobody answers.'], 'nobody has that number');
});

test('a number that is moved rings on the other SIM, and the old one is dead', (t) => {
  const world = worldWithSims();
  const move = `move-number ${ALICE} thief-phone`;
  t.is(
    codeOf(() => world.type('bob', 'bob', move)),
    'PEOPLE_NOT_IN_HAND',
  );
  t.is(
    codeOf(() => world.type('thief', 'thief', 'move-number +447700900009 thief-phone')),
    'PEOPLE_NO_NUMBER',
  );
  world.type('thief', 'thief', move);
  t.is(world.premises.simNumberIn('thief-phone'), canonicalNumber(ALICE));
  t.is(world.premises.simNumberIn('alice-spare'), undefined);
  world.type('bob', 'bob', `ring ${ALICE}`);
  t.deepEqual(rang(world), { by: 'bob', number: ALICE, phone: 'thief-phone', answered: 'thief' });
  world.type('alice', 'alice', `move-number ${ALICE} alice-spare`);
  t.is(world.premises.simNumberIn('alice-spare'), canonicalNumber(ALICE), 'and back again');
});

test('a SIM is among the things that are kept, dead or not', (t) => {
  const world = worldWithSims();
  world.type('thief', 'thief', `move-number ${ALICE} thief-phone`);
  const sims = world.things.save().filter(({ kind }) => kind === 'sim');
  t.deepEqual(
    sims.map(({ name, place, is }) => [name, place, is]),
    [
      ['alice-spare-sim', 'alice-spare', { number: ALICE, live: false }],
      ['thief-phone-sim', 'thief-phone', { number: ALICE, live: true }],
    ],
  );
});

test('the number of a SIM is a number', (t) => {
  t.is(
    codeOf(() =>
      screenplayOf({
        devices: ['spare: { kind: handset, platform: android, version: "5.1", owner: alice, sim: "07700" }'],
      }),
    ),
    'SCENARIO_INVALID',
  );
});
