/** What a handset tells of itself in the trace, what whoever holds it notices, and how it is drawn among the messages. */
import { eventGroup } from '../../sim/event-group.ts';
import './events.ts';
import { arrows, type NoticeTable } from '../told.ts';

/** What happens on a handset, and to the messages and streams that it protects. */
export const HANDSET_EVENTS = [
  eventGroup('handset', {
    title: 'Handsets',
    where: "On the phone, `alice-phone`. `user` is whose phone it is, which may be an attacker's.",
    events: {
      'handset.install-refused': {
        fields: ['platform', 'version', 'reason'],
        meaning: 'the install gate let the app not onto this phone, and why',
      },
      'handset.other-voip': {
        fields: ['app', 'present'],
        meaning: 'another VoIP application was put on a phone, or taken off',
      },
      'handset.system-updated': {
        fields: ['platform', 'before', 'version'],
        meaning: 'the operating system of a phone was brought up to date',
      },
      'handset.app-updated': { fields: ['version'], meaning: 'the app was brought up to date' },
      'handset.installed': { fields: ['platform', 'version'], meaning: 'the app was installed' },
      'handset.enrolled': {
        fields: ['user', 'number', 'crs', 'period', 'pskIdentity', 'kpak'],
        meaning: 'a QR code gave it keys; `kpak` names the public key that signatures are verified under',
      },
      'handset.manual-key-update': {
        fields: ['user', 'number', 'updateKeyChanged', 'pskChanged', 'kmsChanged', 'forgotten'],
        meaning:
          'Manual Key Update: a QR code was scanned on a phone that had keys; what of them is another now, and the months that were held before and are forgotten',
      },
      'handset.kms-taken': {
        fields: ['user', 'account', 'own', 'numbers', 'again'],
        meaning:
          'the code of a KMS was scanned: its public keys are trusted, for so many `numbers`; `own` when it is the KMS of the phone itself',
      },
      'handset.enrol-refused': { fields: ['code', 'message'], meaning: 'a QR code was refused' },
      'handset.keys-installed': {
        fields: ['user', 'period', 'source', 'rsk', 'psk', 'updateKey', 'leadHours'],
        meaning:
          'keys of a month; `source` is `QR code` or `package`, `leadHours` is how long before the second-to-last day of the month before',
      },
      'handset.keys-refused': {
        fields: ['user', 'period', 'code', 'message', 'reason'],
        meaning: 'a key package was refused',
      },
      'handset.keys-removed': {
        fields: ['user', 'period', 'erased'],
        meaning: 'keys of a past month are gone; `erased` says how',
      },
      'handset.keys-held': { fields: ['user', 'periods', 'count'], meaning: 'which months it has keys of' },
      'handset.awaiting-keys': {
        fields: ['user', 'period'],
        meaning: 'it has no keys of this month: out of service',
      },
      'handset.package-none': {
        fields: ['user', 'period'],
        meaning: 'the CRS has no package of that month yet',
      },
      'handset.registered': { fields: ['user', 'number'], meaning: 'the CRS let it in' },
      'handset.refused': { fields: ['user', 'reason'], meaning: 'the CRS did not' },
      'handset.offline': { fields: ['user', 'reason'], meaning: 'it lost the CRS' },
      'handset.call-placed': {
        fields: ['call', 'csb', 'from', 'to', 'toNumber', 'octets'],
        meaning: 'dialled; `call` is the name of the call, `octets` the size of the I_MESSAGE',
      },
      'handset.ringing': {
        fields: ['csb', 'from', 'to', 'shown', 'header', 'mismatch'],
        meaning:
          'rings; `shown` is the verified caller, `header` what SIP says, `mismatch` whether they differ',
      },
      'handset.call-connected': {
        fields: ['csb', 'from', 'to', 'setupMs'],
        meaning: 'answered; `setupMs` since dialling',
      },
      'handset.call-secure': {
        fields: ['csb', 'from', 'to', 'user', 'peer'],
        meaning: 'heard a packet that only the verified peer could have protected',
      },
      'handset.call-rekeyed': {
        fields: ['csb', 'keyed', 'from', 'to', 'user', 'peer', 'offered'],
        meaning:
          'heard a packet under new keys of the call; `keyed` is the CSB ID of the I_MESSAGE that they came with, `offered` whether it was its `own` or of the `peer`',
      },
      'handset.call-moved': {
        fields: ['csb', 'from', 'to', 'user'],
        meaning:
          'its session was cut with the month, and the call goes on in the one that it has opened since',
      },
      'handset.renewal-refused': {
        fields: ['csb', 'keyed', 'from', 'to', 'status'],
        meaning:
          'the other end, or the CRS, did not take new keys for the call: it goes on under the old ones',
      },
      'handset.call-refused': {
        fields: ['call', 'from', 'to', 'status', 'reason'],
        meaning: 'its call was refused',
      },
      'handset.call-ended': {
        fields: [
          'csb',
          'from',
          'to',
          'user',
          'reason',
          'seconds',
          'sent',
          'received',
          'lost',
          'tampered',
          'replayed',
          'outOfStep',
          'malformed',
        ],
        meaning:
          'over, with packets counted; `outOfStep` are authentic and came behind a hole that was too long',
      },
      'handset.out-of-step': {
        fields: ['csb', 'from', 'to', 'user', 'rekeys'],
        meaning:
          'behind a hole of 2^15 packets or more it hears nothing any more; `rekeys`: it asks for new keys',
      },
      'handset.call-quality': {
        fields: [
          'csb',
          'from',
          'to',
          'user',
          'lost',
          'discarded',
          'missingPercent',
          'burstRatio',
          'jitterMs',
          'bufferMs',
          'quietMs',
          'roundTripMs',
          'delayMs',
          'r',
          'mos',
          'category',
          'peerLost',
          'reportsSent',
          'reportsReceived',
          'reportsRefused',
        ],
        meaning:
          'how well `user` heard the other end: loss, delay, and R and MOS of the E-model with the category of G.109; null where no round trip was measured ([media.md](media.md))',
      },
      'handset.locked': {
        fields: ['user', 'locked'],
        meaning: 'the phone was locked, or unlocked with its passcode',
      },
      'handset.powered-off': {
        fields: ['user'],
        meaning: 'somebody switched it off: nothing on it runs, and nothing reaches it',
      },
      'handset.powered-on': { fields: ['user'], meaning: 'and on again' },
      'handset.restarted': { fields: ['user'], meaning: 'the app was closed and started' },
      'handset.network-time': {
        fields: ['user', 'seconds', 'taken'],
        meaning:
          'the network said that its time is another by so many seconds; `taken` when the clock of the phone follows',
      },
      'handset.wiped': {
        fields: ['user', 'records', 'method'],
        meaning: 'wiped, by key erase or by deletion; `records` counts what was there',
      },
    },
  }),
  eventGroup('mikey', {
    title: 'Key messages',
    where: 'On the phone that sends or receives an I_MESSAGE. `csb` is the id of the call.',
    events: {
      'mikey.sent': {
        fields: [
          'csb',
          'from',
          'to',
          'dataType',
          'prf',
          'sakkeParams',
          'signature',
          'policy',
          'period',
          'octets',
          'ssv',
        ],
        meaning: 'an I_MESSAGE was made',
      },
      'mikey.accepted': {
        fields: [
          'csb',
          'from',
          'to',
          'dataType',
          'prf',
          'sakkeParams',
          'signature',
          'policy',
          'period',
          'octets',
        ],
        meaning: 'one was verified and opened',
      },
      'mikey.refused': {
        fields: ['to', 'csb', 'claimed', 'code', 'message', 'reason'],
        meaning:
          'one was refused; `claimed` is whom it names, `csb` its CSB ID if it can be read, `reason` the reason as one of the closed list',
      },
    },
  }),
  eventGroup('srtp', {
    title: 'Media',
    where: 'On the phone.',
    events: {
      'srtp.keyed': {
        fields: ['csb', 'user', 'direction', 'profile', 'tek'],
        meaning: 'a direction of a call got its key; `direction` is `send` or `receive`',
      },
    },
  }),
] as const;

