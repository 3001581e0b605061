/** What a CMS issues, as octets: the QR code that enrols a phone, and the disc that renews all of them (paras 22, 26 and 27). */
import type { Address } from '../../network/fabric.ts';
import { canonicalNumber, type Period } from '../../network/mikey/index.ts';
import { assert } from '../../sim/errors.ts';
import {
  encodePackage,
  encodeUpdateDisc,
  kmsFingerprint,
  secretOfUpdateKey,
  secretsOfCarriedPackage,
  secretsOfPackage,
  wrapPackage,
  type DiscUser,
  type QrPayload,
  type UpdateDisc,
} from '../media/index.ts';
import type { Ports } from '../ports.ts';
import type { CmsCustody } from './custody.ts';
import type { Vault, VaultUser } from './vault.ts';

/** A number that nobody has (a range reserved for drama). */
const NOBODY = canonicalNumber('+447700900998');

/** All that a phone of `user` needs in a month: PSK, update key, the public keys of the KMS, SSK, PVT and RSK, and its CRS. */
export function qrPayloadOf(vault: Vault, user: VaultUser, period: Period, crs: Address): QrPayload {
  return {
    crs,
    psk: user.credential.pskOf(period),
    updateKey: user.credential.updateKeyOf(period),
    kms: vault.kms,
    keys: vault.keysOf(user.number, period),
  };
}

/** What is written on a disc beside its users. */
export type DiscHead = Pick<UpdateDisc, 'serial' | 'account' | 'period' | 'protection'>;

/** Who is told of the secrets on a disc, and whether the CMS keeps its promise about them. */
export interface DiscCare {
  readonly custody: CmsCustody;
  readonly keepsMasterSecrets: boolean;
}

/** How packages leave on a disc: as the deployment says, and in clear where `cms.wraps-packages` is broken. */
export function protectionOf({ deployment, rules }: Ports): DiscHead['protection'] {
  return rules.holds('cms.wraps-packages') ? deployment['disc-protection'] : 'clear';
}

/** An update disc with the PSKs and key packages of these users, each package wrapped under its user's update key or in clear. */
export function discOf(
  vault: Vault,
  users: readonly VaultUser[],
  head: DiscHead,
  { custody, keepsMasterSecrets }: DiscCare,
): Uint8Array {
  return encodeUpdateDisc({
    ...head,
    kmsFingerprint: kmsFingerprint(vault.kms),
    users: [
      ...users.map((user) => discUserOf(vault, user, head, custody)),
      ...(keepsMasterSecrets ? [] : [strayMasterSecret(vault, head)]),
    ],
  });
}

function discUserOf(
  vault: Vault,
  user: VaultUser,
  { period, protection }: DiscHead,
  custody: CmsCustody,
): DiscUser {
  const psk = user.credential.pskOf(period);
  const keyPackage = { keys: vault.keysOf(user.number, period), psk };
  const secrets = secretsOfPackage(keyPackage);
  const updateKey = user.credential.updateKeyOf(period);
  custody.made(secrets.concat(secretOfUpdateKey(user.number, updateKey)));
  if (protection === 'clear') return { number: user.number, psk, package: encodePackage(keyPackage) };
  const wrapped = wrapPackage(keyPackage, updateKey);
  custody.wrapped(secrets, secretsOfCarriedPackage(user.number, wrapped));
  return { number: user.number, psk, package: wrapped };
}

/** The planted violation of `cms.keeps-master-secrets`: the KSAK leaves as the PSK of a number that nobody has. */
function strayMasterSecret(vault: Vault, { period, protection }: DiscHead): DiscUser {
  const [ksak] = vault.masterSecrets;
  assert(ksak !== undefined, 'a CMS has master secrets');
  const psk = { identity: `stray.${period}`, psk: ksak.reveal() };
  const keyPackage = { keys: vault.keysOf(NOBODY, period), psk };
  const octets =
    protection === 'clear' ? encodePackage(keyPackage) : wrapPackage(keyPackage, new Uint8Array(32));
  return { number: NOBODY, psk, package: octets };
}
