/**
 * What an attacker holds: the only things it may use. Each item came from octets that it seized, saw or was handed, and is a
 * {@link Secret} in the trace, so that every success names the means it needed.
 */
import { Secret } from '../../sim/secret.ts';
import type { KmsPublic, MasterSecrets, Period, TelNumber, UserKeys } from '../../network/mikey/index.ts';
import {
  parsePackage,
  readPhoneImage,
  secretOfPsk,
  secretOfUpdateKey,
  secretsOfCarriedPackage,
  secretsOfKeys,
  secretsOfMaster,
  type KeyPackage,
  type PresharedKey,
  type QrPayload,
  type UpdateDisc,
} from '../media/index.ts';

/** A PSK, and whose it is; undefined where what it was found on does not say. */
export interface HeldPsk extends PresharedKey {
  readonly number: TelNumber | undefined;
}

/** An update key of 32 octets, and whose it is; undefined where what it was found on does not say. */
export interface HeldUpdateKey {
  readonly key: Uint8Array;
  readonly number: TelNumber | undefined;
}

/** KSAK and z_T of a CMS. */
export interface HeldMaster extends MasterSecrets {
  readonly cms: string;
}

/** Keys and octets in an attacker's hands, each list in the order in which they came. */
export interface Holdings {
  readonly psks: readonly HeldPsk[];
  readonly userKeys: readonly UserKeys[];
  readonly updateKeys: readonly HeldUpdateKey[];
  /** Key packages as they came from the CRS or a disc. */
  readonly packages: readonly Uint8Array[];
  readonly kms: KmsPublic | undefined;
  /** Master secrets: whoever has them makes the keys of anybody. */
  readonly masters: readonly HeldMaster[];
  /** SSVs that a phone kept of its calls. */
  readonly ssvs: readonly Uint8Array[];
  /** Lines of a key log, of TLS sessions whose key exchange was ephemeral: nobody but the examiner has any. */
  readonly sessionKeys: readonly string[];
  /** Keys that were erased from what was seized, before it was: kind and owner, such as `RSK +447700900001 2015-09`. */
  readonly erased: readonly string[];
  /** Keys that were on what it came for, and was destroyed by then. */
  readonly destroyed: readonly string[];
  /** Keys that are on what it has, and that no reader can read. */
  readonly unreadable: readonly string[];
}

/** What everybody begins with, and what a single gain is made of. */
export const NOTHING: Holdings = {
  psks: [],
  userKeys: [],
  updateKeys: [],
  packages: [],
  kms: undefined,
  masters: [],
  ssvs: [],
  sessionKeys: [],
  erased: [],
  destroyed: [],
  unreadable: [],
};

/** All of them together, in this order; of the public keys the first that there are. Nothing is dropped, doubles included. */
export function joined(...all: readonly Holdings[]): Holdings {
  return {
    psks: all.flatMap(({ psks }) => psks),
    userKeys: all.flatMap(({ userKeys }) => userKeys),
    updateKeys: all.flatMap(({ updateKeys }) => updateKeys),
    packages: all.flatMap(({ packages }) => packages),
    kms: all.find(({ kms }) => kms !== undefined)?.kms,
    masters: all.flatMap(({ masters }) => masters),
    ssvs: all.flatMap(({ ssvs }) => ssvs),
    sessionKeys: all.flatMap(({ sessionKeys }) => sessionKeys),
    erased: all.flatMap(({ erased }) => erased),
    destroyed: all.flatMap(({ destroyed }) => destroyed),
    unreadable: all.flatMap(({ unreadable }) => unreadable),
  };
}

/** Everything in the storage of a phone, what was deleted but can still be read included. Errors: HARDWARE_FLASH_IMAGE, MEDIA_*. */
export function holdingsOfPhone(image: Uint8Array): Holdings {
  const finds = readPhoneImage(image);
  const number = finds.settings.at(-1)?.value.number;
  return {
    ...NOTHING,
    psks: finds.psks.map(({ value: { identity, psk } }) => ({ identity, psk, number })),
    userKeys: finds.userKeys.map(({ value }) => value),
    updateKeys: finds.updateKeys.map(({ value: key }) => ({ key, number })),
    packages: [],
    kms: finds.kms.at(-1)?.value,
    ssvs: finds.calls.flatMap(({ value }) => value.ssv ?? []),
  };
}