/** What a handset shows by itself to whoever has it in hand. */
export const HANDSET_NOTICES: NoticeTable = {
  'handset.ringing': {
    by: 'holder',
    text: ({ shown, mismatch }) =>
      `rings: call from ${shown} (verified)${mismatch ? '; WARNING: the network names another caller' : ''}`,
  },
  'handset.call-secure': { by: 'holder', text: ({ peer }) => `in a secure call with ${peer}` },
  'handset.call-refused': {
    by: 'holder',
    text: ({ to, status, reason }) => `call to ${to} refused: ${status} ${reason}`,
  },
  'handset.call-ended': {
    by: 'holder',
    text: ({ seconds, reason }) =>
      `call ended after ${Math.round(seconds)} s: ${reason.replaceAll('-', ' ')}`,
  },
  'handset.refused': { by: 'holder', text: ({ reason }) => `the server refuses this phone (${reason})` },
  'handset.offline': { by: 'holder', text: ({ reason }) => `no connection to the server (${reason})` },
  'handset.enrolled': { by: 'holder', text: ({ number }) => `enrolled as ${number}` },
  'handset.enrol-refused': { by: 'holder', text: ({ message }) => `enrolment refused: ${message}` },
  'handset.keys-installed': { by: 'holder', text: ({ period }) => `new keys of ${period}` },
  'handset.awaiting-keys': {
    by: 'holder',
    text: ({ period }) => `no keys of ${period}: out of service until new keys come`,
  },
  'handset.powered-off': { by: 'holder', text: () => 'switched off' },
  'handset.powered-on': { by: 'holder', text: () => 'switched on' },
  'handset.wiped': { by: 'holder', text: () => 'this phone has been wiped' },
};

/** What a handset says to its CRS and hears from it. */
export const HANDSET_ARROWS = arrows({
  'handset.call-placed': {
    from: '{from}',
    to: '{server}',
    label: 'INVITE {to} (I_MESSAGE {octets} octets)',
    kind: 'signalling',
  },
  'handset.ringing': {
    from: '{to}',
    to: '{server}',
    label: '180 Ringing: call from {shown}',
    kind: 'signalling',
  },
  'mikey.refused': { from: '{to}', to: '{server}', label: '488 {code}', kind: 'signalling' },
  'handset.call-secure': {
    from: '{peer}',
    to: '{user}',
    label: 'first authentic SRTP packet',
    kind: 'media',
  },
  'handset.call-ended': {
    from: '{user}',
    to: '{server}',
    label: 'BYE after {seconds} s',
    kind: 'signalling',
    where: { reason: 'hung-up' },
  },
  'handset.call-quality': {
    from: '{user}',
    to: '{server}',
    label:
      'RTCP: {reportsSent} reports sent, {reportsReceived} received; {lost} packets lost, {discarded} late',
    kind: 'media',
  },
});

/** From when on a handset is of which CRS. */
export const HANDSET_SERVERS = { 'handset.enrolled': 'crs' } as const;
