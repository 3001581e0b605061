/**
 * Rules: the promises that devices and people keep, each with a name. A planted violation breaks exactly one of them, in a device that
 * is otherwise untouched, and some check of some scenario must then fail. A rule that no check would miss is not worth its
 * line here: the kill table (`calldrill run --plant all`) shows which check caught which.
 */

export const RULES = {
  'handset.approved-platform': 'installs on approved platform versions only (para-7)',
  'handset.no-other-voip': 'installs beside no other VoIP application (para-18-b3)',
  'handset.one-spelling': 'reads every spelling of a global number as one number (para-3)',
  'handset.global-numbers-only': 'refuses a number without a country code (para-3)',
  'handset.skew': 'refuses an I_MESSAGE whose T is outside the skew limit (RFC 3830 5.4)',
  'handset.replay': 'refuses an I_MESSAGE that it has seen (RFC 3830 5.4)',
  'handset.period': "refuses an I_MESSAGE whose identifier is not of T's month (RFC 6509 3.2)",
  'handset.calendar': 'follows the key calendar of RFC 6509',
  'handset.signature': 'refuses an I_MESSAGE whose ECCSI signature does not verify (para-4)',
  'handset.verified-identity': 'shows the caller that signed, never the SIP From (para-4)',
  'handset.key-per-direction': 'uses another TEK for each direction (para-12)',
  'handset.encrypts-media': 'sends no voice that is not SRTP (para-12)',
  'handset.keeps-ssv-to-itself': 'lets the SSV of a call leave the phone only sealed (para-2)',
  'handset.forgets-ssv': 'keeps no SSV of past calls (para-4)',
  'handset.erases-old-keys': 'holds the keys of two months at the most (para-25)',
  'handset.fetches-packages': "fetches next month's keys (para-25)",
  'handset.own-packages': 'takes only the key package that it asked for, of its own number (para-25)',
  'handset.obeys-mdm': 'wipes itself when the MDM orders it (para-30)',
  'handset.wipe-erases': 'leaves nothing readable after a wipe (para-30)',
  'firewall.default-deny': 'drops what no rule allows (para-17-b2)',
  'cms.random-psks': 'draws every PSK at random (para-11)',
  'cms.new-credential': 'makes a new PSK when a user is added again (para-41)',
  'cms.destroy-changes-update-key': 'changes the update key on Destroy keys (para-31)',
  'crs.one-suite': 'speaks TLS_PSK_WITH_AES_128_CBC_SHA only (para-11)',
  'crs.masks-strangers': 'answers an unknown PSK identity as the deployment says (RFC 4279)',
  'crs.block-refuses-handshake': 'refuses the TLS handshake of a blocked user (para-32)',
  'crs.block-ends-sessions': 'ends what a user has open when the user is blocked (para-32)',
  'crs.block-is-exact': 'blocks nobody but the user who was named (para-32)',
  'crs.identity-check': 'requires IDRi to equal the user of the TLS session',
  'crs.names-the-caller': 'passes the caller on as the user of the session (para-4)',
  'crs.key-mgmt-untouched': 'passes the I_MESSAGE on unchanged (para-12)',
  'crs.relays-media': 'is on the path of every media packet (para-12)',
  'crs.serves-asked-month': 'serves the key package of the month that was asked for, or none (para-27)',
  'crs.month-window': 'keeps key packages of this month and the next only (para-27)',
  'attacker.really-tries': 'tries every attack with all that it holds',
  'person.reports-loss': 'tells somebody when a phone is gone (para-29)',
  'operator.destroys-keys': 'types Destroy keys when a phone is compromised (para-31)',
  'operator.keeps-cms-offline': 'plugs no cable into the CMS (para-16-b1)',
  'operator.takes-new-discs': 'takes a new blank disc for each transfer (para-26)',
  'administrator.blocks-user': 'types Block User when a phone is compromised (para-32)',
  'administrator.checks-log': 'reads the log before a disc is loaded (para-28)',
  'administrator.destroys-discs': 'destroys a disc once it is loaded (para-52)',
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
