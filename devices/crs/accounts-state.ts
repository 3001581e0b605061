/** What a server knows of users as plain data, in the order in which it came. */
import type { Period, TelNumber } from '../../network/mikey/index.ts';
import type { CrsCredential } from './credential.ts';
import type { FormerIdentitiesState } from './former-identities.ts';

/** All of it; `Accounts` is made of it again. */
export type AccountsState = {
  readonly accounts: readonly {
    readonly name: string;
    readonly kms: string | undefined;
    readonly users: readonly {
      readonly number: TelNumber;
      readonly packages: readonly { readonly period: Period; readonly octets: Uint8Array }[];
    }[];
  }[];
  readonly credentials: readonly CrsCredential[];
  readonly former: FormerIdentitiesState;
  readonly blockedNumbers: readonly TelNumber[];
  readonly blockedIdentities: readonly string[];
};
