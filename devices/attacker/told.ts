/** What an attacker tells of itself in the trace, and what it notices of its own attacks. */
import { eventGroup } from '../../sim/event-group.ts';
import './attacker.ts';
import type { NoticeTable } from '../told.ts';

/** Every type that an attempt puts into the trace, with its fields and what has happened then. */
export const ATTACKER_EVENTS = eventGroup('attack', {
  title: 'Attackers',
  where:
    'On the attacker. What a probe tries is not in the trace of the run, which has its `probe.result` only.',
  events: {
    'attack.began': {
      fields: ['attack', 'asset', 'capability', 'arm'],
      meaning: 'an attempt began; `arm` is `attempt`, `positive` or `negative`',
    },
    'attack.ended': {
      fields: ['attack', 'asset', 'capability', 'arm', 'outcome', 'because', 'means'],
      meaning: 'and how it came out',
    },
    'attack.holds': { fields: ['psks', 'userKeys', 'updateKeys', 'packages'], meaning: 'what it holds now' },
  },
});

/** What an attacker learns of its own attacks. */
export const ATTACKER_NOTICES: NoticeTable = {
  'attack.ended': {
    by: 'itself',
    text: ({ attack, asset, outcome, because }) => `${attack}, ${asset}: ${outcome}: ${because}`,
  },
};
