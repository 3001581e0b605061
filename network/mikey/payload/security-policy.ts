/**
 * SP, a security policy: what SRTP is to do, as type, length, value (RFC 3830 sections 6.10 and 6.10.1).
 * ```
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ! Next payload  ! Policy no     ! Prot type     ! Policy param  ~
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ~ length (cont) ! Policy param                                  ~
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *  each: ! type          ! length        ! value                 ~
 * ```
 * A parameter that is not sent has SRTP's default. Which values calldrill can do is decided in `srtp-policy.ts`.
 */
import { mikeyError } from '../message-errors.ts';
import type { Reader } from './reader.ts';
import { Registry } from './registry.ts';
import type { Writer } from './writer.ts';

/** How the media of a crypto session is to be protected: ciphers, lengths, and the rest of RFC 3830 section 6.10. */
export interface SecurityPolicy {
  readonly kind: 'SP';
  /** 0..255, what a crypto session refers to. */
  readonly number: number;
  readonly parameters: readonly PolicyParameter[];
}

interface PolicyParameter {
  readonly type: PolicyParameterType;
  /** The value's octets, 1 or 2 of them. */
  readonly length: number;
  readonly value: number;
}

/** RFC 3830 section 6.10.1, RFC 4771 (`ROC transmission rate`, the ROC tags), RFC 7714 (`AEAD tag`). */
export type PolicyParameterType =
  | 'encryption algorithm'
  | 'encryption key length'
  | 'authentication algorithm'
  | 'authentication key length'
  | 'salt length'
  | 'SRTP PRF'
  | 'key derivation rate'
  | 'SRTP encryption'
  | 'SRTCP encryption'
  | 'FEC order'
  | 'SRTP authentication'
  | 'authentication tag length'
  | 'SRTP prefix length'
  | 'ROC transmission rate'
  | 'SRTP ROC tag length'
  | 'SRTCP ROC tag length'
  | 'AEAD tag length';

const PARAMETERS = new Registry<PolicyParameterType>([
  [0, 'encryption algorithm'],
  [1, 'encryption key length'],
  [2, 'authentication algorithm'],
  [3, 'authentication key length'],
  [4, 'salt length'],
  [5, 'SRTP PRF'],
  [6, 'key derivation rate'],
  [7, 'SRTP encryption'],
  [8, 'SRTCP encryption'],
  [9, 'FEC order'],
  [10, 'SRTP authentication'],
  [11, 'authentication tag length'],
  [12, 'SRTP prefix length'],
  [13, 'ROC transmission rate'],
  [18, 'SRTP ROC tag length'],
  [19, 'SRTCP ROC tag length'],
  [20, 'AEAD tag length'],
]);

const ENCRYPTION_ALGORITHMS = new Registry([
  [0, 'NULL'],
  [1, 'AES-CM'],
  [2, 'AES-F8'],
  [6, 'AES-GCM'],
]);

const AUTHENTICATION_ALGORITHMS = new Registry([
  [0, 'NULL'],
  [1, 'HMAC-SHA-1'],
  [2, 'RCCm1'],
  [3, 'RCCm2'],
  [4, 'RCCm3'],
]);

const SRTP = 0;

/** Reads what follows the next-payload octet of SP: number (1), protocol (1), length (2), parameters. Errors: MIKEY_POLICY. */
export function readSecurityPolicy(reader: Reader): SecurityPolicy {
  const start = reader.offset;
  const number = reader.uint8('policy');
  const protocol = reader.uint8('protocol', (value) => (value === SRTP ? 'SRTP' : undefined));
  if (protocol !== SRTP) throw refusal(`protocol type ${protocol} is not SRTP`, start + 1);
  const inner = reader.within('parameters', reader.uint16('parameters length'));
  const parameters: PolicyParameter[] = [];
  while (inner.remaining > 0) {
    const offset = inner.offset;
    const parameter = readParameter(inner);
    if (parameter === undefined) continue;
    if (parameters.some(({ type }) => type === parameter.type))
      reader.object(refusal(`${parameter.type} is there twice`, offset));
    parameters.push(parameter);
  }
  return { kind: 'SP', number, parameters };
}

/** Writes what {@link readSecurityPolicy} reads. */
export function writeSecurityPolicy(writer: Writer, { number, parameters }: SecurityPolicy): void {
  let length = 0;
  for (const parameter of parameters) length += 2 + parameter.length;
  writer.uint8(number).uint8(SRTP).uint16(length);
  for (const { type, length, value } of parameters) {
    writer.uint8(PARAMETERS.numberOf(type)).uint8(length);
    if (length === 1) writer.uint8(value);
    else writer.uint16(value);
  }
}

/** Undefined for one that is unknown, in a message that is only looked at. */
function readParameter(reader: Reader): PolicyParameter | undefined {
  const start = reader.offset;
  const number = reader.uint8('parameter', (value) => PARAMETERS.nameOf(value));
  const type = PARAMETERS.nameOf(number);
  if (type === undefined) {
    reader.object(refusal(`policy parameter ${number} is unknown`, start));
    reader.bytes(`parameter ${number}`, reader.uint8(`parameter ${number} length`));
    return undefined;
  }
  const length = reader.uint8(`${type} length`);
  // RFC 4771 gives the rate two octets; a public stack sends one.
  if (length !== 1 && !(type === 'ROC transmission rate' && length === 2))
    throw refusal(`${type} has a value of ${length} octets`, start + 1);
  const note = (value: number) => noteOnValue(type, value);
  return { type, length, value: length === 1 ? reader.uint8(type, note) : reader.uint16(type, note) };
}

function noteOnValue(type: PolicyParameterType, value: number): string | undefined {
  if (type === 'encryption algorithm') return ENCRYPTION_ALGORITHMS.nameOf(value);
  if (type === 'authentication algorithm') return AUTHENTICATION_ALGORITHMS.nameOf(value);
  return type === 'SRTP PRF' && value === 0 ? 'AES-CM' : undefined;
}

function refusal(detail: string, offset: number) {
  return mikeyError('MIKEY_POLICY', detail, { where: { offset } });
}
