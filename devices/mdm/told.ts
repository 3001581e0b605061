/** What the MDM tells of itself in the trace, what its administrator notices, and how it is drawn among the messages. */
import { eventGroup } from '../../sim/event-group.ts';
import './mdm.ts';
import { arrows, type NoticeTable } from '../told.ts';

/** Every type that an MDM puts into the trace, with its fields and what has happened then. */
export const MDM_EVENTS = eventGroup('mdm', {
  title: 'Device management',
  where: 'On `mdm`.',
  events: {
    'mdm.wipe-ordered': { fields: ['phone', 'order'], meaning: 'a wipe was ordered' },
    'mdm.wipe-sent': {
      fields: ['phone', 'order', 'attempt'],
      meaning: 'the order was sent; only the first three attempts are told',
    },
    'mdm.wipe-acknowledged': { fields: ['phone', 'order'], meaning: 'the phone says it is wiped' },
  },
});

/** What shows on the MDM by itself. */
export const MDM_NOTICES: NoticeTable = {
  'mdm.wipe-acknowledged': {
    by: 'office',
    text: ({ phone, order }) => `${phone} has acknowledged order ${order}: it is wiped.`,
  },
};

/** What it says to phones, and they to it. */
export const MDM_ARROWS = arrows({
  'mdm.wipe-ordered': { from: '{on}', to: '{phone}', label: 'wipe', kind: 'signalling' },
  'mdm.wipe-acknowledged': { from: '{phone}', to: '{on}', label: 'wiped', kind: 'signalling' },
});
