/** What the network tells of links and hosts in the trace. */
import { eventGroup } from '../../sim/event-group.ts';
import '../../network/simulated/index.ts';

/** What happens on links and hosts. */
export const NET_EVENTS = eventGroup('network', {
  title: 'Network',
  where: 'On the link or the host.',
  events: {
    'network.flow': {
      fields: ['protocol', 'from', 'to', 'began', 'packets', 'octets', 'lost', 'digest'],
      meaning: 'one second of a flow of packets on a link',
    },
    'network.no-route': { fields: ['protocol', 'from', 'to'], meaning: 'no link leads there' },
    'network.dropped': {
      fields: ['protocol', 'from', 'to', 'reason'],
      meaning:
        'a packet went no further, on a host or a link: `port-closed`, `not-attached`, `backlog-full`, `checksum`, `queue-full`, `too-big`, `blocked`',
    },
    'network.partitioned': { fields: ['toward'], meaning: 'a link was cut, or one direction of it' },
    'network.healed': { fields: ['toward'], meaning: 'it is whole again' },
    'network.link-changed': {
      fields: ['toward', 'netem'],
      meaning: 'what a link does to packets from now on, in the words of netem',
    },
    'network.held': { fields: ['toward'], meaning: 'what arrives over the link is kept' },
    'network.released': { fields: ['toward', 'packets'], meaning: 'what was kept goes on' },
    'network.split': {
      fields: ['groups'],
      meaning:
        'on `net`: nothing passes between groups of hosts (`|`), or from the first to the second (`>`)',
    },
    'network.isolated': {
      fields: ['host'],
      meaning: 'on `net`: nothing passes between the host and any other',
    },
    'network.rejoined': { fields: [], meaning: 'on `net`: all splits and isolations are over' },
    'network.moved': { fields: ['from', 'to'], meaning: 'the host has another address from now on' },
    'network.unplugged': { fields: [], meaning: 'nothing gets in or out of the host' },
    'network.plugged': { fields: [], meaning: 'it does again' },
    'network.diverted': {
      fields: ['host', 'to'],
      meaning: 'packets to `host` go to `to`: somebody stands in between',
    },
    'network.diversion-ended': { fields: ['host', 'to'], meaning: 'no longer' },
    'network.stream-opened': { fields: ['local', 'remote', 'side'], meaning: 'a TCP connection is open' },
    'network.stream-closed': { fields: ['local', 'remote', 'reason'], meaning: 'it is closed' },
    'network.secured': {
      fields: ['local', 'remote', 'identity', 'suite', 'encryptThenMac', 'extendedMasterSecret'],
      meaning: 'a TLS handshake succeeded',
    },
    'network.secure-refused': { fields: ['local', 'remote', 'identity', 'alert'], meaning: 'one failed' },
  },
});
