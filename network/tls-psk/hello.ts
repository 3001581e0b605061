/**
 * ClientHello and ServerHello (RFC 5246 section 7.4.1): what is offered and what is chosen. Few suites are spoken here
 * (`suites.ts`), but every hello of a modern peer must be read.
 */
import { concat } from '../../sim/octets.ts';
import { Cursor, vector } from './cursor.ts';
import { tlsError } from './errors.ts';

/** Not a cipher suite: "I know RFC 5746" (its section 3.3). */
export const EMPTY_RENEGOTIATION_INFO_SCSV = 0x00ff;

/** The numbers of the hello extensions that mean something here; others are read and ignored. */
export const EXTENSION = {
  /** RFC 7366; no content. */
  encryptThenMac: 22,
  /** RFC 7627; no content. */
  extendedMasterSecret: 23,
  /** RFC 8446 section 4.2.1: how a client that also speaks TLS 1.3 says whether it speaks TLS 1.2. */
  supportedVersions: 43,
  /** RFC 5746. */
  renegotiationInfo: 0xff01,
} as const;

const RANDOM_OCTETS = 32;
const SESSION_ID_OCTETS_MAX = 32;

/** An extension of a hello message, its content unread. */
export interface HelloExtension {
  readonly type: number;
  readonly content: Uint8Array;
}

/** What a client offers: versions, suites, extensions, and its random. */
export interface ClientHello {
  readonly version: number;
  /** 32 octets. */
  readonly random: Uint8Array;
  /** 0 to 32 octets. */
  readonly sessionId: Uint8Array;
  /** 1 to 32767 of them. */
  readonly cipherSuites: readonly number[];
  /** 1 to 255 octets. */
  readonly compressionMethods: Uint8Array;
  readonly extensions: readonly HelloExtension[];
}

/** What a server has chosen of a client's offer, and its random. */
export interface ServerHello {
  readonly version: number;
  /** 32 octets. */
  readonly random: Uint8Array;
  /** 0 to 32 octets. */
  readonly sessionId: Uint8Array;
  readonly cipherSuite: number;
  readonly compressionMethod: number;
  readonly extensions: readonly HelloExtension[];
}

/**
 * ```
 * +-------------+-------------+----------------+------------------+-----------------+----------------+
 * | version (2) | random (32) | session id (1+)| cipher suites(2+)| compression (1+)| extensions(2+) |
 * +-------------+-------------+----------------+------------------+-----------------+----------------+
 * ```
 * RFC 5246 section 7.4.1.2; "(n+)" is a length of n octets, then that many octets. The extensions may be absent as a whole.
 *
 * Errors: TLS_MALFORMED, TLS_ILLEGAL_PARAMETER (an extension twice).
 */
export function parseClientHello(body: Uint8Array): ClientHello {
  const cursor = new Cursor(body, 'ClientHello');
  const version = cursor.u16('version');
  const random = cursor.octets(RANDOM_OCTETS, 'random');
  const sessionId = cursor.vector(1, 'session id', 0, SESSION_ID_OCTETS_MAX);
  const suites = new Cursor(cursor.vector(2, 'cipher suites', 2, 0xfffe), 'cipher suites of ClientHello');
  const cipherSuites: number[] = [];
  while (suites.remaining > 0) cipherSuites.push(suites.u16('cipher suite'));
  const compressionMethods = cursor.vector(1, 'compression methods', 1, 0xff);
  return {
    version,
    random,
    sessionId,
    cipherSuites,
    compressionMethods,
    extensions: parseExtensions(cursor),
  };
}

/** The body that {@link parseClientHello} reads. */
export function encodeClientHello(hello: ClientHello): Uint8Array {
  return concat(
    uint16(hello.version),
    hello.random,
    vector(1, hello.sessionId),
    vector(2, concat(...hello.cipherSuites.map(uint16))),
    vector(1, hello.compressionMethods),
    encodeExtensions(hello.extensions),
  );
}

/**
 * ```
 * +-------------+-------------+-----------------+------------------+-----------------+-----------------+
 * | version (2) | random (32) | session id (1+) | cipher suite (2) | compression (1) | extensions (2+) |
 * +-------------+-------------+-----------------+------------------+-----------------+-----------------+
 * ```
 * RFC 5246 section 7.4.1.3. Errors: TLS_MALFORMED, TLS_ILLEGAL_PARAMETER (an extension twice).
 */
