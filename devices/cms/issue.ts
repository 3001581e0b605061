/** What a CMS issues, as octets: the QR code that enrols a phone, and the disc that renews all of them (paras 22, 26 and 27). */
import type { Address } from '../../network/fabric.ts';
import type { Period } from '../../network/mikey/index.ts';
import {
  encodePackage,
  encodeQrPayload,
  encodeUpdateDisc,
  kmsFingerprint,
  wrapPackage,
  type DiscUser,
  type UpdateDisc,
} from '../media/index.ts';
import type { Vault, VaultUser } from './vault.ts';

/** All that a phone of `user` needs in a month: PSK, update key, the public keys of the KMS, SSK, PVT and RSK, and its CRS. */
export function qrPayloadOf(vault: Vault, user: VaultUser, period: Period, crs: Address): Uint8Array {
  return encodeQrPayload({
    crs,
    psk: user.credential.pskOf(period),
    updateKey: user.credential.updateKey,
    kms: vault.kms,
    keys: vault.keysOf(user.number, period),
  });
}

/** What is written on a disc beside its users. */
export type DiscHead = Pick<UpdateDisc, 'serial' | 'account' | 'period' | 'protection'>;

/** An update disc with the PSKs and key packages of these users, each package wrapped under its user's update key or in clear. */
export function discOf(vault: Vault, users: readonly VaultUser[], head: DiscHead): Uint8Array {
  return encodeUpdateDisc({
    ...head,
    kmsFingerprint: kmsFingerprint(vault.kms),
    users: users.map((user) => discUserOf(vault, user, head)),
  });
}

function discUserOf(
  vault: Vault,
  user: VaultUser,
  { period, protection }: Pick<DiscHead, 'period' | 'protection'>,
): DiscUser {
  const psk = user.credential.pskOf(period);
  const keyPackage = { keys: vault.keysOf(user.number, period), psk };
  return {
    number: user.number,
    psk,
    package:
      protection === 'clear' ? encodePackage(keyPackage) : wrapPackage(keyPackage, user.credential.updateKey),
  };
}
