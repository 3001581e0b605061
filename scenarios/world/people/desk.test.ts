/** Signs and the register: what can be seen may be said, and what was said is answered or open. */
import test from 'ava';
import { codeOf } from '../../../devices/testbed.fixture.ts';
import { SECOND } from '../../../sim/clock.ts';
import { Alarms } from '../notices/alarms.ts';
import { hallOptionsOf, worldOf } from '../hall.fixture.ts';
import { openingOf } from '../opening.ts';
import { World } from '../world.ts';

const ALICE = '+447700900001';
const go = (world: World, by: string, line: string): readonly string[] => world.type(by, by, line);
const refusal = (world: World, by: string, line: string): string => codeOf(() => world.type(by, by, line));
const WHOLE = '--what gone --since today --users alice --months 2015-10 --done blocked --remains nothing';
const DSO = { world: '' };

/** A world that is watched for alarms, with a security officer in it. */
function watched(): World {
  const users = new Map([
    [ALICE, 'alice'],
    ['+447700900002', 'bob'],
    ['+447700900003', 'carol'],
  ]);
  const options = hallOptionsOf(DSO);
  const { world: place } = options.screenplay;
  const screenplay = {
    ...options.screenplay,
    world: { ...place, people: [...place.people, 'dso', 'dso-deputy'] },
  };
  const world = new World({ ...options, screenplay, witnesses: [new Alarms({ users })] });
  world.repeat(openingOf(screenplay), 30 * SECOND);
  return world;
}

const last = (world: World, type: string): unknown =>
  world.trace.events.findLast((event) => event.type === type)?.data;

test('a loss is somebody’s word, and what is on no screen is no sign', (t) => {
  const world = worldOf();
  t.regex(go(world, 'alice', 'raise taxi loss alice')[0] ?? '', /^taxi is raised/);
  t.is(refusal(world, 'bob', 'raise taxi loss bob'), 'PEOPLE_NAME_TAKEN');
  t.is(refusal(world, 'bob', 'raise other clone-alarm crs-admin'), 'PEOPLE_NOTHING_SEEN');
  for (const kind of ['clone-alarm', 'unaccounted', 'fault'])
    t.is(refusal(world, 'bob', `raise other ${kind} alice`), 'PEOPLE_NOTHING_SEEN', kind);
});

test('a print is unaccounted for when the list that was looked through has it', (t) => {
  const world = worldOf();
  world.type('cms-operator', 'cms', `print-qr ${ALICE} --marking OFFICIAL`);
  t.is(refusal(world, 'cms-operator', 'raise print unaccounted alice'), 'PEOPLE_NOTHING_SEEN');
  world.type('cms-operator', 'cms', 'prints');
  t.is(refusal(world, 'cms-operator', 'raise print unaccounted bob'), 'PEOPLE_NOTHING_SEEN');
  go(world, 'cms-operator', 'raise print unaccounted alice');
  t.like(last(world, 'sign.raised'), {
    rests: world.trace.events.findLast(({ type }) => type === 'cms.prints-listed')?.n,
  });
});

test('a clone alarm rests on a mark of the log that somebody has read', (t) => {
  const world = worldOf({
    devices: ['thief-phone: { kind: handset, platform: android, version: "5.1", owner: thief }'],
  });
  world.type('cms-operator', 'cms', `print-qr ${ALICE}`);
  go(world, 'thief', 'photograph alice-qr-1 shot');
  go(world, 'thief', 'scan shot --with thief-phone');
  world.runUntil(world.now + 60 * SECOND);
  t.is(refusal(world, 'crs-admin', 'raise clone clone-alarm alice'), 'PEOPLE_NOTHING_SEEN');
  world.type('crs-admin', 'crs', 'check-log');
  t.is(refusal(world, 'crs-admin', 'raise clone clone-alarm bob'), 'PEOPLE_NOTHING_SEEN');
  go(world, 'crs-admin', 'raise clone clone-alarm alice');
  t.like(last(world, 'sign.raised'), { kind: 'clone-alarm', user: 'alice' });
});

test('a sign is answered by a notice that the security officer has, or by a recorded decision that nothing was exposed', (t) => {
  const world = watched();
  go(world, 'alice', 'raise taxi loss alice');
  go(world, 'bob', 'raise bag loss bob');
  go(world, 'crs-admin', `write-incident n1 --about taxi ${WHOLE}`);
  go(world, 'crs-admin', 'send n1 mdm-admin');
  go(world, 'mdm-admin', 'read-notice n1');
  go(world, 'dso', 'review');
  t.like(last(world, 'register.reviewed'), { signs: 2, unanswered: 2, incidents: 0, names: 'taxi, bag' });
  go(world, 'crs-admin', 'send n1 dso-deputy');
  go(world, 'dso-deputy', 'read-notice n1');
  go(
    world,
    'dso',
    'write-decision d1 --about bag --decision nothing-exposed --reason "it was at home" --until 2015-11-01',
  );
  go(world, 'dso', 'file d1');
  t.deepEqual(go(world, 'dso', 'review').at(-1), 'open: n1');
  t.like(last(world, 'register.reviewed'), {
    answered: 2,
    unanswered: 0,
    incidents: 1,
    undecided: 1,
    names: 'n1',
  });
  go(
    world,
    'dso',
    'write-decision d2 --about n1 --decision tell --reason "a month of calls" --until 2015-11-01',
  );
  go(world, 'dso', 'file d2');
  go(world, 'dso', 'review');
  t.like(last(world, 'register.reviewed'), { undecided: 0, names: '' });
});

test('the register is held against whose keys came into wrong hands', (t) => {
  const world = watched();
  go(world, 'thief', 'seize alice-phone');
  go(world, 'alice', 'raise taxi loss alice');
  go(world, 'thief', 'seize carol-phone --leave-it');
  go(world, 'bob', 'raise bag loss bob');
  go(world, 'dso', 'review');
  t.deepEqual(last(world, 'audit.alarms'), { signs: 2, exposures: 2, missed: 2, unseen: 1, falseAlarms: 1 });
  go(world, 'crs-admin', `write-incident n1 --about taxi ${WHOLE}`);
  go(world, 'crs-admin', 'send n1 dso');
  go(world, 'dso', 'read-notice n1');
  go(world, 'dso', 'review');
  t.deepEqual(last(world, 'audit.alarms'), { signs: 2, exposures: 2, missed: 1, unseen: 1, falseAlarms: 1 });
});

test('a sign that came before the theft is no sign of it', (t) => {
  const world = watched();
  go(world, 'alice', 'raise taxi loss alice');
  go(world, 'thief', 'seize alice-phone');
  go(world, 'dso', 'review');
  t.like(last(world, 'audit.alarms'), { missed: 1, unseen: 1, falseAlarms: 1 });
});
