/**
 * The deployment: everything the source document leaves open, as parameters with defaults. A scenario may set them, the
 * command line may override them, and every report prints them. Each entry says what it decides and who leaves it open.
 */
import { DAY, MINUTE, SECOND } from '../sim/clock.ts';
import { PROFILE_NAMES } from '../network/simulated/index.ts';
import { boolean, choice, duration, integer, type DeploymentParameter } from './deployment-parameter.ts';

/** Every parameter by the name that scenarios and the command line use. */
export const DEPLOYMENT_PARAMETERS = {
  'network-profile': choice(
    'as-written',
    ['as-written', ...PROFILE_NAMES],
    'Kind of access network of the handsets; as-written leaves it to the scenario',
    'para-8: the certification does not hinge on the provider',
  ),
  'skew-limit': duration(
    10 * MINUTE,
    SECOND,
    7 * DAY,
    'How far T of an I_MESSAGE may be from the receiving clock',
    'RFC 3830 5.4 leaves the limit to the deployment',
  ),
  calendar: boolean(
    true,
    'Handsets follow the key calendar of RFC 6509 (new key from the second-to-last day, old key not from day 3)',
    'RFC 6509 2.1; para-25 names the profile only',
  ),
  'replay-cache': choice(
    'signed-part',
    ['signed-part', 'whole-message'],
    'What the replay cache is keyed on; the whole message lets a malleated signature in',
    'RFC 3830 5.4; ECCSI signatures are malleable (RFC 6507)',
  ),
  'identity-check': choice(
    'required',
    ['required', 'off'],
    'Whether the CRS requires IDRi of a call to equal the user of the TLS session',
    'para-32 blocks the user; no clause says what the CRS compares',
  ),
  'psk-rotation': choice(
    'monthly',
    ['monthly', 'static'],
    'Whether each monthly package carries a new PSK',
    'para-11 names PSK; para-25 names the private keys only',
  ),
  'reissue-update-key': choice(
    'new',
    ['new', 'kept'],
    'Whether adding a user again makes a new update key, as it makes new PSKs and a new SSK',
    'para-41 says new credentials; para-31 names Destroy keys for the update key',
  ),
  'unknown-identity': choice(
    'as-wrong-key',
    ['as-wrong-key', 'alert'],
    'How the CRS answers a PSK identity it does not know',
    'RFC 4279 section 2 allows both',
  ),
  'tls-key-exchange': choice(
    'psk',
    ['psk', 'dhe-psk'],
    'Which one suite TLS ends speak: 0x008C of the profile, or its twin 0x0090 with an ephemeral exchange (a counterfactual: outside the profile)',
    'para-11 names TLS_PSK_WITH_AES_128_CBC_SHA; RFC 4279 section 3 has the other',
  ),
  'encrypt-then-mac': boolean(
    true,
    'Whether TLS ends offer encrypt-then-MAC (off: the stack of 2013)',
    'RFC 7366; para-11 names the suite only',
  ),
  'extended-master-secret': boolean(
    true,
    'Whether TLS ends offer the extended master secret (off: the stack of 2013)',
    'RFC 7627; para-11 names the suite only',
  ),
  'srtp-profile': choice(
    'AES_CM_128_HMAC_SHA1_80',
    ['AES_CM_128_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32'],
    'SRTP protection profile',
    'para-12 says AES 128; TS 500 is not public',
  ),
  'rekey-after-hole': boolean(
    false,
    'Whether a handset that is out of step with what it is sent calls again, for new keys',
    'RFC 3711 section 3.3.1 lets it stay deaf; no clause says more',
  ),
  'rekey-at-month-end': boolean(
    false,
    'Whether a call that goes on when a month ends gets keys of the new month, within the call',
    'para-25 renews keys by the month, and those of a call are its own; RFC 3261 14 has the means',
  ),
  'mikey-prf': choice(
    'PRF-HMAC-SHA-256',
    ['PRF-HMAC-SHA-256', 'MIKEY-1'],
    'PRF named in the I_MESSAGE header',
    'RFC 6509 does not fix it',
  ),
  'block-ends-sessions': boolean(
    true,
    'Whether Block User also ends what the user has open',
    'para-32 says the device is blocked from further communication',
  ),
  'block-subject': choice(
    'number',
    ['number', 'credential'],
    'What Block User keys on: the number, or the PSK identity in force when it was typed',
    'para-32 does not say',
  ),
  'blocks-survive-reinstall': boolean(
    false,
    'Whether a CRS reinstall keeps the list of blocked users',
    'table2-CRS says reinstall; nothing says what is restored',
  ),
  'old-keys': choice(
    'erased',
    ['erased', 'unlinked'],
    'Whether a handset erases the keys of a past month, or only deletes the record',
    'para-50 speaks of flash at disposal only',
  ),
  'old-kpak': choice(
    'removed',
    ['removed', 'kept'],
    'Whether a code of another KMS takes the place of the KPAK that a handset trusts, or is trusted beside it',
    'para-39 asks for a manual key update, and not for what becomes of the old public key',
  ),
  'number-binding': choice(
    'unbound',
    ['unbound', 'bound'],
    'Whether a handset that has the public keys of several KMSs believes each of them about every number, or about those that it serves',
    'para-2 gives all keys into the hands of one organisation; nothing says how two of them call each other',
  ),
  'wipe-method': choice(
    'key-erase',
    ['key-erase', 'delete'],
    'Whether a wipe erases the keys of the storage, or deletes what is in it, which wear levelling leaves to read',
    'para-30 says wipe, para-50 speaks of flash at disposal only',
  ),
  'update-key': choice(
    'static',
    ['static', 'ratcheted'],
    'Whether the update key of a month is worked out of that of the month before, which cannot be turned back',
    'para-31 names a key that packages are closed with, and not how long it lasts',
  ),
  'month-by': choice(
    'utc',
    ['utc', 'local-time'],
    'By which time a handset takes the month of its keys; T of an I_MESSAGE is UTC either way',
    'RFC 6509 3.2 counts in UTC; no clause says what the app does',
  ),
  'keep-ssv': boolean(
    false,
    'Whether the app keeps the SSV of past calls in its storage',
    'RFC 6509 is silent',
  ),
  'cms-access': choice(
    'one-person',
    ['one-person', 'two-persons'],
    'Whether a print of a code, or a copy of the disk of the CMS, takes a second person who agrees to it there',
    'para-16-b2 restricts access, and does not say to how many at once',
  ),
  'cms-ledger': choice(
    'append-only',
    ['append-only', 'editable', 'none'],
    'Whether the ledger of the CMS only grows, can be edited by whoever sits there, or is not kept',
    'para-16 names what is issued, and nothing that records it',
  ),
  'cms-keeps-psks': choice(
    'yes',
    ['yes', 'no'],
    'Whether the CMS keeps the keys and PSKs of months that are over',
    'para-16 asks for a store of what is in force, and says nothing of what was',
  ),
  'disc-protection': choice(
    'wrapped',
    ['wrapped', 'clear'],
    'Whether key packages on the monthly disc are wrapped with the update keys',
    'para-31 speaks of an update key, para-43 treats a lost disc as total loss',
  ),
  'crs-months': integer(
    2,
    1,
    12,
    'How many months of key packages the CRS holds, the current one included',
    'para-27',
  ),
  'month-removal': choice(
    'on',
    ['on', 'off'],
    'Whether the CRS removes what it holds of a month that is over, once clocks within the skew limit agree that it is',
    'para-27 bounds how many months it holds, and names no act that removes one',
  ),
  'sessions-at-month-end': choice(
    'cut',
    ['cut', 'kept'],
    'What becomes of a session that was opened with the PSK of a month that is over',
    'para-25 renews keys by the month; nothing says what becomes of connections',
  ),
  'disc-gate': choice(
    'on',
    ['on', 'off'],
    'Whether the CMS refuses to burn a blank disc that was in another machine',
    'para-26 wants new discs; nothing says that a machine sees to it',
  ),
  'log-copy': choice(
    'off',
    ['off', 'on'],
    'Whether each line of the log of the CRS goes to a copy off the machine too, with which the check compares it',
    'para-17-b1 wants administrative actions audited; nothing says who keeps the log',
  ),
  'lock-out': choice(
    'none',
    ['none', 'failed-logins'],
    'Whether ten handshakes in vain under the identity of a user block that user',
    'para-17 wants availability; no clause names a lock-out',
  ),
  'handshake-limit': integer(
    60,
    1,
    1_000_000,
    'How many handshakes of one source may fail in a minute before the CRS resets its connections',
    'para-17-b2 limits what reaches the CRS, not how often',
  ),
  'request-limit': integer(
    600,
    1,
    1_000_000,
    'How many requests of one user the CRS answers in a minute; the rest get 503, and those who go on are cut off',
    'RFC 3261 21.5.4; para-32 leaves misuse by a valid user to Block User',
  ),
  'call-limit': integer(
    20,
    1,
    1_000_000,
    'How many calls one user may place in a minute',
    'RFC 3261 21.5.4; para-32 leaves misuse by a valid user to Block User',
  ),
  'register-interval': duration(
    DAY,
    MINUTE,
    7 * DAY,
    'How often a handset renews its registration, and asks for new key packages',
    'para-25 gives no interval; RFC 3261 10.2',
  ),
  'reconnect-delay': duration(
    30 * SECOND,
    SECOND,
    DAY,
    'How long a handset waits before it connects again',
    'not in the source document',
  ),
  'wipe-retry': duration(
    5 * MINUTE,
    SECOND,
    DAY,
    'How often the MDM repeats a wipe that was not acknowledged',
    'para-30 refers to the platform guidance',
  ),
  'answer-delay': duration(
    2 * SECOND,
    0,
    2 * MINUTE,
    'How long a person lets the phone ring before answering',
    'an assumption about people',
  ),
} as const satisfies Readonly<Record<string, DeploymentParameter>>;

/** What may stand left of `=` in `--set name=value`. */
export type DeploymentName = keyof typeof DEPLOYMENT_PARAMETERS;

type ValueOf<P extends DeploymentParameter> = P extends { kind: 'choice'; choices: readonly (infer Choice)[] }
  ? Choice
  : P extends { kind: 'boolean' }
    ? boolean
    : number;

/** One deployment's choices; durations in microseconds. */
export type Deployment = { readonly [Name in DeploymentName]: ValueOf<(typeof DEPLOYMENT_PARAMETERS)[Name]> };

/** The defaults, with `overrides` laid over them. The screenplay loader has checked names and values. */
export function deploymentOf(
  overrides: Readonly<Partial<Record<string, string | number | boolean>>> = {},
): Deployment {
  const values = Object.fromEntries(
    Object.entries(DEPLOYMENT_PARAMETERS).map(([name, { default: value }]) => [
      name,
      overrides[name] ?? value,
    ]),
  );
  return values as Deployment;
}
