/** Fuzz target: the log of finished runs. */
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { exampleOrder, exampleOutcome } from '../runs/example-run.fixture.ts';
import { summaryOf } from '../runs/index.ts';
import { parseRunLog } from './run-log.ts';

const order = exampleOrder('wipe-first');
const { result } = exampleOutcome(order);
const summary = summaryOf(order, 'client-compromise', result);
const files = { 'trace.ndjson': { sha256: '0b'.repeat(32), size: 5 } };
const line = `${JSON.stringify({ version: 4, summary, result, below: 'a/b', files })}\n`;
const encoder = new TextEncoder();

/** One line and two lines of a log. */
export const fuzzTargets: readonly FuzzTarget[] = [
  {
    name: 'runs.ndjson',
    samples: [encoder.encode(line), encoder.encode(line + line)],
    parse: (octets) => parseRunLog(octets, 'fuzz.ndjson'),
  },
];
