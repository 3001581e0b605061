/**
 * `docs/events.md`: the types of trace events, their fields and what each means. The fields come from the vocabulary; the
 * meanings stand here, and the compiler refuses a type that has none.
 */
import type { TraceType } from '../../../sim/trace.ts';
import { EVENT_FIELDS } from '../../../scenarios/world/known-events.ts';
import { page, table } from './markdown.ts';

/** Types of events by the first part of their name, and where they happen. */
const GROUPS = [
  { prefix: 'console', title: 'Consoles', where: 'On the device or person whose console it is.' },
  { prefix: 'person', title: 'People', where: 'On the person. `by` is the same person.' },
  { prefix: 'cms', title: 'Key management system', where: 'On `cms`.' },
  { prefix: 'crs', title: 'Rendezvous server', where: 'On `crs`.' },
  {
    prefix: 'handset',
    title: 'Handsets',
    where: 'On the phone, `alice-phone`. `user` is who the phone says it belongs to.',
  },
  {
    prefix: 'mikey',
    title: 'Key messages',
    where: 'On the phone that sends or receives an I_MESSAGE. `csb` is the id of the call.',
  },
  { prefix: 'srtp', title: 'Media', where: 'On the phone.' },
  { prefix: 'mdm', title: 'Device management', where: 'On `mdm`.' },
  { prefix: 'firewall', title: 'Firewall', where: 'On `firewall`, in worlds that have one.' },
  { prefix: 'network', title: 'Network', where: 'On the link or the host.' },
  {
    prefix: 'attack',
    title: 'Attackers',
    where: 'On the attacker. In a fork these are in the trace of the fork, not of the run.',
  },
  { prefix: 'probe', title: 'Probes', where: 'On the attacker.' },
  {
    prefix: 'audit',
    title: 'Audits',
    where: 'On `examiner`, who taps every link: facts about octets, whatever a device says of itself.',
  },
  { prefix: 'live', title: 'Live runs', where: 'On `world`.' },
  { prefix: 'director', title: 'Directed runs', where: 'On the device.' },
  { prefix: 'trace', title: 'The trace itself', where: 'On `world`.' },
] as const;

type EventType = Exclude<TraceType, `test.${string}`>;

