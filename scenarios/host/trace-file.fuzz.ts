/** What the fuzzer mutates of trace files. */
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { fromAscii } from '../../sim/octets.ts';
import { TRACE_VERSION } from '../../sim/trace.ts';
import { parseTrace } from './trace-file.ts';

const began = {
  version: TRACE_VERSION,
  tool: 'calldrill 0.1.0',
  scenario: 'sample',
  variant: 'main',
  seed: '1',
};

/** A whole trace of three events. */
export const SAMPLE_TRACE = [
  {
    n: 1,
    t: 0,
    type: 'trace.began',
    on: 'world',
    cause: 0,
    data: { ...began, begins: '2015-10-14T08:00:00Z' },
  },
  { n: 2, t: 5_000_000, type: 'person.told', on: 'alice', cause: 1, data: { to: 'bob', text: 'hello' } },
  { n: 3, t: 5_000_000, type: 'trace.ended', on: 'world', cause: 0, data: { events: 3 } },
]
  .map((event) => `${JSON.stringify(event)}\n`)
  .join('');

/** A small trace file, mutated, for the reader that verdicts rest on. */
export const fuzzTargets: readonly FuzzTarget[] = [
  {
    name: 'trace file',
    samples: [fromAscii(SAMPLE_TRACE)],
    parse: (octets) => parseTrace(octets, 'sample.ndjson'),
  },
];
