/** The accounts of a scenario as they are written: each names its CMS, and its CRS when that is not the one of every world. */
import { standingAccount } from './accounts.ts';
import { Fields } from './fields.ts';
import type { Names } from './names.ts';
import type { Item, Reading } from './reading.ts';
import type { DeclaredAccount } from './screenplay.ts';
import { ACCOUNT, CRS } from './standing.ts';

/** The accounts of a world: those that are declared, behind the one of every world. */
export function readAccounts(
  reading: Reading,
  names: Names,
  world: Item,
  item: Item | undefined,
): readonly DeclaredAccount[] {
  const declared = reading.named(item, (name, each) => readAccount(reading, names, name, each));
  const accounts = declared.some(({ name }) => name === ACCOUNT)
    ? declared
    : [standingAccount(world.where), ...declared];
  refuseSharedCms(reading, accounts);
  return accounts;
}

function readAccount(reading: Reading, names: Names, name: string, item: Item): DeclaredAccount {
  const where = item.key ?? item.where;
  const fields = Fields.of(reading, item);
  const cms = fields?.required('cms', (each) => readServer(reading, names, each, 'cms'));
  const crs = fields?.optional('crs', (each) => readServer(reading, names, each, 'crs'));
  const refused = fields?.has('crs') === true && crs === undefined;
  fields?.finish();
  // What was refused leaves a placeholder, so that one mistake is one problem.
  return { name, where, cms: cms ?? '', crs: crs ?? (refused ? '' : CRS) };
}

/** The name of a device of this kind; whether there is one is known later. */
export function readServer(
  reading: Reading,
  names: Names,
  item: Item,
  kind: 'cms' | 'crs',
): string | undefined {
  const name = reading.name(item);
  if (name !== undefined) names.later((cast) => names.ofKind(cast, item, name, kind));
  return name;
}

function refuseSharedCms(reading: Reading, accounts: readonly DeclaredAccount[]): void {
  const owners = new Map<string, string>();
  for (const { name, cms, where } of accounts) {
    const owner = owners.get(cms);
    if (owner !== undefined && cms !== '')
      reading.problem('SCENARIO_SHARED_CMS', where, `'${name}' has the CMS of '${owner}', ${cms}`);
    owners.set(cms, name);
  }
}
