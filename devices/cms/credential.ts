/**
 * What lets a phone talk to its CRS and take its monthly packages: a PSK identity, a PSK for each month, and the update
 * key. A re-issue replaces identity and PSKs; Destroy keys replaces the update key, and so does a re-issue where the deployment says so.
 *
 * Every value comes from a stream of its own name, so that when a value is first asked for changes no other.
 */
import { nextPeriod, type Period } from '../../network/mikey/index.ts';
import { nextUpdateKey, type PresharedKey } from '../media/index.ts';
import type { Kept } from '../../sim/kept.ts';
import { toHex } from '../../sim/octets.ts';
import type { RandomSource, ForeseenStreams } from '../../sim/random.ts';

const IDENTITY_OCTETS = 8;
const PSK_OCTETS = 32;
const UPDATE_KEY_OCTETS = 32;

/** A credential as a plain value. */
export type CredentialState = {
  /** Of its streams of chance. */
  readonly name: string;
  readonly identity: string;
  /** In the order in which they were first asked for. */
  readonly psks: readonly { readonly identity: string; readonly psk: Uint8Array }[];
  /** Oldest first. */
  readonly updateKeys: readonly Uint8Array[];
  /** The month that the last of them is of. */
  readonly since: Period;
};

/** What holds of the PSKs of a credential, and what it is made from. */
export interface CredentialOptions {
  readonly rotates: boolean;
  /** The update key of a month is worked out of that of the month before. */
  readonly ratchets: boolean;
  /** The month in which it is made. */
  readonly period: Period;
  readonly randomPsks: boolean;
  /** The credential whose update keys this one goes on with, where a re-issue leaves the update key. */
  readonly replaces?: Credential | undefined;
  /** What it was. */
  readonly kept?: CredentialState | undefined;
}

/** A user's PSKs, one a month unless they do not rotate, and update keys, oldest first; made at random once and kept. */
export class Credential implements Kept<CredentialState> {
  /** Opaque: it crosses the network in clear, so it never holds the number (RFC 4279; para-11). */
  readonly identity: string;
  readonly #streams: ForeseenStreams;
  readonly #name: string;
  readonly #rotates: boolean;
  readonly #randomPsks: boolean;
  readonly #psks = new Map<string, PresharedKey>();
  readonly #ratchets: boolean;
  readonly #updateKeys: Uint8Array[];
  #since: Period;

  constructor(streams: ForeseenStreams, name: string, options: CredentialOptions) {
    const { rotates, ratchets, period, randomPsks, replaces, kept } = options;
    this.#streams = streams;
    this.#name = name;
    this.#rotates = rotates;
    this.#ratchets = ratchets;
    this.#since = kept?.since ?? replaces?.since ?? period;
    this.#randomPsks = randomPsks;
    this.identity = kept?.identity ?? toHex(streams.stream(`${name}:identity`).octets(IDENTITY_OCTETS));
    this.#updateKeys = [...((kept ?? replaces)?.updateKeys ?? [])];
    for (const psk of kept?.psks ?? []) this.#psks.set(psk.identity, psk);
    if (this.#updateKeys.length === 0) this.rotateUpdateKey(this.#since);
  }

  save(): CredentialState {
    return {
      name: this.#name,
      identity: this.identity,
      psks: [...this.#psks.values()].map(({ identity, psk }) => ({ identity, psk })),
      updateKeys: [...this.#updateKeys],
      since: this.#since,
    };
  }

  /** The month that its last update key is of. */
  get since(): Period {
    return this.#since;
  }

  /** What packages of a month are wrapped under, and what a code of that month carries: the last update key, run forward where it ratchets. */
  updateKeyOf(period: Period): Uint8Array {
    let key = this.#updateKeys.at(-1) ?? new Uint8Array(UPDATE_KEY_OCTETS);
    if (!this.#ratchets) return key;
    for (let month = this.#since; month < period; month = nextPeriod(month)) key = nextUpdateKey(key);
    return key;
  }

  /** Every update key there was, oldest first. */
  get updateKeys(): readonly Uint8Array[] {
    return this.#updateKeys;
  }

  /** A new one, which is that of this month. */
  rotateUpdateKey(period: Period): void {
    this.#since = period;
    this.#updateKeys.push(this.#streams.stream(`${this.#name}:update-key`).octets(UPDATE_KEY_OCTETS));
  }

  /** The PSK of a month and the identity it goes by: `<opaque>.2015-10`, or just `<opaque>` where PSKs do not rotate. */
  pskOf(period: Period): PresharedKey {
    const identity = this.#identityOf(period);
    let psk = this.#psks.get(identity);
    if (psk === undefined) {
      psk = this.#pskFrom(identity, this.#streams.stream(this.#streamOf(identity)));
      this.#psks.set(identity, psk);
    }
    return psk;
  }

  /** The same, which leaves the credential as it is: what it has, or else what it will have. */
  foreseePskOf(period: Period): PresharedKey {
    const identity = this.#identityOf(period);
    return (
      this.#psks.get(identity) ?? this.#pskFrom(identity, this.#streams.beginningOf(this.#streamOf(identity)))
    );
  }

  #identityOf(period: Period): string {
    return this.#rotates ? `${this.identity}.${period}` : this.identity;
  }

  #streamOf(identity: string): string {
    return `${this.#name}:psk:${identity}`;
  }

  #pskFrom(identity: string, random: RandomSource): PresharedKey {
    const drawn = random.octets(PSK_OCTETS);
    return { identity, psk: this.#randomPsks ? drawn : new Uint8Array(PSK_OCTETS) };
  }
}
