/**
 * The public keys that go with a set of keys. KPAK and Z are no secret: every code has them, and whoever uses the keys of somebody needs those of the KMS
 * that made them. A disc does not carry them. Where there are several KMSs, which one it was is found by checking the set, as a phone does
 * before it keeps one (RFC 6507 section 5.1.2, RFC 6508 section 6.1.2).
 */
import { CalldrillError } from '../../sim/errors.ts';
import { validateUserKeys, type KmsPublic, type UserKeys } from '../../network/mikey/index.ts';
import type { Holdings } from './holdings.ts';
import type { AttackStage } from './stage.ts';

/** Those of the KMS that made these keys; of keys that none of them made those that are held, if any are. */
export function publicKeysFor(
  { kmsKeys }: AttackStage,
  { kms }: Pick<Holdings, 'kms'>,
  keys: UserKeys,
): KmsPublic | undefined {
  const [only, ...others] = kmsKeys;
  if (others.length === 0) return kms ?? only;
  return kmsKeys.find((each) => isMadeBy(each, keys)) ?? kms;
}

function isMadeBy(kms: KmsPublic, keys: UserKeys): boolean {
  try {
    validateUserKeys(keys, kms);
    return true;
  } catch (error) {
    if (error instanceof CalldrillError) return false;
    throw error;
  }
}
