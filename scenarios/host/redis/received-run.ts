/**
 * What came back of a run, held against what was asked for: a Redis is shared with whoever reaches it, and may lose one thing and keep another. What is of
 * another order, says of itself what is not so, or has other octets than its worker made, is no result.
 */
import { createHash } from 'node:crypto';
import { canonicalJson, type JsonValue } from '../../../sim/canonical-json.ts';
import {
  runKey,
  summaryOf,
  TRACE_FILE,
  type FinishedRun,
  type RunOrder,
  type RunSummary,
} from '../../runs/index.ts';
import { queueError } from './errors.ts';
import { unpack, type RunEnding } from './messages.ts';

/** What is handed to the listener: nothing of it is believed that was not held against the order. */
export interface ReceivedRun {
  readonly run: FinishedRun;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** A path below the folder of a run, which leads nowhere else. */
const PATH = /^(?!.*(?:^|\/)\.\.?(?:\/|$))[\w.+-][\w.+ /-]*$/;

/** The run of `order`, or undefined when files of it were lost; without files where none are asked for. Throws QUEUE_REPLY. */
export function receivedRun(
  order: RunOrder,
  { run, files: digests }: RunEnding & { readonly kind: 'finished' },
  packed: Readonly<Record<string, Buffer>> | undefined,
): ReceivedRun | undefined {
  const { summary, result } = run;
  const refuse = (what: string): Error =>
    queueError('QUEUE_REPLY', `what came back for '${order.variant}' ${what}`);
  if (summary.runKey !== runKey(order) || result.name !== order.variant) throw refuse('is of another order');
  if (written(summary) !== written(summaryOf(order, summary.scenario, result)))
    throw refuse('has a summary of something else');
  if (packed === undefined) return { run, files: new Map() };
  const names = Object.keys(packed);
  if (digests.get(TRACE_FILE) !== result.traceDigest) throw refuse('has another trace than it says');
  for (const name of names)
    if (!PATH.test(name) || !digests.has(name)) throw refuse('has a file that no worker made');
  if (names.length < digests.size) return undefined;
  const files = new Map(Object.entries(packed).map(([path, octets]) => [path, unpack(octets)]));
  for (const [path, octets] of files)
    if (createHash('sha256').update(octets).digest('hex') !== digests.get(path))
      throw refuse(
        path === TRACE_FILE ? 'has another trace than it says' : 'has other octets than were made',
      );
  return { run, files };
}

function written(summary: RunSummary): string {
  return canonicalJson(JSON.parse(JSON.stringify(summary)) as JsonValue);
}
