/** Phones behind links with a small MTU: keys and calls get through in short segments, and a narrow link further on stays a black hole. */
import test from 'ava';
import { SECOND } from '../../sim/clock.ts';
import { Link } from '../../network/simulated/link.ts';
import type { TraceEvent, TraceType } from '../../sim/trace.ts';
import { worldOf } from './hall.fixture.ts';
import type { World } from './world.ts';

/** Alice's phone is at home, and can go over to a cell whose links have these settings. */
const withCell = (mtu: number): World =>
  worldOf({
    world: `  topology: { firewall: standard, sites: { cell: { kind: cell, netem: "mtu ${mtu}" } } }\n`,
  });

function events<Type extends TraceType>(world: World, type: Type): readonly TraceEvent<Type>[] {
  return world.trace.events.filter((event): event is TraceEvent<Type> & typeof event => event.type === type);
}

function pass(world: World, seconds: number): void {
  world.runUntil(world.now + seconds * SECOND);
}

/** Brings November to the CRS. */
function loadNovember(world: World): void {
  for (const [by, on, line] of [
    ['cms-operator', 'cms-operator', 'take-blank november'],
    ['cms-operator', 'cms-operator', 'insert november cms'],
    ['cms-operator', 'cms', 'burn-disc --month 2015-11'],
    ['cms-operator', 'cms-operator', 'eject cms'],
    ['cms-operator', 'cms-operator', 'carry november crs-admin'],
    ['crs-admin', 'crs-admin', 'insert november crs'],
    ['crs-admin', 'crs', 'check-log'],
    ['crs-admin', 'crs', 'load-disc'],
  ] as const)
    world.type(by, on, line);
}

/** Goes over to the cell, fetches a key package there and calls Bob; returns the lengths of the phone's segments, both ways. */
function usesCell(world: World): readonly number[] {
  loadNovember(world);
  const lengths: number[] = [];
  world.fabric.linkNamed('alice-cell')?.tap(({ packet: { tcp, octets } }) => {
    if (tcp !== undefined) lengths.push(octets.length);
  });
  world.type('alice', 'alice-phone', 'roam cell');
  pass(world, 90);
  world.type('alice', 'alice-phone', 'fetch');
  pass(world, 10);
  world.type('alice', 'alice-phone', 'call bob --for 3s');
  pass(world, 20);
  return lengths;
}

const tooBig = (world: World) =>
  events(world, 'network.dropped').filter(({ data }) => data.reason === 'too-big');
const packages = (world: World) =>
  events(world, 'handset.keys-installed').filter(
    ({ on, data }) => on === 'alice-phone' && data.source === 'package',
  );

for (const [mtu, segment] of [
  [1280, 1240],
  [576, 536],
] as const) {
  test(`a phone behind an MTU of ${mtu} gets its key package and calls, with no packet too big`, (t) => {
    const world = withCell(mtu);
    const lengths = usesCell(world);
    t.is(packages(world).length, 1);
    t.is(events(world, 'handset.call-secure').length, 2);
    t.is(Math.max(...lengths), segment);
    t.true(lengths.filter((length) => length === segment).length >= (mtu === 576 ? 3 : 1));
    t.deepEqual(tooBig(world), []);
  });
}

test('planted: without the announcement, neither the package nor the call gets through', (t) => {
  const world = withCell(576);
  const link = world.fabric.linkNamed('alice-cell');
  if (link instanceof Link) link.mtuAt = () => ({ out: undefined, in: undefined });
  usesCell(world);
  t.is(packages(world).length, 0);
  t.is(events(world, 'handset.call-secure').length, 0);
  t.true(tooBig(world).some(({ on }) => on === 'alice-cell'));
});

test('a narrow link behind the cell is a black hole for the call, and the trace names the link', (t) => {
  const world = withCell(1500);
  world.type('net-admin', 'net', 'link cell-crs mtu 1280');
  // The INVITE is the longest message of all.
  t.true(Math.max(...usesCell(world)) > 1240);
  t.is(packages(world).length, 1);
  t.is(events(world, 'handset.call-secure').length, 0);
  t.deepEqual([...new Set(tooBig(world).map(({ on }) => on))], ['cell-crs']);
});
