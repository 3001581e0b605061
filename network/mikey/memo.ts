/**
 * What other rooms call: the algorithms of `sakke.ts` and `eccsi.ts` behind small memories of their last results.
 *
 * A world is rebuilt from its command log for every probe and every rewinding, and each rebuild repeats the same key
 * agreements. The memories make that cheap and cannot be observed: every function here is a pure function of its octets,
 * inputs are read when the call is made, results are handed out as copies, refusals are thrown anew, and nothing that
 * reaches a trace depends on how long a computation took. All memories are bounded. Benches call the algorithms themselves.
 */
import { assert } from '../../sim/errors.ts';
import { fromAscii } from '../../sim/octets.ts';
import { BoundedMemo } from '../../sim/bounded-memo.ts';
import { verifySignature } from './eccsi.ts';
import { mikeyCryptoError } from './errors.ts';
import { encapsulate, extract, publicKeyOf, ReceiverKey, type Refusal } from './sakke.ts';
import { multiplyGenerator } from './signing-keys.ts';

/** A receiver that opens often has half a megabyte; everything else is small. */
const RECEIVERS = 64;
const RESULTS = 4096;

const receivers = new BoundedMemo<ReceiverKey>(RECEIVERS);
const encapsulations = new BoundedMemo<Uint8Array>(RESULTS);
const validations = new BoundedMemo<boolean>(RESULTS);
const openings = new BoundedMemo<Uint8Array | Refusal>(RESULTS);
const verifications = new BoundedMemo<boolean>(RESULTS);
const extractions = new BoundedMemo<Uint8Array>(RESULTS);
const publics = new BoundedMemo<{ readonly kpak: Uint8Array; readonly z: Uint8Array }>(RECEIVERS);

/**
 * Seals `ssv` (16 octets) to an identifier under the KMS public key `z` (257 octets): R || H, 273 octets (RFC 6508 6.2.1).
 * @throws MIKEY_KMS_KEY_INVALID
 */
export function sakkeEncapsulate(ssv: Uint8Array, id: Uint8Array, z: Uint8Array): Uint8Array {
  return encapsulations.recall([ssv, id, z], () => encapsulate(ssv, id, z)).slice();
}

/** The holder of one RSK. Making one is cheap, and nothing is computed before something is opened. */
export class SakkeReceiver {
  readonly #rsk: Uint8Array;
  readonly #id: Uint8Array;
  readonly #z: Uint8Array;

  /**
   * @param rsk 257 octets
   * @param id identifier octets of the receiver
   * @param z KMS public key, 257 octets
   */
  constructor(rsk: Uint8Array, id: Uint8Array, z: Uint8Array) {
    this.#rsk = rsk.slice();
    this.#id = id.slice();
    this.#z = z.slice();
  }

  /**
   * The SSV (16 octets) in encapsulated data (273 octets), RFC 6508 6.2.2.
   * @throws MIKEY_SAKKE_REFUSED, MIKEY_RSK_INVALID when the RSK is not a point of order q, MIKEY_KMS_KEY_INVALID
   */
  decapsulate(data: Uint8Array): Uint8Array {
    const opened = openings.recall([this.#rsk, this.#id, this.#z, data], () => this.#key().open(data));
    if (opened instanceof Uint8Array) return opened.slice();
    throw mikeyCryptoError('MIKEY_SAKKE_REFUSED', opened.refused, { where: { offset: opened.offset } });
  }

  /** Whether the RSK is that of the identifier under Z (RFC 6508 6.1.2). @throws as {@link decapsulate} */
  isGenuine(): boolean {
    return validations.recall([this.#rsk, this.#id, this.#z], () => this.#key().isGenuine());
  }

  #key(): ReceiverKey {
    return receivers.recall(
      [this.#rsk, this.#id, this.#z],
      () => new ReceiverKey(this.#rsk, this.#id, this.#z),
    );
  }
}

/** {@link SakkeReceiver.decapsulate} for someone who opens one message, such as a thief. @throws as there */
export function sakkeDecapsulate(
  data: Uint8Array,
  id: Uint8Array,
  z: Uint8Array,
  rsk: Uint8Array,
): Uint8Array {
  return new SakkeReceiver(rsk, id, z).decapsulate(data);
}

/**
 * Whether `signature` (129 octets) is an ECCSI signature of `id` over `message` under `kpak` (65 octets), RFC 6507 5.2.2.
 * Everything else is false, whatever its form; both s and n - s verify.
 * @throws MIKEY_KMS_KEY_INVALID
 */
export function eccsiVerify(
  message: Uint8Array,
  signature: Uint8Array,
  id: Uint8Array,
  kpak: Uint8Array,
): boolean {
  return verifications.recall([message, signature, id, kpak], () =>
    verifySignature(message, signature, id, kpak),
  );
}

/** What a KMS publishes, from its master secrets: KPAK (65 octets) and Z_T (257 octets). Preconditions: those of the algorithms. */
export function publicOf(secrets: { readonly ksak: bigint; readonly zT: bigint }): {
  kpak: Uint8Array;
  z: Uint8Array;
} {
  const { ksak, zT } = secrets;
  const { kpak, z } = publics.recall([fromAscii(ksak.toString(16)), fromAscii(zT.toString(16))], () => ({
    kpak: multiplyGenerator(ksak),
    z: publicKeyOf(zT),
  }));
  return { kpak: kpak.slice(), z: z.slice() };
}

/**
 * RSKs (257 octets each) of identifiers under the master secret z_T, those not remembered in one batch (RFC 6508 6.1.1).
 * @throws MIKEY_MASTER_SECRET_INVALID
 */
export function extractRsks(zT: bigint, ids: readonly Uint8Array[]): Uint8Array[] {
  const inputs = ids.map((id) => [fromAscii(zT.toString(16)), id]);
  const known = inputs.map((input) => extractions.find(input));
  const missing = ids.filter((_, i) => known[i] === undefined);
  const made = extract(zT, missing).values();
  return known.map((remembered, i) => {
    const rsk = remembered ?? made.next().value;
    assert(rsk !== undefined, 'an RSK was made for each identifier without one');
    extractions.remember(inputs[i] ?? [], rsk);
    return rsk.slice();
  });
}
