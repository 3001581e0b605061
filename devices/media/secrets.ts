/** What of the carried formats is secret, as the custody of a trace names it. */
import { CalldrillError } from '../../sim/errors.ts';
import { Secret } from '../../sim/secret.ts';
import type { TelNumber, UserKeys } from '../../network/mikey/index.ts';
import { labelOfPackage, parsePackage, type KeyPackage, type PresharedKey } from './key-package.ts';
import type { QrPayload } from './qr-payload.ts';
import { parseUpdateDisc, type UpdateDisc } from './update-disc.ts';

/** Whose, and of which month. Joined, it is one text; put together it would keep its parts in each of the secrets of a crowd. */
export function ownerOfMonth(number: string, period: string): string {
  return [number, period].join(' ');
}

/** RSK and SSK of one user and month. */
export function secretsOfKeys({ number, period, rsk, ssk }: UserKeys): readonly Secret[] {
  const owner = ownerOfMonth(number, period);
  return [new Secret('RSK', owner, rsk), new Secret('SSK', owner, ssk)];
}

/** A PSK; `owner` is `<number> <month>` where the user is known, and its identity where not. */
export function secretOfPsk({ identity, psk }: PresharedKey, owner = identity): Secret {
  return new Secret('PSK', owner, psk);
}

/** The key that a user's packages are wrapped under. */
export function secretOfUpdateKey(number: TelNumber | string, updateKey: Uint8Array): Secret {
  return new Secret('update key', number, updateKey);
}

/** Everything in an open key package. */
export function secretsOfPackage({ keys, psk }: KeyPackage): readonly Secret[] {
  return secretsOfKeys(keys).concat(secretOfPsk(psk, ownerOfMonth(keys.number, keys.period)));
}

/** A package as it is carried: in clear it is what is in it, wrapped it is a secret that stands for that. Nothing of what is no package. */
export function secretsOfCarriedPackage(number: string, octets: Uint8Array): readonly Secret[] {
  return readable(() => {
    const { form, period } = labelOfPackage(octets);
    return form === 'clear'
      ? secretsOfPackage(parsePackage(octets))
      : [new Secret('key package', ownerOfMonth(number, period), octets)];
  });
}

/** Everything that a QR code hands over. */
export function secretsOfQr({ keys, psk, updateKey }: QrPayload): readonly Secret[] {
  return secretsOfPackage({ keys, psk }).concat(secretOfUpdateKey(keys.number, updateKey));
}

/** Everything on an update disc: the PSKs, which are in clear, and the packages. */
export function secretsOfDisc({ period, users }: UpdateDisc): readonly Secret[] {
  return users.flatMap(({ number, psk, package: octets }) => [
    secretOfPsk(psk, ownerOfMonth(number, period)),
    ...secretsOfCarriedPackage(number, octets),
  ]);
}

/** The same of the octets of a disc; nothing of one that is no update disc. */
export function secretsOnDisc(octets: Uint8Array): readonly Secret[] {
  return readable(() => secretsOfDisc(parseUpdateDisc(octets)));
}

function readable(read: () => readonly Secret[]): readonly Secret[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof CalldrillError) return [];
    throw error;
  }
}
