/**
 * What can be wrong with a SIP message, with the stream that carries it, and with the SDP inside it. Each row also has the
 * status a server answers with (RFC 3261 section 21), so that a refusal is looked up and never chosen twice.
 */
import { errorsOf, type CalldrillError, type CodeEntry } from '../../sim/errors.ts';

/** A row of the tables here: `status` is what a server answers a request that has this error. */
export interface SipCodeEntry extends CodeEntry {
  readonly status: number;
}

/** What can be wrong with a SIP message, by code. */
export const SIP_CODES = {
  SIP_START_LINE: {
    summary: 'The first line is neither a request line nor a status line.',
    fix: 'Write `METHOD uri SIP/2.0` or `SIP/2.0 status reason`, with single spaces.',
    status: 400,
  },
  SIP_VERSION: {
    summary: 'The message is of a SIP version other than 2.0.',
    fix: 'Send SIP/2.0.',
    status: 505,
  },
  SIP_METHOD: {
    summary: 'The method is not one of those in use here.',
    fix: 'Use REGISTER, INVITE, ACK, BYE, CANCEL, OPTIONS or MESSAGE.',
    status: 501,
  },
  SIP_URI: {
    summary: 'A URI does not follow its syntax.',
    fix: 'Write `tel:+` and digits, or `sip:user@host`; escape other characters with %.',
    status: 400,
  },
  SIP_URI_SCHEME: {
    summary: 'A URI is of a scheme that is not in use here.',
    fix: 'Use a tel:, sip: or sips: URI.',
    status: 416,
  },
  SIP_URI_TOO_LONG: {
    summary: 'A URI is longer than the limit.',
    fix: 'Shorten the URI; SIP_LIMITS.uriOctets says how long it may be.',
    status: 414,
  },
  SIP_ENCODING: {
    summary: 'The text of a message is not UTF-8.',
    fix: 'Send UTF-8.',
    status: 400,
  },
  SIP_HEADER_LINE: {
    summary: 'A header line is not `Name: value`, or holds a control character.',
    fix: 'Write one header per line, ended by CR LF; a continuation begins with a space.',
    status: 400,
  },
  SIP_HEADER_VALUE: {
    summary: 'The value of a header does not follow its syntax.',
    fix: 'Write the value as RFC 3261 section 20 has it.',
    status: 400,
  },
  SIP_HEADER_MISSING: {
    summary: 'A header that must be there is missing.',
    fix: 'Send Via, From, To, Call-ID and CSeq, and Content-Type with a body.',
    status: 400,
  },
  SIP_HEADER_REPEATED: {
    summary: 'A header that may be there once is there again.',
    fix: 'Send it once.',
    status: 400,
  },
  SIP_CSEQ_METHOD: {
    summary: 'The method in CSeq differs from that of the request.',
    fix: 'Write the same method in both.',
    status: 400,
  },
  SIP_CONTENT_LENGTH: {
    summary: 'Content-Length is missing, repeated, not a number, or differs from the length of the body.',
    fix: 'Send exactly one Content-Length with the octets of the body; on a stream nothing else ends a message.',
    status: 400,
  },
  SIP_TRUNCATED: {
    summary: 'The message ends before its headers do.',
    fix: 'End the headers with an empty line.',
    status: 400,
  },
  SIP_LINE_TOO_LONG: {
    summary: 'A line with its continuations is longer than the limit.',
    fix: 'Shorten it; SIP_LIMITS.lineOctets says how long it may be.',
    status: 400,
  },
  SIP_HEADERS_TOO_MANY: {
    summary: 'There are more header values than the limit.',
    fix: 'Send fewer; SIP_LIMITS.headers says how many there may be.',
    status: 400,
  },
  SIP_BODY_TOO_LONG: {
    summary: 'The body is longer than the limit.',
    fix: 'Shorten it; SIP_LIMITS.bodyOctets says how long it may be.',
    status: 413,
  },
  SIP_MESSAGE_TOO_LONG: {
    summary: 'The message is longer than the limit.',
    fix: 'Shorten it; SIP_LIMITS.messageOctets says how long it may be.',
    status: 513,
  },
  SIP_MEDIA_TYPE: {
    summary: 'The body is not of the type that is needed.',
    fix: 'Send the session description as application/sdp.',
    status: 415,
  },
} as const satisfies Readonly<Record<string, SipCodeEntry>>;

