/**
 * What can go wrong in a TLS session or with a recording of one, and the alert that tells the peer. An engine never throws
 * these out of `receive`: it sends the alert and closes. The parsers and the passive decryption do throw them.
 */
import { CalldrillError, errorsOf, type CodeEntry } from '../../sim/errors.ts';

/**
 * The alerts that this endpoint sends or tells apart: RFC 5246 section 7.2, section 7.4.1.4 (110), RFC 4279 section 2 (115).
 *
 * decrypt_error (51) is not among them. RFC 4279 section 2 offers it to mask an unknown identity, but an outsider can tell it
 * from the bad_record_mac of a wrong key, so it masks nothing; a handshake that was changed on the way ends in
 * handshake_failure.
 */
export const ALERT = {
  closeNotify: 0,
  unexpectedMessage: 10,
  badRecordMac: 20,
  recordOverflow: 22,
  handshakeFailure: 40,
  illegalParameter: 47,
  decodeError: 50,
  protocolVersion: 70,
  internalError: 80,
  noRenegotiation: 100,
  /** RFC 7919 section 4. */
  insufficientSecurity: 71,
  unsupportedExtension: 110,
  unknownPskIdentity: 115,
} as const;

interface TlsCodeEntry extends CodeEntry {
  /** The alert number sent to the peer; absent where no peer is there to be told. */
  readonly alert?: number;
}

const STRANGE_PEER = 'Check that the peer speaks TLS 1.2 here and that nothing on the way changes octets.';

