/** The fork check itself: 20 forks of shipped scenarios, by the code of `npm run forks`; and forks that are other worlds, which it finds. */
import test from 'ava';
import type { Micros } from '../../../sim/clock.ts';
import { SeededRandom } from '../../../sim/random.ts';
import { loadAssets, loadScenario, shippedScenarios } from '../../../scenarios/host/index.ts';
import { SHIPPED_KINDS, World } from '../../../scenarios/world/index.ts';
import { hallOptionsOf } from '../../../scenarios/world/hall.fixture.ts';
import { checkForks, type CheckedFork } from './fork-round.ts';
import { allSame, doneRound, reportOf, roundsOf } from './shipped-rounds.ts';

const ORDER = { forks: 20, seed: 'test' };

const screenplays = await Promise.all(
  (await shippedScenarios()).map((file) => loadScenario(file, SHIPPED_KINDS)),
);
const assets = await loadAssets();

for (const round of roundsOf(screenplays, ORDER)) {
  test(`forks of ${round.screenplay.id}/${round.variant} are the same world`, (t) => {
    const done = doneRound(round, assets);
    t.is(done.checked.length, round.forks);
    t.true(allSame([done]), reportOf([done], ORDER).join('\n'));
    t.true(
      done.checked.some(({ inCall }) => inCall),
      'some are taken in a call',
    );
    t.true(
      done.checked.some(({ isQuiet }) => isQuiet),
      'some are taken up from that very moment, and not built again',
    );
  });
}

test('every round has a variant and a seed of its own', (t) => {
  const rounds = roundsOf(screenplays, { forks: 300, seed: 'many' });
  t.is(
    rounds.reduce((sum, { forks }) => sum + forks, 0),
    300,
  );
  t.is(new Set(rounds.map(({ screenplay, variant }) => `${screenplay.id}/${variant}`)).size, rounds.length);
  t.is(new Set(rounds.map(({ seed }) => seed)).size, rounds.length);
  t.deepEqual(roundsOf(screenplays, { forks: 300, seed: 'many' }), rounds);
});

const HALL = hallOptionsOf({
  yaml: `steps:
  - { id: a, at: "08:01", by: alice, on: alice-phone, type: "call bob --for 20s" }
probes:
  - { id: p, row: tls-passive, at: "08:00:20", by: thief, type: "read-signalling alice", predict: refused, because: "no PSK" }
`,
  ends: '08:03',
});

/** Forks of now are made by the one, and those of an earlier time by the other. */
function forksBy(
  forkOf: (world: World) => World,
  rewind = (world: World, time: Micros) => world.fork(time),
): readonly CheckedFork[] {
  const fork = (world: World, time?: Micros) => (time === undefined ? forkOf(world) : rewind(world, time));
  return checkForks({ performance: HALL, random: new SeededRandom('hall').stream('forks'), forks: 6, fork });
}

/** A fork that is made as the real one is, but for what is left out. */
function repeated(world: World, of: Partial<World['options']>, log = world.log): World {
  const fork = new World({ ...world.options, ...of });
  fork.repeat(log, world.now);
  return fork;
}

test('a fork is found to be the same', (t) => {
  const checked = forksBy(
    (world) => repeated(world, {}),
    (world, time) => world.rebuild(time),
  );
  t.deepEqual(
    checked.map(({ difference }) => difference),
    Array(6).fill(undefined),
  );
  t.true(checked.some(({ inHandshake }) => inHandshake));
});

test('a world that is taken up at an earlier moment and is another is found', (t) => {
  const checked = forksBy(
    (world) => world.fork(),
    (world, time) => {
      const other = new World({ ...world.options, seed: 'another' });
      other.repeat(
        world.log.filter((entry) => entry.time <= time),
        time,
      );
      return other;
    },
  );
  for (const { isRewound, difference } of checked)
    t.regex(difference ?? 'the same', isRewound ? /^rewound to \d+ us[:,]/ : /^the same$/);
  t.true(checked.some(({ isRewound }) => isRewound));
});

const OTHERS: readonly (readonly [name: string, fork: (world: World) => World])[] = [
  ['nobody watches', (world) => repeated(world, { witnesses: [] })],
  [
    'nothing was said of probes',
    (world) =>
      repeated(
        world,
        {},
        world.log.filter((entry) => 'line' in entry),
      ),
  ],
  ['chance is another', (world) => repeated(world, { seed: 'another' })],
];
for (const [name, fork] of OTHERS) {
  test(`a fork in which ${name} is found to be another world`, (t) => {
    const checked = forksBy(fork);
    const found = checked.find(({ difference }) => difference !== undefined);
    t.regex(found?.difference ?? '', /^at once, event \d+: origin .+, fork .+$/);
  });
}

test('a fork that has forgotten something is found, though the same has happened in it', (t) => {
  const checked = forksBy((world) => {
    const from = world.checkpoint();
    if (from === undefined) return world.fork();
    return new World(world.options, { ...from, state: { ...from.state, calls: [['alice-to-bob', 7]] } });
  });
  for (const { isQuiet, difference } of checked)
    t.is(difference, isQuiet ? 'at once: other states of calls' : undefined);
  t.true(checked.some(({ isQuiet }) => isQuiet));
});

test('a fork that will go on in another way is found: by what is under way in it, or by its events', (t) => {
  const checked = forksBy((world) => {
    const fork = repeated(world, {});
    fork.clock.schedule(0, () => fork.console('carol-phone').type('status', 'carol'));
    return fork;
  });
  for (const { difference = '' } of checked)
    t.regex(difference, /^(?:later, event|at once: origin is quiet)/);
});

test('a probe that is tried aside and leaves something behind is found, by the state alone', (t) => {
  const left = new WeakSet<World>();
  const checked = forksBy((world) => {
    const attempt = world.attempt.bind(world);
    const keep = world.checkpoint.bind(world);
    world.attempt = (by, on, line) => {
      left.add(world);
      return attempt(by, on, line);
    };
    world.checkpoint = () => {
      const kept = keep();
      if (kept === undefined || !left.has(world)) return kept;
      return { ...kept, state: { ...kept.state, calls: [['alice-to-bob', 7]] } };
    };
    return world.fork();
  });
  const found = checked.flatMap(({ difference }) => difference ?? []);
  t.true(found.length > 0);
  for (const difference of found) t.regex(difference, /: other states of calls$/);
});

test('a report says how to see it again', (t) => {
  const [screenplay] = screenplays;
  if (screenplay === undefined) return t.fail('there are scenarios');
  const fork = {
    moment: 7,
    inCall: true,
    inHandshake: false,
    isQuiet: false,
    isRewound: true,
    lines: 0,
    difference: 'later',
  };
  const round = { index: 3, screenplay, variant: 'v', seed: 's-3', forks: 1, checked: [fork] };
  t.deepEqual(reportOf([round], { forks: 9, seed: 's' }), [
    '1 forks of 1 performances: 1 taken in a call, 0 in a handshake, 0 at a quiet moment, 1 with an earlier one, 1 another world',
    `${screenplay.id}/v, seed s-3, forked at 7 us: later`,
    '  again: npm run forks -- --forks 9 --seed s --round 3',
  ]);
  t.false(allSame([round]));
});
