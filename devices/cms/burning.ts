/** Burning the packages of a month on a disc: what is written, who is told, and what a payload adds to it. */
import type { Period } from '../../network/mikey/index.ts';
import type { InsertedDisc } from '../hardware/index.ts';
import { secretsOnDisc } from '../media/index.ts';
import type { BackupOptions } from './backup.ts';
import type { Infection } from './infection.ts';
import { discOf, protectionOf } from './issue.ts';
import type { UserRegister } from './user-register.ts';
import type { VaultUser } from './vault.ts';

/** The CMS that burns. */
export interface BurningOptions extends BackupOptions {
  /** Its account on the CRS. */
  readonly account: string;
  readonly register: UserRegister;
  readonly infection: Infection;
}

/** Whose packages, of which month. */
export interface Burnt {
  readonly month: Period;
  readonly users: readonly VaultUser[];
}

/** Writes them; from then on the CRS may know of these users. Errors: HARDWARE_DISC_*, MEDIA_*. */
export function burnPackages(
  { ports, cms, account, vault, custody, register, infection }: BurningOptions,
  inserted: InsertedDisc,
  { month, users }: Burnt,
): string {
  const { disc, name } = inserted;
  const protection = protectionOf(ports);
  const keepsMasterSecrets = ports.rules.holds('cms.keeps-master-secrets');
  const head = { serial: disc.serial, account, period: month, protection };
  const octets = discOf(vault, users, head, { custody, keepsMasterSecrets });
  disc.burn(octets);
  for (const user of users) user.changed = false;
  register.note('disc burnt', `${name} ${month}`);
  ports.trace.append('cms.disc-burnt', cms, {
    disc: name,
    serial: disc.serial,
    period: month,
    users: users.map(({ name: user }) => user),
    octets: octets.length,
    protection,
  });
  custody.handOver('burnt', secretsOnDisc(octets), name);
  if (!keepsMasterSecrets) custody.handOver('burnt', vault.masterSecrets.slice(0, 1), name);
  if (infection.adds(inserted, vault)) custody.handOver('burnt', vault.masterSecrets, name);
  return `${name} holds the packages of ${users.length} users for ${month} (${octets.length} octets).`;
}
