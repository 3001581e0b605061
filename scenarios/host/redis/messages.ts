/** What hand-outs, jobs and workers write for each other. All of it is read strictly: a Redis is shared with whoever reaches it. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { CalldrillError } from '../../../sim/errors.ts';
import {
  flag,
  number,
  objectOf,
  optional,
  readJson,
  tableOf,
  taggedBy,
  text,
  whole,
  type JsonForm,
} from '../../../sim/json-fields.ts';
import { parseJson } from '../../../sim/json-text.ts';
import type { FinishedRun, RunProgress } from '../../runs/index.ts';
import { finishedRunForm } from '../run-log.ts';
import type { SentFailure } from '../thread-message.ts';
import { queueError } from './errors.ts';

/** An order, and which of its outputs whoever waits for it wants to have sent. */
export interface QueuedRun {
  /** Without its texts: see `sent-order.ts`. */
  readonly order: string;
  /** Whether its files are asked for. */
  readonly files: boolean;
  /** Whether its capture is. */
  readonly live: boolean;
}

/** A worker or a hand-out, as it says of itself. */
export interface QueuePeer {
  readonly host: string;
  readonly pid: number;
  readonly tool: string;
  readonly build: string;
  /** What a worker is making, or undefined. */
  readonly run?: string;
}

/** What a worker tells those who want a run. */
export type RunReply =
  | { readonly kind: 'started'; readonly job: string; readonly by: string }
  | { readonly kind: 'progress'; readonly job: string; readonly progress: RunProgress }
  | { readonly kind: 'captured'; readonly job: string }
  | { readonly kind: 'ended'; readonly job: string };

/** The last that is said of an order: its summary and verdicts, or the error as plain data. */
export type RunEnding =
  /** With the SHA-256 of its files by their paths, so that one that Redis lost is missed, and one that it changed is none. */
  | { readonly kind: 'finished'; readonly run: FinishedRun; readonly files: ReadonlyMap<string, string> }
  | { readonly kind: 'failed'; readonly failure: SentFailure };

/** Files of a run */
const FILES_MAX = 4_096;
/** Octets of a file that a worker sends, unpacked */
const FILE_OCTETS_MAX = 1 << 30;

const digest = text({ pattern: /^[0-9a-f]{64}$/, what: 'a SHA-256 in hexadecimal' });
const word = text({ min: 1, max: 256 });
const job = text({ pattern: /^[0-9a-f]{64}(?:-[a-z0-9]+)*$/, what: 'the id of a job' });

const PEER: JsonForm<QueuePeer> = objectOf({
  ...{ host: word, pid: whole(), tool: word, build: word },
  run: optional(word),
});

const QUEUED = objectOf({ order: text(), files: flag, live: flag });

const PROGRESS = objectOf({ scenario: word, variant: word, time: number(), ends: number() });

const REPLY = taggedBy('kind', {
  started: { job, by: word },
  progress: { job, progress: PROGRESS },
  captured: { job },
  ended: { job },
});

const ENDING = taggedBy('kind', {
  finished: { run: finishedRunForm, files: tableOf(digest, { key: word, max: FILES_MAX }) },
  failed: {
    failure: taggedBy('kind', {
      error: {
        ...{ code: text({ min: 1, max: 64 }), message: text(), fix: text() },
        where: objectOf({
          ...{ file: optional(text()), line: optional(number()), column: optional(number()) },
          ...{ offset: optional(number()), time: optional(number()) },
          ...{ device: optional(text()), clause: optional(text()) },
        }),
      },
      defect: { message: text(), stack: text() },
    }),
  },
});

/** What is in a job. Throws QUEUE_REPLY. */
export function parseQueuedRun(content: unknown): QueuedRun {
  return readJson(content, QUEUED, { root: 'the job', refuse });
}

/** A hand-out or a worker. Throws QUEUE_REPLY. */
export function parsePeer(written: string): QueuePeer {
  return readJson(jsonOf(written), PEER, { root: 'the peer', refuse });
}

/** What a worker tells. Throws QUEUE_REPLY. */
export function parseReply(written: string): RunReply {
  return readJson(jsonOf(written), REPLY, { root: 'the reply', refuse });
}

/** A reply that nobody of ours wrote is none: what became of a run is found by looking, too. */
export function readableReply(written: string): RunReply | undefined {
  try {
    return parseReply(written);
  } catch {
    return undefined;
  }
}

/** What a run came to, packed. */
export function packEnding(ending: RunEnding): Buffer {
  return pack(Buffer.from(JSON.stringify(ending, asObject)));
}

function asObject(_key: string, content: unknown): unknown {
  return content instanceof Map ? Object.fromEntries(content) : content;
}

/** What {@link packEnding} packed. Throws QUEUE_REPLY. */
export function unpackEnding(packed: Buffer): RunEnding {
  return readJson(jsonOf(unpack(packed).toString('utf8')), ENDING, { root: 'the ending', refuse });
}

/** Octets of a file, packed as fast as may be. */
export function pack(octets: Uint8Array): Buffer {
  return deflateRawSync(octets, { level: 1 });
}

/** Octets that {@link pack} packed; none that unpack to more than a file may have. Throws QUEUE_REPLY. */
export function unpack(packed: Buffer): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: FILE_OCTETS_MAX });
  } catch (cause) {
    throw queueError('QUEUE_REPLY', 'it cannot be unpacked', { cause });
  }
}

function jsonOf(written: string): unknown {
  return parseJson(written, () => queueError('QUEUE_REPLY', 'it is not JSON'));
}

function refuse({ message }: { readonly message: string }): CalldrillError {
  return queueError('QUEUE_REPLY', message);
}
