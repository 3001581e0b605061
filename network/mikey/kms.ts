/**
 * The key management service of RFC 6507 and RFC 6508: it holds the master secrets, and can make the keys of any user of any
 * period at any time. That it can is the escrow that the scenarios measure. It logs nothing: its device does.
 *
 * Not constant time, 112 bits of strength: for drills only.
 */
import { assert } from '../../sim/errors.ts';
import { fromInteger, toInteger } from '../../sim/octets.ts';
import type { RandomSource } from '../../sim/random.ts';
import { mikeyCryptoError } from './errors.ts';
import { identifierOf } from './identifier.ts';
import { extractRsks, publicOf } from './memo.ts';
import { FIELD_OCTETS, Q } from './params1.ts';
import type { Period } from './period.ts';
import { randomScalar } from './random-scalar.ts';
import { makeSigningKeys, N, SCALAR_OCTETS, scalarOctets } from './signing-keys.ts';
import type { TelNumber } from './tel-number.ts';
import type { KmsPublic, UserKeys } from './user-keys.ts';

/** Whoever holds these reads and forges everything under this KMS, past and to come. */
export interface MasterSecrets {
  /** KSAK, 32 octets, 1..n-1 big-endian (RFC 6507 section 4.2). */
  readonly ksak: Uint8Array;
  /** z_T, 128 octets, 2..q-1 big-endian (RFC 6508 section 2.2). */
  readonly zT: Uint8Array;
}

/** A key management server's mathematics (RFC 6507, RFC 6508): it holds the master secrets and makes the keys of users from them. */
export class Kms {
  readonly secrets: MasterSecrets;
  readonly #ksak: bigint;
  readonly #zT: bigint;
  #public: KmsPublic | undefined;

  /** @throws MIKEY_MASTER_SECRET_INVALID */
  constructor(secrets: MasterSecrets) {
    this.#ksak = toInteger(secrets.ksak);
    this.#zT = toInteger(secrets.zT);
    if (secrets.ksak.length !== SCALAR_OCTETS || this.#ksak === 0n || this.#ksak >= N) {
      throw mikeyCryptoError('MIKEY_MASTER_SECRET_INVALID', 'KSAK is not 32 octets in 1..n-1');
    }
    if (secrets.zT.length !== FIELD_OCTETS || this.#zT < 2n || this.#zT >= Q) {
      throw mikeyCryptoError('MIKEY_MASTER_SECRET_INVALID', 'z_T is not 128 octets in 2..q-1');
    }
    this.secrets = secrets;
  }

  /** What everybody may know of it. */
  get public(): KmsPublic {
    return (this.#public ??= publicOf({ ksak: this.#ksak, zT: this.#zT }));
  }

  /** A KMS with fresh master secrets. */
  static generate(random: RandomSource): Kms {
    const ksak = scalarOctets(randomScalar(random, N));
    const zT = fromInteger(1n + randomScalar(random, Q - 1n), FIELD_OCTETS);
    assert(zT !== undefined, 'z_T is below q and fits 128 octets');
    return new Kms({ ksak, zT });
  }

  /**
   * The keys of one user for one period. Issued again, the RSK is identical and SSK and PVT are new.
   * @throws MIKEY_MASTER_SECRET_INVALID
   */
  issue(number: TelNumber, period: Period, random: RandomSource): UserKeys {
    const [keys] = this.issueAll([{ number, period }], random);
    assert(keys !== undefined, 'one request gives one set of keys');
    return keys;
  }

  /** The RSK of one user and period by itself: no chance is in it. */
  receiverKeyOf(number: TelNumber, period: Period): Uint8Array {
    const [rsk] = extractRsks(this.#zT, [identifierOf(number, period)]);
    assert(rsk !== undefined, 'one identifier gives one RSK');
    return rsk;
  }

  /** The keys of many users; the inversions are shared, and SSKs are drawn in the order of the requests. */
  issueAll(
    requests: readonly { readonly number: TelNumber; readonly period: Period }[],
    random: RandomSource,
  ): UserKeys[] {
    const ids = requests.map(({ number, period }) => identifierOf(number, period));
    const rsks = extractRsks(this.#zT, ids);
    return requests.map(({ number, period }, i) => {
      const [id, rsk] = [ids[i], rsks[i]];
      assert(id !== undefined && rsk !== undefined, 'each request has an identifier and an RSK');
      return { number, period, ...makeSigningKeys(this.#ksak, this.public.kpak, id, random), rsk };
    });
  }
}
