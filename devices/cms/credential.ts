/**
 * What lets a phone talk to its CRS and take its monthly packages: a PSK identity, a PSK for each month, and the update
 * key. Adding a user again replaces identity and PSKs; Destroy keys replaces the update key, and nothing else does.
 *
 * Every value comes from a stream of its own name, so that when a value is first asked for changes no other.
 */
import type { Period } from '../../network/mikey/index.ts';
import type { PresharedKey } from '../media/index.ts';
import { toHex } from '../../sim/octets.ts';
import type { RandomStreams } from '../../sim/random.ts';

const IDENTITY_OCTETS = 8;
const PSK_OCTETS = 32;
const UPDATE_KEY_OCTETS = 32;

/** A user's PSKs, one a month unless they do not rotate, and update keys, oldest first; made at random once and kept. */
export class Credential {
  /** Opaque: it crosses the network in clear, so it never holds the number (RFC 4279; para-11). */
  readonly identity: string;
  readonly #random: RandomStreams;
  readonly #name: string;
  readonly #rotates: boolean;
  readonly #randomPsks: boolean;
  readonly #psks = new Map<string, PresharedKey>();
  readonly #updateKeys: Uint8Array[] = [];

  /** `replaces` is the credential that this one replaces: the update key is the user's, and stays until Destroy keys. */
  constructor(
    random: RandomStreams,
    name: string,
    options: { rotates: boolean; randomPsks: boolean; replaces: Credential | undefined },
  ) {
    this.#random = random;
    this.#name = name;
    this.#rotates = options.rotates;
    this.#randomPsks = options.randomPsks;
    this.identity = toHex(random.stream(`${name}:identity`).octets(IDENTITY_OCTETS));
    if (options.replaces === undefined) this.rotateUpdateKey();
    else this.#updateKeys.push(...options.replaces.updateKeys);
  }

  get updateKey(): Uint8Array {
    return this.#updateKeys.at(-1) ?? new Uint8Array(UPDATE_KEY_OCTETS);
  }

  /** Every update key there was, oldest first. */
  get updateKeys(): readonly Uint8Array[] {
    return this.#updateKeys;
  }

  rotateUpdateKey(): void {
    this.#updateKeys.push(this.#random.stream(`${this.#name}:update-key`).octets(UPDATE_KEY_OCTETS));
  }

  /** The PSK of a month and the identity it goes by: `<opaque>.2015-10`, or just `<opaque>` where PSKs do not rotate. */
  pskOf(period: Period): PresharedKey {
    const identity = this.#rotates ? `${this.identity}.${period}` : this.identity;
    let psk = this.#psks.get(identity);
    if (psk === undefined) {
      const drawn = this.#random.stream(`${this.#name}:psk:${identity}`).octets(PSK_OCTETS);
      psk = { identity, psk: this.#randomPsks ? drawn : new Uint8Array(PSK_OCTETS) };
      this.#psks.set(identity, psk);
    }
    return psk;
  }
}
