/** The promises that a handset keeps. */
import type { RuleTable } from '../rules.ts';

/** By name, with what each promises. */
export const HANDSET_RULES = {
  'handset.approved-platform': 'installs on approved platform versions only (para-7)',
  'handset.takes-listed-versions': 'installs on the oldest approved versions too (para-7-b1, para-7-b2)',
  'handset.no-other-voip': 'installs beside no other VoIP application (para-18-b3)',
  'handset.keeps-policies': 'keeps to the policies of the MDM (para-18-b1)',
  'handset.one-spelling': 'reads every spelling of a global number as one number (para-3)',
  'handset.global-numbers-only': 'refuses a number without a country code (para-3)',
  'handset.number-from-keys': 'calls under the number of its keys, whatever SIM is in it (para-3)',
  'handset.skew': 'refuses an I_MESSAGE whose T is outside the skew limit (RFC 3830 5.4)',
  'handset.replay': 'refuses an I_MESSAGE that it has seen (RFC 3830 5.4)',
  'handset.period': "refuses an I_MESSAGE whose identifier is not of T's month (RFC 6509 3.2)",
  'handset.calendar': 'follows the key calendar of RFC 6509',
  'handset.wants-key-management': 'rings for no call whose offer has no key management (para-4)',
  'handset.signature': 'refuses an I_MESSAGE whose ECCSI signature does not verify (para-4)',
  'handset.verified-identity': 'shows the caller that signed, never the SIP From (para-4)',
  'handset.key-per-direction': 'uses another TEK for each direction (para-12)',
  'handset.encrypts-media': 'sends no voice that is not SRTP (para-12)',
  'handset.random-ssvs': 'draws the SSV of every call at random (RFC 6509 2.2.1)',
  'handset.keeps-ssv-to-itself': 'lets the SSV of a call leave the phone only sealed (para-2)',
  'handset.forgets-ssv': 'keeps no SSV of past calls (para-4)',
  'handset.erases-old-keys': 'holds the keys of two months at the most (para-25)',
  'handset.replaces-kpak':
    'believes nobody who signs under the KPAK of an earlier code, where the deployment says so (para-39)',
  'handset.binds-numbers':
    'believes a number under the KMS that serves it only, where the deployment binds numbers (para-2)',
  'handset.erases-replaced-keys':
    'erases the keys that a new code replaces, where the deployment says so (para-35)',
  'handset.fetches-packages': "fetches next month's keys (para-25)",
  'handset.own-packages': 'takes only the key package that it asked for, of its own number (para-25)',
  'handset.wrapped-packages':
    'takes a key package in clear only where the deployment carries them in clear (para-25)',
  'handset.obeys-mdm': 'wipes itself when the MDM orders it (para-30)',
  'handset.lock-seals': 'gives nothing readable to whoever takes its storage while it is locked (para-44)',
  'handset.wipe-erases': 'leaves nothing readable after a wipe (para-30)',
} as const satisfies RuleTable;

declare module '../rules.ts' {
  interface RuleNames {
    readonly handset: keyof typeof HANDSET_RULES;
  }
}
