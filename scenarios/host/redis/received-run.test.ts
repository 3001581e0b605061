import { createHash } from 'node:crypto';
import test from 'ava';
import { exampleOrder, exampleOutcome } from '../../runs/example-run.fixture.ts';
import { summaryOf, TRACE_FILE } from '../../runs/index.ts';
import { pack } from './messages.ts';
import { receivedRun } from './received-run.ts';

const order = exampleOrder('block-first');
const { scenario, result, trace } = exampleOutcome(order);
const run = { summary: summaryOf(order, scenario, result), result };
const AUDIO = Buffer.from('a');
const digestOf = (octets: Buffer): string => createHash('sha256').update(octets).digest('hex');
const files = new Map([
  [TRACE_FILE, result.traceDigest],
  ['audio/a.wav', digestOf(AUDIO)],
]);
const ENDING = { kind: 'finished', run, files } as const;
const TRACE = pack(Buffer.from(trace));
const FILES = { [TRACE_FILE]: TRACE, 'audio/a.wav': pack(AUDIO) };

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
  const claim = { traceDigest: '0'.repeat(64) };
  const claimed = { summary: { ...run.summary, ...claim }, result: { ...result, ...claim } };
  t.throws(() => receivedRun(order, { ...ENDING, run: claimed }, FILES), refused);
});

test('planted: a file that Redis lost is missed', (t) => {
  t.is(receivedRun(order, ENDING, { [TRACE_FILE]: TRACE }), undefined);
  t.is(receivedRun(order, ENDING, {}), undefined);
});

test('planted: an ending without a trace, other octets of a file, and a file that no worker made are refused', (t) => {
  const refused = { code: 'QUEUE_REPLY' };
  t.throws(() => receivedRun(order, { ...ENDING, files: new Map() }, {}), refused);
  t.throws(() => receivedRun(order, ENDING, { ...FILES, 'audio/a.wav': pack(Buffer.from('b')) }), refused);
  t.throws(() => receivedRun(order, ENDING, { ...FILES, 'audio/b.wav': pack(AUDIO) }), refused);
  for (const path of ['../a.wav', 'audio/../../a.wav', '/etc/a.wav', '.', 'audio/./a.wav', 'a\\..\\b', '']) {
    const outside = { ...ENDING, files: new Map([...files, [path, digestOf(AUDIO)]]) };
    t.throws(() => receivedRun(order, outside, { ...FILES, [path]: pack(AUDIO) }), refused, path);
  }
});

test('planted: a summary that says better than its result is refused', (t) => {
  const better = run.summary.verdicts.map((each) => ({ ...each, verdict: 'not-applicable' as const }));
  for (const change of [
    { verdicts: better },
    { seed: '8' },
    { keySeed: '8' },
    { plant: 'other' },
    { measures: [] },
  ]) {
    const summary = { ...run.summary, ...change };
    t.throws(() => receivedRun(order, { ...ENDING, run: { ...run, summary } }, FILES), {
      code: 'QUEUE_REPLY',
    });
  }
});
