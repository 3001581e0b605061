/**
 * A checkpoint as octets, for another process of the same build.
 *
 *     +---------------------------------------------------------------+
 *     |                     "CDCP"  (43 44 43 50)                     |
 *     +---------------+-----------------------------------------------+
 *     |  version (1)  |             length of what follows
 *     +---------------+-----------------------------------------------+
 *      length (4)     |                                               |
 *     +---------------+                                               +
 *     :  the head: build, world, time, events and digest of the trace :
 *     +---------------------------------------------------------------+
 *     :          what the world was, what had been done to it,        :
 *     :                    and what had happened in it                :
 *     +---------------------------------------------------------------+
 *     |                SHA-256 of everything before it                |
 *     +---------------------------------------------------------------+
 *
 * CheckpointHead and body are values in the form of `sim/kept-octets.ts`, one after the other; the length does not count the SHA-256. Nothing is read of them
 * before the SHA-256 is known to be right, and of the body nothing before the build and the world are. The lines of the trace are not written:
 * they follow from its events, and their digest has to be that of the head. The SHA-256 finds damage; it does not protect against
 * somebody who may write the file.
 */
import { createHash } from 'node:crypto';
import type { CalldrillError } from '../../sim/errors.ts';
import {
  isJsonRecord,
  listOf,
  objectOf,
  readJson,
  text,
  valueThat,
  whole,
  type JsonForm,
  type JsonRecord,
  type JsonValueOf,
} from '../../sim/json-fields.ts';
import { KeptReader, keptOctets, type KeptContent } from '../../sim/kept-octets.ts';
import { concat, equal, fromAscii } from '../../sim/octets.ts';
import type { AnyTraceEvent, TracePrefix } from '../../sim/trace.ts';
import { tracePrefixOf } from '../../sim/trace-prefix.ts';
import { NOTED_TYPES, worldIdentityOf, type Checkpoint, type WorldOptions } from '../world/index.ts';
import { checkpointError, type CHECKPOINT_CODES } from './checkpoint-errors.ts';

const MAGIC = 'CDCP';
const VERSION = 1;
const VERSION_AT = MAGIC.length;
const LENGTH_AT = VERSION_AT + 1;
const HEAD_AT = LENGTH_AT + 4;
const DIGEST_OCTETS = 32;

/** What a checkpoint is taken of, and has to be of to be taken up again. */
export interface CheckpointOrigin {
  /** The build of this process, as `buildId` says it. */
  readonly build: string;
  /** What the world was made with. */
  readonly options: WorldOptions;
}

const digest = text({ pattern: /^[0-9a-f]{64}$/, what: 'a SHA-256 in hexadecimal' });

const IDENTITY = { scenario: text(), variant: text(), seed: text(), keySeed: text(), options: digest };
const HEAD = objectOf({
  build: digest,
  world: objectOf(IDENTITY),
  time: whole(),
  events: whole(),
  trace: digest,
});
type CheckpointHead = JsonValueOf<typeof HEAD>;

/** As messages call the parts of a world's name. */
const PARTS: readonly (readonly [part: keyof typeof IDENTITY, called: string])[] = [
  ['scenario', 'scenario'],
  ['variant', 'variant'],
  ['seed', 'seed'],
  ['keySeed', 'key seed'],
  ['options', 'text, parameters, rules, roles, kinds, witnesses, voices or tool'],
];

/** The octets of a checkpoint: equal checkpoints give equal octets. */
export function checkpointOctets(checkpoint: Checkpoint, { build, options }: CheckpointOrigin): Uint8Array {
  const { time, state, log, trace } = checkpoint;
  const head = {
    build,
    world: worldIdentityOf(options),
    time,
    events: trace.length,
    trace: digestOf(trace),
  } satisfies CheckpointHead;
  // What events and entries of the log hold is made of such values, which their open types cannot say.
  const content = { log, events: trace.events.slice(0, trace.length) } as unknown as KeptContent;
  return sealed(concat(keptOctets(head), keptOctets(state), keptOctets(content)));
}

/** Puts what a file of this form has around its head and body. Tests take it to say what no world says. */
export function sealed(values: Uint8Array): Uint8Array {
  const start = Buffer.alloc(HEAD_AT);
  start.set(fromAscii(MAGIC));
  start[VERSION_AT] = VERSION;
  start.writeUInt32BE(values.length, LENGTH_AT);
  const whole = concat(start, values);
  return concat(whole, sha256(whole));
}

/**
 * Reads a checkpoint, strictly. `file` names it in errors. Throws HOST_CHECKPOINT_FORM, _VERSION, _LENGTH, _DAMAGED, _BUILD, _WORLD
 * and _CONTENT, with the octet where there is one.
 */
export function parseCheckpoint(octets: Uint8Array, file: string, origin: CheckpointOrigin): Checkpoint {
  const refuse = (code: keyof typeof CHECKPOINT_CODES, detail: string, offset?: number): CalldrillError =>
    checkpointError(code, detail, { where: { file, ...(offset === undefined ? {} : { offset }) } });
  const end = endOf(octets, refuse);
  const reader = new KeptReader(
    octets,
    (detail, offset) => refuse('HOST_CHECKPOINT_CONTENT', detail, offset),
    { start: HEAD_AT, end },
  );
  const read = <Value>(content: unknown, form: JsonForm<Value>, root: string, offset: number): Value =>
    readJson(content, form, {
      root,
      refuse: ({ message }) => refuse('HOST_CHECKPOINT_CONTENT', message, offset),
    });
  const head = read(reader.value(), HEAD, 'the head', HEAD_AT);
  checkOrigin(head, origin, refuse);
  const { time } = head;
  const stateAt = reader.offset;
  const state = read(reader.value(), STATE, 'the state', stateAt);
  const contentAt = reader.offset;
  const { log, events } = read(reader.content(), CONTENT, 'the body', contentAt);
  if (reader.remaining > 0)
    throw refuse('HOST_CHECKPOINT_CONTENT', 'something follows the events', reader.offset);
  const wrong = disorderOf('event', events, time) ?? disorderOf('entry', log, time);
  if (wrong !== undefined) throw refuse('HOST_CHECKPOINT_CONTENT', wrong, contentAt);
  const trace = tracePrefixOf(events);
  if (trace.length !== head.events || digestOf(trace) !== head.trace)
    throw refuse('HOST_CHECKPOINT_CONTENT', 'the events are not those of the trace', contentAt);
  return { time, state, trace, log };
}

