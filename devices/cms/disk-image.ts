/**
 * The disk of a CMS, as whoever has it reads it: a flash image (a disk keeps what was written as a chip does) of these records.
 *
 *     master                       KSAK and z_T, as a hidden session has them
 *     set/2015-10/+447700900001    the keys and the PSK of a user and month: a key package in clear
 *     update-key/+447700900001     32 octets
 *
 * The sets of months that are over stay or go as the deployment says. With them go their PSKs, which nothing makes again.
 */
import type { Period } from '../../network/mikey/index.ts';
import { Flash } from '../hardware/index.ts';
import { encodeHiddenSession, encodePackage } from '../media/index.ts';
import type { Ports } from '../ports.ts';
import type { Vault } from './vault.ts';

/** What is on the disk of the CMS of this name. */
export interface DiskContent {
  readonly cms: string;
  readonly vault: Vault;
  /** The month that it is now. */
  readonly period: Period;
}

/** Its octets. Errors: HARDWARE_FLASH_FULL. */
export function diskImageOf(
  { cms, vault, period: now }: DiskContent,
  { deployment, keys: streams }: Ports,
): Uint8Array {
  const disk = new Flash(streams.beginningOf(`${cms}:disk`));
  const keepsAll = deployment['cms-keeps-psks'] === 'yes';
  disk.write('master', encodeHiddenSession({ by: cms, master: vault.master }));
  for (const { number, credential } of vault.users) {
    const sets = vault.issued.filter(
      ({ number: whose, period }) => whose === number && (keepsAll || period >= now),
    );
    for (const keys of sets)
      disk.write(`set/${keys.period}/${number}`, encodePackage({ keys, psk: credential.pskOf(keys.period) }));
    const last = sets.at(-1)?.period ?? credential.since;
    disk.write(`update-key/${number}`, credential.updateKeyOf(last));
  }
  return disk.image();
}
