/**
 * The CS ID map info at the end of the header: which crypto sessions the bundle has, and the policy, SSRC and ROC of each.
 *
 * SRTP-ID (RFC 3830 section 6.1.1), #CS blocks; the i-th has CS ID i, counted from 1:
 * ```
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ! Policy_no_1   ! SSRC_1                                        !
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ! SSRC_1 (cont) ! ROC_1                                         !
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ! ROC_1 (cont)  ! Policy_no_2   ! SSRC_2                        ~
 * ```
 * GENERIC-ID (RFC 6043), #CS blocks, each naming its CS ID:
 * ```
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * !     CS ID     !   Prot type   !S!     #P      ! Ps (OPTIONAL) ~
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ~               !      Session data length      ! Session data  ~
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ~               !  SPI length   ! SPI                           ~
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ```
 * Session data of SRTP: SSRC (4), and when S is set ROC (4) and SEQ (2); none in a message that does not know them.
 * The empty map (RFC 4563) has no octets, and #CS is 0.
 */
import { mikeyError } from '../message-errors.ts';
import type { Reader } from './reader.ts';
import { Registry } from './registry.ts';
import type { Writer } from './writer.ts';

/** One crypto session of an SRTP-ID map. */
interface SrtpSession {
  /** 0..255, the policy number of an SP payload. */
  readonly policyNumber: number;
  /** 0 when it is not known. */
  readonly ssrc: number;
  readonly roc: number;
}

/** One crypto session of a GENERIC-ID map. */
interface GenericSession {
  readonly csId: number;
  readonly policyNumbers: readonly number[];
  /** Undefined when the message does not say. */
  readonly stream: GenericStream | undefined;
  /** At most 255 octets; empty for SRTP without MKI. */
  readonly spi: Uint8Array;
}

interface GenericStream {
  readonly ssrc: number;
  /** Where the stream stands; without it the receiver starts at its first packet. */
  readonly position: { readonly roc: number; readonly sequence: number } | undefined;
}

/** Which SRTP streams the keys of a message are for; the other forms have none. */
export type SessionMap =
  | { readonly type: 'SRTP-ID'; readonly sessions: readonly SrtpSession[] }
  | { readonly type: 'empty'; readonly sessions: readonly never[] }
  | { readonly type: 'GENERIC-ID'; readonly sessions: readonly GenericSession[] };

/** The forms of the map and their numbers (RFC 3830 section 6.1.1, RFC 4563). */
export const MAP_TYPES = new Registry<SessionMap['type']>([
  [0, 'SRTP-ID'],
  [1, 'empty'],
  [2, 'GENERIC-ID'],
]);

/** Protocol type of SRTP, the only one (RFC 3830 section 6.10). */
const SRTP = 0;
const NO_SPI = new Uint8Array(0);
const SSRC_OCTETS = 4;
const SSRC_ROC_SEQUENCE_OCTETS = 10;

/** Reads `count` sessions of the map whose type number stands at `typeOffset`. */
export function readSessionMap(
  reader: Reader,
  typeNumber: number,
  count: number,
  typeOffset: number,
): SessionMap {
  const type = MAP_TYPES.nameOf(typeNumber);
  switch (type) {
    case 'SRTP-ID':
      return { type, sessions: Array.from({ length: count }, (_, i) => readSrtpSession(reader, i + 1)) };
    case 'GENERIC-ID': {
      const taken = new Set<number>();
      return { type, sessions: Array.from({ length: count }, () => readGenericSession(reader, taken)) };
    }
    case 'empty':
      if (count === 0) return { type, sessions: [] };
      throw refusal(`an empty map has no crypto session, #CS says ${count}`, typeOffset);
    case undefined:
      throw refusal(`CS ID map type ${typeNumber} is unknown`, typeOffset);
  }
}

/** Writes the entries of the map; how many they are and of which form, the header says. */
export function writeSessionMap(writer: Writer, map: SessionMap): void {
  switch (map.type) {
    case 'SRTP-ID':
      for (const session of map.sessions)
        writer.uint8(session.policyNumber).uint32(session.ssrc).uint32(session.roc);
      return;
    case 'GENERIC-ID':
      for (const session of map.sessions) writeGenericSession(writer, session);
      return;
    case 'empty':
      return;
  }
}

/** A session of any map, in the terms that key derivation and media need. */
export interface CryptoSession {
  readonly csId: number;
  readonly policyNumbers: readonly number[];
  /** Where the stream stands. */
  readonly start: StreamStart;
  /** What tells the keys of the session from others in its packets (MKI); empty when nothing does. */
  readonly spi: Uint8Array;
}

