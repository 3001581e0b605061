/**
 * What a call is like on each profile: the table of docs/network.md is measured here, and must be current. Two calls of a minute,
 * seed 1: one with both phones on the profile, one with Bob on home-wifi.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import test from 'ava';
import { MINUTE } from '../../sim/clock.ts';
import { PROFILE_NAMES, PROFILES, type ProfileName } from '../../network/simulated/index.ts';
import { worldOf } from './hall.fixture.ts';
import type { World } from './world.ts';

const FILE = 'docs/network.md';
const BEGIN = '<!-- measured: UPDATE_PROFILES=1 npx ava dist/scenarios/world/profile-quality.test.js -->\n\n';
const END = '\n<!-- end of what is measured -->';

/** What one end heard of a call. */
interface Heard {
  readonly r: number;
  readonly missingPercent: number;
  readonly roundTripMs: number;
}

/** A minute's call, as Alice heard it and as Bob did. */
function called(world: World): readonly Heard[] {
  const before = world.trace.events.length;
  world.type('alice', 'alice-phone', 'call bob --for 60s');
  world.runUntil(world.now + 2 * MINUTE);
  return world.trace.events.slice(before).flatMap((event) => {
    if (event.type !== 'handset.call-quality') return [];
    const { r, roundTripMs, missingPercent } = event.data;
    return r === null || roundTripMs === null ? [] : [{ r, roundTripMs, missingPercent }];
  });
}

/** Counts Alice's voice packets that come to the server behind a later one, from now on. */
function countLate(world: World): () => number {
  let [highest, late] = [-1, 0];
  world.fabric.linkNamed('bob-crs')?.tap(({ toward, packet: { protocol, octets } }) => {
    const kind = octets[1] ?? 0;
    // Reports come by the same port (RFC 5761 4).
    if (toward !== 'bob-phone' || protocol !== 'udp' || (kind >= 192 && kind <= 223)) return;
    const sequence = ((octets[2] ?? 0) << 8) | (octets[3] ?? 0);
    // A sequence that wraps, or a new call, begins anew.
    if (Math.abs(sequence - highest) > 1000) highest = -1;
    if (sequence < highest) late++;
    highest = Math.max(highest, sequence);
  });
  return () => late;
}

interface Measured {
  readonly name: ProfileName;
  readonly both: readonly Heard[];
  readonly one: readonly Heard[];
  readonly late: number;
}

function measured(name: ProfileName): Measured {
  const world = worldOf({ parameters: { 'network-profile': name } });
  const late = countLate(world);
  const both = called(world);
  world.type('net-admin', 'net', 'profile bob-crs home-wifi');
  return { name, both, one: called(world), late: late() };
}

const MEASURED = PROFILE_NAMES.filter((name) => PROFILES[name].parameters.block === undefined).map(measured);

const each = (heard: readonly Heard[], of: (each: Heard) => number): string =>
  heard.map((one) => Math.round(of(one))).join(', ');
const mean = (heard: readonly Heard[], of: (each: Heard) => number): number =>
  heard.reduce((sum, one) => sum + of(one), 0) / heard.length;

function tableOf(rows: readonly Measured[]): string {
  const cells = (heard: readonly Heard[]): readonly string[] => [
    each(heard, ({ r }) => r),
    mean(heard, ({ missingPercent }) => missingPercent).toFixed(1),
    mean(heard, ({ roundTripMs }) => roundTripMs).toFixed(0),
  ];
  const lines = [
    ['profile', 'R, both ends', 'missing, %', 'round trip, ms', 'R, one end', 'missing, %', 'round trip, ms'],
    ['---', '---', '---', '---', '---', '---', '---'],
    ...rows.map(({ name, both, one }) => [`\`${name}\``, ...cells(both), ...cells(one)]),
  ];
  return lines.map((line) => `| ${line.join(' | ')} |\n`).join('');
}

/** The page in three parts: its table in the middle. */
function partsOf(page: string): readonly [string, string, string] {
  const [from, to] = [page.indexOf(BEGIN) + BEGIN.length, page.indexOf(END)];
  return [page.slice(0, from), page.slice(from, to), page.slice(to)];
}

test('the quality of calls in docs/network.md is what is measured; UPDATE_PROFILES=1 writes it', (t) => {
  const table = tableOf(MEASURED);
  const [before, , after] = partsOf(readFileSync(FILE, 'utf8'));
  if (process.env['UPDATE_PROFILES'] === '1') writeFileSync(FILE, `${before}${table}${after}`);
  t.is(partsOf(readFileSync(FILE, 'utf8'))[1], table);
});

test('every call that is possible is rated both ways', (t) => {
  for (const { name, both, one } of MEASURED) t.deepEqual([both.length, one.length], [2, 2], name);
});

test('a full cell makes bad calls and not impossible ones, and one phone that roams is always understood somehow', (t) => {
  for (const { name, both, one } of MEASURED) {
    if (name === 'congested') for (const { r } of both) t.true(r >= 20 && r <= 55, `${r}`);
    for (const { r } of one) t.true(r >= 15, `${name}: ${r}`);
  }
});

test('voice stays in order on every profile', (t) => {
  for (const { name, late } of MEASURED) t.is(late, 0, name);
});

test('planted: the same jitter without a rate turns the order around', (t) => {
  const world = worldOf({ parameters: { 'network-profile': 'congested' } });
  world.type('net-admin', 'net', 'link all rate off');
  const late = countLate(world);
  called(world);
  t.true(late() > 300, `${late()}`);
});