/** A code of {@link SIP_CODES}: why octets are no SIP message. */
export type SipCode = keyof typeof SIP_CODES;

/** Makes an error with one of the codes of {@link SIP_CODES}. */
export const sipError = errorsOf(SIP_CODES);

/** What can be wrong with a session description, by code. */
export const SDP_CODES = {
  SDP_LINE: {
    summary: 'A line is not of the form `x=value`, is not in its place, is there too often, or is missing.',
    fix: 'Write the lines in the order of RFC 8866 section 5, each ended by CR LF.',
    status: 400,
  },
  SDP_VALUE: {
    summary: 'The value of a line does not follow its syntax.',
    fix: 'Write the line as RFC 8866 section 5 has it.',
    status: 400,
  },
  SDP_TOO_LONG: {
    summary: 'The description, one of its lines or the number of lines exceeds the limit.',
    fix: 'Shorten it; SDP_LIMITS says how long it may be.',
    status: 413,
  },
  SDP_NOT_SERVED: {
    summary: 'The description is in order, and asks for something that is not served here.',
    fix: 'Give the stream one IPv4 address or name that is no multicast group, one SSRC and no bounds in time, and write UTF-8.',
    status: 488,
  },
  SDP_MEDIA: {
    summary: 'The media is not the one audio stream that is offered here.',
    fix: 'Offer one `m=audio <port> RTP/SAVP 0` with a port other than 0.',
    status: 488,
  },
  SDP_NOT_SECURE: {
    summary: 'The media would not be protected: its profile is not RTP/SAVP.',
    fix: 'Offer RTP/SAVP; a call without protection is never set up (RFC 4567 section 4.1.4).',
    status: 488,
  },
  SDP_ATTRIBUTE: {
    summary: 'An attribute that is used here does not follow its syntax, or is there twice.',
    fix: 'Write the attribute as its RFC has it, once.',
    status: 400,
  },
  SDP_KEY_MGMT: {
    summary: 'The key management attribute is not `mikey` with base64, or there are several.',
    fix: 'Send one `a=key-mgmt:mikey <base64>` (RFC 4567 section 3.1).',
    status: 488,
  },
  SDP_KEY_MGMT_MISSING: {
    summary: 'The offer carries no key management message.',
    fix: 'Refuse with 488; a secure call needs `a=key-mgmt:mikey` in the offer (RFC 4567 section 4.1.4).',
    status: 488,
  },
  SDP_KEY_MGMT_UNEXPECTED: {
    summary: 'The answer carries a key management message.',
    fix: 'End the call: a MIKEY-SAKKE message has no response (RFC 6509 section 2.1).',
    status: 488,
  },
  SDP_ANSWER_MISMATCH: {
    summary: 'The answer takes something that was not offered.',
    fix: 'Answer with payload types, multiplexing and a direction that the offer allows (RFC 3264 section 6).',
    status: 488,
  },
} as const satisfies Readonly<Record<string, SipCodeEntry>>;

/** A code of {@link SDP_CODES}: why a body is no session description. */
export type SdpCode = keyof typeof SDP_CODES;

/** Makes an error with one of the codes of {@link SDP_CODES}. */
export const sdpError = errorsOf(SDP_CODES);

const STATUSES: ReadonlyMap<string, number> = new Map(
  Object.entries({ ...SIP_CODES, ...SDP_CODES }).map(([code, { status }]) => [code, status]),
);

/** The status with which a server answers a request that failed so; 500 for an error that is not of SIP or SDP. */
export function statusOf(error: CalldrillError): number {
  return STATUSES.get(error.code) ?? 500;
}
