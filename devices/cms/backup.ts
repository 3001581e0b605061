/**
 * The backup of a CMS on a disc: its master secrets, and nothing that was issued. A new CMS that is restored from it is the same KMS, whatever the
 * computer: a recovery that begins with the backup recovers nothing (para-38).
 */
import { encodeHiddenSession, parseHiddenSession } from '../media/index.ts';
import type { Ports } from '../ports.ts';
import type { CmsCustody } from './custody.ts';
import type { CmsDisk } from './disk.ts';
import { cmsError } from './errors.ts';
import type { InsertedDisc } from '../hardware/index.ts';
import type { Vault } from './vault.ts';

/** The CMS that a backup is of, or that is restored. */
export interface BackupOptions {
  readonly ports: Ports;
  readonly cms: string;
  readonly vault: Vault;
  readonly custody: CmsCustody;
  readonly disk: CmsDisk;
}

/** Burns it. The custody of the run tells where the master secrets are from then on. */
export function backUp({ ports, cms, vault, custody }: BackupOptions, { disc, name }: InsertedDisc): string {
  disc.burn(encodeHiddenSession({ by: cms, master: vault.master }));
  ports.trace.append('cms.backed-up', cms, { disc: name });
  custody.handOver('burnt', vault.masterSecrets, name);
  return `${name} has the master secrets of ${cms}.`;
}

/** Takes its own master secrets out, and those of the disc in. Errors: CMS_HAS_USERS, MEDIA_*. */
export function restore(
  { ports, cms, vault, custody, disk }: BackupOptions,
  { disc, name }: InsertedDisc,
): string {
  if (vault.users.length > 0) throw cmsError('CMS_HAS_USERS', `${cms} has ${vault.users.length} users`);
  const { by, master } = parseHiddenSession(disc.read());
  if (master === undefined) throw cmsError('CMS_NO_BACKUP', `${name} has no master secrets`);
  custody.handOver('erased', vault.masterSecrets, null);
  vault.restore(master);
  disk.master(master);
  ports.trace.append('cms.restored', cms, { disc: name, of: by });
  custody.handOver('installed', vault.masterSecrets, cms);
  return `${cms} has the master secrets of ${by}.`;
}
