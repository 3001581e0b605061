/** Whom an operator means when a user is added: one spelling or another of a number, and nobody else's (clauses para-3, para-22). */
import { canonicalNumber, type TelNumber } from '../../network/mikey/index.ts';
import type { Rules } from '../rules.ts';
import { cmsError } from './errors.ts';
import type { VaultUser } from './vault.ts';

/** The number in any spelling. The planted violations guess a country, and take a blank for a digit. Errors: MIKEY_NUMBER_*. */
export function typedNumber(text: string, rules: Rules): TelNumber {
  const guessed = rules.holds('cms.global-numbers-only') ? text : text.replace(/^0/, '+44');
  return canonicalNumber(rules.holds('cms.one-spelling') ? guessed : guessed.replaceAll(' ', '1'));
}

/** What is typed beside a user when one is added. */
export interface TypedGrounds {
  readonly reissue: boolean;
  readonly reason: string | undefined;
  /** Reference of the request. */
  readonly request: string | undefined;
}

/**
 * A number that has keys gets new ones by a re-issue only, which has a reason; a number that has none has nothing to issue again. Errors:
 * CMS_LIVE_NUMBER, CMS_NO_REASON, CMS_NOTHING_TO_REISSUE.
 */
export function requireGrounds(
  number: TelNumber,
  isLive: boolean,
  { reissue, reason }: TypedGrounds,
  rules: Rules,
): void {
  if (isLive && !rules.holds('cms.explicit-reissue')) return;
  if (isLive && !reissue) throw cmsError('CMS_LIVE_NUMBER', `${number} has keys already`);
  if (reissue && !isLive) throw cmsError('CMS_NOTHING_TO_REISSUE', `${number} has no keys`);
  if (reissue !== (reason !== undefined && reason.trim() !== ''))
    throw cmsError(
      'CMS_NO_REASON',
      reissue ? 'the re-issue has no reason' : 'a reason is of a re-issue only',
    );
}

/** Whoever has the number already must be meant. Errors: CMS_OTHER_PERSON. */
export function requireSamePerson(before: VaultUser | undefined, name: string, rules: Rules): void {
  if (before !== undefined && before.name !== name && rules.holds('cms.one-person-per-number'))
    throw cmsError('CMS_OTHER_PERSON', `${before.number} is the number of ${before.name}`);
}
