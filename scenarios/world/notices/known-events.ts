/** The types of events of signs and notices, with the fields of each: what a scenario may name. */
import { eventGroup } from '../../../sim/event-group.ts';
import './events.ts';
import { NOTICE_FIELDS } from './kinds.ts';

/** What people see and say of something that looks wrong. */
const SIGN_EVENTS = eventGroup('sign', {
  title: 'Signs',
  where: 'On the person. `by` is the same person.',
  events: {
    'sign.raised': {
      fields: ['by', 'sign', 'kind', 'user', 'rests'],
      meaning:
        'somebody says that something looks wrong; `rests` is the number of the event on a screen that shows it, `null` where it is their word',
    },
  },
});

/** What becomes of what they write about it. */
const SHEET_EVENTS = eventGroup('notice', {
  title: 'Notices',
  where: 'On the person; `by` is the same person. Fields of a notice that nothing is written in are `null`.',
  events: {
    'notice.written': {
      fields: ['by', 'notice', 'kind', ...NOTICE_FIELDS],
      meaning: 'a notice was written, or written on',
    },
    'notice.sent': {
      fields: ['by', 'to', 'notice', 'kind', 'route'],
      meaning: 'it was sent to somebody, by a route',
    },
    'notice.received': {
      fields: ['by', 'from', 'notice', 'kind', ...NOTICE_FIELDS],
      meaning: 'somebody has read a notice that was sent to them, and nothing is lacking in it: they know',
    },
    'notice.asked-back': {
      fields: ['by', 'from', 'notice', 'kind', 'lacks', 'fields'],
      meaning: 'it lacks `fields` fields, named in `lacks`: it was asked back, and counts for nothing',
    },
    'notice.wrong-route': {
      fields: ['by', 'from', 'notice', 'kind', 'route'],
      meaning: 'it came by a route that does not apply, and counts for nothing',
    },
    'notice.filed': {
      fields: ['by', 'notice', 'kind', ...NOTICE_FIELDS],
      meaning: 'a record in which nothing is lacking is in the register',
    },
  },
});

/** What an organisation knows of both. */
const REGISTER_EVENTS = eventGroup('register', {
  title: 'The register',
  where: 'On the person. `by` is the same person.',
  events: {
    'register.reviewed': {
      fields: ['by', 'signs', 'answered', 'unanswered', 'incidents', 'undecided', 'names'],
      meaning:
        'somebody looked through the register: signs of exposure, how many of them the security officer knows or has dismissed, incidents, and how many of these nobody has decided about; `names` are what is open',
    },
  },
});

/** Every type that people who write notices put into the trace, with fields and meaning. */
export const NOTICE_EVENTS = [SIGN_EVENTS, SHEET_EVENTS, REGISTER_EVENTS] as const;
