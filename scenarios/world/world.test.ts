import test from 'ava';
import { MINUTE, SECOND } from '../../sim/clock.ts';
import { CalldrillError } from '../../sim/errors.ts';
import { Console } from '../../devices/console/index.ts';
import { codeOf } from '../../devices/testbed.fixture.ts';
import { performanceOf, worldOf } from './hall.fixture.ts';
import { eventFieldsOf } from './known-events.ts';
import { CMS, CRS, MDM } from '../language/standing.ts';
import { SHIPPED_KINDS } from './shipped-kinds.ts';
import type { ReachedHandset } from '../../devices/handset/index.ts';
import { handsetKind } from '../../devices/handset/kind.ts';

test('the opening enrols everybody who has a phone', (t) => {
  const world = worldOf();
  for (const phone of world.ofKind(handsetKind).values()) t.is(phone.service, 'registered', phone.name);
  t.deepEqual([...world.consoles.keys()].slice(0, 2), [CRS, CMS]);
  t.true(world.consoles.has(MDM));
  t.is(world.trace.events.filter(({ type }) => type === 'console.refused').length, 0);
});

test('a fork is the same world: the same lines lead to the same trace', (t) => {
  const world = worldOf();
  world.type('alice', 'alice-phone', 'call bob --for 4s');
  t.is(
    codeOf(() => world.type('alice', 'alice-phone', 'call 0770')),
    'MIKEY_NUMBER_NATIONAL',
  );
  world.runUntil(33 * SECOND);
  const fork = world.fork();
  t.is(fork.trace.digest(), world.trace.digest());
  for (const each of [world, fork]) {
    each.type('bob', 'bob-phone', 'hang-up');
    each.runUntil(50 * SECOND);
    each.end();
  }
  t.is(fork.trace.digest(), world.trace.digest());
});

test('what happens in a fork does not touch the world', (t) => {
  const world = worldOf();
  const before = world.trace.digest();
  const fork = world.fork();
  fork.type('crs-admin', CRS, 'reinstall');
  fork.runUntil(60 * SECOND);
  t.is(world.trace.digest(), before);
  t.is(world.ofKind(handsetKind).get('alice-phone')?.service, 'registered');
});

test('a phone of another process may stop ringing, or die, while it is to be answered or extracted', (t) => {
  const asked: string[] = [];
  const gone = (what: string): never => {
    asked.push(what);
    throw new CalldrillError('CONTROL_DEVICE_LOST', 'bob-phone is gone', 'Start it again.');
  };
  const dying: typeof handsetKind = {
    ...handsetKind,
    build(premises, declared) {
      const { name } = declared;
      const console = new Console({
        owner: name,
        title: '',
        trace: premises.ports.trace,
        commands: [],
        screen: () => [],
      });
      console.type = () => gone('answer');
      const device: ReachedHandset = {
        ...{ name, user: 'bob', number: undefined, service: 'registered', line: 'ringing' },
        ...{ scan: () => undefined, shield: () => undefined, hangUp: () => '' },
        extract: () => gone('extract'),
      };
      const kept = { save: () => gone('save'), unrest: () => 'it is a process of its own' };
      return { device, console, physical: device, holder: 'bob', ...kept };
    },
  };
  const { world } = performanceOf({
    kinds: SHIPPED_KINDS.map((kind) => (kind.name === dying.name ? dying : kind)),
    yaml: 'expect:\n  - { id: begun, see: trace.began }\n',
  });
  const call = { csb: '1', from: 'alice', to: 'bob', shown: 'alice', header: 'alice', mismatch: false };
  world.trace.append('handset.ringing', 'bob-phone', call);
  t.notThrows(() => world.runUntil(world.now + 60 * SECOND));
  t.notThrows(() =>
    world.trace.append('handset.wiped', 'bob-phone', { user: 'bob', records: 0, method: 'key-erase' }),
  );
  t.deepEqual(asked, ['answer', 'extract']);
});

test('a person who is played does not answer by themselves', (t) => {
  for (const played of [[], ['bob']]) {
    const world = worldOf({ played });
    world.type('alice', 'alice-phone', 'call bob');
    world.runUntil(40 * SECOND);
    t.is(world.ofKind(handsetKind).get('bob-phone')?.line, played.length === 0 ? 'inCall' : 'ringing');
  }
});

