/** A secret as a plain value, for what carries one in clear: a sheet, a screen. */
import { Secret, type SecretKind } from '../../sim/secret.ts';

/** What a {@link Secret} is made of. */
export type KeptSecret = {
  readonly kind: SecretKind;
  /** Whose, and for when: `+447700900001 2015-10`. */
  readonly owner: string;
  readonly octets: Uint8Array;
};

/** The plain value of a secret. Its octets are shared. */
export function keptSecret(secret: Secret): KeptSecret {
  return { kind: secret.kind, owner: secret.owner, octets: secret.reveal() };
}

/** The secret again, which prints no more than before. */
export function secretOfKept({ kind, owner, octets }: KeptSecret): Secret {
  return new Secret(kind, owner, octets);
}
