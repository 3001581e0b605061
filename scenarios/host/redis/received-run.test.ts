import test from 'ava';
import { exampleOrder, exampleOutcome } from '../../runs/example-run.fixture.ts';
import { summaryOf, TRACE_FILE } from '../../runs/index.ts';
import { pack } from './messages.ts';
import { receivedRun } from './received-run.ts';

const order = exampleOrder('block-first');
const { scenario, result, trace } = exampleOutcome(order);
const run = { summary: summaryOf(order, scenario, result), result };
const ENDING = { kind: 'finished', run, files: 2 } as const;
const TRACE = pack(Buffer.from(trace));
const FILES = { [TRACE_FILE]: TRACE, 'audio/a.wav': pack(Buffer.from('a')) };

test('a run comes back with its files, or without any where none were asked for', (t) => {
  const received = receivedRun(order, ENDING, FILES);
  t.deepEqual([...(received?.files.keys() ?? [])], Object.keys(FILES));
  t.is(Buffer.from(received?.files.get(TRACE_FILE) ?? []).toString(), trace);
  t.is(receivedRun(order, ENDING, undefined)?.files.size, 0);
});

test('planted: what is of another order, or of another variant, is refused', (t) => {
  const refused = { code: 'QUEUE_REPLY', message: /is of another order/ };
  t.throws(() => receivedRun(exampleOrder('block-first', { seed: '8' }), ENDING, FILES), refused);
  const renamed = { ...run, result: { ...result, name: 'wipe-first' } };
  t.throws(() => receivedRun(order, { ...ENDING, run: renamed }, FILES), refused);
});

test('planted: another trace than the result says is refused', (t) => {
  const refused = { code: 'QUEUE_REPLY', message: /has another trace/ };
  const changed = { ...FILES, [TRACE_FILE]: pack(Buffer.from(`${trace} `)) };
  t.throws(() => receivedRun(order, ENDING, changed), refused);
  const claimed = { ...run, result: { ...result, traceDigest: '0'.repeat(64) } };
  t.throws(() => receivedRun(order, { ...ENDING, run: claimed }, FILES), refused);
});

test('planted: a file that Redis lost is missed', (t) => {
  t.is(receivedRun(order, ENDING, { [TRACE_FILE]: TRACE }), undefined);
  t.is(receivedRun(order, { ...ENDING, files: 0 }, {}), undefined);
});
