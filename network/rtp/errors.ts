/** What can be wrong with a packet, a report, a key or a sound file. */
import { errorsOf } from '../../sim/errors.ts';

/** What can be wrong with packets of media, their protection and WAV files, by code. */
export const RTP_CODES = {
  RTP_TRUNCATED: {
    summary: 'An RTP packet ends before what its header announces.',
    fix: 'Check that the whole datagram was captured and that it is RTP at all.',
  },
  RTP_TOO_LONG: {
    summary: 'An RTP packet is longer than a UDP datagram can be.',
    fix: 'Split the payload over several packets.',
  },
  RTP_VERSION: {
    summary: 'The version of an RTP packet is not 2.',
    fix: 'Check that the datagram is RTP and was not altered on the way.',
  },
  RTP_PADDING: {
    summary: 'The padding of an RTP packet is empty or longer than its payload.',
    fix: 'Check that the packet was decrypted with the right key before it was read.',
  },
  RTP_SPEECH: {
    summary: 'A speech file holds no samples.',
    fix: 'Give a file of raw mu-law octets, 8,000 a second.',
  },
  SRTP_KEY: {
    summary: 'A master key or master salt has the wrong length.',
    fix: 'Give a master key of 16 octets and a master salt of 14.',
  },
  SRTP_TRUNCATED: {
    summary: 'An SRTP packet is too short for a header and a tag.',
    fix: 'Check that the whole datagram was captured and that both ends use the same profile.',
  },
  SRTP_TOO_LONG: {
    summary: 'An SRTP packet would be longer than a UDP datagram can be.',
    fix: 'Split the payload over several packets.',
  },
  SRTP_SSRC: {
    summary: 'A packet belongs to another SSRC than the stream.',
    fix: 'Use one sender and one receiver for each SSRC.',
  },
  SRTP_REPLAY: {
    summary: 'An SRTP packet was received before, or is older than the replay window reaches.',
    fix: 'Nothing, if the network duplicates or delays packets; otherwise somebody replays them.',
  },
  SRTP_TAG: {
    summary: 'The authentication tag of an SRTP packet does not match.',
    fix: 'Check that both ends hold the same master key, salt, profile and rollover counter.',
  },
  SRTP_OUT_OF_STEP: {
    summary:
      'An SRTP packet is authentic, but so far ahead that the receiver took its sequence number for another packet.',
    fix: 'Agree on new keys: after a hole of 2^15 packets or more a receiver cannot follow (RFC 3711 section 3.3.1).',
  },
  SRTP_SEQUENCE: {
    summary: 'A packet to protect does not follow the one before it: its keystream may have been used.',
    fix: 'Send each sequence number once, rising by less than 32,768.',
  },
  SRTP_LIMIT: {
    summary: 'A master key has protected all the 2^48 packets it may.',
    fix: 'Agree on a new master key.',
  },
  SRTCP_TRUNCATED: {
    summary: 'An SRTCP packet is too short for a header, an index and a tag.',
    fix: 'Check that the whole datagram was captured and that it is SRTCP at all.',
  },
  SRTCP_TOO_LONG: {
    summary: 'An SRTCP packet is longer than a report between two parties can be.',
    fix: 'Report on fewer sources in one compound.',
  },
  SRTCP_REPLAY: {
    summary: 'An SRTCP packet was received before, or is older than the replay window reaches.',
    fix: 'Nothing, if the network duplicates or delays packets; otherwise somebody replays them.',
  },
  SRTCP_TAG: {
    summary: 'The authentication tag of an SRTCP packet does not match.',
    fix: 'Check that both ends hold the same master key and salt, and derive SRTCP keys with the label on octet 7 (RFC 3711 erratum 3712).',
  },
  SRTCP_CLEAR: {
    summary: 'An SRTCP packet is authentic but not encrypted.',
    fix: 'Switch SRTCP encryption on at the other end.',
  },
  SRTCP_SOURCES: {
    summary: 'One master key protects the reports of more sources than are told apart.',
    fix: 'Give each end of a call a key of its own.',
  },
  SRTCP_LIMIT: {
    summary: 'A master key has protected all the 2^31 reports it may.',
    fix: 'Agree on a new master key.',
  },
  RTCP_TRUNCATED: {
    summary: 'An RTCP packet ends before what its header announces.',
    fix: 'Check that the whole datagram was captured and was decrypted with the right key.',
  },
  RTCP_TOO_LONG: {
    summary: 'An RTCP compound is longer than a report between two parties can be.',
    fix: 'Report on fewer sources in one compound.',
  },
  RTCP_VERSION: {
    summary: 'The version of an RTCP packet is not 2.',
    fix: 'Check that the datagram is RTCP and was decrypted with the right key.',
  },
  RTCP_PADDING: {
    summary: 'The padding of an RTCP packet is not whole words at the end of the last packet.',
    fix: 'Check that the packet was decrypted with the right key before it was read.',
  },
  RTCP_COMPOUND: {
    summary: 'An RTCP compound does not begin with a report or has no CNAME (RFC 3550 section 6.1).',
    fix: 'Let the sender put SR or RR first and SDES with a CNAME behind it.',
  },
  RTCP_SDES: {
    summary: 'A source description does not end where its packet ends.',
    fix: 'Let the sender end each list of items with zeros up to the next word.',
  },
  WAV_TRUNCATED: {
    summary: 'A WAV file is shorter than its header says.',
    fix: 'Check that the whole file was copied.',
  },
  WAV_FORMAT: {
    summary: 'A WAV file is not canonical PCM: 8,000 Hz, mono, 16 bits, a header of 44 octets.',
    fix: 'Convert it: `sox in.wav -r 8000 -c 1 -b 16 out.wav`.',
  },
  WAV_LENGTH: {
    summary: 'The lengths that a WAV file states do not agree with each other or with the file.',
    fix: 'Write the file again with a tool that finishes its header.',
  },
} as const;

/** A code of {@link RTP_CODES}: why a packet was not taken. */
export type RtpCode = keyof typeof RTP_CODES;

/** Makes an error with one of the codes of {@link RTP_CODES}. */
export const rtpError = errorsOf(RTP_CODES);
