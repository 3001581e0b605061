/** The secrets that a server holds for its users, as the custody of a trace names them. */
import type { Secret } from '../../sim/secret.ts';
import type { Period, TelNumber } from '../../network/mikey/index.ts';
import { ownerOfMonth, secretOfPsk, secretsOfCarriedPackage } from '../media/index.ts';
import type { CrsCredential } from './credential.ts';

interface Packages {
  readonly number: TelNumber;
  readonly packages: ReadonlyMap<Period, Uint8Array>;
}

/** The PSKs and packages of the months that are asked for. */
export function secretsHeld(
  credentials: readonly CrsCredential[],
  users: readonly Packages[],
  isWanted: (period: Period) => boolean,
): readonly Secret[] {
  return [
    ...credentials
      .filter(({ period }) => isWanted(period))
      .map((credential) => secretOfPsk(credential, ownerOfMonth(credential.number, credential.period))),
    ...users.flatMap(({ number, packages }) =>
      [...packages]
        .filter(([period]) => isWanted(period))
        .flatMap(([, octets]) => secretsOfCarriedPackage(number, octets)),
    ),
  ];
}
