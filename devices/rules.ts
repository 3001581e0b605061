/**
 * Rules: the promises that devices keep, each with a name. A planted violation breaks exactly one of them, in a device that
 * is otherwise untouched, and some check of some scenario must then fail. A rule that no check would miss is not worth its
 * line here: the kill table (`calldrill run --plant all`) shows which check caught which.
 */

export const RULES = {
  'handset.approved-platform': 'installs on approved platform versions only (para-7)',
  'handset.one-crs': 'connects to the CRS of its configuration only (para-17-b3)',
  'handset.validates-keys':
    'checks received SSK and RSK against the KMS public keys (RFC 6507 5.1.2, RFC 6508 6.1.2)',
  'handset.skew': 'refuses an I_MESSAGE whose T is outside the skew limit (RFC 3830 5.4)',
  'handset.replay': 'refuses an I_MESSAGE that it has seen (RFC 3830 5.4)',
  'handset.period': "refuses an I_MESSAGE whose identifier is not of T's month (RFC 6509 3.2)",
  'handset.calendar': 'follows the key calendar of RFC 6509',
  'handset.signature': 'refuses an I_MESSAGE whose ECCSI signature does not verify (para-4)',
  'handset.verified-identity': 'shows the caller that signed, never the SIP From (para-4)',
  'handset.key-per-direction': 'uses another TEK for each direction (para-12)',
  'handset.encrypts-media': 'sends no voice that is not SRTP (para-12)',
  'handset.erases-old-keys': 'holds the keys of two months at the most (para-25)',
  'handset.wipe-erases': 'erases its storage on a wipe (para-30)',
  'handset.fetches-packages': "fetches and installs next month's keys in time (para-25)",
  'cms.new-disc-only': 'writes only discs that were in no other machine (para-26)',
  'cms.destroy-changes-update-key': 'changes the update key on Destroy keys (para-31)',
  'cms.keys-differ-by-month': 'issues other keys for each month (para-25)',
  'crs.block-refuses-handshake': 'refuses the TLS handshake of a blocked user (para-32)',
  'crs.block-ends-sessions': 'ends what a user has open when the user is blocked (para-32)',
  'crs.identity-check': 'requires IDRi to equal the user of the TLS session',
  'crs.key-mgmt-untouched': 'passes the I_MESSAGE on unchanged (para-12)',
  'crs.relays-media': 'is on the path of every media packet (para-12)',
  'crs.month-window': 'keeps key packages of this month and the next only (para-27)',
  'crs.log-before-load': 'notes in the log when a disc is loaded without a check of the log (para-28)',
} as const satisfies Readonly<Record<string, string>>;

export type RuleName = keyof typeof RULES;

/** Which rules hold in this run: all of them, less the planted ones. */
export class Rules {
  readonly #broken: ReadonlySet<RuleName>;

  constructor(broken: readonly RuleName[] = []) {
    this.#broken = new Set(broken);
  }

  holds(rule: RuleName): boolean {
    return !this.#broken.has(rule);
  }
}

export function isRuleName(name: string): name is RuleName {
  return Object.hasOwn(RULES, name);
}
