/**
 * How fast signalling is read: one registration after the other, as a server gets them, each with a branch, a Call-ID and a
 * tag that it has not seen. The message has 313 octets, so that the figure can be held beside those of other stacks.
 */
import { assert } from '../../sim/errors.ts';
import { concat } from '../../sim/octets.ts';
import { SipFramer } from './framing.ts';
import { parseMessage } from './message.ts';

/** How long a message takes, alone and in a stream. */
export interface SipBench {
  /** Microseconds to parse a message of 313 octets. Median over turns. */
  readonly sipParseMicros: number;
  /** The same out of a stream whose octets came all at once. */
  readonly sipFrameMicros: number;
}

/** Octets of the message that is read. */
const MESSAGE_OCTETS = 313;
const MESSAGES = 2_000;
const TURNS = 15;

/** Measures for about a second. `now` tells milliseconds, of the processor where it can. */
export function benchSip(now: () => number): SipBench {
  const parse: number[] = [];
  const frame: number[] = [];
  // Turn 0 warms up.
  for (let turn = 0; turn <= TURNS; turn++) {
    const messages = Array.from({ length: MESSAGES }, (_, index) => registration(turn * MESSAGES + index));
    const begun = now();
    for (const message of messages) parseMessage(message);
    const parsed = now();
    const framed = new SipFramer().push(concat(...messages));
    const ended = now();
    assert(framed.length === MESSAGES, 'every message was read');
    if (turn === 0) continue;
    parse.push(((parsed - begun) * 1000) / MESSAGES);
    frame.push(((ended - parsed) * 1000) / MESSAGES);
  }
  return { sipParseMicros: median(parse), sipFrameMicros: median(frame) };
}

/** The registration with this number. */
function registration(index: number): Uint8Array {
  const unique = index.toString(16).padStart(16, '0');
  const octets = Buffer.from(
    'REGISTER sip:crs SIP/2.0\r\n' +
      `Via: SIP/2.0/TLS alice-phone:49152;branch=z9hG4bK${unique}\r\n` +
      'Max-Forwards: 70\r\n' +
      `From: <tel:+447700900001>;tag=${unique}\r\n` +
      'To: <tel:+447700900001>\r\n' +
      `Call-ID: ${unique}@alice-phone\r\n` +
      `CSeq: ${1_000 + (index % 9_000)} REGISTER\r\n` +
      'Contact: <sip:alice-phone:49152>\r\n' +
      'Expires: 600\r\n' +
      'Content-Length: 0\r\n\r\n',
  );
  assert(octets.length === MESSAGE_OCTETS, 'the message is as long as the figure says');
  return octets;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
