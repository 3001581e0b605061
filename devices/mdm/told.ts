/** What the MDM tells of itself in the trace, what its administrator notices, and how it is drawn among the messages. */
import { eventGroup } from '../../sim/event-group.ts';
import './events.ts';
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
    'mdm.inventory-asked': { fields: ['phone', 'order'], meaning: 'a phone was asked what it runs' },
    'mdm.inventory-taken': {
      fields: ['phone', 'order', 'platform', 'version', 'apps', 'others'],
      meaning: 'it has answered; `apps` are other VoIP applications on it, `others` counts them',
    },
    'mdm.finding': {
      fields: ['phone', 'kind', 'subject'],
      meaning:
        'what an inventory found: `other-voip`, an application; `no-decision`, an iOS that is neither validated nor decided about; `unknown-version`, one whose release was never entered',
    },
    'mdm.policy-set': {
      fields: ['phone', 'order', 'setting', 'value'],
      meaning: 'a phone was told to keep to a policy',
    },
    'mdm.policy-kept': { fields: ['phone', 'order', 'setting', 'value'], meaning: 'it says that it does' },
    'mdm.app-allowed': {
      fields: ['phone', 'app'],
      meaning: 'an application is let be on a phone: inventories name it no more',
    },
    'mdm.version-released': {
      fields: ['platform', 'version', 'validated'],
      meaning: 'a version came out, with its module validated by then or not',
    },
    'mdm.version-validated': {
      fields: ['platform', 'version'],
      meaning: 'the module of a version is validated',
    },
    'mdm.version-allowed': {
      fields: ['platform', 'version', 'decision'],
      meaning: 'the record of a decision by which a version may be run was entered',
    },
  },
});

/** What shows on the MDM by itself. */
export const MDM_NOTICES: NoticeTable = {
  'mdm.wipe-acknowledged': {
    by: 'office',
    text: ({ phone, order }) => `${phone} has acknowledged order ${order}: it is wiped.`,
  },
  'mdm.finding': {
    by: 'office',
    text: ({ phone, kind, subject }) => `${phone}: ${kind}, ${subject}.`,
  },
};

/** What it says to phones, and they to it. */
export const MDM_ARROWS = arrows({
  'mdm.wipe-ordered': { from: '{on}', to: '{phone}', label: 'wipe', kind: 'signalling' },
  'mdm.wipe-acknowledged': { from: '{phone}', to: '{on}', label: 'wiped', kind: 'signalling' },
});
