/** The console of the network, in a world: what is typed there is what happens to packets. */
import test from 'ava';
import { MINUTE, SECOND } from '../../sim/clock.ts';
import { codeOf } from '../../devices/testbed.fixture.ts';
import { checkLines } from '../runs/check-lines.ts';
import { loadScreenplay, ONLY_VARIANT, resolveVariant } from '../language/index.ts';
import { screenplayOf, worldOf } from './hall.fixture.ts';
import { linksOf } from './link-settings.ts';
import { NET } from '../language/standing.ts';
import { vocabulary } from './vocabulary.ts';
import type { World } from './world.ts';
import { handsetKind } from '../../devices/handset/kind.ts';
import { SHIPPED_KINDS } from './shipped-kinds.ts';

function net(world: World, line: string): readonly string[] {
  return world.type('net-admin', NET, line);
}

test('a link is changed in the words of netem, in one direction or both, and shown with its lines for tc', (t) => {
  const world = worldOf();
  t.deepEqual(net(world, 'link alice-crs clear loss gemodel 5% 30%'), [
    'alice-crs toward alice-phone: loss gemodel 5% 30% 100% 0%',
    'alice-crs toward crs: loss gemodel 5% 30% 100% 0%',
  ]);
  net(world, 'link alice-crs toward crs delay 100ms 20ms 25% distribution normal');
  const shown = net(world, 'show alice-crs');
  t.true(
    shown.includes(
      'on alice-phone: tc qdisc replace dev eth0 root netem limit 4294967295 delay 100ms 20ms 25% distribution normal loss gemodel 5% 30% 100% 0%',
    ),
  );
  t.regex(shown[0] ?? '', /^alice-crs toward alice-phone: loss gemodel 5% 30% 100% 0%; sent \d+/);
  t.deepEqual(
    world.trace.events
      .filter(({ type }) => type === 'network.link-changed')
      .map(({ on, data }) => ({ on, ...data })),
    [
      { on: 'alice-crs', toward: 'alice-phone', netem: 'loss gemodel 5% 30% 100% 0%' },
      { on: 'alice-crs', toward: 'crs', netem: 'loss gemodel 5% 30% 100% 0%' },
      {
        on: 'alice-crs',
        toward: 'crs',
        netem: 'delay 100ms 20ms 25% distribution normal loss gemodel 5% 30% 100% 0%',
      },
    ],
  );
  net(world, 'profile all roaming-satellite');
  t.true(net(world, 'show').filter((line) => line.includes('delay 400ms 20ms')).length >= 12);
  t.true(world.console(NET).screen().length > 0);
});

test('a call lives through a hold, and an end that is isolated does not hear that it is over', (t) => {
  const world = worldOf();
  world.type('alice', 'alice-phone', 'call bob');
  world.runUntil(world.now + 10 * SECOND);
  t.is(world.ofKind(handsetKind).get('bob-phone')?.line, 'inCall');
  net(world, 'hold alice-crs toward alice-phone');
  world.runUntil(world.now + 5 * SECOND);
  t.regex(net(world, 'show alice-crs').join('\n'), /toward alice-phone: .*; held \d\d\d;/);
  t.regex(net(world, 'release alice-crs')[0] ?? '', /^\d{3} packets go on\.$/);
  world.runUntil(world.now + 5 * SECOND);
  t.is(world.ofKind(handsetKind).get('bob-phone')?.line, 'inCall');
  // Nothing reaches a phone that is alone, so it cannot know that the other end hung up.
  net(world, 'isolate alice-phone');
  world.type('bob', 'bob-phone', 'hang-up');
  world.runUntil(world.now + SECOND);
  t.is(world.ofKind(handsetKind).get('bob-phone')?.line, 'idle');
  t.is(world.ofKind(handsetKind).get('alice-phone')?.line, 'inCall');
  net(world, 'heal');
  world.runUntil(world.now + MINUTE);
  t.is(world.ofKind(handsetKind).get('alice-phone')?.line, 'idle');
});

test('cuts, partitions and what heals them', (t) => {
  const world = worldOf();
  net(world, 'cut alice-crs toward crs');
  net(world, 'partition bob-phone | crs carol-phone');
  net(world, 'partition crs > mdm');
  t.regex(net(world, 'show alice-crs')[1] ?? '', /^alice-crs toward crs: .*; cut/);
  net(world, 'heal alice-crs');
  net(world, 'heal');
  t.deepEqual(
    world.trace.events
      .filter(({ type }) => /^network\.(?:partitioned|healed|split|rejoined)$/.test(type))
      .map(({ on, type, data }) => [on, type, data]),
    [
      ['alice-crs', 'network.partitioned', { toward: 'crs' }],
      ['net', 'network.split', { groups: 'bob-phone | crs carol-phone' }],
      ['net', 'network.split', { groups: 'crs > mdm' }],
      ['alice-crs', 'network.healed', { toward: 'both' }],
      ['net', 'network.rejoined', {}],
    ],
  );
});