test('nobody sits at a fork: from then on its phones are answered, whoever is played', (t) => {
  const world = worldOf({ played: ['bob'] });
  const fork = world.fork();
  for (const each of [world, fork]) {
    each.type('alice', 'alice-phone', 'call bob');
    each.runUntil(40 * SECOND);
  }
  t.is(fork.ofKind(handsetKind).get('bob-phone')?.line, 'inCall');
  t.is(world.ofKind(handsetKind).get('bob-phone')?.line, 'ringing');
});

test('a console of nobody is refused by name', (t) => {
  const world = worldOf();
  t.is(
    codeOf(() => world.type('alice', 'toaster', 'help')),
    'WORLD_NO_CONSOLE',
  );
  t.deepEqual(world.premises.network.linksOfPhone('toaster'), []);
  t.is(world.handsetInUse('nobody'), undefined);
});

const CALL = 'steps:\n  - { id: a, at: "08:01", by: alice, on: alice-phone, type: "call bob --for 5s" }\n';
const PASSIVE = `${CALL}probes:
  - { id: p, row: tls-passive, at: "08:02", by: thief, on: thief, type: "read-signalling alice", predict: refused, because: "no PSK" }
  - { id: q, row: dec-in, at: "08:02:30", by: thief, on: thief, type: "decrypt alice-to-bob#1", predict: refused, because: "no RSK" }
`;

const DISTURBING = `${PASSIVE}  - { id: r, row: live-call, at: "08:03", by: thief, type: "call-as alice bob", predict: refused, because: "nothing is held" }
  - { id: s, row: dec-in, at: "08:03:30", by: thief, type: "decrypt nobody-to-bob#1", predict: refused, because: "no such call" }
`;

test('a run is what it would be without its probes, but for what is said of each', (t) => {
  const [without, with_] = [CALL, DISTURBING].map((yaml) => {
    const performance = performanceOf({ yaml: `${yaml}  `, ends: '08:05' });
    performance.finish();
    const { events } = performance.world.trace;
    t.is(events.filter(({ type }) => type === 'probe.result').length, yaml === CALL ? 0 : 4);
    return (
      events
        // The last look counts the octets of the trace, too.
        .filter(({ type }) => !['probe.result', 'audit.scanned', 'trace.ended'].includes(type))
        .map(({ t: time, type, on, data }) => JSON.stringify([time, type, on, data]))
    );
  });
  t.deepEqual(with_, without);
});

test('a fork has what the performance said of its probes, and what its witnesses said', (t) => {
  const performance = performanceOf({ yaml: DISTURBING, ends: '08:05' });
  performance.advanceTo(4 * MINUTE);
  const { world } = performance;
  const fork = world.fork();
  t.is(fork.trace.digest(), world.trace.digest());
  t.true(fork.trace.events.some(({ type }) => type === 'probe.result'));
  t.true(fork.trace.events.some(({ type }) => type === 'audit.call-keys'));
  t.deepEqual(fork.log, world.log);
});

test('what is tried leaves no mark', (t) => {
  const world = worldOf();
  const [before, entries] = [world.trace.digest(), world.log.length];
  t.deepEqual(world.attempt('crs-admin', CRS, 'accounts'), ['hq']);
  t.is(
    codeOf(() => world.attempt('thief', 'thief', 'decrypt alice-to-bob#1')),
    'ATTACK_NO_CALL',
  );
  t.deepEqual([world.trace.digest(), world.log.length], [before, entries]);
  t.throws(() => world.attempt('crs-admin', CRS, 'check-log'), {
    message: /leaves no mark/,
  });
});

test('events that are due at the time of a line come before it, in a fork as well', (t) => {
  const world = worldOf();
  world.clock.schedule(0, () => world.trace.append('person.noted', 'alice', { by: 'alice', text: 'now' }));
  world.type('alice', 'alice', 'look');
  const types = world.trace.events.slice(-3).map(({ type }) => type);
  t.deepEqual(types, ['person.noted', 'console.typed', 'console.answered']);
});

test('every event has the fields that scenarios may name', (t) => {
  const fields = eventFieldsOf(SHIPPED_KINDS);
  const performance = performanceOf({ yaml: PASSIVE, ends: '08:05' });
  performance.finish();
  for (const { type, data } of performance.world.trace.events)
    for (const field of Object.keys(data)) t.true(fields[type]?.includes(field), `${type} has ${field}`);
});
