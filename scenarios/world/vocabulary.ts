/** The vocabulary of scenarios: every name that the language takes from the rooms that build things. */
import { DEPLOYMENT_PARAMETERS } from '../../devices/deployment.ts';
import { RULES } from '../../devices/rules.ts';
import { PROFILES } from '../../network/simulated/index.ts';
import type { SettingTable, Vocabulary } from '../screenplay/index.ts';
import { CLAUSE_IDS } from './clause-ids.ts';
import { EVENT_FIELDS } from './known-events.ts';
import { ROWS } from './rows.ts';
import { CMS, CRS, MDM } from './standing.ts';

const probability = (summary: string) =>
  ({ kind: 'number', default: 0, min: 0, max: 1, summary, source: 'tc-netem(8)' }) as const;
const milliseconds = (summary: string) =>
  ({ kind: 'number', default: 0, min: 0, max: 3_600_000, summary, source: 'tc-netem(8)' }) as const;

const LINK_SETTINGS: SettingTable = {
  delayMs: milliseconds('One-way delay in milliseconds'),
  jitterMs: milliseconds('Spread of the delay in milliseconds'),
  lossRandom: probability('Probability that a packet is lost'),
  duplicate: probability('Probability that a packet arrives twice'),
};

const text = (summary: string) => ({ kind: 'text', default: '', summary, source: 'calldrill' }) as const;

/** `clauses` are the ids of the catalogue. */
export function vocabulary(): Vocabulary {
  return {
    parameters: DEPLOYMENT_PARAMETERS,
    clauses: CLAUSE_IDS,
    rows: Object.keys(ROWS),
    knownEvents: Object.keys(EVENT_FIELDS),
    eventFields: EVENT_FIELDS,
    plants: Object.keys(RULES),
    profiles: Object.keys(PROFILES),
    linkSettings: LINK_SETTINGS,
    kinds: {
      handset: {
        attacks: false,
        linked: true,
        settings: {
          owner: text('Whose phone it is'),
          'other-voip': text('Another VoIP application that is on it'),
        },
      },
      crs: { standing: CRS, attacks: false, linked: false, settings: {} },
      cms: { standing: CMS, attacks: false, linked: false, settings: {} },
      mdm: { standing: MDM, attacks: false, linked: true, settings: {} },
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
          colludes: text('The enrolled user who gives it their keys'),
        },
      },
    },
  };
}
