/**
 * A MIKEY-SAKKE I_MESSAGE as a list of payloads: octets in, payloads out, and back. Every octet belongs to exactly one field
 * and writing what was read gives the same octets, so a device and an attacker that change one payload change nothing else.
 *
 * Reading decides only whether the octets are a message. Whether the message is to be believed is decided in
 * `receive-rules.ts`.
 */
import { CalldrillError } from '../../sim/errors.ts';
import { mikeyError } from './message-errors.ts';
import { readHeader, writeHeader, type Header } from './payload/header.ts';
import type { Identity, IdentityRole } from './payload/identity.ts';
import { PayloadOrder } from './payload/order.ts';
import { LAST, PAYLOAD_TYPES } from './payload/payload-type.ts';
import { readPayload, writePayload, type Payload } from './payload/payload.ts';
import type { Rand } from './payload/rand.ts';
import { Reader, type MessageField, type MessageNotes } from './payload/reader.ts';
import type { Sakke } from './payload/sakke.ts';
import type { SecurityPolicy } from './payload/security-policy.ts';
import { SIGN_HEADER_OCTETS, type Sign } from './payload/sign.ts';
import type { Timestamp } from './payload/timestamp.ts';
import { Writer } from './payload/writer.ts';

/** An I_MESSAGE with two crypto sessions, four identities and a policy has 593 octets. */
const MESSAGE_OCTETS_MAX = 4096;

/** A payload and where it stands in the message. */
type PlacedPayload<P> = P & {
  /** 0-based octet offset. */
  readonly offset: number;
  /** In octets, with its next payload octet. */
  readonly length: number;
};

/** The payloads of a message behind its header, in order. */
export type Payloads = readonly Payload[];

/** An I_MESSAGE as it was read: its payloads in order, each with its place. Whether it is to be believed is another question. */
export interface Message {
  readonly octets: Uint8Array;
  readonly header: PlacedPayload<Header>;
  readonly payloads: readonly PlacedPayload<Payload>[];
  /** How many of the octets the signature covers: all up to and including the SIGN header. */
  readonly signedLength: number;
  // The payloads that every message has.
  readonly timestamp: Timestamp;
  readonly rand: Rand;
  readonly sakke: Sakke;
  readonly sign: Sign;
}

/**
 * Reads a message. Octet strings in it are views of `octets`.
 *
 * @throws the MIKEY_ codes of a malformed message, with the octet offset.
 */
export function parseMessage(octets: Uint8Array): Message {
  return readMessage(octets);
}

/** What can be seen of octets that may be no message. */
export interface MessageView {
  /** Every field in order, each octet in exactly one of them, up to the first that cannot be told from what follows. */
  readonly fields: readonly MessageField[];
  /** All that a phone would refuse it for, as far as it was read. */
  readonly objections: readonly CalldrillError[];
  /** There when nothing is objected to. */
  readonly message: Message | undefined;
}

/** Reads as much of a message as there is structure to go by, whatever is wrong with it. */
export function viewMessage(octets: Uint8Array): MessageView {
  const notes: MessageNotes = { fields: [], objections: [] };
  let message: Message | undefined;
  try {
    message = readMessage(octets, notes);
  } catch (thrown) {
    if (!(thrown instanceof CalldrillError)) throw thrown;
    notes.objections.push(thrown);
  }
  return { ...notes, message: notes.objections.length === 0 ? message : undefined };
}

/** The octets of a message. The order of payloads is the caller's: an attacker's message need not be a good one. */
export function serialiseMessage(header: Header, payloads: Payloads): Uint8Array<ArrayBuffer> {
  const writer = new Writer();
  const nextOf = (index: number) => {
    const next = payloads[index];
    return next === undefined ? LAST : PAYLOAD_TYPES.numberOf(next.kind);
  };
  writeHeader(writer, header, nextOf(0));
  for (const [i, payload] of payloads.entries()) writePayload(writer, payload, nextOf(i + 1));
  return writer.finish();
}

/** The octets that the signature covers (RFC 3830 section 5.2). */
export function signedPartOf(message: Message): Uint8Array {
  return message.octets.subarray(0, message.signedLength);
}

/** The first identity of this role in a message, if it names one. */
export function identityOf(message: Message, role: IdentityRole): Identity | undefined {
  for (const payload of message.payloads) if (payload.kind === 'IDR' && payload.role === role) return payload;
  return undefined;
}

/** The SP payloads of a message, in the order in which they stand there. */
export function policiesOf(message: Message): readonly SecurityPolicy[] {
  return message.payloads.filter((payload) => payload.kind === 'SP');
}

function readMessage(octets: Uint8Array, notes?: MessageNotes): Message {
  if (octets.length > MESSAGE_OCTETS_MAX)
    throw mikeyError('MIKEY_TOO_LONG', `${octets.length} octets are more than ${MESSAGE_OCTETS_MAX}`, {
      where: { offset: MESSAGE_OCTETS_MAX },
    });
  const reader = new Reader(octets, notes);
  const { header, next } = readHeader(reader);
  const headerLength = reader.offset;
  const payloads = readPayloads(reader, next);
  if (reader.remaining > 0)
    throw mikeyError('MIKEY_TRAILING_OCTETS', `${reader.remaining} octets follow the last payload`, {
      where: { offset: reader.offset },
    });
  const required = <Kind extends Payload['kind']>(kind: Kind) =>
    requirePayload(payloads, kind, octets.length);
  if (header.map.type === 'empty') refusePolicies(payloads);
  const sign = required('SIGN');
  return {
    octets,
    header: { ...header, offset: 0, length: headerLength },
    payloads,
    signedLength: sign.offset + SIGN_HEADER_OCTETS,
    timestamp: required('T'),
    rand: required('RAND'),
    sakke: required('SAKKE'),
    sign,
  };
}

function readPayloads(reader: Reader, first: number): PlacedPayload<Payload>[] {
  const payloads: PlacedPayload<Payload>[] = [];
  const order = new PayloadOrder();
  let number: number | undefined = first;
  while (number !== undefined && number !== LAST) {
    const offset = reader.offset;
    const { payload, next } = readPayload(reader, number);
    try {
      order.follow(payload, offset);
    } catch (thrown) {
      if (!(thrown instanceof CalldrillError)) throw thrown;
      reader.object(thrown);
    }
    payloads.push({ ...payload, offset, length: reader.offset - offset });
    number = next;
  }
  return payloads;
}

function requirePayload<Kind extends Payload['kind']>(
  payloads: readonly PlacedPayload<Payload>[],
  kind: Kind,
  offset: number,
): PlacedPayload<Extract<Payload, { kind: Kind }>> {
  for (const payload of payloads) if (isKind(payload, kind)) return payload;
  throw mikeyError('MIKEY_PAYLOAD_MISSING', `there is no ${kind} payload`, { where: { offset } });
}

function isKind<Kind extends Payload['kind']>(
  payload: PlacedPayload<Payload>,
  kind: Kind,
): payload is PlacedPayload<Extract<Payload, { kind: Kind }>> {
  return payload.kind === kind;
}

/** RFC 4563: a message with the empty map sets up no crypto session, so there is nothing that a policy could be for. */
function refusePolicies(payloads: readonly PlacedPayload<Payload>[]): void {
  const policy = payloads.find(({ kind }) => kind === 'SP');
  if (policy !== undefined)
    throw mikeyError('MIKEY_PAYLOAD_TYPE', 'SP has no place in a message with the empty map', {
      where: { offset: policy.offset },
    });
}
