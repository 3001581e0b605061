/**
 * A secret value that never prints. Wherever it would be shown (a template, JSON, `console.log`, the trace), its label
 * and fingerprint appear: enough to follow one secret through custody, never enough to use it.
 */
import { createHash } from 'node:crypto';

/** What a secret is. The field's terms (RFC 6507, 6508, 3830, 3711, 4279), calldrill's own storage keys, and packages that stay wrapped under one. */
export const SECRET_KINDS = [
  'KSAK',
  'z_T',
  'SSK',
  'RSK',
  'SSV',
  'TEK',
  'PSK',
  'update key',
  'key package',
  'premaster',
  'master secret',
] as const;

/** One of {@link SECRET_KINDS}. */
export type SecretKind = (typeof SECRET_KINDS)[number];

const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** Secret octets that can be in a trace: they print as a label and a fingerprint, never as they are. */
export class Secret {
  readonly kind: SecretKind;
  /** Whose, and for when: `+447700900001 2015-10`. */
  readonly owner: string;
  readonly #octets: Uint8Array;
  #fingerprint: string | undefined;

  constructor(kind: SecretKind, owner: string, octets: Uint8Array) {
    this.kind = kind;
    this.owner = owner;
    this.#octets = octets;
  }

  /** The value itself, for the algorithm that needs it. Named so that its uses are easy to find. */
  reveal(): Uint8Array {
    return this.#octets;
  }

  /** First 8 hex digits of SHA-256 over kind and value: equal secrets have equal fingerprints. The octets are never changed, so it is worked out once. */
  get fingerprint(): string {
    return (this.#fingerprint ??= this.#hashed());
  }

  #hashed(): string {
    return createHash('sha256').update(this.kind).update('\0').update(this.#octets).digest('hex').slice(0, 8);
  }

  get label(): string {
    return `${this.kind}(${this.owner})#${this.fingerprint}`;
  }

  toString(): string {
    return this.label;
  }

  toJSON(): string {
    return this.label;
  }

  [INSPECT](): string {
    return this.label;
  }
}
