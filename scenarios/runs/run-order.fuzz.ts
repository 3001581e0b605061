/** Fuzz target: the order of a run. */
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { parseRunOrder, writeRunOrder, type RunOrder } from './run-order.ts';

/** An order with everything in it; its scenario is short, so that mutants reach the other fields. */
export const SAMPLE_ORDER: RunOrder = {
  build: '0123456789abcdef'.repeat(4),
  scenario: {
    file: 'short.yaml',
    sha256: '2689367b205c16ce32ed4200942b8b8b1e262dfc70d9bc9fbc77c49699a4f1df',
    text: 'ok',
  },
  variant: 'block-first',
  seed: '42',
  keySeed: '7',
  parameters: { 'skew-limit': 600_000_000, 'keep-ssv': true, 'psk-rotation': 'static', 'crs-months': 3 },
  deployment: {
    file: 'ours.yaml',
    sha256: '80a0e229b6592bae9d848574c316a490fab4ee70e5ff97cd3b677d8bac17fd03',
    text: 'deployment: x',
  },
  plant: 'crs.block-ignored',
  typed: {
    roles: ['crs-admin'],
    lines: [
      { time: 12_000_000, by: 'crs-admin', on: 'crs', line: 'blok-user +447700900001' },
      { time: 5_400_000_000, by: 'crs-admin', on: 'crs-admin', line: 'tell alice "you are blocked", Élise' },
    ],
    left: 7_200_000_000,
  },
  probes: true,
  capture: { secrets: true, live: false },
  heard: false,
};

const encoder = new TextEncoder();

/** The one parser of orders, with an order that has every field. */
export const fuzzTargets: readonly FuzzTarget[] = [
  {
    name: 'run order',
    samples: [encoder.encode(writeRunOrder(SAMPLE_ORDER))],
    parse: (octets) => parseRunOrder(Buffer.from(octets).toString('utf8'), 'fuzz.json'),
  },
];