/** The codes of `network/tls-psk/`. */
export const TLS_ERRORS = {
  TLS_UNEXPECTED_MESSAGE: {
    summary: 'A record or handshake message came at a moment that the protocol does not allow.',
    fix: STRANGE_PEER,
    alert: ALERT.unexpectedMessage,
  },
  TLS_NOT_TLS: {
    summary: 'What came is no TLS record: the peer speaks another protocol.',
    fix: 'Check that the port is the right one, and that the peer speaks TLS to it.',
    alert: ALERT.unexpectedMessage,
  },
  TLS_FRUITLESS_RECORDS: {
    summary: 'Too many records in a row that carry nothing: empty ones, warnings, refused renegotiations.',
    fix: 'The peer floods the session; find out why it does.',
    alert: ALERT.unexpectedMessage,
  },
  TLS_BAD_RECORD_MAC: {
    summary:
      'A protected record does not open: the two ends hold different keys, or it was changed on the way.',
    fix: 'In a handshake: compare the PSK of both ends. Later: look for whoever changes octets on the way.',
    alert: ALERT.badRecordMac,
  },
  TLS_RECORD_OVERFLOW: {
    summary: 'A record is longer than RFC 5246 section 6.2 allows.',
    fix: STRANGE_PEER,
    alert: ALERT.recordOverflow,
  },
  TLS_NO_SHARED_CIPHER: {
    summary:
      'The peer does not offer the one cipher suite here: TLS_PSK_WITH_AES_128_CBC_SHA, or its twin with DHE where `tls-key-exchange` is dhe-psk.',
    fix: 'Allow PSK-AES128-CBC-SHA in the peer, or DHE-PSK-AES128-CBC-SHA.',
    alert: ALERT.handshakeFailure,
  },
  TLS_RENEGOTIATION_INFO: {
    summary:
      'A first handshake carries the renegotiation_info of a later one (RFC 5746): somebody splices sessions.',
    fix: 'Look for whoever joins two sessions on the way.',
    alert: ALERT.handshakeFailure,
  },
  TLS_GROUP_UNKNOWN: {
    summary:
      'The server uses a Diffie-Hellman group that is none of ffdhe2048 (RFC 7919) and those of 2,048 and 3,072 bits of RFC 3526.',
    fix: 'Give the server ffdhe2048: `openssl genpkey -genparam -algorithm DH -pkeyopt group:ffdhe2048`.',
    alert: ALERT.insufficientSecurity,
  },
  TLS_DH_VALUE: {
    summary: 'A Diffie-Hellman public value is not between 1 and p - 1: no secret would come of it.',
    fix: 'Look for whoever changes the key exchange on the way, or sends such values.',
    alert: ALERT.handshakeFailure,
  },
  TLS_FINISHED_MISMATCH: {
    summary: 'The keys agree, but the two ends did not see the same handshake: it was changed on the way.',
    fix: 'Look for whoever changes the handshake on the way, for example to strip an extension.',
    alert: ALERT.handshakeFailure,
  },
  TLS_IDENTITY_INVALID: {
    summary: 'A PSK identity is empty where one is to be sent, longer than 128 octets, or not UTF-8.',
    fix: 'Use an identity of 1 to 128 octets of UTF-8.',
    alert: ALERT.handshakeFailure,
  },
  TLS_ILLEGAL_PARAMETER: {
    summary: 'A field of the handshake has a value that is out of range or was not offered.',
    fix: STRANGE_PEER,
    alert: ALERT.illegalParameter,
  },
  TLS_MALFORMED: {
    summary: 'A message cannot be read: a length does not fit, or octets are missing or left over.',
    fix: STRANGE_PEER,
    alert: ALERT.decodeError,
  },
  TLS_VERSION_UNSUPPORTED: {
    summary: 'The peer does not speak TLS 1.2, or does not speak TLS.',
    fix: 'Allow TLS 1.2 in the peer, and check that the port is the right one.',
    alert: ALERT.protocolVersion,
  },
  TLS_PSK_INVALID: {
    summary: 'A PSK is empty or longer than 64 octets.',
    fix: 'Use a PSK of 1 to 64 octets.',
    alert: ALERT.internalError,
  },
  TLS_UNSUPPORTED_EXTENSION: {
    summary: 'The server answered an extension that the client did not offer.',
    fix: STRANGE_PEER,
    alert: ALERT.unsupportedExtension,
  },
  TLS_UNKNOWN_IDENTITY: {
    summary: 'The server knows no key for the identity that the client sent, and says so.',
    fix: 'Enrol the identity, or answer `as-wrong-key` so that outsiders cannot tell.',
    alert: ALERT.unknownPskIdentity,
  },
  TLS_PSK_WRONG: {
    summary: 'The key does not open the recorded session.',
    fix: 'Use the PSK that the identity had when the session was recorded.',
  },
  TLS_FORWARD_SECRET: {
    summary: 'The recorded session had an ephemeral key exchange: its PSK alone does not open it.',
    fix: 'Open it with a key log of one of its ends, if there is one.',
  },
  TLS_RECORDING_INCOMPLETE: {
    summary: 'The recording ends inside the handshake.',
    fix: 'Record both directions of the session from its first octet on.',
  },
} as const satisfies Readonly<Record<string, TlsCodeEntry>>;

/** Makes an error with one of the codes of {@link TLS_ERRORS}. */
export const tlsError = errorsOf(TLS_ERRORS);

/** The alert that tells a peer about `thrown`, or undefined when it is not an error of this table or has no alert. */
export function alertOf(thrown: unknown): number | undefined {
  if (!(thrown instanceof CalldrillError)) return undefined;
  const table: Readonly<Record<string, TlsCodeEntry>> = TLS_ERRORS;
  return Object.hasOwn(table, thrown.code) ? table[thrown.code]?.alert : undefined;
}

/** The code of a thrown error; undefined when it has none. */
export function codeOf(thrown: unknown): string | undefined {
  return thrown instanceof CalldrillError ? thrown.code : undefined;
}

/** What a peer can get wrong that shows that it speaks something else: another suite or version, or no TLS at all. */
const SPEAKS_OTHERWISE: readonly (string | undefined)[] = [
  'TLS_NO_SHARED_CIPHER',
  'TLS_VERSION_UNSUPPORTED',
  'TLS_NOT_TLS',
] satisfies readonly (keyof typeof TLS_ERRORS)[];

/** Whether this mistake says that the peer offered nothing that is spoken here. */
export function speaksOtherwise(code: string | undefined): boolean {
  return SPEAKS_OTHERWISE.includes(code);
}
