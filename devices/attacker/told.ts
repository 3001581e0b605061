/** What an attacker tells of itself in the trace, and what it notices of its own attacks. */
import { eventGroup } from '../../sim/event-group.ts';
import './attacker.ts';
import './commands/server.ts';
import './commands/things.ts';
import './flood.ts';
import type { NoticeTable } from '../told.ts';

const AIM = ['attack', 'route', 'needs', 'asset', 'capability', 'victim', 'call'] as const;

/** Every type that an attempt puts into the trace, with its fields and what has happened then. */
export const ATTACKER_EVENTS = eventGroup('attack', {
  title: 'Attackers',
  where:
    'On the attacker. What a probe tries is not in the trace of the run, which has its `probe.result` only.',
  events: {
    'attack.began': {
      fields: [...AIM, 'arm'],
      meaning:
        'an attempt began, by the path that `attack`, `route` and `needs` (kinds of means, held or not) tell; `arm` is `attempt`, `positive` or `negative`',
    },
    'attack.ended': {
      fields: [...AIM, 'arm', 'outcome', 'because', 'reason', 'missing', 'means', 'sources', 'audioSeconds'],
      meaning:
        'and how it came out; `reason` is the first obstacle and `missing` has the others, `means` are secrets and `sources` links, servers and users that a success took',
    },
    'attack.unread': {
      fields: ['thing', 'keys'],
      meaning: 'it has a thing that no reader can read; `keys` are kinds and owners of what is on it',
    },
    'attack.payload-planted': {
      fields: ['disc'],
      meaning: 'it wrote on a disc what runs on the next machine that reads it',
    },
    'attack.psk-added': {
      fields: ['user', 'number', 'identity'],
      meaning: 'it put a PSK of its own on the CRS that it controls, for the number of a user',
    },
    'attack.calls-dropped': {
      fields: ['from', 'to'],
      meaning: 'calls from one user to another go nowhere from now on, on the CRS that it controls',
    },
    'attack.log-edited': {
      fields: ['user', 'number', 'lines'],
      meaning: 'it took so many lines about a user out of the log of the CRS that it controls',
    },
    'attack.flood-began': {
      fields: ['what', 'to', 'seconds'],
      meaning:
        'it sends more than anybody needs: `handshakes` of strangers, `guesses` at the key of a user, `invites` or `messages` from an account',
    },
    'attack.flood-ended': {
      fields: ['what', 'to', 'sent', 'reset', 'answered'],
      meaning:
        'it has stopped: of so many that were `sent` the CRS `reset` some before anything was read, and `answered` others',
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
