/** A hall to play in: small screenplays loaded from YAML, worlds and performances of them, with the real speech and reader. */
import { readFileSync } from 'node:fs';
import { loadQrReader } from '../../devices/zxing/qr-reader.ts';
import type { DeviceKinds } from '../../devices/kind.ts';
import type { RuleName } from '../../devices/rules.ts';
import { SECOND } from '../../sim/clock.ts';
import { Performance } from '../runs/performance.ts';
import type { PerformanceOptions } from '../runs/performance-options.ts';
import { loadScreenplay, ONLY_VARIANT, resolveVariant, type Screenplay } from '../language/index.ts';
import type { Assets } from './assets.ts';
import { openingOf } from './opening.ts';
import { vocabulary } from './vocabulary.ts';
import { World } from './world.ts';
import { SHIPPED_KINDS } from './shipped-kinds.ts';

/** Loaded once for all tests of a process: the real QR reader, both voices, and the shipped kinds. */
export const assets: Assets = {
  readQr: await loadQrReader(),
  speech: ['caller', 'callee'].map((name) => new Uint8Array(readFileSync(`network/rtp/speech/${name}.ulaw`))),
  kinds: SHIPPED_KINDS,
};

const HEAD = `scenario: hall
title: A hall to play in
clauses: [para-2]
begins: 2015-10-14T08:00:00Z
`;
const WORLD = `
world:
  users:
    alice: { number: "+447700900001", handset: { platform: android, version: "5.1" } }
    bob: { number: "+447700900002", handset: { platform: ios, version: "8.4" } }
    carol: { number: "+447700900003", handset: { platform: android, version: "4.4" } }
  people: [cms-operator, crs-admin, mdm-admin]
  network: { profile: home-wifi }
  devices:
    thief: { kind: attacker, taps: [alice-crs, bob-crs] }
    insider: { kind: attacker, controls: crs, colludes: carol, taps: [alice-crs, bob-crs] }
`;

/** What a test adds to the hall's world and changes of its run; times and values as scenario files have them. */
export interface HallOptions {
  /** YAML of the world beside what the hall has, indented by two. */
  readonly world?: string;
  /** YAML below the world: steps, probes, expectations. */
  readonly yaml?: string;
  /** YAML of further devices, one a line. */
  readonly devices?: readonly string[];
  readonly ends?: string;
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
  readonly broken?: readonly RuleName[];
  readonly seed?: string;
  readonly keySeed?: string;
  readonly played?: readonly string[];
  /** Other kinds of devices than the shipped ones. */
  readonly kinds?: DeviceKinds;
}

/** The hall's scenario with the additions; it has one expectation, which always holds, unless `yaml` says otherwise. */
export function screenplayOf({
  yaml = 'expect:\n  - { id: begun, see: trace.began, times: 1 }\n',
  devices = [],
  kinds = SHIPPED_KINDS,
  ends = '08:30',
  world = '',
}: HallOptions = {}): Screenplay {
  return loadScreenplay(
    `${HEAD}ends: ${ends.startsWith('{') ? ends : JSON.stringify(ends)}\n${WORLD}${devices.map((line) => `    ${line}\n`).join('')}${world}\n${yaml}`,
    'hall.yaml',
    vocabulary(kinds),
  );
}

/** What a performance in the hall is made with. */
export function hallOptionsOf(options: HallOptions = {}): PerformanceOptions {
  const resolved = resolveVariant(screenplayOf(options), ONLY_VARIANT);
  return {
    screenplay: { ...resolved, parameters: { ...resolved.parameters, ...options.parameters } },
    seed: options.seed ?? '1',
    keySeed: options.keySeed ?? '1',
    assets: { ...assets, kinds: options.kinds ?? SHIPPED_KINDS },
    tool: 'test',
    broken: options.broken ?? [],
    played: options.played ?? [],
  };
}

/** A world after its opening, with every phone registered. */
export function worldOf(options: HallOptions = {}): World {
  const world = new World(hallOptionsOf(options));
  world.repeat(openingOf(world.options.screenplay), 30 * SECOND);
  return world;
}

/** A performance that has not begun, of the hall's only variant under the seeds `1` when no others are given. */
export function performanceOf(
  options: HallOptions = {},
  more: Pick<PerformanceOptions, 'onCue' | 'capture' | 'heard'> = {},
): Performance {
  return new Performance({ ...hallOptionsOf(options), ...more });
}
