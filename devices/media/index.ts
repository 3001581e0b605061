/**
 * What is carried between devices, and what a phone keeps: documented octets with strict readers. `qr-payload.ts` enrols a
 * phone, `key-package.ts` renews it each month, `update-disc.ts` carries the packages to the CRS, and `phone-image.ts` is
 * what a thief makes of a stolen phone.
 */
export { nextUpdateKey, runForward } from './update-key.ts';
export { MEDIA_CODES } from './errors.ts';
export {
  encodeHiddenSession,
  parseHiddenSession,
  secretsOfHiddenSession,
  secretsOfMaster,
  type HiddenSession,
} from './hidden-session.ts';
export {
  COMMUNITY_NUMBERS_MAX,
  encodeKmsCode,
  isKmsCode,
  parseKmsCode,
  type KmsCommunity,
} from './kms-code.ts';
export { kmsFingerprint, kpakName } from './key-field.ts';
export {
  encodePackage,
  labelOfPackage,
  parsePackage,
  unwrapPackage,
  wrapPackage,
  type KeyPackage,
  type PackageForm,
  type PresharedKey,
} from './key-package.ts';
export { readPhoneImage, type Found, type PhoneFinds } from './phone-image.ts';
export type { CallRecord, PhoneSettings } from './phone-record.ts';
export { PhoneStorage, type OldKeys, type PskRotation } from './phone-storage.ts';
export { encodeQrPayload, parseQrPayload, type QrPayload } from './qr-payload.ts';
export {
  secretOfPsk,
  secretOfUpdateKey,
  ownerOfMonth,
  secretsOfCarriedPackage,
  secretsOfDisc,
  secretsOfKeys,
  secretsOfPackage,
  secretsOfQr,
  secretsOnDisc,
} from './secrets.ts';
export { encodeUpdateDisc, parseUpdateDisc, type DiscUser, type UpdateDisc } from './update-disc.ts';