/** What a code hands over to whoever reads it. */
export function holdingsOfQr({ psk, updateKey, kms, keys }: QrPayload): Holdings {
  const { number } = keys;
  return {
    ...NOTHING,
    psks: [{ ...psk, number }],
    userKeys: [keys],
    updateKeys: [{ key: updateKey, number }],
    kms,
  };
}

/** What is on an update disc: every user's PSK, and their packages as they are; of those in clear what is in them, too. Errors: MEDIA_*. */
export function holdingsOfDisc({ users, protection }: UpdateDisc): Holdings {
  return {
    ...NOTHING,
    psks: users.map(({ number, psk }) => ({ ...psk, number })),
    userKeys: protection === 'clear' ? users.map(({ package: octets }) => parsePackage(octets).keys) : [],
    packages: users.map(({ package: octets }) => octets),
  };
}

/** What a key package yields once it is open. */
export function holdingsOfPackage({ keys, psk }: KeyPackage): Holdings {
  return { ...NOTHING, userKeys: [keys], psks: [{ ...psk, number: keys.number }] };
}

/** All of it, as the custody of a trace names it. */
export function secretsOf(
  { psks, userKeys, updateKeys, packages, masters, ssvs }: Holdings,
  owner: string,
): readonly Secret[] {
  return [
    ...userKeys.flatMap(secretsOfKeys),
    ...psks.map((psk) => secretOfPsk(psk)),
    ...updateKeys.map(({ key, number }) => secretOfUpdateKey(number ?? owner, key)),
    ...packages.flatMap((octets) => secretsOfCarriedPackage(owner, octets)),
    ...masters.flatMap((master) => secretsOfMaster(master.cms, master)),
    ...ssvs.map((ssv) => new Secret('SSV', `kept on ${owner}`, ssv)),
  ];
}

/** SSK, PVT and RSK of a number in a month, the last that came; undefined when they are not held. */
export function keysFor(holdings: Holdings, number: TelNumber, period: Period): UserKeys | undefined {
  return holdings.userKeys.findLast((keys) => keys.number === number && keys.period === period);
}

/** The PSK that a login as this number is tried with: the last of the month, or else the last of any month. */
export function pskFor({ psks }: Holdings, number: TelNumber, period: Period): HeldPsk | undefined {
  const own = psks.filter((psk) => psk.number === number);
  const tried = own.length > 0 ? own : psks.filter((psk) => psk.number === undefined);
  return tried.findLast((psk) => isOfMonth(psk, period)) ?? tried.at(-1);
}

/** PSK identities of a month end in it, unless PSKs do not rotate. */
export function isOfMonth({ identity }: Pick<PresharedKey, 'identity'>, period: Period): boolean {
  return identity.endsWith(`.${period}`) || !identity.includes('.');
}

/** The last update key of a number; undefined when none is held that can be. */
export function updateKeyFor({ updateKeys }: Holdings, number: TelNumber): HeldUpdateKey | undefined {
  return (
    updateKeys.findLast((each) => each.number === number) ??
    updateKeys.findLast((each) => each.number === undefined)
  );
}

/** The means of a success, as secrets. */
export const secretOf = {
  psk: (psk: PresharedKey): Secret => secretOfPsk(psk),
  rsk: ({ number, period, rsk }: UserKeys): Secret => new Secret('RSK', `${number} ${period}`, rsk),
  ssk: ({ number, period, ssk }: UserKeys): Secret => new Secret('SSK', `${number} ${period}`, ssk),
  updateKey: ({ number, key }: HeldUpdateKey): Secret => secretOfUpdateKey(number ?? 'somebody', key),
  ksak: ({ cms, ksak }: HeldMaster): Secret => new Secret('KSAK', cms, ksak),
  zt: ({ cms, zT }: HeldMaster): Secret => new Secret('z_T', cms, zT),
  ssv: (ssv: Uint8Array): Secret => new Secret('SSV', 'kept by a phone', ssv),
} as const;

/** The key that everybody tries first, for an identity that was seen on the wire. */
export function obviousPsk(identity: string): HeldPsk {
  return { identity, psk: new Uint8Array(32), number: undefined };
}

/** The SSV that everybody tries first: 16 octets. */
export const OBVIOUS_SSV: Uint8Array = new Uint8Array(16);

/** The same identities with keys that are not theirs: what a negative control holds. */
export function wrongPsks(psks: readonly HeldPsk[]): readonly HeldPsk[] {
  return psks.map((held) => ({ ...held, psk: held.psk.map((octet) => octet ^ 0xff) }));
}
