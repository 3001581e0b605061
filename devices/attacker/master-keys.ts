/** What is made of the master secrets of a KMS: keys of anybody, for any month. */
import type { RandomSource } from '../../sim/random.ts';
import { Kms, type KmsPublic, type UserKeys } from '../../network/mikey/index.ts';
import { keysFor, type HeldMaster, type Holdings } from './holdings.ts';
import type { Owner } from './obstacles.ts';

const SSK_OCTETS = 32;
const PVT_OCTETS = 65;

/** The master secrets by which somebody's SSK is made; undefined where it is held, or where there are none. */
export function masterFor(held: Holdings, { number, period }: Owner): HeldMaster | undefined {
  return keysFor(held, number, period) === undefined ? held.masters.at(-1) : undefined;
}

/** Keys to sign as somebody, and the KMS that they are of. */
export function signingKeysBy(
  master: HeldMaster,
  { number, period }: Owner,
  random: RandomSource,
): { readonly keys: UserKeys; readonly kms: KmsPublic } {
  const kms = new Kms(master);
  return { keys: kms.issue(number, period, random), kms: kms.public };
}

/** Keys to read what is sealed to somebody, and to sign nothing with. */
export function receiverKeysBy(
  master: HeldMaster,
  { number, period }: Owner,
): { readonly keys: UserKeys; readonly kms: KmsPublic } {
  const kms = new Kms(master);
  const none = { ssk: new Uint8Array(SSK_OCTETS), pvt: new Uint8Array(PVT_OCTETS) };
  return { keys: { number, period, ...none, rsk: kms.receiverKeyOf(number, period) }, kms: kms.public };
}

/** The same KMS in form, and another one: its z_T opens nothing of the first. */
export function anotherMaster({ cms, ksak, zT }: HeldMaster): HeldMaster {
  return { cms, ksak, zT: zT.map((octet, at) => (at === zT.length - 1 ? octet ^ 0x02 : octet)) };
}
