/** What a CMS tells of itself in the trace. */
import { eventGroup } from '../../sim/event-group.ts';
import './events.ts';

/** Every type that a CMS puts into the trace, with its fields and what has happened then. */
export const CMS_EVENTS = eventGroup('cms', {
  title: 'Key management system',
  where: 'On `cms`.',
  events: {
    'cms.user-added': {
      fields: [
        'user',
        'number',
        'again',
        'period',
        'pskIdentity',
        'rsk',
        'ssk',
        'updateKey',
        'reason',
        'request',
      ],
      meaning: 'a user was added, or (`again: true`) re-issued for a `reason`',
    },
    'cms.keys-issued': {
      fields: ['user', 'number', 'period', 'rsk', 'ssk'],
      meaning: 'the set of keys of a number and month is made, and in the store',
    },
    'cms.keys-superseded': {
      fields: ['user', 'number', 'period', 'ssk', 'reason'],
      meaning: 'a set is out of the store because of a re-issue; the ledger has it',
    },
    'cms.store-compared': {
      fields: ['sets', 'superseded', 'withoutLine', 'withoutSet', 'withoutRequest'],
      meaning:
        'store and ledger were compared: sets in the store, superseded ones in the ledger, sets without a line, lines without a set, and users added or re-issued without a reference to a request',
    },
    'cms.qr-shown': { fields: ['user', 'number', 'period', 'octets'], meaning: 'a QR code is on the screen' },
    'cms.kms-shown': {
      fields: ['account', 'users', 'octets'],
      meaning: 'the public keys of its KMS are on the screen, with the numbers of its `users`',
    },
    'cms.qr-hidden': { fields: ['user', 'number'], meaning: 'it is off the screen' },
    'cms.qr-printed': {
      fields: ['user', 'number', 'paper', 'marking', 'reason'],
      meaning:
        'it was printed; `marking` is null without one, and so is the `reason` why the screen was not used',
    },
    'cms.print-closed': {
      fields: ['user', 'number', 'paper'],
      meaning: 'the line of a print is closed: it was typed that it is destroyed',
    },
    'cms.prints-listed': {
      fields: ['prints', 'open', 'otherMarking', 'withoutReason', 'papers'],
      meaning:
        'the prints were listed: how many, how many are `open` (`papers` names them), are not marked as they should be, and have no reason',
    },
    'cms.keys-destroyed': {
      fields: ['user', 'number', 'updateKey'],
      meaning: "the user's update key was changed",
    },
    'cms.disc-burnt': {
      fields: ['disc', 'serial', 'period', 'users', 'octets', 'protection'],
      meaning: 'key packages were burnt on a disc',
    },
    'cms.disc-refused': {
      fields: ['disc', 'insertions'],
      meaning: 'the disc is not new, or a CD-RW: `insertions` says where it was',
    },
    'cms.contaminated': {
      fields: ['disc', 'by'],
      meaning:
        'a payload on a disc that was put in runs on it: from now on each disc that it burns has its master secrets beside what is on it',
    },
    'cms.approved': {
      fields: ['by'],
      meaning: 'a second person has agreed to the next print of a code, or copy of the disk',
    },
    'cms.ledger-audited': {
      fields: ['lines', 'unasked', 'count'],
      meaning:
        'the ledger was looked through: `unasked` are the numbers of which more codes left than were asked for, `count` how many these are',
    },
    'cms.ledger-struck': {
      fields: ['by', 'subject', 'what'],
      meaning: 'a line of the ledger was taken out, where the deployment lets that be',
    },
    'cms.backed-up': { fields: ['disc'], meaning: 'its master secrets were burnt on a disc, for the safe' },
    'cms.restored': {
      fields: ['disc', 'of'],
      meaning: 'it was made the same KMS as the CMS `of`, by the backup of that',
    },
    'cms.clock-set': {
      fields: ['bySeconds', 'period'],
      meaning: 'its clock was moved; `period` is the month that it shows now',
    },
    'cms.cable-plugged': {
      fields: ['by'],
      meaning: 'a network cable is in its socket, where none may be; it leads nowhere',
    },
    'cms.cable-removed': { fields: ['by'], meaning: 'it is out again' },
  },
});
