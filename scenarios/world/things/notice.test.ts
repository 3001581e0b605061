/** Notices in a world: they count when nothing is lacking, for whom they were sent to, by the route that applies. */
import test from 'ava';
import { codeOf } from '../../../devices/testbed.fixture.ts';
import { worldOf, type HallOptions } from '../hall.fixture.ts';
import type { World } from '../world.ts';

const go = (world: World, by: string, line: string): readonly string[] => world.type(by, by, line);
const refusal = (world: World, by: string, line: string): string => codeOf(() => world.type(by, by, line));
const told = (world: World, prefix: string): readonly string[] =>
  world.trace.events.flatMap(({ type, on }) => (type.startsWith(prefix) ? [`${type} ${on}`] : []));

const WHOLE =
  '--what "a phone is gone" --since 2015-10-14 --users alice --months 2015-10 --done blocked --remains "calls of October"';

/** Alice's phone is gone, by her word. */
function reported(options: HallOptions = {}): World {
  const world = worldOf(options);
  go(world, 'alice', 'raise taxi loss alice');
  return world;
}

test('a notice that lacks something is asked back, and counts once it is complete', (t) => {
  const world = reported();
  const [said] = go(world, 'crs-admin', 'write-incident n1 --about taxi --what "a phone is gone"');
  t.is(said, 'n1 is written. It lacks since, users, months, done, remains.');
  go(world, 'crs-admin', 'send n1 cms-operator');
  t.regex(go(world, 'cms-operator', 'read-notice n1')[0] ?? '', /^You ask crs-admin for since, users/);
  t.deepEqual(told(world, 'notice.received'), []);
  go(world, 'crs-admin', `write-incident n1 ${WHOLE}`);
  t.regex(go(world, 'cms-operator', 'read-notice n1')[0] ?? '', /^You ask/, 'what was sent is what is read');
  go(world, 'crs-admin', 'send n1 cms-operator');
  t.deepEqual(go(world, 'cms-operator', 'read-notice n1').slice(0, 2), ['You have read n1.', 'about: taxi']);
  const received = world.trace.events.findLast(({ type }) => type === 'notice.received');
  t.like(received?.data, { by: 'cms-operator', from: 'crs-admin', about: 'taxi', until: null });
});

test('a planted reader takes what is lacking for complete, and any route for the right one', (t) => {
  const lax = reported({ broken: ['person.asks-back', 'person.keeps-to-the-route'] });
  go(lax, 'crs-admin', 'write-incident n1 --about taxi');
  go(lax, 'crs-admin', 'send n1 cms-operator --route cryptographic-items');
  go(lax, 'cms-operator', 'read-notice n1');
  t.deepEqual(told(lax, 'notice.received'), ['notice.received cms-operator']);
});

test('a notice by the route for cryptographic items counts for nothing, however complete', (t) => {
  const world = reported();
  go(world, 'crs-admin', `write-incident n1 --about taxi ${WHOLE}`);
  go(world, 'crs-admin', 'send n1 cms-operator --route cryptographic-items');
  t.regex(go(world, 'cms-operator', 'read-notice n1')[0] ?? '', /does not apply/);
  t.deepEqual(told(world, 'notice.wrong'), ['notice.wrong-route cms-operator']);
  t.deepEqual(told(world, 'notice.received'), []);
});

test('a notice is read by those whom it was sent to, and written on by whoever wrote it', (t) => {
  const world = reported();
  go(world, 'crs-admin', 'write-fault n1 --about taxi');
  t.is(refusal(world, 'bob', 'read-notice n1'), 'PEOPLE_NOT_POSSIBLE');
  t.is(refusal(world, 'bob', 'send n1 alice'), 'PEOPLE_NOT_POSSIBLE');
  t.is(refusal(world, 'bob', 'write-fault n1 --about taxi'), 'PEOPLE_NAME_TAKEN');
  t.is(refusal(world, 'crs-admin', 'write-incident n1 --about taxi'), 'PEOPLE_NAME_TAKEN');
  t.is(refusal(world, 'crs-admin', 'send alice-phone bob'), 'PEOPLE_NOT_POSSIBLE');
  t.is(refusal(world, 'crs-admin', 'send nothing bob'), 'PEOPLE_NO_THING');
});

test('a record that lacks something is not taken into the register, and days are days', (t) => {
  const world = reported();
  go(world, 'crs-admin', 'write-exception e1 --phone alice-phone --app chatter');
  t.is(refusal(world, 'crs-admin', 'file e1'), 'PEOPLE_INCOMPLETE');
  t.is(refusal(world, 'crs-admin', 'write-exception e1 --until 2015-02-30'), 'CONSOLE_VALUE');
  go(world, 'crs-admin', 'write-exception e1 --owner "head of sales" --until 2015-11-30');
  go(world, 'crs-admin', 'file e1');
  t.deepEqual(told(world, 'notice.filed'), ['notice.filed crs-admin']);
  t.is(refusal(world, 'crs-admin', 'write-decision d1 --decision perhaps'), 'CONSOLE_VALUE');
});

test('notices go on in a fork as they were', (t) => {
  const world = reported();
  go(world, 'crs-admin', `write-incident n1 --about taxi ${WHOLE}`);
  go(world, 'crs-admin', 'send n1 cms-operator');
  t.true(world.keep());
  const fork = world.fork();
  t.is(go(fork, 'cms-operator', 'read-notice n1')[0], 'You have read n1.');
  t.deepEqual(fork.things.save(), world.things.save());
});
