/** What a CRS tells of itself in the trace, and how it is drawn among the messages. */
import { eventGroup } from '../../sim/event-group.ts';
import './events.ts';
import { arrows } from '../told.ts';

/** Every type that a CRS puts into the trace, with its fields and what has happened then. */
export const CRS_EVENTS = eventGroup('crs', {
  title: 'Rendezvous server',
  where: 'On `crs`.',
  events: {
    'crs.account-created': { fields: ['account'], meaning: 'an account for a CMS was made' },
    'crs.account-deleted': { fields: ['account', 'users'], meaning: 'it was removed, with its users' },
    'crs.disc-loaded': {
      fields: ['disc', 'period', 'users', 'logChecked'],
      meaning: 'a disc was loaded; `logChecked`: the log had been read in the same month',
    },
    'crs.months-held': {
      fields: ['months', 'count', 'beyond', 'current'],
      meaning:
        'which months of packages it holds; `beyond` counts those that are neither this month nor the next',
    },
    'crs.month-removed': { fields: ['period'], meaning: 'everything of a month was removed' },
    'crs.clock-set': {
      fields: ['bySeconds', 'period'],
      meaning: 'its clock was moved; `period` is the month that it shows now',
    },
    'crs.log-checked': { fields: ['entries', 'unexpected'], meaning: 'the administrator read the log' },
    'crs.log-compared': {
      fields: ['lines', 'missing'],
      meaning:
        'the log was held against the copy that is kept off the machine: of its `lines` so many are `missing` in the log, or are there fewer times',
    },
    'crs.signatures-listed': {
      fields: ['signers', 'several', 'count'],
      meaning:
        'who signed in the calls that went through was listed: how many, and (`several`, `count`) which of them with more than one key in a month',
    },
    'crs.unexpected': {
      fields: ['kind', 'subject', 'detail'],
      meaning: 'an entry of the log that should not be there',
    },
    'crs.session-opened': { fields: ['user', 'number', 'identity'], meaning: 'a phone opened a TLS session' },
    'crs.restored': {
      fields: ['accounts', 'users', 'blocked', 'months'],
      meaning: 'the CRS has started again, with what it kept',
    },
    'crs.session-closed': {
      fields: ['user', 'number', 'reason'],
      meaning: 'it ended; `reason` is `blocked` after a block',
    },
    'crs.handshake-refused': {
      fields: ['user', 'identity', 'host', 'alert', 'reason', 'also'],
      meaning:
        'a TLS handshake from `host` failed; `user` and `identity` are null when not known, `reason` is the first code of what stood in its way and `also` has the others',
    },
    'crs.registered': {
      fields: ['user', 'number', 'instance'],
      meaning: 'a phone registered; `instance` tells phones apart',
    },
    'crs.registered-abroad': {
      fields: ['user', 'number', 'country'],
      meaning:
        'a phone registered from an address of another country; one behind a VPN has an address of the VPN',
    },
    'crs.registration-ended': {
      fields: ['user', 'number', 'reason'],
      meaning: 'a registration was not renewed in time, or its phone ended it; the session may go on',
    },
    'crs.package-served': { fields: ['user', 'number', 'period'], meaning: 'a key package was handed out' },
    'crs.package-refused': {
      fields: ['user', 'number', 'host', 'period', 'reason', 'code'],
      meaning: 'it was not, and why',
    },
    'crs.call-routed': { fields: ['call', 'from', 'to'], meaning: 'a call was passed on' },
    'crs.call-refused': {
      fields: ['from', 'to', 'host', 'status', 'reason', 'code'],
      meaning: 'a call placed from `host` was refused, with the SIP status',
    },
    'crs.call-connected': { fields: ['call', 'from', 'to'], meaning: 'a call was answered' },
    'crs.call-renewed': {
      fields: ['call', 'from', 'to'],
      meaning: 'new keys that `from` offered within the call were passed on, and `to` took them',
    },
    'crs.call-moved': {
      fields: ['call', 'user'],
      meaning:
        'the session of a user was cut with the month, and the call goes on in the one that their phone has opened since',
    },
    'crs.call-ended': {
      fields: ['call', 'from', 'to', 'reason', 'relayed', 'strays'],
      meaning: 'a call is over; `relayed` counts media packets, `strays` those from elsewhere',
    },
    'crs.user-blocked': { fields: ['user', 'number', 'by', 'sessionsEnded'], meaning: 'a user was blocked' },
    'crs.user-unblocked': { fields: ['user', 'number', 'by'], meaning: 'a user was let in again' },
    'crs.reinstalled': {
      fields: ['users', 'blocks'],
      meaning: 'the server was installed anew: users that it forgot, and blocks that it still knows',
    },
  },
});

/** What a CRS says to phones, and what it passed on between them. */
export const CRS_ARROWS = arrows({
  'crs.session-opened': {
    from: '{user}',
    to: '{on}',
    label: 'TLS-PSK handshake as {identity}',
    kind: 'signalling',
  },
  'crs.call-routed': { from: '{on}', to: '{to}', label: 'INVITE from {from}', kind: 'signalling' },
  'crs.call-connected': { from: '{to}', to: '{on}', label: '200 OK: answers {from}', kind: 'signalling' },
  'crs.call-refused': { from: '{on}', to: '{from}', label: '{status} {reason}', kind: 'signalling' },
  'crs.handshake-refused': {
    from: '{on}',
    to: '{user|unknown}',
    label: 'TLS alert {alert}: {reason}',
    kind: 'signalling',
  },
  'crs.call-ended': {
    from: '{from}',
    to: '{to}',
    label: 'SRTP, {relayed} packets relayed; {reason}',
    kind: 'media',
  },
  'crs.package-served': { from: '{on}', to: '{user}', label: 'key package {period}', kind: 'signalling' },
  'crs.session-closed': {
    from: '{on}',
    to: '{user}',
    label: 'session ended: blocked',
    kind: 'signalling',
    where: { reason: 'blocked' },
  },
});
