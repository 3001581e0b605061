/** The texts that carried formats hold, each with its grammar. In the octets a length octet goes in front. */

/** A text with its grammar. At most 255 octets of ASCII. */
export interface TextKind {
  /** `a PSK identity`. */
  readonly what: string;
  readonly pattern: RegExp;
}

/** Opaque to everyone but the CRS; RFC 4279 5.3 wants 128 octets to be possible. */
export const PSK_IDENTITY: TextKind = { what: 'a PSK identity', pattern: /^[\x21-\x7e]{1,128}$/ };
/** Name or address of a host, at most 96 octets so that a QR payload stays below 1,000. */
export const HOST: TextKind = { what: 'a host', pattern: /^[A-Za-z0-9.:_-]{1,96}$/ };
/** Names an account on the CRS. */
export const ACCOUNT: TextKind = { what: 'an account', pattern: /^[\x21-\x7e]{1,64}$/ };
/** Serial number of a disc. */
export const SERIAL: TextKind = { what: 'a serial number', pattern: /^[A-Za-z0-9-]{1,32}$/ };
/** The canonical spelling only, so that one number has one form; `canonicalNumber` checks the rest. */
export const NUMBER_TEXT: TextKind = { what: 'a telephone number', pattern: /^\+\d{1,15}$/ };
