/**
 * Accounts: each is one organisation's place on a rendezvous server. It names the CMS that makes the keys of its users, and the
 * CRS that their phones connect to, the only one they ever do (para-17-b3). A CMS has one account and an account one CMS, because
 * the account on a CRS is bound to the KMS whose disc came first.
 */
import type { Where } from '../../sim/errors.ts';
import type { DeclaredAccount, DeclaredWorld } from './screenplay.ts';
import { ACCOUNT, CMS, CRS } from './standing.ts';

/** The account of every world whose scenario declares none of that name. */
export function standingAccount(where: Where): DeclaredAccount {
  return { name: ACCOUNT, where, cms: CMS, crs: CRS };
}

/** The account that a user is with. Whoever is no user is with the account of every world. */
export function accountOf(
  { accounts, users }: Pick<DeclaredWorld, 'accounts' | 'users'>,
  user: string,
): DeclaredAccount {
  const named = users.find(({ name }) => name === user)?.account ?? ACCOUNT;
  // One that was refused leaves the standing one: see castOf.
  return accounts.find(({ name }) => name === named) ?? standingAccount({});
}

/** The account that a CMS makes keys for. One that no account names has one of its own name, on the CRS of every world. */
export function accountOfCms({ accounts }: Pick<DeclaredWorld, 'accounts'>, cms: string): DeclaredAccount {
  return accounts.find((each) => each.cms === cms) ?? { name: cms, where: {}, cms, crs: CRS };
}

/** Names of the CRSs of a world, that of every world first. */
export function crsNamesOf({ devices }: Pick<DeclaredWorld, 'devices'>): readonly string[] {
  return [...new Set([CRS, ...devices.flatMap(({ name, kind }) => (kind === 'crs' ? name : []))])];
}
