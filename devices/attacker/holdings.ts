/**
 * What an attacker holds: the only things it may use. Each item came from octets that it seized, saw or was handed, and is a
 * {@link Secret} in the trace, so that every success names the means it needed.
 */
import { Secret } from '../../sim/secret.ts';
import type { KmsPublic, Period, TelNumber, UserKeys } from '../../network/mikey/index.ts';
import {
  readPhoneImage,
  secretOfPsk,
  secretOfUpdateKey,
  secretsOfCarriedPackage,
  secretsOfKeys,
  type KeyPackage,
  type PresharedKey,
} from '../media/index.ts';

/** Keys and octets in an attacker's hands, each list in the order in which they came. */
export interface Holdings {
  readonly psks: readonly PresharedKey[];
  readonly userKeys: readonly UserKeys[];
  readonly updateKeys: readonly Uint8Array[];
  /** Key packages as they came from the CRS or a disc. */
  readonly packages: readonly Uint8Array[];
  readonly kms: KmsPublic | undefined;
  /** SSVs that a phone kept of its calls. */
  readonly ssvs: readonly Uint8Array[];
}

/** What everybody begins with, and what a single gain is made of. */
export const NOTHING: Holdings = {
  psks: [],
  userKeys: [],
  updateKeys: [],
  packages: [],
  kms: undefined,
  ssvs: [],
};

/** All of them together, in this order; of the public keys the first that there are. Nothing is dropped, doubles included. */
export function joined(...all: readonly Holdings[]): Holdings {
  return {
    psks: all.flatMap(({ psks }) => psks),
    userKeys: all.flatMap(({ userKeys }) => userKeys),
    updateKeys: all.flatMap(({ updateKeys }) => updateKeys),
    packages: all.flatMap(({ packages }) => packages),
    kms: all.find(({ kms }) => kms !== undefined)?.kms,
    ssvs: all.flatMap(({ ssvs }) => ssvs),
  };
}

/** Everything in the storage of a phone, what was deleted but can still be read included. Errors: HARDWARE_FLASH_IMAGE, MEDIA_*. */
export function holdingsOfPhone(image: Uint8Array): Holdings {
  const finds = readPhoneImage(image);
  return {
    psks: finds.psks.map(({ value: { identity, psk } }) => ({ identity, psk })),
    userKeys: finds.userKeys.map(({ value }) => value),
    updateKeys: finds.updateKeys.map(({ value }) => value),
    packages: [],
    kms: finds.kms.at(-1)?.value,
    ssvs: finds.calls.flatMap(({ value }) => value.ssv ?? []),
  };
}

/** What a key package yields once it is open. */
export function holdingsOfPackage({ keys, psk }: KeyPackage): Holdings {
  return { ...NOTHING, userKeys: [keys], psks: [psk] };
}

/** All of it, as the custody of a trace names it. */
export function secretsOf(
  { psks, userKeys, updateKeys, packages, ssvs }: Holdings,
  owner: string,
): readonly Secret[] {
  return [
    ...userKeys.flatMap(secretsOfKeys),
    ...psks.map((psk) => secretOfPsk(psk)),
    ...updateKeys.map((key) => secretOfUpdateKey(owner, key)),
    ...packages.flatMap((octets) => secretsOfCarriedPackage(owner, octets)),
    ...ssvs.map((ssv) => new Secret('SSV', `kept on ${owner}`, ssv)),
  ];
}

/** SSK, PVT and RSK of a number in a month, the last that came; undefined when they are not held. */
export function keysFor(holdings: Holdings, number: TelNumber, period: Period): UserKeys | undefined {
  return holdings.userKeys.findLast((keys) => keys.number === number && keys.period === period);
}

/** Labels for the means of a success. */
export const labelOf = {
  psk: ({ identity, psk }: PresharedKey): string => new Secret('PSK', identity, psk).label,
  rsk: ({ number, period, rsk }: UserKeys): string => new Secret('RSK', `${number} ${period}`, rsk).label,
  ssk: ({ number, period, ssk }: UserKeys): string => new Secret('SSK', `${number} ${period}`, ssk).label,
  updateKey: (owner: string, key: Uint8Array): string => new Secret('update key', owner, key).label,
  ssv: (ssv: Uint8Array): string => new Secret('SSV', 'kept by a phone', ssv).label,
} as const;

/** The key that everybody tries first, for an identity that was seen on the wire. */
export function obviousPsk(identity: string): PresharedKey {
  return { identity, psk: new Uint8Array(32) };
}

/** The same identities with keys that are not theirs: what a negative control holds. */
export function wrongPsks(psks: readonly PresharedKey[]): readonly PresharedKey[] {
  return psks.map(({ identity, psk }) => ({ identity, psk: psk.map((octet) => octet ^ 0xff) }));
}
