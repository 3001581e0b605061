/**
 * Finds secrets in octets, in every encoding in which one is ever stored or printed: as they are, in hexadecimal, in base64 and base64url wherever
 * they begin in what was encoded, and as a list of numbers. All secrets are looked for in one pass: the first four octets of each encoding are
 * looked up at each place, and only where they are known is the whole encoding made and compared.
 */

/** A secret that is looked for, and what it is called where it is found. */
export interface SoughtSecret {
  readonly label: string;
  readonly octets: Uint8Array;
}

/** Where one was found, and how it was written there. */
export interface FoundSecret {
  readonly label: string;
  readonly encoding: string;
  /** Offset of its first octet. */
  readonly at: number;
}

type Write = (octets: Buffer) => string;

/** Octets in hexadecimal with something between them. */
const pairs =
  (between: string, upper: boolean): Write =>
  (octets) => {
    const hex = octets.toString('hex').replace(/..(?!$)/g, `$&${between}`);
    return upper ? hex.toUpperCase() : hex;
  };

/** Characters of base64 that are those octets alone, which begin behind `before` others. */
const sextets =
  (before: 0 | 1 | 2, url: boolean): Write =>
  (octets) => {
    const text = Buffer.concat([Buffer.alloc(before), octets])
      .toString('base64')
      .replace(/=+$/, '');
    // A character that has bits of its neighbours is not the secret's alone.
    const end = (before + octets.length) % 3 === 0 ? text.length : text.length - 1;
    const own = text.slice(Math.ceil((before * 4) / 3), end);
    return url ? own.replaceAll('+', '-').replaceAll('/', '_') : own;
  };

const numbers =
  (between: string): Write =>
  (octets) =>
    [...octets].join(between);

/** By name, how octets are written as text. */
const TEXTS: Readonly<Record<string, Write>> = {
  hexadecimal: pairs('', false),
  'upper-case hexadecimal': pairs('', true),
  'hexadecimal with colons': pairs(':', false),
  'upper-case hexadecimal with colons': pairs(':', true),
  'hexadecimal with blanks': pairs(' ', false),
  'upper-case hexadecimal with blanks': pairs(' ', true),
  'hexadecimal with hyphens': pairs('-', false),
  'upper-case hexadecimal with hyphens': pairs('-', true),
  base64: sextets(0, false),
  'base64, one octet in': sextets(1, false),
  'base64, two octets in': sextets(2, false),
  base64url: sextets(0, true),
  'base64url, one octet in': sextets(1, true),
  'base64url, two octets in': sextets(2, true),
  'numbers with commas': numbers(','),
  'numbers with commas and blanks': numbers(', '),
};

/** The encoding of octets as they are. */
export const AS_OCTETS = 'octets';

/** Names of all encodings that are looked for. */
export const ENCODINGS: readonly string[] = [AS_OCTETS, ...Object.keys(TEXTS)];

/** A secret in one of the encodings. */
export function encoded({ octets }: Pick<SoughtSecret, 'octets'>, encoding: string): Buffer {
  const own = Buffer.from(octets);
  const write = TEXTS[encoding];
  return write === undefined ? own : Buffer.from(write(own), 'latin1');
}

/** Octets of a secret that its beginnings are made of: enough for four octets of each encoding. */
const BEGINNING_OCTETS = 8;
const FILTER_BITS = 18;

/** One pass over some octets for many secrets. */
export class SecretFinder {
  readonly #beginnings = new Map<number, { readonly secret: SoughtSecret; readonly encoding: string }[]>();
  readonly #filter = new Uint8Array(1 << FILTER_BITS);

  constructor(secrets: readonly SoughtSecret[]) {
    for (const secret of secrets)
      for (const encoding of ENCODINGS) {
        const key = encoded({ octets: secret.octets.subarray(0, BEGINNING_OCTETS) }, encoding).readUInt32BE(
          0,
        );
        const known = this.#beginnings.get(key);
        if (known === undefined) this.#beginnings.set(key, [{ secret, encoding }]);
        else known.push({ secret, encoding });
        this.#filter[hashOf(key)] = 1;
      }
  }

  /** Every place at which one of them stands, in the order of places. */
  foundIn(content: Uint8Array): readonly FoundSecret[] {
    const there = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
    const filter = this.#filter;
    const found: FoundSecret[] = [];
    let key = 0;
    for (let end = 0; end < there.length; end++) {
      key = (key << 8) | (there[end] ?? 0);
      if (end < 3 || filter[hashOf(key)] === 0) continue;
      const at = end - 3;
      for (const { secret, encoding } of this.#beginnings.get(key >>> 0) ?? []) {
        const whole = encoded(secret, encoding);
        const stands =
          there.compare(whole, 0, whole.length, at, Math.min(at + whole.length, there.length)) === 0;
        if (stands) found.push({ label: secret.label, encoding, at });
      }
    }
    return found;
  }
}

/** Where in the filter a beginning is: any spread will do. */
function hashOf(key: number): number {
  return Math.imul(key, 0x9e3779b1) >>> (32 - FILTER_BITS);
}