export function parseServerHello(body: Uint8Array): ServerHello {
  const cursor = new Cursor(body, 'ServerHello');
  return {
    version: cursor.u16('version'),
    random: cursor.octets(RANDOM_OCTETS, 'random'),
    sessionId: cursor.vector(1, 'session id', 0, SESSION_ID_OCTETS_MAX),
    cipherSuite: cursor.u16('cipher suite'),
    compressionMethod: cursor.u8('compression method'),
    extensions: parseExtensions(cursor),
  };
}

/** The body that {@link parseServerHello} reads. */
export function encodeServerHello(hello: ServerHello): Uint8Array {
  return concat(
    uint16(hello.version),
    hello.random,
    vector(1, hello.sessionId),
    uint16(hello.cipherSuite),
    Uint8Array.of(hello.compressionMethod),
    encodeExtensions(hello.extensions),
  );
}

/** The content of the extension, or undefined when it is absent. */
function extensionOf(
  hello: { readonly extensions: readonly HelloExtension[] },
  type: number,
): Uint8Array | undefined {
  return hello.extensions.find((extension) => extension.type === type)?.content;
}

/** Whether an extension that must have no content (encrypt-then-MAC, extended master secret) is there. Error: TLS_MALFORMED. */
export function hasFlag(hello: { readonly extensions: readonly HelloExtension[] }, type: number): boolean {
  const content = extensionOf(hello, type);
  if (content !== undefined && content.length > 0)
    throw tlsError('TLS_MALFORMED', `extension ${type} has ${content.length} octets, allowed are none`);
  return content !== undefined;
}

/**
 * RFC 5746 sections 3.4 and 3.6: in a first handshake the extension holds an empty vector. One with content belongs to a
 * renegotiation. Returns whether the extension is there. Error: TLS_RENEGOTIATION_INFO.
 */
export function hasRenegotiationInfo(hello: { readonly extensions: readonly HelloExtension[] }): boolean {
  const content = extensionOf(hello, EXTENSION.renegotiationInfo);
  if (content !== undefined && (content.length !== 1 || content[0] !== 0))
    throw tlsError('TLS_RENEGOTIATION_INFO', 'renegotiation_info in a first handshake is not empty');
  return content !== undefined;
}

/** The versions of a supported_versions extension, or undefined when the client sent none. Error: TLS_MALFORMED. */
export function supportedVersions(hello: ClientHello): readonly number[] | undefined {
  const content = extensionOf(hello, EXTENSION.supportedVersions);
  if (content === undefined) return undefined;
  const cursor = new Cursor(content, 'supported_versions');
  const list = new Cursor(cursor.vector(1, 'versions', 2, 254), 'supported_versions');
  cursor.end();
  const versions: number[] = [];
  while (list.remaining > 0) versions.push(list.u16('version'));
  return versions;
}

/** RFC 5246 section 7.4.1.4: (type (2), content (2+)) one after the other. */
function parseExtensions(cursor: Cursor): readonly HelloExtension[] {
  const extensions: HelloExtension[] = [];
  if (cursor.remaining === 0) return extensions;
  const list = new Cursor(cursor.vector(2, 'extensions', 0, 0xffff), 'extensions');
  cursor.end();
  const seen = new Set<number>();
  while (list.remaining > 0) {
    const type = list.u16('extension type');
    if (seen.has(type)) throw tlsError('TLS_ILLEGAL_PARAMETER', `extension ${type} is there twice`);
    seen.add(type);
    extensions.push({ type, content: list.vector(2, `extension ${type}`, 0, 0xffff) });
  }
  return extensions;
}

/** No extensions, no length either: peers older than extensions read that. */
function encodeExtensions(extensions: readonly HelloExtension[]): Uint8Array {
  if (extensions.length === 0) return new Uint8Array(0);
  const items = extensions.map(({ type, content }) => concat(uint16(type), vector(2, content)));
  return vector(2, concat(...items));
}

function uint16(value: number): Uint8Array {
  return Uint8Array.of(value >>> 8, value & 0xff);
}
