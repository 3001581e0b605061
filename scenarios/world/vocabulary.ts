/** The vocabulary of scenarios: every name that the language takes from the rooms that build things. */
import { DEPLOYMENT_PARAMETERS } from '../../devices/deployment.ts';
import type { DeviceKind, DeviceKinds } from '../../devices/kind.ts';
import { PROFILE_NAMES } from '../../network/simulated/index.ts';
import type { KindWords, Vocabulary } from '../language/index.ts';
import { REASONS } from '../../devices/reason.ts';
import { CATALOGUE, PARTS } from '../catalogue/clauses.ts';
import { INVARIANT_CHECKS } from './invariants/index.ts';
import { eventFieldsOf } from './known-events.ts';
import { LINE_CAUSES } from './line-causes.ts';
import { LINK_SETTINGS } from './link-settings.ts';
import { OPPORTUNITIES } from './opportunities.ts';
import { rulesOf } from './rules-of.ts';
import { ROWS } from '../catalogue/rows.ts';
import { TARGETS } from '../catalogue/targets.ts';
import { PLACES, REFUSAL_CODES, VALUE_DOMAINS } from './value-domains.ts';

/** The words of scenarios whose worlds have devices of these kinds. */
export function vocabulary(kinds: DeviceKinds): Vocabulary {
  const eventFields = eventFieldsOf(kinds);
  return {
    parameters: DEPLOYMENT_PARAMETERS,
    clauses: CATALOGUE.map(({ id }) => id),
    parts: PARTS,
    targets: TARGETS,
    standingChecks: [
      {
        id: 'cms-offline',
        title: 'nobody plugs a network cable into the CMS',
        never: 'cms.cable-plugged',
      },
      ...INVARIANT_CHECKS,
      {
        id: 'phones-in-step',
        title: 'no phone is deaf to what it is sent because too much before it was lost',
        never: 'handset.out-of-step',
      },
    ],
    reasons: REASONS.map(({ code }) => code),
    rows: Object.keys(ROWS),
    opportunities: OPPORTUNITIES,
    causes: LINE_CAUSES,
    knownEvents: Object.keys(eventFields),
    eventFields,
    valueDomains: VALUE_DOMAINS,
    codes: REFUSAL_CODES,
    places: PLACES,
    plants: Object.keys(rulesOf(kinds)),
    profiles: PROFILE_NAMES,
    linkSettings: LINK_SETTINGS,
    kinds: Object.fromEntries(
      kinds.filter(({ declarable }) => declarable !== false).map((kind) => [kind.name, wordsOf(kind)]),
    ),
  };
}

function wordsOf({ standing, several, attacks, offline, linked, settings }: DeviceKind): KindWords {
  return {
    ...(standing === undefined ? {} : { standing }),
    ...(several === undefined ? {} : { several }),
    ...(offline === undefined ? {} : { offline }),
    attacks,
    linked,
    settings: Object.fromEntries(Object.entries(settings).filter(([, { apart }]) => apart !== true)),
  };
}
