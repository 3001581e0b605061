/**
 * Blocks: what a pcapng file consists of (draft-ietf-opsawg-pcapng, section 3.1), and the options that most of them end with
 * (section 3.5). Numbers are little-endian; the section header tells the reader so.
 *
 * ```
 * +-------------------------------+      +---------------+---------------+
 * |          Block Type           |      |  Option Code  | Option Length |
 * +-------------------------------+      +---------------+---------------+
 * |      Block Total Length       |      /         Option Value          /
 * +-------------------------------+      /      padded to 32 bits        /
 * /          Block Body           /      +---------------+---------------+
 * /      padded to 32 bits        /      /        more options           /
 * +-------------------------------+      +---------------+---------------+
 * |      Block Total Length       |      |  opt_endofopt |       0       |
 * +-------------------------------+      +---------------+---------------+
 * ```
 */
import { assert } from '../../sim/errors.ts';
import { concat } from '../../sim/octets.ts';

const OPTION_OCTETS_MAX = 0xffff;
const END_OF_OPTIONS = new Uint8Array(4);

/** An option of a pcapng block: its number and octets. */
export interface BlockOption {
  readonly code: number;
  /** Without padding. */
  readonly value: Uint8Array;
}

/** A whole block. Its body is the fixed fields, already padded, then the options, if it has any. */
export function block(type: number, body: Uint8Array, options: readonly BlockOption[] = []): Uint8Array {
  const parts = options.map(encodeOption);
  const end = options.length === 0 ? [] : [END_OF_OPTIONS];
  const content = concat(padded(body), ...parts, ...end);
  const length = uint32(12 + content.length);
  return concat(uint32(type), length, content, length);
}

/** An option whose value is UTF-8 text, such as a name or a comment. */
export function textOption(code: number, text: string): BlockOption {
  return { code, value: utf8(text) };
}

/** Numbers of 2 octets behind each other, in pcapng's order: the lowest octet first. */
export function uint16(...values: readonly number[]): Uint8Array {
  const octets = new Uint8Array(2 * values.length);
  const view = new DataView(octets.buffer);
  values.forEach((value, index) => view.setUint16(2 * index, value, true));
  return octets;
}

/** Numbers of 4 octets behind each other, in pcapng's order: the lowest octet first. */
export function uint32(...values: readonly number[]): Uint8Array {
  const octets = new Uint8Array(4 * values.length);
  const view = new DataView(octets.buffer);
  values.forEach((value, index) => view.setUint32(4 * index, value, true));
  return octets;
}

/** The octets of a text as pcapng stores it; half a surrogate pair becomes U+FFFD. */
export function utf8(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'utf8'));
}

/** The octets, followed by zeros up to a whole number of 32-bit words. */
export function padded(octets: Uint8Array): Uint8Array {
  return octets.length % 4 === 0 ? octets : concat(octets, new Uint8Array(4 - (octets.length % 4)));
}

function encodeOption({ code, value }: BlockOption): Uint8Array {
  assert(value.length <= OPTION_OCTETS_MAX, 'an option has a length of 16 bits');
  return concat(uint16(code, value.length), padded(value));
}
