/**
 * Signing a message: what an initiator does last, and what others do to its signature. SAKKE does not bind the sender, so
 * whoever has an SSK can put its own name and signature on a sealed payload without opening it; and ECCSI signatures are
 * malleable, so whoever has a message can make a second one of it.
 */
import type { RandomSource } from '../../sim/random.ts';
import { eccsiSign, malleate } from './eccsi.ts';
import { identifierOf } from './identifier.ts';
import { serialiseMessage, type Message, type Payloads } from './message.ts';
import type { Header } from './payload/header.ts';
import { telIdentity } from './payload/identity.ts';
import { SIGNATURE_OCTETS } from './payload/sign.ts';
import type { KmsPublic, UserKeys } from './user-keys.ts';

/** Who signs. The RSK is not needed. */
export interface Signer {
  readonly keys: Pick<UserKeys, 'number' | 'period' | 'ssk' | 'pvt'>;
  readonly kms: Pick<KmsPublic, 'kpak'>;
  /** Draws the ephemeral of the signature. */
  readonly random: RandomSource;
}

/**
 * The octets of a message that ends with the signer's signature, under the identifier of its number and month
 * (RFC 3830 section 5.2, RFC 6507 section 5.2.1). `payloads` have no SIGN and need not agree with the signer.
 */
export function signIMessage(header: Header, payloads: Payloads, signer: Signer): Uint8Array<ArrayBuffer> {
  const signature = new Uint8Array(SIGNATURE_OCTETS);
  const octets = serialiseMessage(header, [...payloads, { kind: 'SIGN', signature }]);
  const signedLength = octets.length - SIGNATURE_OCTETS;
  const { number, period, ssk, pvt } = signer.keys;
  const identifier = identifierOf(number, period);
  octets.set(
    eccsiSign(octets.subarray(0, signedLength), identifier, { ssk, pvt }, signer.kms.kpak, signer.random),
    signedLength,
  );
  return octets;
}

/** The same message in the signer's name: IDRi and signature are the signer's, everything else is unchanged. */
export function resealIMessage(message: Message, signer: Signer): Uint8Array<ArrayBuffer> {
  const payloads = message.payloads
    .filter(({ kind }) => kind !== 'SIGN')
    .map((payload) =>
      payload.kind === 'IDR' && payload.role === 'initiator'
        ? telIdentity('initiator', signer.keys.number)
        : payload,
    );
  return signIMessage(message.header, payloads, signer);
}

/** The same message with the other signature that verifies, (r, n - s): a replay that hopes for a poor cache. */
export function malleateIMessage({ header, payloads }: Message): Uint8Array<ArrayBuffer> {
  return serialiseMessage(
    header,
    payloads.map((payload) =>
      payload.kind === 'SIGN' ? { ...payload, signature: malleate(payload.signature) } : payload,
    ),
  );
}
