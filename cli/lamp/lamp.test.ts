/** A device that nothing in the house knows takes part in it, by its kind alone. */
import test from 'ava';
import { codeOf } from '../../devices/testbed.fixture.ts';
import { ladderOf } from '../../scenarios/evidence/ladder.ts';
import { judge } from '../../scenarios/evidence/verdicts/index.ts';
import { Rehearsal } from '../../scenarios/exercises/rehearsal.ts';
import {
  loadScreenplay,
  ONLY_VARIANT,
  resolveVariant,
  schemaOf,
  type ResolvedScreenplay,
} from '../../scenarios/language/index.ts';
import { ladderTableOf, orderOf, runScenario } from '../../scenarios/runs/index.ts';
import { rulesOf, SHIPPED_KINDS, vocabulary, World } from '../../scenarios/world/index.ts';
import { pagesOf } from '../dev/docs/pages.ts';
import { lampKind } from './lamp.fixture.ts';

const KINDS = [...SHIPPED_KINDS, lampKind];
const ASSETS = { readQr: () => [], speech: [], kinds: KINDS };

const SCENARIO = `scenario: lamps
title: A lamp is lit
begins: 2015-10-14T08:00:00Z
ends: "08:30"
world:
  people: [porch-keeper, hall-keeper]
  devices:
    porch: { kind: lamp, colour: red }
    hall: { kind: lamp }
steps:
  - { id: light, at: "08:10", by: porch-keeper, on: porch, type: "switch on" }
moments:
  lit: { first: test.lamp.lit, colour: red }
expect:
  - { id: burns, see: test.lamp.lit, where: { on: porch, by: porch-keeper }, times: 1 }
plants:
  - { plant: lamp.burns, fails: [burns] }
`;

function loaded(text = SCENARIO): ResolvedScreenplay {
  return resolveVariant(loadScreenplay(text, 'lamps.yaml', vocabulary(KINDS)), ONLY_VARIANT);
}

const worldOf = (): World =>
  new World({
    screenplay: loaded(),
    seed: '1',
    keySeed: '1',
    assets: ASSETS,
    tool: 'test',
    broken: [],
    played: [],
  });

test('a lamp can be declared, with settings of its own; without its kind it cannot', (t) => {
  const world = worldOf();
  t.deepEqual([...world.ofKind(lampKind).keys()], ['porch', 'hall']);
  t.deepEqual(world.type('porch-keeper', 'porch', 'switch on'), ['It burns red.']);
  t.deepEqual(world.type('hall-keeper', 'hall', 'switch on'), ['It burns white.']);
  t.is(
    codeOf(() => loaded(SCENARIO.replace('colour: red', 'colour: green'))),
    'SCENARIO_INVALID',
  );
  t.is(
    codeOf(() => loadScreenplay(SCENARIO, 'lamps.yaml', vocabulary(SHIPPED_KINDS))),
    'SCENARIO_INVALID',
  );
  t.true(JSON.stringify(schemaOf(vocabulary(KINDS))).includes('"lamp"'));
});

test('it can be typed at, and what it does is in the trace, in a fork as well', (t) => {
  const world = worldOf();
  t.deepEqual(world.console('porch').screen(), ['dark']);
  t.is(
    codeOf(() => world.type('porch-keeper', 'porch', 'switch sideways')),
    'CONSOLE_VALUE',
  );
  world.type('porch-keeper', 'porch', 'switch on');
  t.deepEqual(world.console('porch').screen(), ['lit']);
  const lit = world.trace.events.find(({ type }) => type === 'test.lamp.lit');
  t.deepEqual([lit?.on, lit?.data], ['porch', { by: 'porch-keeper', colour: 'red' }]);
  t.is(world.things.placeOf('porch'), 'its-place');
  const fork = world.fork();
  t.is(fork.trace.digest(), world.trace.digest());
});

test('a run with it is judged, and a planted violation of its rule is caught', (t) => {
  const screenplay = loadScreenplay(SCENARIO, 'lamps.yaml', vocabulary(KINDS));
  const verdicts = ['', 'lamp.burns'].map((plant) => {
    const wishes = { build: '0'.repeat(64), variant: 'main', seed: '1', parameters: {} };
    const order = orderOf(screenplay, plant === '' ? wishes : { ...wishes, plant });
    const { result } = runScenario(order, { assets: ASSETS, screenplay });
    return result.checks.find(({ id }) => id === 'burns')?.verdict;
  });
  t.deepEqual(verdicts, ['pass', 'fail']);
  t.is(rulesOf(KINDS)['lamp.burns'], 'burns when it is switched on');
});

test('it can be kept and taken up: a lamp that burns goes on burning', (t) => {
  const { premises } = worldOf();
  const declared = { name: 'attic', taps: [], settings: { colour: 'red' } } as const;
  const lamp = lampKind.build(premises, declared);
  const again = () => lampKind.build(premises, declared, structuredClone(lamp?.save?.()));
  t.is(lamp?.unrest?.(), undefined);
  t.deepEqual(again()?.console.screen(), ['dark']);
  lamp?.console.type('switch on', 'attic-keeper');
  t.deepEqual(again()?.console.screen(), ['lit']);
  t.deepEqual(again()?.save?.(), { isLit: true });
});

test('its moments are bound, and it is drawn on the ladder', (t) => {
  const world = worldOf();
  world.note({ type: 'opening.ended', on: 'world', data: { played: [] } });
  world.type('porch-keeper', 'porch', 'switch on');
  world.type('porch-keeper', 'porch', 'switch off');
  const { events } = world.trace;
  t.is(judge(world.options.screenplay, events).moments.get('lit')?.type, 'test.lamp.lit');
  const drawn = (kinds: typeof KINDS) =>
    ladderOf(events, ladderTableOf(kinds)).map(({ from, to, label }) => `${from} > ${to}: ${label}`);
  t.deepEqual(drawn(KINDS), ['porch-keeper > porch: lights it red']);
  t.deepEqual(drawn([]), []);
});

test('its keeper notices that it burns, and nobody else does', (t) => {
  const noticedBy = (role: string): readonly string[] => {
    const rehearsal = new Rehearsal({
      role,
      screenplay: loaded(),
      seed: '1',
      keySeed: '1',
      assets: ASSETS,
      tool: 'test',
      broken: [],
    });
    rehearsal.performance.type('hall-keeper', 'porch', 'switch on');
    return rehearsal.takeMessages().map(({ text }) => text);
  };
  t.deepEqual(noticedBy('porch-keeper'), ['porch: it burns red']);
  t.deepEqual(noticedBy('hall-keeper'), []);
});

test('its commands, its events and its statechart are in the pages made with it', (t) => {
  const pages = pagesOf(KINDS);
  const without = pagesOf(SHIPPED_KINDS);
  for (const [path, text] of [
    ['docs/console.md', '## Lamp\n\nTyped by its keeper.\n\n### `switch`'],
    ['docs/events.md', '| `test.lamp.lit` | `by`, `colour` | it was switched on and burns |'],
    ['docs/machines.md', '## Lamp\n\nIt burns or it does not.'],
  ] as const) {
    t.true(pages[path]?.().includes(text), path);
    t.false(without[path]?.().includes(text), path);
  }
});
