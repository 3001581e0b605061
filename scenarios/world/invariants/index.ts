/** The invariants of every run, and the checks that fail when one is broken. What a scenario breaks one for stands there, as not applicable with a reason. */
import type { StandingCheck } from '../../language/vocabulary.ts';
import type { Invariant } from './invariant.ts';
import { MasterSecretsKept } from './master-secrets.ts';
import { MonthsAheadKept } from './months-ahead.ts';
import { TrafficKeysKept } from './traffic-keys.ts';
import { UserKeysKept } from './user-keys.ts';
import { WipedPhonesKept } from './wiped-phones.ts';

export type { Invariant } from './invariant.ts';

/** Each with a name of its own, which its events have too, and its check where it has one. */
export const INVARIANTS: readonly Invariant[] = [
  new MasterSecretsKept(),
  new UserKeysKept(),
  new TrafficKeysKept(),
  new WipedPhonesKept(),
  new MonthsAheadKept(),
];

/** What events say of custody is held against octets once, when the run ends. */
const LAST_LOOK: StandingCheck = {
  id: 'no-stray-secrets',
  title: 'when the run ends, no secret stands in octets where custody does not have it',
  never: 'audit.stray',
};

/** One for each, and one for the last look. They name no clause: where nothing was handed over they hold, and nothing was shown. */
export const INVARIANT_CHECKS: readonly StandingCheck[] = [...keptChecks(), LAST_LOOK];

function keptChecks(): readonly StandingCheck[] {
  return Object.entries({
    'master-secrets': 'master secrets are on their CMS and its declared backups, and nowhere else',
    'user-keys': 'keys of a user are on the CMS, their phone, an unused code or wrapped, or with a thief',
    'traffic-keys': 'keys of a call are with its phones, or with a thief who worked them out',
    'wiped-phones': 'nothing that can be used outlives the wipe of a phone',
    'months-ahead': 'no secret of a month leaves a CMS before the month before',
  }).map(([invariant, title]) => ({
    id: `${invariant}-kept`,
    title,
    never: 'invariant.broken',
    where: { invariant },
  }));
}
