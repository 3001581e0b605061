/**
 * Why a MIKEY message is refused. Reading it (a malformed message), judging it (a well-formed one that must not be
 * accepted) and making it each have their codes; `docs/errors.md` is generated from this table.
 */
import { errorsOf, type CalldrillError, type CodeEntry } from '../../sim/errors.ts';

/** A row of the table: `errorNumber` is what RFC 6509 answers with, where it names a number. */
interface MikeyCodeEntry extends CodeEntry {
  /** 0 authentication failure, 10 invalid security policy parameter, 13 unsupported message type. */
  readonly errorNumber?: 0 | 10 | 13;
}

/** Why a message is not one, or is not believed, by code. */
export const MIKEY_CODES = {
  MIKEY_TRUNCATED: {
    summary: 'A MIKEY message ends before one of its fields does.',
    fix: 'Compare the length fields before this offset with the octets that are there.',
  },
  MIKEY_TOO_LONG: {
    summary: 'A MIKEY message is longer than calldrill reads.',
    fix: 'Send an I_MESSAGE of at most 4,096 octets; two crypto sessions take about 600.',
  },
  MIKEY_TRAILING_OCTETS: {
    summary: 'Octets follow the SIGN payload, where no signature covers them.',
    fix: 'End the message with the signature.',
  },
  MIKEY_VERSION: {
    summary: 'The MIKEY version is not 1.',
    fix: 'Check that the octets are a MIKEY message, decoded from Base64.',
  },
  MIKEY_DATA_TYPE: {
    summary: 'The data type is not 26, the SAKKE message of RFC 6509.',
    fix: 'Send a MIKEY-SAKKE I_MESSAGE: no other message of MIKEY is used here.',
    errorNumber: 13,
  },
  MIKEY_PRF: {
    summary: 'The pseudo-random function is unknown.',
    fix: 'Use 0 (MIKEY-1) or 1 (PRF-HMAC-SHA-256).',
  },
  MIKEY_SESSION_MAP: {
    summary: 'The map of crypto sessions cannot be read.',
    fix: 'Use the SRTP-ID, empty or GENERIC-ID map with as many entries as #CS says.',
  },
  MIKEY_PAYLOAD_TYPE: {
    summary: 'A payload has no place in a SAKKE message.',
    fix: 'Use T, RAND, IDR, CERT, SP, SAKKE, SIGN and General Extension only.',
  },
  MIKEY_PAYLOAD_ORDER: {
    summary: 'A payload comes after one that it must precede.',
    fix: 'Keep the order T, RAND, IDRi, IDRr, IDRkmsi, IDRkmsr, CERT, SP, SAKKE, SIGN.',
  },
  MIKEY_PAYLOAD_DUPLICATE: {
    summary: 'A payload is there twice.',
    fix: 'Send it once: two readers could believe different ones.',
  },
  MIKEY_PAYLOAD_MISSING: {
    summary: 'A payload that every SAKKE message has is not there.',
    fix: 'Send T, RAND, SAKKE and SIGN.',
  },
  MIKEY_TIMESTAMP_TYPE: {
    summary: 'The timestamp is neither NTP-UTC nor NTP.',
    fix: 'Use timestamp type 0 (NTP-UTC): the month of the keys is taken from it.',
  },
  MIKEY_TIMESTAMP_RANGE: {
    summary: 'A moment has no 64-bit NTP timestamp.',
    fix: 'Set the clock to a time between 1968-01-20 and 2104-02-26 UTC.',
  },
  MIKEY_RAND: {
    summary: 'The RAND is shorter than 16 octets.',
    fix: 'Send a fresh RAND of 16 octets.',
  },
  MIKEY_IDENTITY: {
    summary: 'An identity cannot be read, or is not the tel URI of one global number.',
    fix: 'Send IDRi and IDRr as URIs like tel:+447700900123: no separators, no parameters.',
  },
  MIKEY_POLICY: {
    summary: 'The security policy cannot be read, or asks for something that calldrill does not do.',
    fix: 'Ask for AES-CM with a 128-bit key and HMAC-SHA-1 with a tag of 10 or 4 octets.',
    errorNumber: 10,
  },
  MIKEY_EXTENSION: {
    summary: 'A General Extension cannot be read.',
    fix: 'Use extension type 0 (vendor id) or 1 (SDP key management identifiers).',
  },
  MIKEY_SAKKE: {
    summary: 'The SAKKE payload is not of a kind that is read here.',
    fix: 'Use SAKKE parameter set 1 and 273 octets of encapsulated data.',
  },
  MIKEY_SIGN: {
    summary: 'The SIGN payload is not an ECCSI signature.',
    fix: 'Use signature type 2 and 129 octets (r, s, PVT).',
  },
  MIKEY_IDENTIFIER_SCHEME: {
    summary: 'The message was sealed to another kind of identifier.',
    fix: 'Use scheme 1, the tel URI with monthly keys; the hashed identifiers of 3GPP are another scheme.',
  },
  MIKEY_CRYPTO_SESSIONS: {
    summary: 'The message does not set up one crypto session per direction.',
    fix: 'Send two crypto sessions: the first from initiator to responder, the second back.',
  },
  MIKEY_STREAM: {
    summary: 'The map asks for something of the streams of a call that calldrill does not do.',
    fix: 'Send no SPI (MKI), and ROC 0 and SEQ 0 for the stream of the responder, which has not begun.',
  },
  MIKEY_SKEW: {
    summary: 'The timestamp is further from the clock than the skew limit allows.',
    fix: 'Set the clocks of both devices; if they are right, this message is old.',
  },
  MIKEY_REPLAY: {
    summary: 'This message was accepted before.',
    fix: 'Seal a new message for each call; if nobody did this, someone replayed a recording.',
  },
  MIKEY_REPLAY_UNKNOWN: {
    summary: 'It is no longer known whether this message was accepted before.',
    fix: 'Call again with a new message once the skew limit has passed since the restart.',
  },
  MIKEY_PERIOD_MISMATCH: {
    summary: 'The identifier is of another month than the timestamp.',
    fix: 'Sign with the keys of the month of the timestamp: load the new keys, or set the clock.',
  },
  MIKEY_NO_KEYS: {
    summary: 'This device holds no keys of the month of the timestamp.',
    fix: 'Fetch the keys of that month before it begins.',
  },
  MIKEY_CALENDAR_EARLY: {
    summary: 'The key is of next month, and the second-to-last day of this month has not come.',
    fix: "Set the sender's clock.",
  },
  MIKEY_CALENDAR_LATE: {
    summary: 'The key is of a month that is over, and day 3 of the next has come.',
    fix: 'Load the keys of the new month on the sending device.',
  },
  MIKEY_SENDER_UNKNOWN: {
    summary: 'The message names no initiator, and the signalling suggests none.',
    fix: 'Send IDRi, or give the candidate from the signalling.',
    errorNumber: 0,
  },
  MIKEY_SIGNATURE: {
    summary: 'The signature does not verify under the identity that the message claims.',
    fix: 'Check that both devices trust the same KMS; if they do, the message was forged or altered.',
    errorNumber: 0,
  },
  MIKEY_NOT_FOR_US: {
    summary: 'The message is for another responder.',
    fix: 'Route the call to the device of the responder named in IDRr.',
  },
  MIKEY_SEALED: {
    summary: 'The SSV does not open under the RSK of this device.',
    fix: 'Check that the message was sealed to this identifier, this month and this KMS.',
  },
} as const satisfies Readonly<Record<string, MikeyCodeEntry>>;

/** A code of {@link MIKEY_CODES}: what a receiver can refuse a message with. */
export type MikeyCode = keyof typeof MIKEY_CODES;

/** Why one message was refused. */
export type MikeyRefusal = CalldrillError<MikeyCode>;

/** Makes an error with one of the codes of {@link MIKEY_CODES}. */
export const mikeyError = errorsOf(MIKEY_CODES);

/** The error number of RFC 3830 section 6.12 that a peer may be told for this code; undefined when none is named. */
export function errorNumberOf(code: MikeyCode): number | undefined {
  const entry: MikeyCodeEntry = MIKEY_CODES[code];
  return entry.errorNumber;
}
