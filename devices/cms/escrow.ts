/**
 * Escrow: what the testbed's examiner knows of a CMS, to make the controls of attacks with. No console reaches it, and no device
 * but the attacker's controls asks for it. What was never issued it makes as the vault would, from the same streams of chance, and remembers
 * by itself: an attack that is tried leaves the vault as it was.
 */
import type { KmsPublic, MasterSecrets, Period, TelNumber, UserKeys } from '../../network/mikey/index.ts';
import type { PresharedKey } from '../media/index.ts';
import type { Vault } from './vault.ts';

/** Every secret of a CMS that was ever given to a user, and the keys of months that were not yet. */
export interface Escrow {
  /** KPAK and Z_T, which every phone has. */
  readonly kms: KmsPublic;
  /** KSAK and z_T, which nobody has but the CMS. */
  readonly master: MasterSecrets;
  /** SSK, PVT and RSK of a number and month, whether or not a user has that number. */
  keysOf(number: TelNumber, period: Period): UserKeys;
  /** Every PSK of these months that a user, or anybody, was ever given. */
  psksOf(number: TelNumber | undefined, periods: readonly Period[]): readonly PresharedKey[];
  /** Every update key that a user was ever given, oldest first; 32 octets each. */
  updateKeysOf(number: TelNumber): readonly Uint8Array[];
}

/** The escrow of a vault. It shows what the vault holds when it is asked, and what it will hold. */
export function escrowOf(vault: Vault): Escrow {
  /** By their streams of chance: after a re-issue a month has another set. A memory and no state. */
  const foreseen = new Map<string, UserKeys>();
  const foresee = (number: TelNumber, period: Period): UserKeys => {
    const key = vault.streamOf(number, period);
    const keys = foreseen.get(key) ?? vault.foreseeKeysOf(number, period);
    foreseen.set(key, keys);
    return keys;
  };
  return {
    get kms() {
      return vault.kms;
    },
    get master() {
      return vault.master;
    },
    keysOf: (number, period) => vault.issuedKeysOf(number, period) ?? foresee(number, period),
    psksOf: (number, periods) =>
      vault.history
        .filter((each) => number === undefined || each.number === number)
        .flatMap(({ credential }) => periods.map((period) => credential.foreseePskOf(period))),
    updateKeysOf: (number) =>
      vault.history
        .filter((each) => each.number === number)
        .flatMap(({ credential }) => credential.updateKeys),
  };
}
