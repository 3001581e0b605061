/** The invariants of every run, and the checks that fail when one is broken. A deployment that carries packages in clear breaks that of user keys. */
import type { StandingCheck } from '../../language/vocabulary.ts';
import type { Invariant } from './invariant.ts';
import { MasterSecretsKept } from './master-secrets.ts';
import { TrafficKeysKept } from './traffic-keys.ts';
import { UserKeysKept } from './user-keys.ts';

export type { Invariant } from './invariant.ts';

/** Each with a name of its own, which its events have too, and its check where it has one. */
export const INVARIANTS: readonly Invariant[] = [
  new MasterSecretsKept(),
  new UserKeysKept(),
  new TrafficKeysKept(),
];

/** For those that hold in every deployment. They name no clause: where nothing was handed over they hold, and nothing was shown. */
export const INVARIANT_CHECKS: readonly StandingCheck[] = [
  {
    id: 'master-secrets-kept',
    title: 'master secrets are on their CMS and nowhere else',
    never: 'invariant.broken',
    where: { invariant: 'master-secrets' },
  },
  {
    id: 'traffic-keys-kept',
    title: 'keys of a call are with its phones, or with a thief who worked them out',
    never: 'invariant.broken',
    where: { invariant: 'traffic-keys' },
  },
];
