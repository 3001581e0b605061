/**
 * The ephemeral half of DHE-PSK: finite-field Diffie-Hellman in groups that are known by name. The server chooses ffdhe2048
 * (RFC 7919); a client takes the few safe primes that are listed here and no other, so it never has to find out whether a number
 * that a stranger sent is prime. Not constant time, like all of this folder.
 */
import { getDiffieHellman } from 'node:crypto';
import { assert } from '../../sim/errors.ts';
import { fromInteger, toInteger } from '../../sim/octets.ts';
import type { RandomSource } from '../../sim/random.ts';
import { tlsError } from './errors.ts';

/** A group of which it is known that p and (p - 1) / 2 are prime, and that the generator makes the larger half. */
export interface DhGroup {
  readonly prime: bigint;
  readonly generator: bigint;
}

/** Octets of a secret exponent: RFC 7919 section 5.2 wants 225 bits at least for primes of 2,048 bits, 275 for those of 3,072. */
const EXPONENT_OCTETS = 35;

/** RFC 7919 appendix A.1: the group that a server here chooses. */
export const FFDHE2048: DhGroup = {
  prime: BigInt(
    [
      '0xffffffffffffffffadf85458a2bb4a9aafdc5620273d3cf1d8b9c583ce2d3695',
      'a9e13641146433fbcc939dce249b3ef97d2fe363630c75d8f681b202aec4617a',
      'd3df1ed5d5fd65612433f51f5f066ed0856365553ded1af3b557135e7f57c935',
      '984f0c70e0e68b77e2a689daf3efe8721df158a136ade73530acca4f483a797a',
      'bc0ab182b324fb61d108a94bb2c8e3fbb96adab760d7f4681d4f42a3de394df4',
      'ae56ede76372bb190b07a7c8ee0a6d709e02fce1cdf7e2ecc03404cd28342f61',
      '9172fe9ce98583ff8e4f1232eef28183c3fe3b1b4c6fad733bb5fcbc2ec22005',
      'c58ef1837d1683b2c6f34a26c1b2effa886b423861285c97ffffffffffffffff',
    ].join(''),
  ),
  generator: 2n,
};

/** RFC 3526 sections 3 and 4, 2,048 and 3,072 bits: what OpenSSL chooses by itself. */
const MODP_NAMES = ['modp14', 'modp15'] as const;

/** Every group that a client takes, made when it is first asked for. */
let known: readonly DhGroup[] | undefined;

/** The group of these numbers. Error: TLS_GROUP_UNKNOWN. */
export function groupOf(prime: Uint8Array, generator: Uint8Array): DhGroup {
  known ??= [FFDHE2048, ...MODP_NAMES.map(modp)];
  const [p, g] = [toInteger(prime), toInteger(generator)];
  const found = known.find((group) => group.prime === p && group.generator === g);
  if (found !== undefined) return found;
  throw tlsError('TLS_GROUP_UNKNOWN', `a Diffie-Hellman group of ${prime.length} octets is in no list here`);
}

function modp(name: (typeof MODP_NAMES)[number]): DhGroup {
  const group = getDiffieHellman(name);
  return { prime: toInteger(group.getPrime()), generator: toInteger(group.getGenerator()) };
}

/** A secret exponent from chance. */
export function drawExponent(random: RandomSource): Uint8Array {
  return random.octets(EXPONENT_OCTETS);
}

/** One end's key of one exchange. */
export class EphemeralKey {
  readonly group: DhGroup;
  /** As long as the prime. */
  readonly publicValue: Uint8Array;
  readonly #exponent: bigint;

  /** `exponent` is not zero. */
  constructor(group: DhGroup, exponent: Uint8Array) {
    this.group = group;
    this.#exponent = toInteger(exponent);
    const value = power(group.generator, this.#exponent, group.prime);
    this.publicValue = octetsOf(value, octetsOf(group.prime).length);
  }

  /** Z as TLS 1.2 wants it. Error: TLS_DH_VALUE. */
  sharedSecret(peer: Uint8Array): Uint8Array {
    const value = requirePublicValue(this.group, peer);
    return octetsOf(power(value, this.#exponent, this.group.prime));
  }
}

/** Four bits of the exponent at a time. */
function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  const powers = [1n];
  for (let n = 1; n < 16; n++) powers.push(((powers.at(-1) ?? 1n) * base) % modulus);
  let result = 1n;
  for (const digit of exponent.toString(16)) {
    for (let n = 0; n < 4; n++) result = (result * result) % modulus;
    result = (result * (powers[Number.parseInt(digit, 16)] ?? 1n)) % modulus;
  }
  return result;
}

/** Refuses what is not between 1 and p - 1 with TLS_DH_VALUE: no secret would come of it (RFC 7919 section 5.1). */
function requirePublicValue({ prime }: DhGroup, value: Uint8Array): bigint {
  const y = toInteger(value);
  if (y > 1n && y < prime - 1n) return y;
  throw tlsError('TLS_DH_VALUE', `a public value of ${value.length} octets is not between 1 and p - 1`);
}

/** Exponents that everybody tries first, as they cost nothing: what is left where no chance was drawn. */
const OBVIOUS_EXPONENTS: readonly bigint[] = [1n, 2n, 3n];

/**
 * Z of an exchange that somebody recorded, where either public value is that of an exponent that everybody tries first; undefined
 * otherwise, and that is the point of such an exchange. Error: TLS_DH_VALUE.
 */
export function obviousSecret(group: DhGroup, one: Uint8Array, other: Uint8Array): Uint8Array | undefined {
  const [first, second] = [requirePublicValue(group, one), requirePublicValue(group, other)];
  for (const [mine, theirs] of [
    [first, second],
    [second, first],
  ] as const)
    for (const exponent of OBVIOUS_EXPONENTS)
      if (group.generator ** exponent === mine) return octetsOf(theirs ** exponent % group.prime);
  return undefined;
}

/** Big-endian; without the zeros that it could begin with (RFC 5246 section 8.1.2) unless a length is given. */
function octetsOf(value: bigint, length = Math.ceil(value.toString(16).length / 2)): Uint8Array {
  const octets = fromInteger(value, length);
  assert(octets !== undefined, 'a number fits into as many octets as it has');
  return octets;
}

/** The group and the key of a server, as it sends them. */
export function numbersOf({ group, publicValue }: EphemeralKey): {
  readonly prime: Uint8Array;
  readonly generator: Uint8Array;
  readonly publicValue: Uint8Array;
} {
  return { prime: octetsOf(group.prime), generator: octetsOf(group.generator), publicValue };
}
