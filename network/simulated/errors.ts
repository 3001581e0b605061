/** What a user or a device can get wrong about the network. */
import { errorsOf } from '../../sim/errors.ts';

/** What can be wrong with hosts, ports, links and their parameters, by code. */
export const NETWORK_CODES = {
  NETWORK_PORT_INVALID: {
    summary: 'A port is not an integer in 0..65535 (0 asks for a free one), or is 0 where a peer is named.',
    fix: 'Give a port in 1..65535.',
  },
  NETWORK_PORT_TAKEN: {
    summary: 'Something on this host already has the port open.',
    fix: 'Close what has it open, or use port 0 to get a free one.',
  },
  NETWORK_NO_FREE_PORT: {
    summary: 'All ports that are given out (49152..65535) are in use on this host.',
    fix: 'Close sockets or streams that are no longer needed.',
  },
  NETWORK_ADDRESS_UNUSABLE: {
    summary: 'Sockets cannot be opened on an address of this machine.',
    fix: 'Give an address that this machine has, such as 127.0.0.1, and see that enough files may be open (`ulimit -n`).',
  },
  NETWORK_DATAGRAM_TOO_LONG: {
    summary: 'A datagram has more than 65,507 octets.',
    fix: 'Send several smaller datagrams, or use a stream.',
  },
  NETWORK_STREAM_FULL: {
    summary: 'More than 16 MiB wait in a stream to be acknowledged by its peer.',
    fix: 'Write less, or wait until the peer has taken what was written.',
  },
  NETWORK_HOST_ATTACHED: {
    summary: 'A host name was attached twice.',
    fix: 'Give each device a host name of its own.',
  },
  NETWORK_UNKNOWN_HOST: {
    summary: 'No device and no link has this host name.',
    fix: 'Use the host name of a device in the world.',
  },
  NETWORK_LINK_TAKEN: {
    summary: 'The link name is in use, or the two hosts already have a link.',
    fix: 'Declare one link for each pair of hosts, with a name of its own.',
  },
  NETWORK_NOT_ON_LINK: {
    summary: 'The host named is not an end of this link.',
    fix: 'Name one of the two hosts that the link joins.',
  },
  NETWORK_LINK_PARAMETER: {
    summary: 'A link parameter is out of its range.',
    fix: 'Probabilities and correlations lie in 0..1 (0% to 100%), delays in 0..274,000 ms, a reorder gap and a limit are integers from 1, an MTU has 68 to 65,535 octets.',
  },
  NETWORK_NETEM_SYNTAX: {
    summary: 'The settings of a link are not in the language of netem.',
    fix: 'Write them as for tc, e.g. `delay 100ms 20ms 25% distribution normal loss gemodel 5% 30%`; docs/network.md has the grammar.',
  },
  NETWORK_PARTITION: {
    summary: 'A partition does not name two groups of different hosts.',
    fix: 'Write the hosts of each group with a bar between the groups: alice-phone | crs bob-phone.',
  },
} as const;

/** Makes an error with one of the codes that start with NETWORK_. */
export const networkError = errorsOf(NETWORK_CODES);
