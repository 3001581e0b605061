/**
 * AES-128-CBC with an IV for each record, without padding. Making a cipher costs more than a record does, so one goes on from
 * record to record: what it chains the next block to is taken out again. It is a cache and no state: a new one under the same
 * key gives the same octets. So only the ciphers that were made last are there; a crowd of sessions at rest has none.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';

/** AES works on sixteen at a time, and an IV is as long. */
export const BLOCK_OCTETS = 16;
const ZERO = new Uint8Array(BLOCK_OCTETS);

/** Ciphers that are there at once, whichever process's sessions they belong to. */
const CIPHERS_MAX = 256;

/** Whoever has a cipher that can be made again. */
interface CipherHolder {
  dropCipher(): void;
}

/** Those that have one, in a ring: the one that made its cipher longest ago loses it first. */
const holders: (CipherHolder | undefined)[] = [];
let oldest = 0;

function hasMadeCipher(holder: CipherHolder): void {
  holders[oldest]?.dropCipher();
  holders[oldest] = holder;
  oldest = (oldest + 1) % CIPHERS_MAX;
}

/** Encrypts records under one key of 16 octets. */
export class CbcEncryption implements CipherHolder {
  readonly #keys: Uint8Array;
  readonly #at: number;
  #cipher: ReturnType<typeof createCipheriv> | undefined;
  /** The last block that came out, to which the cipher chains the next. */
  #last = ZERO;

  /** The key is the 16 octets at `at`. */
  constructor(keys: Uint8Array, at = 0) {
    this.#keys = keys;
    this.#at = at;
  }

  /** The ciphertext of whole blocks, at least one. `plaintext` is used up: it is not what it was afterwards. */
  encrypt(iv: Uint8Array, plaintext: Uint8Array): Uint8Array {
    const cipher = (this.#cipher ??= this.#make());
    for (let i = 0; i < BLOCK_OCTETS; i++)
      plaintext[i] = (plaintext[i] ?? 0) ^ (iv[i] ?? 0) ^ (this.#last[i] ?? 0);
    const sealed = plain(cipher.update(plaintext));
    this.#last = sealed.slice(-BLOCK_OCTETS);
    return sealed;
  }

  dropCipher(): void {
    this.#cipher = undefined;
    this.#last = ZERO;
  }

  #make(): ReturnType<typeof createCipheriv> {
    hasMadeCipher(this);
    return createCipheriv('aes-128-cbc', keyAt(this.#keys, this.#at), ZERO).setAutoPadding(false);
  }
}

/** Decrypts records under one key of 16 octets. */
export class CbcDecryption implements CipherHolder {
  readonly #keys: Uint8Array;
  readonly #at: number;
  #cipher: ReturnType<typeof createDecipheriv> | undefined;

  /** The key is the 16 octets at `at`. */
  constructor(keys: Uint8Array, at = 0) {
    this.#keys = keys;
    this.#at = at;
  }

  /** The plaintext of an IV and whole blocks behind it, at least one. */
  decrypt(sealed: Uint8Array): Uint8Array {
    const cipher = (this.#cipher ??= this.#make());
    // The IV goes through as a block of its own: what comes out in its place hangs on the record before, what follows does not.
    return plain(cipher.update(sealed)).subarray(BLOCK_OCTETS);
  }

  dropCipher(): void {
    this.#cipher = undefined;
  }

  #make(): ReturnType<typeof createDecipheriv> {
    hasMadeCipher(this);
    return createDecipheriv('aes-128-cbc', keyAt(this.#keys, this.#at), ZERO).setAutoPadding(false);
  }
}

function keyAt(keys: Uint8Array, at: number): Uint8Array {
  return keys.subarray(at, at + BLOCK_OCTETS);
}

/** A `Buffer` is cut otherwise than other octets: its `slice` is no copy. */
function plain(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}
