/** What a phone holds that somebody could use, by name: for the trace, which tells what is erased and what stays. */
import type { Secret } from '../../sim/secret.ts';
import type { Period } from '../../network/mikey/index.ts';
import {
  secretOfPsk,
  secretOfUpdateKey,
  secretsOfKeys,
  type PhoneStorage,
  type PskRotation,
} from '../media/index.ts';

/** What is held for a month, and for no other: a static PSK is the same in all of them. */
export function secretsOfMonth(
  storage: PhoneStorage,
  period: Period,
  rotation: PskRotation,
): readonly Secret[] {
  const keys = storage.userKeys(period);
  return [
    ...(keys === undefined ? [] : secretsOfKeys(keys)),
    ...(rotation === 'static' ? [] : pskSecret(storage, period)),
  ];
}

/** Everything that a wipe is to erase; `current` is the month that it is. */
export function secretsHeld(
  storage: PhoneStorage,
  current: Period,
  rotation: PskRotation,
): readonly Secret[] {
  const updateKey = storage.updateKey();
  return [
    ...storage.periods().flatMap((period) => secretsOfMonth(storage, period, rotation)),
    ...(rotation === 'static' ? pskSecret(storage, current) : []),
    ...(updateKey === undefined ? [] : [secretOfUpdateKey(storage.settings()?.number ?? '', updateKey)]),
  ];
}

function pskSecret(storage: PhoneStorage, period: Period): readonly Secret[] {
  const psk = storage.psk(period);
  return psk === undefined ? [] : [secretOfPsk(psk, `${storage.settings()?.number ?? ''} ${period}`)];
}
