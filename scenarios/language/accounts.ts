/**
 * Accounts: each is one organisation's place on a rendezvous server. It names the CMS that makes the keys of its users, and the
 * CRS that their phones connect to, the only one they ever do (para-17-b3). A CMS has one account and an account one CMS, because
 * the account on a CRS is bound to the KMS whose disc came first.
 */
import type { Where } from '../../sim/errors.ts';
import type { Account, DeclaredWorld } from './screenplay.ts';
import { ACCOUNT, CMS, CRS } from './standing.ts';

/** The account of every world whose scenario declares none of that name. */
export function standingAccount(where: Where): Account {
  return { name: ACCOUNT, where, cms: CMS, crs: CRS };
}

/** The account that a user is with. Whoever is no user is with the account of every world. */
export function accountOf(
  { accounts, users }: Pick<DeclaredWorld, 'accounts' | 'users'>,
  user: string,
): Account {
  const named = users.find(({ name }) => name === user)?.account ?? ACCOUNT;
  // One that was refused leaves the standing one: see castOf.
  return accounts.find(({ name }) => name === named) ?? standingAccount({});
}

/** Names of the CMSs of a world, that of every world first. */
export function cmsNamesOf({ devices }: Pick<DeclaredWorld, 'devices'>): readonly string[] {
  return namesOf('cms', CMS, devices);
}

/** Names of the CRSs of a world, that of every world first. */
export function crsNamesOf({ devices }: Pick<DeclaredWorld, 'devices'>): readonly string[] {
  return namesOf('crs', CRS, devices);
}

function namesOf(kind: string, standing: string, devices: DeclaredWorld['devices']): readonly string[] {
  return [...new Set([standing, ...devices.flatMap((each) => (each.kind === kind ? each.name : []))])];
}

/** Who sits at a CMS: `cms-operator`, `field-cms-operator`. */
export function operatorOf(cms: string): string {
  return `${cms}-operator`;
}

/** Who administers a CRS: `crs-admin`, `field-crs-admin`. */
export function administratorOf(crs: string): string {
  return `${crs}-admin`;
}
