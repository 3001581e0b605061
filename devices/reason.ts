/**
 * Why something that somebody tried did not work, as codes: a closed list in an order. What stood in the way first, in this order, is the
 * reason; whatever else stood there is missing too. Each end says the code of what it decided in its own event, so that nobody has to read
 * it out of a text.
 */

/** Who finds an obstacle. */
export type ReasonPlace = 'attacker' | 'cms' | 'crs' | 'network' | 'phone';

interface ReasonEntry {
  readonly code: string;
  readonly meaning: string;
  readonly where: readonly ReasonPlace[];
}

/** All of them, the first obstacle first. */
export const REASONS = [
  {
    code: 'not-tapped',
    meaning: 'No tap had the link or session, or had it only as the inside of a tunnel',
    where: ['attacker'],
  },
  {
    code: 'no-media',
    meaning: 'A tap was there, and no media packet of this call was recorded',
    where: ['attacker'],
  },
  {
    code: 'destroyed',
    meaning: 'Medium or print was physically destroyed before anybody could use it',
    where: ['attacker'],
  },
  {
    code: 'erased',
    meaning:
      'The thing is there, and the key it once held is gone by key erase or by overwriting that works; stands in place of no-psk, no-ssk, no-rsk',
    where: ['attacker', 'phone'],
  },
  {
    code: 'unreadable',
    meaning: 'Pixels or pieces are there, and the real reader cannot read them',
    where: ['attacker'],
  },
  {
    code: 'no-zt',
    meaning:
      'The master secret is not held: nothing left the CMS, for example because it did not read a used disc',
    where: ['cms', 'attacker'],
  },
  {
    code: 'no-update-key',
    meaning: 'No update key of the victim is held, so that no package can be made that the phone would take',
    where: ['attacker', 'phone'],
  },
  {
    code: 'wrapped',
    meaning:
      'A package is held, and none of the update keys held opens it: none, or one that was changed since',
    where: ['attacker'],
  },
  {
    code: 'not-on-crs',
    meaning:
      'The CRS does not hold it: package or PSK identity was never loaded, the month is removed, or its log has nothing of it',
    where: ['crs'],
  },
  { code: 'no-account', meaning: 'The identity belongs to an account that was deleted', where: ['crs'] },
  {
    code: 'blocked',
    meaning: 'The CRS knows the PSK, and the user or credential is blocked',
    where: ['crs'],
  },
  {
    code: 'stale-psk',
    meaning: 'The PSK held was replaced by a re-issue',
    where: ['crs', 'phone', 'attacker'],
  },
  {
    code: 'wrong-month',
    meaning: 'The month of PSK, package or identifier is not the one admitted, asked for, or of T',
    where: ['crs', 'phone'],
  },
  {
    code: 'no-psk',
    meaning:
      'No PSK of the leg or user is or was held, and nobody hands over the signalling; a try with another key fails at Finished',
    where: ['attacker', 'crs', 'phone'],
  },
  {
    code: 'forward-secret',
    meaning: 'The PSK is right, and the exchange was ephemeral: the recording stays shut',
    where: ['attacker'],
  },
  {
    code: 'no-signalling',
    meaning: 'There is no I_MESSAGE in clear: the helper lacks it, or it was taken out of the offer',
    where: ['attacker', 'phone'],
  },
  {
    code: 'no-ssk',
    meaning:
      'No SSK of the claimed sender for the month of T is held; what is sent all the same does not verify on the phone',
    where: ['attacker', 'phone'],
  },
  {
    code: 'no-rsk',
    meaning: 'No RSK of the callee for the month of the call is held or can be derived',
    where: ['attacker', 'phone'],
  },
  { code: 'no-ssv', meaning: 'Nothing held is, or yields, a key of the call', where: ['attacker'] },
  {
    code: 'identity-check',
    meaning: 'The CRS compares the signed identity with the user of the session, and they differ',
    where: ['crs'],
  },
  { code: 'firewall', meaning: 'The firewall drops it', where: ['network'] },
  { code: 'no-path', meaning: 'Message or connection does not reach the far end', where: ['network'] },
  {
    code: 'wrong-suite',
    meaning: 'What is offered is not the one suite, or no TLS at all: closed before anything reads it',
    where: ['crs'],
  },
  {
    code: 'outside-skew',
    meaning: "T is further from the receiver's clock than the skew limit",
    where: ['phone'],
  },
  {
    code: 'replayed',
    meaning: 'The replay cache has seen it, compared as the cache is keyed',
    where: ['phone'],
  },
  {
    code: 'after-restart',
    meaning: 'The cache was lost, and T is not later than the restart plus the skew limit',
    where: ['phone'],
  },
  {
    code: 'calendar',
    meaning:
      'Time and month agree, and the RFC 6509 calendar of the receiver does not accept that month: too early or done with',
    where: ['phone'],
  },
  {
    code: 'other-kms',
    meaning:
      'Signed or sealed under another KMS than the one trusted for that number or whose secrets are held',
    where: ['phone', 'attacker'],
  },
  { code: 'same-answer', meaning: 'Both questions get the same answer on the wire', where: ['attacker'] },
  {
    code: 'chance',
    meaning: 'The classifier does no better than guessing on voices it has not heard',
    where: ['attacker'],
  },
] as const satisfies readonly ReasonEntry[];

/** One of these codes. */
export type Reason = (typeof REASONS)[number]['code'];

const ORDER: readonly string[] = REASONS.map(({ code }) => code);

/** Whether a text is one of the codes. */
export function isReason(text: string): text is Reason {
  return ORDER.includes(text);
}

/** Each of them once, the first obstacle first. */
export function inOrder<Code extends Reason>(reasons: readonly Code[]): readonly Code[] {
  return [...new Set(reasons)].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
}
