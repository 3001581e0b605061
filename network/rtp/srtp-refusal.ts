/** What both ends of an SRTP stream refuse, and in which words. */
import { rtpError } from './errors.ts';
import { RTP_PACKET_OCTETS_MAX } from './rtp.ts';

/** SRTP_TOO_LONG: no datagram has so many octets. */
export function tooLong(octets: number) {
  return rtpError('SRTP_TOO_LONG', `${octets} octets, more than ${RTP_PACKET_OCTETS_MAX}`, {
    where: { offset: RTP_PACKET_OCTETS_MAX },
  });
}

/** SRTP_SSRC: a stream has one source. */
export function otherSsrc(met: number, expected: number) {
  return rtpError('SRTP_SSRC', `SSRC ${hex(met)}, not ${hex(expected)}`, { where: { offset: 8 } });
}

/** SRTP_LIMIT: the master key has served all packets that it may. */
export function pastLimit() {
  return rtpError('SRTP_LIMIT', 'the next packet would be number 2^48 under this master key');
}

function hex(ssrc: number): string {
  return `0x${ssrc.toString(16).padStart(8, '0')}`;
}
