/** What the firewall tells of itself in the trace. */
import { eventGroup } from '../../sim/event-group.ts';
import './events.ts';

/** Every type that a firewall puts into the trace, with its fields and what has happened then. */
export const FIREWALL_EVENTS = eventGroup('firewall', {
  title: 'Firewall',
  where: 'On `firewall`, in worlds that have one.',
  events: {
    'firewall.rules-set': {
      fields: ['rules', 'count', 'policy', 'by'],
      meaning: 'these rules hold from now on, `count` of them, in order, and `policy` where none speaks',
    },
    'firewall.dropped': {
      fields: ['protocol', 'source', 'port', 'rule'],
      meaning:
        'packets like this are dropped by a rule, or (`rule: 0`) by the policy; told once, until the log is full',
    },
    'firewall.stopped': { fields: ['by'], meaning: 'nothing passes any more' },
    'firewall.started': { fields: ['by'], meaning: 'it filters again' },
  },
});
