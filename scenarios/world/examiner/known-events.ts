/** What the audits of the captured octets and of the registers say, in the words of the documentation. */
import { eventGroup } from '../../../sim/event-group.ts';
import '../notices/events.ts';
import './events.ts';

/** The family, with what an event of each type says. */
export const AUDIT_EVENTS = eventGroup('audit', {
  title: 'Audits',
  where: 'On `examiner`, who taps every link: facts about octets, whatever a device says of itself.',
  events: {
    'audit.server-hello': {
      fields: ['server', 'client', 'suite', 'version'],
      meaning: 'a TLS ServerHello as captured',
    },
    'audit.media-path': {
      fields: ['csb', 'packets', 'direct'],
      meaning: 'media packets of a call, and how many went round the relay',
    },
    'audit.canary': {
      fields: ['csb', 'packets', 'hits'],
      meaning: "pieces of the speakers' voices found in clear",
    },
    'audit.call-keys': {
      fields: ['csb', 'directions', 'distinct'],
      meaning: 'directions of a call, and how many different keys protect them',
    },
    'audit.discs': {
      fields: ['month', 'burnt', 'loaded', 'destroyed', 'unaccounted'],
      meaning:
        'discs when `month` was removed from a CRS: how many were burnt, and how many of these have no record of a load or of a destruction',
    },
    'audit.remnants': {
      fields: ['phone', 'after', 'usable', 'raw'],
      meaning:
        'what a wipe, the removal of a month or a key update left in the flash of a phone: keys that can be read from remnants, and remnants at all, noise included',
    },
    'audit.alarms': {
      fields: ['signs', 'exposures', 'missed', 'unseen', 'falseAlarms'],
      meaning:
        'on `alarms`, when somebody has looked through the register: exposures that no answered sign is about (`missed`), those without any sign (`unseen`), and signs without an exposure before them',
    },
    'audit.platform-days': {
      fields: ['unvalidated', 'unvalidatedGap', 'unpatched', 'unpatchedGap'],
      meaning:
        'on `platform-days`, when somebody has looked through the register: handset-days of iPhones on a version that is not validated, and on one that is not the newest, and of these the days that no filed decision covers',
    },
    'audit.medium': {
      fields: ['thing', 'method', 'usable', 'raw'],
      meaning:
        'a medium after it was treated: secrets that whoever has it can use, and what is there besides that nobody can',
    },
    'audit.scanned': {
      fields: ['places', 'octets', 'secrets', 'explained', 'remnants', 'strays'],
      meaning:
        'when a run ends: how many places (storage, logs, recordings, discs, codes, the trace) and octets were searched for how many secrets, and how many finds are explained by custody, are what a medium keeps of what was there once, or are neither',
    },
    'audit.not-scanned': {
      fields: ['missed'],
      meaning:
        'when a run ends: not everything could be searched; `missed` is what could not, and devices that have keys in which none was found',
    },
    'audit.stray': {
      fields: ['place', 'secret', 'encoding', 'event'],
      meaning:
        'a secret that was found where custody does not have it; `event` is the first event after which it was there, or null where that was not looked for',
    },
    'audit.residue': {
      fields: ['phone', 'readable'],
      meaning: 'records that can be read from a phone after a wipe',
    },
  },
});
