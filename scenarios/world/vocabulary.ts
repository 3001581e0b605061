/** The vocabulary of scenarios: every name that the language takes from the rooms that build things. */
import { DEPLOYMENT_PARAMETERS } from '../../devices/deployment.ts';
import { RULES } from '../../devices/rules.ts';
import { PROFILE_NAMES } from '../../network/simulated/index.ts';
import type { Vocabulary } from '../language/index.ts';
import { CLAUSE_IDS } from '../catalogue/clause-ids.ts';
import { EVENT_FIELDS } from './known-events.ts';
import { LINK_SETTINGS } from './link-settings.ts';
import { ROWS } from '../catalogue/rows.ts';
import { CMS, CRS, MDM, NET } from '../language/standing.ts';

const text = (summary: string) => ({ kind: 'text', default: '', summary, source: 'calldrill' }) as const;
const user = (summary: string) =>
  ({ kind: 'text', names: 'user', default: '', summary, source: 'calldrill' }) as const;

/** `clauses` are the ids of the catalogue. */
export function vocabulary(): Vocabulary {
  return {
    parameters: DEPLOYMENT_PARAMETERS,
    clauses: CLAUSE_IDS,
    standingChecks: [
      {
        id: 'cms-offline',
        title: 'nobody plugs a network cable into the CMS',
        never: 'cms.cable-plugged',
        clause: 'para-16-b1',
      },
    ],
    rows: Object.keys(ROWS),
    knownEvents: Object.keys(EVENT_FIELDS),
    eventFields: EVENT_FIELDS,
    plants: Object.keys(RULES),
    profiles: PROFILE_NAMES,
    linkSettings: LINK_SETTINGS,
    kinds: {
      handset: {
        attacks: false,
        linked: true,
        settings: {
          owner: user('Whose phone it is'),
          'other-voip': text('Another VoIP application that is on it'),
        },
      },
      crs: { standing: CRS, attacks: false, linked: false, settings: {} },
      cms: { standing: CMS, attacks: false, linked: false, offline: true, settings: {} },
      mdm: { standing: MDM, attacks: false, linked: true, settings: {} },
      net: { standing: NET, attacks: false, linked: false, settings: {} },
      attacker: {
        attacks: true,
        linked: true,
        settings: {
          controls: {
            kind: 'choice',
            default: 'nothing',
            choices: ['nothing', CRS],
            summary: 'What it controls',
            source: 'calldrill',
          },
          colludes: user('The enrolled user who gives it their keys'),
        },
      },
    },
  };
}
