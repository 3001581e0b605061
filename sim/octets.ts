/** Octet strings: the few operations on them that every protocol needs. Nothing here knows a protocol. */

const HEX = /^(?:[0-9a-fA-F]{2})*$/;

/** One octet string of all the parts, in their order; the parts are copied. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  let length = 0;
  for (const part of parts) length += part.length;
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Compares in a time that depends on the lengths only. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] as number);
  return difference === 0;
}

/** Two lower-case digits an octet, and nothing between them. */
export function toHex(octets: Uint8Array): string {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('hex');
}

/** Octets of a hex string, or undefined when it is not one (odd length, other characters). */
export function fromHex(hex: string): Uint8Array<ArrayBuffer> | undefined {
  return HEX.test(hex) ? new Uint8Array(Buffer.from(hex, 'hex')) : undefined;
}

/** An octet for each character, its code. Precondition: no code is above 255. */
export function fromAscii(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

/** A character for each octet (Latin-1), so that any octets come back by {@link fromAscii}. */
export function toAscii(octets: Uint8Array): string {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('latin1');
}

/** Big-endian integer of the octets. */
export function toInteger(octets: Uint8Array): bigint {
  return octets.length === 0 ? 0n : BigInt(`0x${toHex(octets)}`);
}

/** Big-endian octets of exactly `length`, leading zeros kept; undefined when the integer does not fit or is negative. */
export function fromInteger(value: bigint, length: number): Uint8Array<ArrayBuffer> | undefined {
  if (value < 0n) return undefined;
  const hex = value.toString(16);
  return hex.length > length * 2 ? undefined : fromHex(hex.padStart(length * 2, '0'));
}
