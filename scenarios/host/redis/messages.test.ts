import { deflateRawSync } from 'node:zlib';
import test from 'ava';
import fc from 'fast-check';
import { CalldrillError } from '../../../sim/errors.ts';
import { exampleOrder, exampleOutcome } from '../../runs/example-run.fixture.ts';
import { summaryOf } from '../../runs/index.ts';
import { failureOf } from '../thread-message.ts';
import {
  pack,
  packEnding,
  parsePeer,
  parseQueuedRun,
  parseReply,
  readableReply,
  unpack,
  unpackEnding,
} from './messages.ts';

const order = exampleOrder('block-first');
const { scenario, result } = exampleOutcome(order);
const finished = {
  kind: 'finished',
  run: { summary: summaryOf(order, scenario, result), result },
  files: new Map([['trace.ndjson', result.traceDigest]]),
} as const;

test('what a run came to comes back as it was', (t) => {
  t.deepEqual(unpackEnding(packEnding(finished)), {
    ...JSON.parse(JSON.stringify(finished)),
    files: finished.files,
  });
  for (const error of [
    new Error('a defect'),
    new CalldrillError('TEST_REFUSED', 'no', 'Ask.', { where: { line: 4 } }),
  ]) {
    const failed = { kind: 'failed', failure: failureOf(error) } as const;
    t.deepEqual(unpackEnding(packEnding(failed)), JSON.parse(JSON.stringify(failed)));
  }
});

test('files come back as they were', (t) => {
  fc.assert(fc.property(fc.uint8Array(), (octets) => Buffer.compare(unpack(pack(octets)), octets) === 0));
  t.pass();
});

test('what no worker writes is refused with a code', (t) => {
  const refused = { code: 'QUEUE_REPLY' };
  for (const written of [
    '',
    '{',
    '[]',
    '{"kind":"ended"}',
    '{"kind":"other","job":"a"}',
    '{"kind":"ended","job":"../etc"}',
  ])
    t.throws(() => parseReply(written), refused);
  t.is(readableReply('{"kind":"other"}'), undefined);
  t.throws(() => parseQueuedRun({ order: 1, files: true, live: false }), refused);
  t.throws(() => parseQueuedRun(undefined), refused);
  t.throws(() => parsePeer('{"host":"a"}'), refused);
  t.throws(() => unpackEnding(Buffer.from('no deflate')), refused);
  t.throws(() => unpackEnding(deflateRawSync(Buffer.from('{"kind":"finished"}'))), refused);
});

test('any octets in place of an ending are refused with a code', (t) => {
  const packed = packEnding(finished);
  fc.assert(
    fc.property(fc.nat({ max: packed.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const changed = Buffer.from(packed);
      changed[at] = (changed[at] ?? 0) ^ flip;
      try {
        unpackEnding(changed);
        return true;
      } catch (thrown) {
        return thrown instanceof CalldrillError && thrown.code === 'QUEUE_REPLY';
      }
    }),
  );
  t.pass();
});