/** Where a stream stands when it is told of: one that has not begun has ROC 0, and neither SSRC nor sequence number are known. */
export interface StreamStart {
  readonly ssrc: number | undefined;
  readonly roc: number;
  /** Of the packet that is next or was last. */
  readonly sequence: number | undefined;
}

/** The crypto sessions in the order of the message. SRTP-ID numbers them from 1, GENERIC-ID names them. */
export function cryptoSessionsOf(map: SessionMap): readonly CryptoSession[] {
  if (map.type !== 'GENERIC-ID') {
    return map.sessions.map(({ policyNumber, ssrc, roc }, i) => ({
      csId: i + 1,
      policyNumbers: [policyNumber],
      start: { ssrc: knownOr(ssrc), roc, sequence: undefined },
      spi: NO_SPI,
    }));
  }
  return map.sessions.map(({ csId, policyNumbers, stream, spi }) => {
    const { roc, sequence } = stream?.position ?? { roc: 0, sequence: 0 };
    // All zeros: the stream has not begun.
    const start = {
      ssrc: knownOr(stream?.ssrc ?? 0),
      roc,
      sequence: roc === 0 ? knownOr(sequence) : sequence,
    };
    return { csId, policyNumbers, start, spi };
  });
}

/** Zero says that a number is not known. */
function knownOr(number: number): number | undefined {
  return number === 0 ? undefined : number;
}

function readSrtpSession(reader: Reader, csId: number): SrtpSession {
  const policyNumber = reader.uint8(`CS ${csId} policy`);
  const ssrc = reader.identifier(`CS ${csId} SSRC`, (value) => (value === 0 ? 'not known' : undefined));
  return { policyNumber, ssrc, roc: reader.uint32(`CS ${csId} ROC`) };
}

function readGenericSession(reader: Reader, taken: Set<number>): GenericSession {
  const start = reader.offset;
  const csId = reader.uint8('CS ID');
  if (taken.has(csId)) throw refusal(`two crypto sessions have CS ID ${csId}`, start);
  taken.add(csId);
  const protocol = reader.uint8(`CS ${csId} protocol`, (value) => (value === SRTP ? 'SRTP' : undefined));
  if (protocol !== SRTP) throw refusal(`protocol type ${protocol} is not SRTP`, start + 1);
  const flags = reader.uint8(`CS ${csId} S and #P`, (value) => `S ${value >> 7}, #P ${value & 0x7f}`);
  const policyNumbers = [...reader.bytes(`CS ${csId} policies`, flags & 0x7f)];
  const lengthOffset = reader.offset;
  const length = reader.uint16(`CS ${csId} session data length`);
  const stream = readStream(reader, csId, flags >> 7 === 1, length, lengthOffset);
  const spi = reader.bytes(`CS ${csId} SPI`, reader.uint8(`CS ${csId} SPI length`));
  return { csId, policyNumbers, stream, spi };
}

function readStream(
  reader: Reader,
  csId: number,
  positioned: boolean,
  length: number,
  lengthOffset: number,
): GenericStream | undefined {
  if (length === 0 && !positioned) return undefined;
  const expected = positioned ? SSRC_ROC_SEQUENCE_OCTETS : SSRC_OCTETS;
  if (length !== expected)
    throw refusal(`session data of SRTP has ${expected} octets here, not ${length}`, lengthOffset);
  const ssrc = reader.identifier(`CS ${csId} SSRC`);
  if (!positioned) return { ssrc, position: undefined };
  const roc = reader.uint32(`CS ${csId} ROC`);
  return { ssrc, position: { roc, sequence: reader.uint16(`CS ${csId} SEQ`) } };
}

function writeGenericSession(writer: Writer, session: GenericSession): void {
  const { csId, policyNumbers, stream, spi } = session;
  const positioned = stream?.position !== undefined;
  writer.uint8(csId).uint8(SRTP);
  writer.uint8((positioned ? 0x80 : 0) | policyNumbers.length).bytes(Uint8Array.from(policyNumbers));
  if (stream === undefined) writer.uint16(0);
  else writer.uint16(positioned ? SSRC_ROC_SEQUENCE_OCTETS : SSRC_OCTETS).uint32(stream.ssrc);
  if (stream?.position !== undefined) writer.uint32(stream.position.roc).uint16(stream.position.sequence);
  writer.uint8(spi.length).bytes(spi);
}

function refusal(detail: string, offset: number) {
  return mikeyError('MIKEY_SESSION_MAP', detail, { where: { offset } });
}