const MEANINGS: { readonly [Type in EventType]: string } = {
  'console.typed': 'somebody typed a line',
  'console.answered': 'what the console answered',
  'console.refused': 'the line was refused, with a code of [errors.md](errors.md)',
  'person.told': 'said something to somebody',
  'person.carried': 'brought a thing to somebody',
  'person.took-blank': 'took a new blank disc',
  'person.inserted': 'put a disc into a device',
  'person.ejected': 'took a disc out of a device',
  'person.scanned': 'pointed a phone at a QR code; `from` is the device or the print',
  'person.destroyed': 'destroyed a disc or a print',
  'person.shielded': 'put a device out of reach of every network (`shielded: true`) or back',
  'person.plugged':
    'put a network cable into a device that must not have one, or (`plugged: false`) took it out',
  'person.seized': 'took or copied the storage of a device; `octets` counts it',
  'person.noted': 'wrote into the record of the exercise',
  'cms.user-added': 'a user was added, or (`again: true`) got new credentials',
  'cms.qr-shown': 'a QR code is on the screen',
  'cms.qr-hidden': 'it is off the screen',
  'cms.qr-printed': 'it was printed; `marking` is null without one',
  'cms.keys-destroyed': "the user's update key was changed",
  'cms.disc-burnt': 'key packages were burnt on a disc',
  'cms.disc-refused': 'the disc is not new: `insertions` says where it was',
  'cms.cable-plugged': 'a network cable is in its socket, where none may be; it leads nowhere',
  'cms.cable-removed': 'it is out again',
  'crs.account-created': 'an account for a CMS was made',
  'crs.account-deleted': 'it was removed, with its users',
  'crs.disc-loaded': 'a disc was loaded; `logChecked`: the log had been read in the same month',
  'crs.months-held':
    'which months of packages it holds; `beyond` counts those that are neither this month nor the next',
  'crs.month-removed': 'everything of a month was removed',
  'crs.log-checked': 'the administrator read the log',
  'crs.unexpected': 'an entry of the log that should not be there',
  'crs.session-opened': 'a phone opened a TLS session',
  'crs.restored': 'the CRS has started again, with what it kept',
  'crs.session-closed': 'it ended; `reason` is `blocked` after a block',
  'crs.handshake-refused': 'a TLS handshake failed; `user` and `identity` are null when not known',
  'crs.registered': 'a phone registered; `instance` tells phones apart',
  'crs.registration-ended':
    'a registration was not renewed in time, or its phone ended it; the session may go on',
  'crs.package-served': 'a key package was handed out',
  'crs.package-refused': 'it was not, and why',
  'crs.call-routed': 'a call was passed on',
  'crs.call-refused': 'a call was refused, with the SIP status',
  'crs.call-connected': 'a call was answered',
  'crs.call-ended': 'a call is over; `relayed` counts media packets, `strays` those from elsewhere',
  'crs.user-blocked': 'a user was blocked',
  'crs.user-unblocked': 'a user was let in again',
  'crs.reinstalled': 'the server was installed anew; what it forgot',
  'handset.install-refused': 'the install gate let the app not onto this phone, and why',
  'handset.other-voip': 'another VoIP application was put on a phone, or taken off',
  'handset.installed': 'the app was installed',
  'handset.enrolled': 'a QR code gave it keys',
  'handset.enrol-refused': 'a QR code was refused',
  'handset.keys-installed':
    'keys of a month; `source` is `QR code` or `package`, `leadHours` is how long before the second-to-last day of the month before',
  'handset.keys-refused': 'a key package was refused',
  'handset.keys-removed': 'keys of a past month are gone; `erased` says how',
  'handset.keys-held': 'which months it has keys of',
  'handset.awaiting-keys': 'it has no keys of this month: out of service',
  'handset.package-none': 'the CRS has no package of that month yet',
  'handset.registered': 'the CRS let it in',
  'handset.refused': 'the CRS did not',
  'handset.offline': 'it lost the CRS',
  'handset.call-placed': 'dialled; `call` is the name of the call, `octets` the size of the I_MESSAGE',
  'handset.ringing':
    'rings; `shown` is the verified caller, `header` what SIP says, `mismatch` whether they differ',
  'handset.call-connected': 'answered; `setupMs` since dialling',
  'handset.call-secure': 'heard a packet that only the verified peer could have protected',
  'handset.call-refused': 'its call was refused',
  'handset.call-ended': 'over, with packets counted',
  'handset.call-quality':
    'how well `user` heard the other end: loss, delay, and R and MOS of the E-model with the category of G.109; null where no round trip was measured ([media.md](media.md))',
  'handset.restarted': 'the app was closed and started',
  'handset.wiped': 'wiped; `records` counts what was there',
  'mikey.sent': 'an I_MESSAGE was made',
  'mikey.accepted': 'one was verified and opened',
  'mikey.refused': 'one was refused; `claimed` is whom it names',
  'srtp.keyed': 'a direction of a call got its key; `direction` is `send` or `receive`',
  'mdm.wipe-ordered': 'a wipe was ordered',
  'mdm.wipe-sent': 'the order was sent; only the first three attempts are told',
  'mdm.wipe-acknowledged': 'the phone says it is wiped',
  'firewall.rules-set': 'these rules hold from now on, in order, and `policy` where none speaks',
  'firewall.dropped':
    'packets like this are dropped by a rule, or (`rule: 0`) by the policy; told once, until the log is full',
  'firewall.stopped': 'nothing passes any more',
  'firewall.started': 'it filters again',
  'network.flow': 'one second of a flow of packets on a link',
  'network.no-route': 'no link leads there',
  'network.dropped':
    'a packet went no further, on a host or a link: `port-closed`, `not-attached`, `backlog-full`, `checksum`, `queue-full`, `too-big`, `blocked`',
  'network.partitioned': 'a link was cut, or one direction of it',
  'network.healed': 'it is whole again',
  'network.link-changed': 'what a link does to packets from now on, in the words of netem',
  'network.held': 'what arrives over the link is kept',
  'network.released': 'what was kept goes on',
  'network.split':
    'on `net`: nothing passes between groups of hosts (`|`), or from the first to the second (`>`)',
  'network.isolated': 'on `net`: nothing passes between the host and any other',
  'network.rejoined': 'on `net`: all splits and isolations are over',
  'network.moved': 'the host has another address from now on',
  'network.unplugged': 'nothing gets in or out of the host',
  'network.plugged': 'it does again',
  'network.diverted': 'packets to `host` go to `to`: somebody stands in between',
  'network.diversion-ended': 'no longer',
  'network.stream-opened': 'a TCP connection is open',
  'network.stream-closed': 'it is closed',
  'network.secured': 'a TLS handshake succeeded',
  'network.secure-refused': 'one failed',
  'attack.began': 'an attempt began; `arm` is `attempt`, `positive` or `negative`',
  'attack.ended': 'and how it came out',
  'attack.holds': 'what it holds now',
  'probe.not-made': 'a probe that this run cannot make: it would disturb a live world',
  'director.device-joined': 'the process of a device has come to the director, or has come again',
  'director.device-lost': 'the process of a device is gone: killed, crashed, or cut off',
  'live.lag':
    'the last but one: percentiles of how late what was due came, in microseconds; beyond `bound` the run is not valid',
  'probe.result': 'what a probe came to, with its controls',
  'audit.server-hello': 'a TLS ServerHello as captured',
  'audit.media-path': 'media packets of a call, and how many went round the relay',
  'audit.canary': "pieces of the speakers' voices found in clear",
  'audit.call-keys': 'directions of a call, and how many different keys protect them',
  'audit.residue': 'records that can be read from a phone after a wipe',
  'trace.began': 'the first event',
  'trace.ended': 'the last; `events` counts all of them',
};

export function eventsPage(): string {
  return page(
    'Events of the trace',
    'What a scenario may name in [moments](scenario-language.md#moments) and [expectations](scenario-language.md#expectations). ' +
      'Besides the fields given here every event has `on`, which can be tested like a field. `from`, `to`, `user` and `peer` are ' +
      'names of users, `number` is a phone number, `period` and `month` are months such as `"2015-10"`.',
    'Fields that hold lists (`lines`, `months`, `periods`, `users` of a disc, `means`, `insertions`, `userKeys`) cannot be tested; ' +
      'use the count beside them. Secrets are labels such as `RSK(+447700900001 2015-10)#5be1c9d0`.',
    '[formats.md](formats.md#trace) says how events are stored.',
    ...GROUPS.map(({ prefix, title, where }) => [
      `## ${title}`,
      '',
      where,
      '',
      table(
        ['Type', 'Fields', 'What happened'],
        Object.entries(MEANINGS)
          .filter(([type]) => type.startsWith(`${prefix}.`))
          .map(([type, meaning]) => [`\`${type}\``, fieldsOf(type), meaning]),
      ),
    ]),
  );
}

function fieldsOf(type: string): string {
  const fields = EVENT_FIELDS[type] ?? [];
  return fields.length === 0 ? 'none' : fields.map((field) => `\`${field}\``).join(', ');
}
