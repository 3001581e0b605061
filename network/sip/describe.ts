/**
 * A message field by field, for people who inspect one: what each octet range is and what it says. The ranges follow each
 * other without a gap, so whatever is in the message is shown.
 */
import { SDP_TYPE } from './field.ts';
import { readHead, textOf, valueOf, type HeadField } from './head.ts';
import { parseMessage, type SipMessage } from './message.ts';
import { keyMgmtOf } from './sdp-attribute.ts';
import { lineText, readLines } from './sdp-line.ts';
import { parseSdp } from './sdp-parse.ts';
import { parseContentType } from './value.ts';

/** A field of a message as people read it, at its place. */
export interface DescribedField {
  /** Octet offset in the message. */
  readonly offset: number;
  /** Octets, with what separates the field from the next. */
  readonly length: number;
  readonly name: string;
  /** In printable characters. */
  readonly value: string;
  readonly note?: string;
}

const LINE_END = 2;
const UNPRINTABLE = /\p{Cc}|\p{Bidi_Control}/gu;

/**
 * Describes one whole message.
 * @throws what `parseMessage` and, for a body of SDP, `parseSdp` throw
 */
export function describeSip(octets: Uint8Array): readonly DescribedField[] {
  const message = parseMessage(octets);
  const head = readHead(octets);
  const empty = head.length - LINE_END;
  return [
    {
      offset: 0,
      length: head.start.text.length + LINE_END,
      name: message.kind === 'request' ? 'request line' : 'status line',
      value: printable(textOf(octets, 0, head.start.text.length)),
    },
    ...head.fields.map((field) => describeField(field, octets)),
    { offset: empty, length: LINE_END, name: 'end of headers', value: '' },
    ...describeBody(message, head.length),
  ];
}

function describeField(field: HeadField, octets: Uint8Array): DescribedField {
  const { begins, rule } = field;
  return {
    offset: begins,
    length: field.offset + field.text.length - begins + LINE_END,
    name: rule.name,
    value: printable(valueOf(octets, field)),
    ...(rule.name === 'From' ? { note: 'claimed by the sender, not verified' } : {}),
  };
}

function describeBody(message: SipMessage, offset: number): DescribedField[] {
  if (message.body.length === 0) return [];
  const { length } = message.body;
  return parseContentType(message.headers.get('Content-Type') ?? '') === SDP_TYPE
    ? describeSdp(message.body, offset)
    : [{ offset, length, name: 'body', value: `${length} octets` }];
}

/**
 * Describes a session description that begins at `offset` in a message.
 * @throws what `parseSdp` throws
 */
function describeSdp(octets: Uint8Array, offset: number): DescribedField[] {
  const mikey = keyMgmtOf(parseSdp(octets));
  return readLines(octets).map((line) => {
    const value = printable(lineText(octets, line));
    const field = {
      offset: offset + line.offset - 2,
      length: line.value.length + 2 + line.endOctets,
      name: `sdp ${line.type}=`,
      value,
    };
    return value.startsWith('key-mgmt:') && mikey !== undefined
      ? { ...field, note: `MIKEY message of ${mikey.length} octets` }
      : field;
  });
}

function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
