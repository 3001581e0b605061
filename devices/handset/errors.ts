/** What a handset refuses at its console. */
import { errorsOf } from '../../sim/errors.ts';

/** Every code with which a phone refuses its user, a QR code or a package, with what to do instead. */
export const HANDSET_CODES = {
  HANDSET_NOT_ENROLLED: {
    summary: 'The phone has no keys yet.',
    fix: 'Let the user `scan` a QR code of the CMS.',
  },
  HANDSET_NOT_REGISTERED: {
    summary: 'The phone is not registered with its CRS.',
    fix: 'Type `status` to see why; wait, or update its keys.',
  },
  HANDSET_OFF: { summary: 'The phone is switched off.', fix: 'Type `power on` first.' },
  HANDSET_ON: { summary: 'The phone is on already.', fix: 'Nothing to do.' },
  HANDSET_LOCKED: { summary: 'The phone is locked.', fix: 'Let its owner type `unlock` first.' },
  HANDSET_PASSCODE: {
    summary: 'Somebody else than the owner wants to unlock the phone.',
    fix: 'Let the owner type `unlock`, asked or forced.',
  },
  HANDSET_NO_KEYS: {
    summary: 'The phone is registered, and has no keys of this month to sign a call with.',
    fix: 'Let the package of the month be loaded on the CRS, then type `fetch`; or `scan` a code of this month.',
  },
  HANDSET_IN_SERVICE: {
    summary: 'The phone is in service, so nobody treats its chip.',
    fix: 'Wipe it first: type `wipe <phone>` at the MDM.',
  },
  HANDSET_BUSY: { summary: 'The phone is in a call.', fix: 'Type `hang-up` first.' },
  HANDSET_NO_CALL: { summary: 'There is no call.', fix: 'Type `call <whom>` first, or wait until it rings.' },
  HANDSET_NO_SITE: {
    summary: 'There is no such network to go over to.',
    fix: 'Name a site of the topology of the scenario, or home.',
  },
  HANDSET_OTHER_CRS: {
    summary: 'A QR code names another CRS than the one this phone is configured for.',
    fix: 'Wipe and install the phone anew if it really changes to another service.',
  },
  HANDSET_NO_COMMUNITY: {
    summary:
      'A code of another KMS was shown to a phone that does not know which numbers its own CMS serves.',
    fix: 'Let its own CMS `view-kms`, and scan that first: numbers are bound to the KMS that serves them.',
  },
  HANDSET_CLAIMED_NUMBER: {
    summary: 'A code of a KMS claims a number, or the name, of another one that the phone knows.',
    fix: 'Do not take it: ask both organisations whose the number is.',
  },
  HANDSET_OTHER_NUMBER: {
    summary: "A key package is of another number than the phone's.",
    fix: 'Nothing to do at the phone: find out on the CRS who was given whose package.',
  },
  HANDSET_OTHER_MONTH: {
    summary: 'A key package is of another month than the one that was asked for.',
    fix: 'Nothing to do at the phone: find out on the CRS why it served another month.',
  },
  HANDSET_PACKAGE_IN_CLEAR: {
    summary: 'A key package came in clear, and this deployment wraps them under the update key.',
    fix: 'Nothing to do at the phone: find out on the CRS who made the package. `disc-protection` says how they are carried.',
  },
  HANDSET_DOWNGRADE: {
    summary: 'The signed list of key managements is not the one that was offered.',
    fix: 'Nothing to do at the phone: somebody on the way changes offers.',
  },
  HANDSET_OTHER_PEER: {
    summary: 'New keys within a call are signed by somebody else than who is at its other end.',
    fix: 'Nothing to do at the phone: somebody on the way takes part in the call.',
  },
  HANDSET_NOT_INSTALLED: {
    summary: 'The app is not installed.',
    fix: 'Type `install` on a phone of an approved platform version (para-7).',
  },
  HANDSET_INSTALLED: {
    summary: 'The app is installed already.',
    fix: 'Nothing to do; to begin anew, let the MDM wipe the phone first.',
  },
  HANDSET_POLICY: {
    summary: 'The MDM has the phone keep to a policy against it.',
    fix: 'Ask whoever administers the MDM: `policy <phone> store open`, or `updates free`.',
  },
  HANDSET_NO_UPDATE: {
    summary: 'The version is not newer than the one that is there.',
    fix: 'Name a newer one.',
  },
  HANDSET_INSTALL_REFUSED: {
    summary: 'The install gate refuses this phone.',
    fix: 'Use a phone of an approved platform version (para-7), and `remove-app` every other VoIP application (para-18-b3).',
  },
  HANDSET_OTHER_APP: {
    summary: 'The other application is on the phone already, or is not on it.',
    fix: 'Type `status` to see which applications are on it.',
  },
} as const;

/** Makes the typed error of one of these codes. */
export const handsetError = errorsOf(HANDSET_CODES);
