/** Fuzz targets of the control channel and of pictures as files, and the messages that the tests of this folder use as well. */
import type { FuzzTarget } from '../../../sim/fuzz.ts';
import { concat } from '../../../sim/octets.ts';
import { LineReader } from './line-reader.ts';
import {
  CONTROL_LINE_MAX,
  lineOf,
  parseFromDevice,
  parseToDevice,
  type FromDevice,
  type ToDevice,
} from './message.ts';
import { encodePicture, parsePicture } from './picture-file.ts';

const HEX = 'ab'.repeat(32);

/** Valid messages from a director to a device, with every kind of field that such messages have. */
export const TO_DEVICE_SAMPLES: readonly ToDevice[] = [
  { type: 'challenge', version: 1, nonce: HEX },
  {
    type: 'setup',
    proof: HEX,
    name: 'alice-phone',
    kind: 'handset',
    begins: 1_444_809_600_000,
    time: 5,
    parameters: new Map<string, string | number | boolean>([
      ['crs-months', 2],
      ['old-keys', 'erased'],
      ['encrypt-then-mac', true],
    ]),
    contacts: new Map([['alice', '+447700900001']]),
    hosts: new Map([['crs', '127.1.2.2']]),
    links: [{ name: 'alice-crs', a: 'alice-phone', b: 'crs' }],
    handset: {
      user: 'alice',
      platform: 'android',
      version: '5.1',
      clockOffsetMs: -20,
      otherVoip: '',
      voice: 1,
      placed: new Map([['bob', 2]]),
    },
  },
  { type: 'start', time: 0 },
  { type: 'ask', id: 1, time: 7, what: 'type', words: ['crs-admin', 'users'] },
  { type: 'quiet', round: 3 },
  { type: 'jump', by: 250_000 },
  { type: 'moved', name: 'bob-phone', address: '192.0.2.4' },
  { type: 'beat' },
  { type: 'end' },
  { type: 'bye', code: 'CONTROL_TOKEN', message: 'no', fix: 'yes' },
];

/** Valid messages from a device to its director, with nested events, octets and secrets among them. */
export const FROM_DEVICE_SAMPLES: readonly FromDevice[] = [
  {
    type: 'hello',
    version: 1,
    tool: 'calldrill 1',
    name: 'crs',
    kind: 'crs',
    nonce: HEX,
    proof: HEX,
    address: '127.1.2.2',
  },
  { type: 'ready' },
  { type: 'failed', code: 'CRS_STATE_DAMAGED', message: 'cut off', fix: 'mend it' },
  {
    type: 'event',
    event: { n: 1, t: 2, type: 'crs.registered', on: 'crs', cause: 0, data: { user: 'alice' } },
    secrets: new Map([['ssv', 'abcd']]),
  },
  {
    type: 'tapped',
    link: 'alice-crs',
    protocol: 'tcp',
    from: { host: 'alice-phone', port: 1 },
    to: { host: 'crs', port: 5061 },
    octets: 'AAEC',
    tcp: { sequence: 1, acknowledgement: 2, flags: 16, window: 3 },
  },
  { type: 'answer', id: 1, lines: ['one', 'two'] },
  { type: 'refused', id: 2, code: 'CRS_NO_DISC', message: 'none', fix: 'insert one' },
  { type: 'state', round: 1, quiet: true, next: null, time: 9 },
  { type: 'beat' },
];

const octetsOf = (messages: readonly (ToDevice | FromDevice)[]): readonly Uint8Array[] =>
  messages.map((message) => new Uint8Array(Buffer.from(lineOf(message))));

/** As a connection reads them: into lines, and each line into a message. */
function read(input: Uint8Array, parse: (line: string) => unknown): void {
  for (const line of new LineReader(CONTROL_LINE_MAX).push(concat(input, Uint8Array.of(0x0a)))) parse(line);
}

/** The readers of both directions of the channel, and of the pictures that are handed over as files. */
export const fuzzTargets: readonly FuzzTarget[] = [
  {
    name: 'control messages to a device',
    samples: octetsOf(TO_DEVICE_SAMPLES),
    parse: (input) => read(trimmed(input), parseToDevice),
  },
  {
    name: 'control messages from a device',
    samples: octetsOf(FROM_DEVICE_SAMPLES),
    parse: (input) => read(trimmed(input), parseFromDevice),
  },
  {
    name: 'picture file',
    samples: [encodePicture({ width: 3, height: 2, pixels: Uint8Array.of(0, 255, 0, 255, 0, 255) })],
    parse: parsePicture,
  },
];

/** Without the newline that ends a sample. */
function trimmed(input: Uint8Array): Uint8Array {
  return input.at(-1) === 0x0a ? input.subarray(0, -1) : input;
}
