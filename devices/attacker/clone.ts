/** A clone: another phone with what was found in the storage of the first. */
import type { RandomSource } from '../../sim/random.ts';
import type { Period, TelNumber } from '../../network/mikey/index.ts';
import { Flash } from '../hardware/index.ts';
import { PhoneStorage } from '../media/index.ts';
import { SIPS_PORT } from '../signalling/packages.ts';
import { keysFor, pskFor, updateKeyFor, type Holdings } from './holdings.ts';

/** Storage for a phone of `number`, or undefined when too little is held to make one. */
export function cloneStorage(
  holdings: Holdings,
  number: TelNumber,
  period: Period,
  crs: string,
  random: RandomSource,
): Flash | undefined {
  const keys = keysFor(holdings, number, period);
  const psk = pskFor(holdings, number, period);
  const updateKey = updateKeyFor(holdings, number)?.key ?? new Uint8Array(32);
  if (keys === undefined || psk === undefined || holdings.kms === undefined) return undefined;
  const flash = new Flash(random);
  new PhoneStorage(flash, 'erased').enrol({
    crs: { host: crs, port: SIPS_PORT },
    psk,
    updateKey,
    kms: holdings.kms,
    keys,
  });
  return flash;
}
