/**
 * HMAC (RFC 2104) of short messages, as the key derivations of MIKEY and TLS and the records of TLS hash them.
 *
 * An object of node:crypto costs more to make and to collect than the few blocks that it hashes, and whoever looks for an SSV makes
 * thousands. So each hash is one call over octets that are laid out here, and gives text: octets of its own would cost more than the
 * hash.
 */
import { hash } from 'node:crypto';

/** The hashes that the protocols here use, and the octets of a digest. */
const DIGEST_OCTETS = { sha1: 20, sha256: 32 } as const;

type HashName = keyof typeof DIGEST_OCTETS;

const BLOCK_OCTETS = 64;
/** A keyed block and the longest message that is short. */
const ROOM_OCTETS = 2048;

/** What is hashed at the moment: one for all, everything is synchronous. */
const room = new Uint8Array(ROOM_OCTETS);

/** HMAC under one key. */
export class ShortHmac {
  readonly #hash: HashName;
  /** The blocks that the inner and the outer hash begin with. */
  readonly #inner: Uint8Array;
  readonly #outer: Uint8Array;

  constructor(name: HashName, key: Uint8Array) {
    this.#hash = name;
    const short = key.length > BLOCK_OCTETS ? digestOf(name, key) : key;
    this.#inner = keyed(short, 0x36);
    this.#outer = keyed(short, 0x5c);
  }

  /** The MAC of the parts of a message, in their order. */
  digest(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
    return digestOf(this.#hash, this.#outer, digestOf(this.#hash, this.#inner, ...parts));
  }
}

/** The digest of the parts, in their order. */
function digestOf(name: HashName, ...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  let length = 0;
  for (const part of parts) length += part.length;
  const into = length > ROOM_OCTETS ? new Uint8Array(length) : room;
  let at = 0;
  for (const part of parts) {
    into.set(part, at);
    at += part.length;
  }
  const text = hash(name, into.subarray(0, length), 'binary');
  const digest = new Uint8Array(DIGEST_OCTETS[name]);
  for (let i = 0; i < digest.length; i++) digest[i] = text.charCodeAt(i);
  return digest;
}

function keyed(key: Uint8Array, pad: number): Uint8Array {
  const block = new Uint8Array(BLOCK_OCTETS).fill(pad);
  for (let i = 0; i < key.length; i++) block[i] = (key[i] as number) ^ pad;
  return block;
}
