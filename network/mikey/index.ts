/**
 * MIKEY-SAKKE (RFC 6509): how two phones that have never met agree on the keys of a call with one message.
 *
 * Start at `seal-imessage.ts` (what the initiator makes), `open-imessage.ts` (what the responder gets out of it) and
 * `receive-rules.ts` (what it checks first). Messages are octets and payloads in `message.ts` and `payload/`. Below them lie
 * identities and months, keys (`kms.ts`, `user-keys.ts`), signatures (`eccsi.ts`, RFC 6507) and SSV transport (`sakke.ts`,
 * RFC 6508). Not constant time and 112 bits of strength: keys made here are never for real use.
 */
export { calendarRefusal } from './calendar.ts';
export { eccsiSign, malleate } from './eccsi.ts';
export { MIKEY_CRYPTO_CODES } from './errors.ts';
export { identifierOf } from './identifier.ts';
export { Kms, type MasterSecrets } from './kms.ts';
export { eccsiVerify, sakkeDecapsulate, sakkeEncapsulate, SakkeReceiver } from './memo.ts';
export { errorNumberOf, MIKEY_CODES, type MikeyCode, type MikeyRefusal } from './message-errors.ts';
export {
  type Message,
  parseMessage,
  type Payloads,
  serialiseMessage,
  signedPartOf,
  viewMessage,
} from './message.ts';
export { type OpenedIMessage, openIMessage } from './open-imessage.ts';
export type { Header } from './payload/header.ts';
export { telIdentity } from './payload/identity.ts';
export type { Payload } from './payload/payload.ts';
export type { MessageField } from './payload/reader.ts';
export type { StreamStart } from './payload/session-map.ts';
export { timestampOf, unixMsOf } from './payload/timestamp.ts';
export { nextPeriod, parsePeriod, type Period, periodOf, periodStart, previousPeriod } from './period.ts';
export { deriveSessions, type Prf, type SessionKeys } from './prf.ts';
export {
  claimedSender,
  type IMessageReceiver,
  type ReceiveRule,
  type ReceiveRuleId,
  receiveRules,
  receiveRulesWithout,
  type ReceiveWork,
} from './receive-rules.ts';
export { ReplayCache, type ReplayCacheOptions, type ReplayKeying } from './replay-cache.ts';
export { type SealedIMessage, sealIMessage, type SealOptions } from './seal-imessage.ts';
export { malleateIMessage, resealIMessage, type Signer, signIMessage } from './sign-imessage.ts';
export type { SrtpPolicy } from './srtp-policy.ts';
export { canonicalNumber, type TelNumber } from './tel-number.ts';
export { type KmsPublic, type UserKeys, validateUserKeys } from './user-keys.ts';
