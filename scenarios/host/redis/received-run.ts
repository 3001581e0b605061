/**
 * What came back of a run, held against what was asked for: a Redis is shared with whoever reaches it, and may lose one thing and keep another. What is of
 * another order, or has another trace than it says, is no result.
 */
import { createHash } from 'node:crypto';
import { runKey, TRACE_FILE, type FinishedRun, type RunOrder } from '../../runs/index.ts';
import { queueError } from './errors.ts';
import { unpack, type RunEnding } from './messages.ts';

/** What is handed to the listener: nothing of it is believed that was not held against the order. */
export interface ReceivedRun {
  readonly run: FinishedRun;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** The run of `order`, or undefined when files of it were lost; without files where none are asked for. Throws QUEUE_REPLY. */
export function receivedRun(
  order: RunOrder,
  { run, files: many }: RunEnding & { readonly kind: 'finished' },
  packed: Readonly<Record<string, Buffer>> | undefined,
): ReceivedRun | undefined {
  const { summary, result } = run;
  if (summary.runKey !== runKey(order) || result.name !== order.variant)
    throw queueError('QUEUE_REPLY', `what came back for '${order.variant}' is of another order`);
  if (packed === undefined) return { run, files: new Map() };
  const files = new Map(Object.entries(packed).map(([path, octets]) => [path, unpack(octets)]));
  const trace = files.get(TRACE_FILE);
  if (files.size < many || trace === undefined) return undefined;
  const digest = createHash('sha256').update(trace).digest('hex');
  if (digest !== result.traceDigest || digest !== summary.traceDigest)
    throw queueError('QUEUE_REPLY', `what came back for '${order.variant}' has another trace than it says`);
  return { run, files };
}