test('a line that is wrong changes nothing and is refused with a reason', (t) => {
  const world = worldOf();
  for (const [line, code] of [
    ['link alice-crs loss', 'NETWORK_NETEM_SYNTAX'],
    ['link alice-crs toward', 'WORLD_NO_DIRECTION'],
    ['link alice-crs toward bob-phone loss 1%', 'NETWORK_NOT_ON_LINK'],
    ['link all toward alice-phone loss 1%', 'NETWORK_NOT_ON_LINK'],
    ['link nowhere loss 1%', 'CONSOLE_VALUE'],
    ['link alice-crs loss 200%', 'NETWORK_LINK_PARAMETER'],
    ['hold alice-crs toward', 'WORLD_NO_DIRECTION'],
    ['partition alice-phone', 'NETWORK_PARTITION'],
    ['isolate nobody', 'CONSOLE_VALUE'],
  ] as const)
    t.is(
      codeOf(() => net(world, line)),
      code,
      line,
    );
  t.is(world.trace.events.filter(({ type }) => type.startsWith('network.link')).length, 0);
});

test('the console completes links, hosts and settings', (t) => {
  const console = worldOf().console(NET);
  t.true(console.complete('link ali').includes('alice-crs'));
  t.true(console.complete('link alice-crs lo').includes('loss'));
  t.true(console.complete('link alice-crs toward c').includes('crs'));
  t.true(console.complete('profile alice-crs roaming-').includes('roaming-satellite'));
  t.true(console.complete('partition bob').includes('bob-phone'));
});

test('lines for the network are held against its console before a run', (t) => {
  const step = (line: string): (() => void) => {
    const yaml = `steps:\n  - { at: "08:05", by: net-admin, on: net, type: "${line}" }\n`;
    const text = `scenario: x\ntitle: X\nbegins: 2015-10-14T08:00:00Z\nworld:\n  people: [net-admin]\n${yaml}expect:\n  - { id: begun, see: trace.began }\n`;
    return () => checkLines(loadScreenplay(text, 'x.yaml', vocabulary(SHIPPED_KINDS)), SHIPPED_KINDS);
  };
  t.notThrows(step('link all delay 10ms'));
  t.regex(t.throws(step('link all delay 10 miles'))?.message ?? '', /1 problem|delay such as/);
  t.throws(step('link all toward'));
});

const LINKS = `scenario: links
title: Links
begins: 2015-10-14T08:00:00Z
world:
  users:
    alice: { number: "+447700900001", handset: { platform: android, version: "5.1" } }
    bob: { number: "+447700900002", handset: { platform: ios, version: "8.4" } }
  network:
    profile: 4g
    lossRandom: 0.01
    netem: "rate 2mbit"
    up: "limit 50"
    links:
      bob-crs: { profile: perfect, jitterMs: 2, netem: "delay 30ms 5ms distribution pareto", down: "mtu 1400", up: "limit off" }
expect:
  - { id: begun, see: trace.began }
`;

test('a scenario sets anything on its links, for each direction, the link over the network over the profile', (t) => {
  const links = linksOf(
    resolveVariant(loadScreenplay(LINKS, 'x.yaml', vocabulary(SHIPPED_KINDS)), ONLY_VARIANT),
  );
  const both = {
    delayMs: 35,
    jitterMs: 8,
    distribution: 'normal',
    lossGemodel: { p: 0.0012, r: 0.3, oneMinusH: 0.5 },
    lossRandom: 0.01,
    rate: { bitsPerSecond: 2_000_000 },
  };
  t.deepEqual(
    links.map(({ name }) => name),
    ['alice-crs', 'alice-phone-mdm', 'bob-crs', 'bob-phone-mdm'],
  );
  t.deepEqual(links[0]?.up, { ...both, limitPackets: 50 } as object);
  t.deepEqual(links[0]?.down, { ...both, limitPackets: 1000 } as object);
  const bob = {
    lossRandom: 0.01,
    rate: { bitsPerSecond: 2_000_000 },
    delayMs: 30,
    jitterMs: 5,
    distribution: 'pareto',
  };
  t.deepEqual(links[2]?.up, bob as object);
  t.deepEqual(links[2]?.down, { ...bob, mtuOctets: 1400 } as object);
});

test('settings that are wrong are problems of the file, at their place', (t) => {
  const wrong = LINKS.replace('rate 2mbit', 'rate fast');
  const error = t.throws(() => loadScreenplay(wrong, 'x.yaml', vocabulary(SHIPPED_KINDS)), {
    code: 'SCENARIO_INVALID',
  });
  t.regex(JSON.stringify(error), /NETWORK_NETEM_SYNTAX/);
});

test('what a scenario that says nothing gets is as before: the profile, both ways', (t) => {
  const [link] = linksOf(resolveVariant(screenplayOf(), ONLY_VARIANT));
  t.deepEqual(link?.up, link?.down);
  t.is(link?.up.delayMs, 12);
});
