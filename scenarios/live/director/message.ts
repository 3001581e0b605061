/**
 * What a director and a device say to each other: one JSON object a line, `type` first among equals. The channel is a TCP connection
 * that the device opens. The director challenges; the device proves that it has the token and challenges in turn; the director
 * proves the same and says what the device is to be. From then on:
 *
 *     director                          device
 *        | challenge ----------------------> |
 *        | <------------------------- hello  |
 *        | setup --------------------------> |   builds itself, at the time that it is
 *        | <------------------------- ready  |   or `failed`
 *        | start --------------------------> |   its clock runs
 *        | <------------------ event, tapped |   as they happen, in order
 *        | ask ----------------------------> |
 *        | <-------------- answer / refused  |   after every event that it led to
 *        | quiet --------------------------> |
 *        | <------------------------- state  |   whether anything is under way there
 *        | jump ---------------------------> |   idle time is skipped, everywhere alike
 *        | moved --------------------------> |   another device has another address now
 *        | beat ---------------------------> |   every few seconds, whatever else is said
 *        | <-------------------------- beat  |
 *
 * A link that is cut says nothing, and the kernel may keep a connection over it for a quarter of an hour. So whoever hears nothing
 * for five beats takes the other for gone.
 *
 * The channel carries what the examiner must know: keys, codes and recordings. It belongs on the loopback, or on a network that one
 * trusts with the keys of a test.
 */
import { CalldrillError } from '../../../sim/errors.ts';
import {
  choice,
  flag,
  integer,
  objectOf,
  orNull,
  readJson,
  record,
  taggedBy,
  whole,
  type JsonFields,
  type JsonForm,
  type TaggedOf,
} from '../../../sim/json-fields.ts';
import { parseJson } from '../../../sim/json-text.ts';
import { controlError } from './errors.ts';
import { base64, hex, hex32, host, listOf, name, scalar, tableOf, text } from './message-fields.ts';

/** The version that both ends state first; ends of different versions do not talk to each other. */
export const CONTROL_VERSION = 1;
/** Milliseconds between two beats. */
export const BEAT_MS = 3_000;
/** Beats in which nothing is heard, after which the other end is taken for gone. */
export const UNHEARD_MAX = 3;
/** Characters of one line between a director and a device. */
export const CONTROL_LINE_MAX = 2 * 1024 * 1024;

const DEVICE_KINDS = ['crs', 'handset'] as const;
/** The kinds of devices that may be processes of their own. */
export type RemoteKind = (typeof DEVICE_KINDS)[number];

/** What can be asked of a device, and the words that each takes. The answer is a list of texts. */
export const ASKS = {
  /** Types a line on its console: who types, the line. */
  type: 2,
  /** The lines of its screen. */
  screen: 0,
  /** What the last word of a line could become: the line. */
  complete: 1,
  /** Its help, or that of one command: the command, or ''. */
  help: 1,
  /** Points its camera at a picture: the file. */
  scan: 1,
  /** Puts a disc into its drive: the disc's name, the file. */
  insert: 2,
  eject: 0,
  /** `yes` or `no`: takes it out of reach of every network, or back. */
  shield: 1,
  /** Its storage, as a file: the name of the file to write. */
  extract: 1,
  /** All that a CRS keeps over a restart, as a file. */
  state: 1,
  /** Of a handset: its number or '', its line, its service. */
  facts: 0,
  /** How late it was: events, median, 99th percentile, maximum. */
  lag: 0,
} as const;
/** What a director may have a device do or say, each with a fixed number of words behind it. */
export type Ask = keyof typeof ASKS;
const ASK_NAMES = Object.keys(ASKS).filter((each): each is Ask => Object.hasOwn(ASKS, each));

const address = objectOf({ host, port: whole() });

