/** Manual Key Update: what a QR code replaces on a phone that has keys already (clauses para-35, para-39, para-42). */
import { equal } from '../../sim/octets.ts';
import type { Ports } from '../ports.ts';
import { kmsFingerprint, type PhoneStorage, type QrPayload } from '../media/index.ts';

/** What of a phone's keys is another afterwards, and the months that were held before; a phone keeps none of those beside the code's. */
export interface ManualUpdate {
  readonly number: string;
  readonly updateKeyChanged: boolean;
  readonly pskChanged: boolean;
  readonly kmsChanged: boolean;
  readonly forgotten: readonly string[];
}

/** What the code would replace; undefined on a phone that was not enrolled, or was wiped. */
export function manualUpdateOf(storage: PhoneStorage, payload: QrPayload): ManualUpdate | undefined {
  const { keys, psk, updateKey, kms } = payload;
  const before = storage.kms();
  if (storage.settings() === undefined || before === undefined) return undefined;
  const held = storage.psk(keys.period);
  return {
    number: keys.number,
    updateKeyChanged: !equal(updateKey, storage.updateKey() ?? new Uint8Array(0)),
    pskChanged: held === undefined || held.identity !== psk.identity || !equal(held.psk, psk.psk),
    kmsChanged: !equal(kmsFingerprint(kms), kmsFingerprint(before)),
    forgotten: storage.periods(),
  };
}

/** Whether a code of another KMS leaves the KPAK that was trusted before beside its own. */
export function keepsFormerKms({ deployment, rules }: Ports): boolean {
  return deployment['old-kpak'] === 'kept' || !rules.holds('handset.replaces-kpak');
}
