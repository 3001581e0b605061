/** What the asset register puts into the trace. */
import { eventGroup } from '../../../sim/event-group.ts';
import './asset-register.ts';

/** The family, with what an event of each type says. */
export const ASSET_EVENTS = eventGroup('asset', {
  title: 'The asset register',
  where: 'On the person who writes in it or counts. `by` is the same person.',
  events: {
    'asset.entered': {
      fields: ['by', 'thing', 'medium', 'serial'],
      meaning: 'a medium has a line in the register from now on',
    },
    'asset.retired': { fields: ['by', 'thing', 'medium'], meaning: 'a medium is out of use' },
    'asset.certified': {
      fields: ['by', 'thing', 'medium', 'method', 'witness', 'allowed', 'declared'],
      meaning:
        'somebody says how a medium was treated; `allowed` when that is a method for it, and `declared` when the deployment says which are',
    },
    'asset.closed': {
      fields: ['by', 'thing', 'medium'],
      meaning: 'the line of a medium is closed: it was treated as it may be',
    },
    'asset.finding': {
      fields: ['by', 'thing', 'finding'],
      meaning: 'what is wrong with a medium: the register and what is there do not agree',
    },
    'asset.counted': {
      fields: ['by', 'entries', 'open', 'withoutCertificate', 'notAllowed', 'unaccounted', 'unlisted'],
      meaning: 'the register was held against what is there: its lines, and what is wrong with how many',
    },
  },
});
