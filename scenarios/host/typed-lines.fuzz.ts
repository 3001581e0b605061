/** Fuzz target: the file of typed lines. */
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { parseTypedLines, writeTypedLines, type TypedLinesFile } from './typed-lines.ts';

/** A content with every field, a parameter of each type, and a line beyond ASCII. */
export const SAMPLE: TypedLinesFile = {
  scenario: 'client-compromise',
  source: 'client-compromise',
  variant: 'block-wipe-destroy',
  seed: '42',
  keySeed: '7',
  parameters: { 'skew-limit': 600_000_000, 'keep-ssv': true, 'psk-rotation': 'static', 'crs-months': 3 },
  deployment: { file: 'ours.yaml', sha256: 'fedcba9876543210'.repeat(4) },
  asOf: '2015-12-01',
  roles: ['crs-admin'],
  lines: [
    { time: 12_000_000, by: 'crs-admin', on: 'crs', line: 'blok-user +447700900001' },
    { time: 5_400_000_000, by: 'crs-admin', on: 'crs-admin', line: 'tell alice "you are blocked", Élise' },
  ],
  left: 7_200_000_000,
  traceDigest: '0123456789abcdef'.repeat(4),
};

const encoder = new TextEncoder();

/** Two files as they are written, with lines and without, mutated for their reader. */
export const fuzzTargets: readonly FuzzTarget[] = [
  {
    name: 'typed lines',
    samples: [
      encoder.encode(writeTypedLines(SAMPLE)),
      encoder.encode(writeTypedLines({ ...SAMPLE, lines: [], parameters: {} })),
    ],
    parse: (octets) => parseTypedLines(octets, 'fuzz.json'),
  },
];
