/** Things that were kept are where they were, and what they were: hands can do the same with them. */
import test from 'ava';
import { DiscDrive, Paper, type DiscDriveState } from '../../../devices/hardware/index.ts';
import type { Physical } from '../../../devices/physical.ts';
import { Rules } from '../../../devices/rules.ts';
import { codeOf } from '../../../devices/testbed.fixture.ts';
import { VirtualClock } from '../../../sim/clock.ts';
import { fromAscii } from '../../../sim/octets.ts';
import { Secret } from '../../../sim/secret.ts';
import { SeededRandom } from '../../../sim/random.ts';
import { Trace } from '../../../sim/trace.ts';
import { CallNames } from '../call-names.ts';
import { body } from '../things/device.ts';
import { sheet } from '../things/paper.ts';
import { thingOf } from '../things/shipped-things.ts';
import { personConsole } from './person.ts';
import { Things, type ThingsState } from './things.ts';

interface KeptRoom {
  readonly things: ThingsState;
  readonly drive: DiscDriveState;
}

/** Two people, a machine with a drive, and a phone that remembers what it was pointed at. */
function room(kept?: KeptRoom) {
  const changes: boolean[] = [];
  const scanned: string[] = [];
  const things = kept === undefined ? new Things() : new Things(kept.things, thingOf);
  const drive = new DiscDrive('cms', (inserted) => void changes.push(inserted), kept?.drive);
  const cms: Physical = { name: 'cms', drive };
  const phone: Physical = {
    name: 'phone',
    scan: ({ width, height, pixels }) => void scanned.push(`${width} ${height} ${String(pixels)}`),
  };
  if (kept === undefined) {
    things.add(body('cms'), 'its-place');
    things.add(body('phone'), 'alice');
  } else for (const device of [cms, phone]) things.giveBackTo(device);
  const trace = new Trace(new VirtualClock());
  const devices = new Map([cms, phone].map((each) => [each.name, each]));
  const around = {
    trace,
    things,
    people: ['alice', 'bob'],
    rules: new Rules(),
    devices,
    chance: (name: string) => new SeededRandom('1').stream(name),
    readQr: () => [],
    numberOf: () => undefined,
    strangers: [],
    disposal: new Map(),
    onSeized: () => undefined,
    near: () => [],
    screenOf: () => [],
  };
  const consoles = { alice: personConsole('alice', around), bob: personConsole('bob', around) };
  return {
    things,
    drive,
    seen: () => ({ changes, scanned, lines: trace.events.map(({ type, on, data }) => ({ type, on, data })) }),
    save: (): KeptRoom => ({ things: things.save(), drive: drive.save() }),
    type: (who: 'alice' | 'bob', line: string): string => {
      const before = trace.events.length;
      const code = codeOf(() => consoles[who].type(line, who));
      return JSON.stringify([line, code, trace.events.slice(before).map(({ type, data }) => [type, data])]);
    },
  };
}

function paper(label: string, grey: number): Paper {
  const image = { width: 2, height: 1, pixels: Uint8Array.of(grey, 255) };
  return new Paper(label, image, 'RESTRICTED', [new Secret('RSK', 'alice', Uint8Array.of(grey))]);
}

/** A room in which everything has a history. */
function livedIn() {
  const origin = room();
  origin.things.add(sheet(paper('print-1', 7)), 'alice');
  origin.things.add(sheet(paper('print-2', 8)), 'bob');
  for (const disc of ['disc-1', 'disc-2', 'disc-3']) origin.type('alice', `take-blank ${disc}`);
  origin.type('alice', 'insert disc-1 cms');
  origin.drive.inserted?.disc.burn(fromAscii('not an update'));
  origin.type('bob', 'eject cms');
  origin.type('alice', 'insert disc-2 cms');
  origin.type('alice', 'destroy disc-3');
  origin.type('bob', 'take phone');
  origin.type('alice', 'carry phone bob');
  return origin;
}

const LINES = [
  'look',
  'scan print-1',
  'scan print-2',
  'eject cms',
  'insert disc-2 cms',
  'take print-1',
  'take disc-1',
  'take-blank disc-2',
  'take-blank disc-3',
  'carry disc-2 alice',
  'destroy print-1',
  'destroy print-2',
  'look',
] as const;

test('hands do the same with things that were kept', (t) => {
  for (const who of ['alice', 'bob'] as const) {
    const origin = livedIn();
    const kept = origin.save();
    t.deepEqual(
      kept.things.map(({ name, place }) => `${name}: ${place}`),
      ['cms: its-place', 'phone: bob', 'print-1: alice', 'print-2: bob', 'disc-1: bob', 'disc-2: cms'],
    );
    const again = room(structuredClone(kept));
    t.deepEqual(again.save(), kept);
    t.deepEqual(again.seen(), { changes: [], scanned: [], lines: [] }, 'nobody was told');
    const { changes } = origin.seen();
    const already = changes.length;
    for (const line of LINES) t.is(again.type(who, line), origin.type(who, line));
    t.deepEqual(again.seen().changes, changes.slice(already));
    t.deepEqual(again.seen().scanned, origin.seen().scanned);
    t.is(again.seen().scanned.length, who === 'bob' ? 1 : 0, 'who has the phone can scan a sheet');
    t.deepEqual(again.save(), origin.save());
  }
});

test('a disc that was kept in a drive remembers where it has been, and what was burned', (t) => {
  const origin = livedIn();
  const again = room(structuredClone(origin.save()));
  t.deepEqual(again.drive.inserted?.disc.insertions, ['cms']);
  t.is(again.drive.inserted?.disc.state, 'blank');
  again.drive.inserted?.disc.burn(fromAscii('one'));
  t.is(origin.drive.inserted?.disc.state, 'blank', 'each goes on by itself');
  again.type('alice', 'eject cms');
  again.type('bob', 'insert disc-1 cms');
  t.deepEqual(again.drive.inserted?.disc.read(), fromAscii('not an update'));
});

test('a sheet that was kept says what it said, until it is destroyed', (t) => {
  const sheet1 = paper('print-1', 9);
  const again = Paper.takenUp(structuredClone(sheet1.save()));
  t.deepEqual(again.save(), sheet1.save());
  t.deepEqual([again.label, again.marking, again.image()], ['print-1', 'RESTRICTED', sheet1.image()]);
  t.deepEqual(
    again.secrets.map(({ label }) => label),
    sheet1.secrets.map(({ label }) => label),
  );
  sheet1.destroy();
  t.true(Paper.takenUp(sheet1.save()).destroyed);
  t.false(again.destroyed);
});

test('calls go on being counted', (t) => {
  const names = new CallNames();
  for (const to of ['bob', 'carol', 'bob']) names.next('alice', to);
  const again = new CallNames(structuredClone(names.save()));
  t.deepEqual(again.save(), [
    ['alice-to-bob', 2],
    ['alice-to-carol', 1],
  ]);
  for (const [from, to] of [
    ['alice', 'bob'],
    ['bob', 'alice'],
  ] as const)
    t.is(again.next(from, to), names.next(from, to));
  t.deepEqual(again.save(), names.save());
});