const TO_DEVICE = {
  challenge: { version: whole(), nonce: hex32 },
  setup: {
    proof: hex32,
    name,
    kind: choice(...DEVICE_KINDS),
    /** Unix milliseconds at time 0. */
    begins: whole(),
    time: whole(),
    parameters: tableOf(scalar),
    contacts: tableOf(text),
    /** The IP address of each host. */
    hosts: tableOf(host),
    links: listOf(objectOf({ name, a: host, b: host })),
    handset: orNull(
      objectOf({
        user: name,
        platform: choice('android', 'ios'),
        version: text,
        clockOffsetMs: integer(),
        otherVoip: text,
        /** Which of the voices it talks with. */
        voice: whole(),
        /** How many calls its user has placed, by whom they were to. */
        placed: tableOf(whole()),
      }),
    ),
  },
  start: { time: whole() },
  /** A device that is behind the director's time sets itself on to it first: what it does is never before what made it do so. */
  ask: { id: whole(), time: whole(), what: choice(...ASK_NAMES), words: listOf(text) },
  quiet: { round: whole() },
  jump: { by: whole() },
  /** Another device has come back with this IP address. */
  moved: { name, address: host },
  beat: {},
  end: {},
  /** Why the director lets go of it. */
  bye: { code: text, message: text, fix: text },
} as const satisfies Readonly<Record<string, JsonFields>>;

const FROM_DEVICE = {
  hello: {
    version: whole(),
    tool: text,
    name,
    kind: choice(...DEVICE_KINDS),
    nonce: hex32,
    proof: hex32,
    address: host,
  },
  ready: {},
  failed: { code: text, message: text, fix: text },
  event: {
    event: objectOf({ n: whole(), t: whole(), type: text, on: text, cause: whole(), data: record }),
    /** Octets of its secrets, by the name of the field, or `secrets.0` for one of a list. */
    secrets: tableOf(hex),
  },
  tapped: {
    link: name,
    protocol: choice('udp', 'tcp'),
    from: address,
    to: address,
    octets: base64,
    tcp: orNull(objectOf({ sequence: whole(), acknowledgement: whole(), flags: whole(), window: whole() })),
  },
  answer: { id: whole(), lines: listOf(text) },
  refused: { id: whole(), code: text, message: text, fix: text },
  /** `next` is when something is due there next. */
  state: { round: whole(), quiet: flag, next: orNull(whole()), time: whole() },
  beat: {},
} as const satisfies Readonly<Record<string, JsonFields>>;

/** One line from a director to a device, told apart by `type`. */
export type ToDevice = TaggedOf<'type', typeof TO_DEVICE>;
/** One line from a device to its director, told apart by `type`. */
export type FromDevice = TaggedOf<'type', typeof FROM_DEVICE>;
/** What a device is told to be, once, after it has proved the token: its kind, its network, its time and its parameters. */
export type Setup = Extract<ToDevice, { type: 'setup' }>;

/** A line for the wire, ended by a newline. */
export function lineOf(message: ToDevice | FromDevice): string {
  return `${JSON.stringify(message, (_key, value: unknown) =>
    value instanceof Map ? Object.fromEntries(value) : value,
  )}\n`;
}

const toDevice = taggedBy('type', TO_DEVICE);
const fromDevice = taggedBy('type', FROM_DEVICE);

/** Reads a line of a director. Errors: CONTROL_LINE, CONTROL_SIZE, with the octet offset where the JSON breaks. */
export function parseToDevice(line: string): ToDevice {
  return parsed(line, toDevice);
}

/** Reads a line of a device. Errors: CONTROL_LINE, CONTROL_SIZE, with the octet offset where the JSON breaks. */
export function parseFromDevice(line: string): FromDevice {
  return parsed(line, fromDevice);
}

/** A message as a whole, in what is said of one. */
const ROOT = 'the line';

function parsed<Message>(line: string, form: JsonForm<Message>): Message {
  if (line.length > CONTROL_LINE_MAX)
    throw controlError('CONTROL_SIZE', `a line of ${line.length} characters`);
  const content = parseJson(line, (offset, cause) =>
    controlError('CONTROL_LINE', 'the line is not JSON', { where: { offset }, cause }),
  );
  return readJson(content, form, {
    root: ROOT,
    refuse: ({ place, message }) =>
      controlError('CONTROL_LINE', message, place === ROOT ? { where: { offset: 0 } } : {}),
  });
}

/** An error as a message carries it. */
export function refusalOf(error: CalldrillError): { code: string; message: string; fix: string } {
  return { code: error.code, message: error.message, fix: error.fix };
}

/** The error again, on the other side. */
export function errorOf(
  { code, message, fix }: { code: string; message: string; fix: string },
  device: string,
): CalldrillError {
  return new CalldrillError(code, message, fix, { where: { device } });
}
