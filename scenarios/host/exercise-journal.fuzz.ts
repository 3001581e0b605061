/** Fuzz target: the journal of an exercise. */
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { parseJournal } from './exercise-journal.ts';

const lines = [
  { format: 'calldrill-exercise-journal', version: 1, runKey: '0b'.repeat(32), role: 'crs-admin' },
  { time: 5_400_000_000, on: 'crs', line: 'block-user +447700900001' },
  { time: 6_000_000_000 },
].map((line) => `${JSON.stringify(line)}\n`);

/** A head alone, and one with two entries. */
export const fuzzTargets: readonly FuzzTarget[] = [
  {
    name: 'exercise.ndjson',
    samples: [Buffer.from(lines.slice(0, 1).join('')), Buffer.from(lines.join(''))],
    parse: (octets) => parseJournal(octets, 'fuzz.ndjson'),
  },
];
