/**
 * MIKEY-SAKKE's cryptography: identities (RFC 6509), keys (`kms.ts`, `user-keys.ts`), signatures (RFC 6507) and SSV transport
 * (RFC 6508). Not constant time and 112 bits of strength: keys made here are never for real use.
 */
export { eccsiSign, malleate } from './eccsi.ts';
export { MIKEY_CRYPTO_CODES } from './errors.ts';
export { identifierOf } from './identifier.ts';
export { Kms, type MasterSecrets } from './kms.ts';
export { eccsiVerify, sakkeDecapsulate, sakkeEncapsulate, SakkeReceiver } from './memo.ts';
export { nextPeriod, parsePeriod, type Period, periodOf, periodStart, previousPeriod } from './period.ts';
export { canonicalNumber, type TelNumber } from './tel-number.ts';
export { type KmsPublic, type UserKeys, validateUserKeys } from './user-keys.ts';