type Refuse = (code: keyof typeof CHECKPOINT_CODES, detail: string, offset?: number) => CalldrillError;

/** Where head and body end, in octets that are whole and undamaged. */
function endOf(octets: Uint8Array, refuse: Refuse): number {
  if (!equal(octets.subarray(0, VERSION_AT), fromAscii(MAGIC)))
    throw refuse('HOST_CHECKPOINT_FORM', `the file does not begin with ${MAGIC}`, 0);
  const version = octets[VERSION_AT];
  if (version !== undefined && version !== VERSION)
    throw refuse('HOST_CHECKPOINT_VERSION', `it is of version ${version}, not ${VERSION}`, VERSION_AT);
  if (octets.length < HEAD_AT)
    throw refuse('HOST_CHECKPOINT_LENGTH', 'the file ends before it says how long it is', octets.length);
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  const end = HEAD_AT + view.getUint32(LENGTH_AT);
  const said = end + DIGEST_OCTETS;
  if (octets.length !== said) {
    const detail = `the file has ${octets.length} octets, and says that it has ${said}`;
    throw refuse('HOST_CHECKPOINT_LENGTH', detail, Math.min(octets.length, said));
  }
  if (!equal(sha256(octets.subarray(0, end)), octets.subarray(end)))
    throw refuse('HOST_CHECKPOINT_DAMAGED', 'its SHA-256 is another');
  return end;
}

function checkOrigin(head: CheckpointHead, { build, options }: CheckpointOrigin, refuse: Refuse): void {
  if (head.build !== build)
    throw refuse('HOST_CHECKPOINT_BUILD', `it is of build ${short(head.build)}, and this is ${short(build)}`);
  const world = worldIdentityOf(options);
  for (const [part, called] of PARTS) {
    const [was, is] = [head.world[part], world[part]];
    if (was === is) continue;
    const detail =
      part === 'options' ? `its ${called} is another` : `its ${called} is '${short(was)}', not '${is}'`;
    throw refuse('HOST_CHECKPOINT_WORLD', detail);
  }
}

/** As much of a digest, or of what somebody else wrote, as a message repeats. */
function short(said: string): string {
  return said.slice(0, 16);
}

/**
 * What each part holds is what its own `save` has said: it is plain, this build has written it, and it is undamaged. So its outline is looked
 * at and no more.
 */
const STATE: JsonForm<Checkpoint['state']> = valueThat(
  'the state of a world',
  (content): content is Checkpoint['state'] =>
    isRecord(content) &&
    ['physics', 'topology', 'devices', 'witnesses'].every((part) => isRecord(content[part])) &&
    ['things', 'calls'].every((part) => Array.isArray(content[part])) &&
    Object.keys(content).length === 6,
);

const EVENT: JsonForm<AnyTraceEvent> = valueThat(
  'an event',
  (content): content is AnyTraceEvent =>
    isRecord(content) &&
    isWhole(content['n']) &&
    isWhole(content['t']) &&
    isWhole(content['cause']) &&
    ['type', 'on'].every((field) => typeof content[field] === 'string') &&
    isRecord(content['data']) &&
    Object.keys(content).join() === 'n,t,type,on,cause,data',
);

const ENTRY: JsonForm<Checkpoint['log'][number]> = valueThat(
  'an entry of the log',
  (content): content is Checkpoint['log'][number] => {
    if (!isRecord(content) || !isWhole(content['time']) || Object.keys(content).length !== 4) return false;
    const isTyped = ['by', 'on', 'line'].every((field) => typeof content[field] === 'string');
    const isNoted = NOTED_TYPES.some((type) => type === content['type']);
    return isTyped || (isNoted && typeof content['on'] === 'string' && isRecord(content['data']));
  },
);

const CONTENT = objectOf({ log: listOf(ENTRY), events: listOf(EVENT) });

function isRecord(content: unknown): content is JsonRecord {
  return isJsonRecord(content) && !(content instanceof Uint8Array);
}

function isWhole(content: unknown): boolean {
  return Number.isSafeInteger(content) && Number(content) >= 0;
}

/** Which of the events, or of the entries of the log, is out of order; undefined when none is. */
function disorderOf(
  what: string,
  items: readonly (AnyTraceEvent | Checkpoint['log'][number])[],
  until: number,
): string | undefined {
  let before = 0;
  for (const [index, item] of items.entries()) {
    const time = 't' in item ? item.t : item.time;
    const isNumbered = !('n' in item) || (item.n === index + 1 && item.cause < item.n);
    if (time < before || time > until || !isNumbered) return `${what} ${index + 1} is out of order`;
    before = time;
  }
  return undefined;
}

function digestOf({ hash }: TracePrefix): string {
  return hash.copy().digest('hex');
}

function sha256(octets: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(octets).digest());
}
