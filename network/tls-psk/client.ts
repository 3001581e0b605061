/**
 * The client's end of a TLS-PSK session.
 *
 * ```
 * Client                                    Server
 * ClientHello           -------->
 *                                      ServerHello
 *                             [ServerKeyExchange]      (an identity hint; with DHE-PSK group and public value)
 *                       <--------  ServerHelloDone
 * ClientKeyExchange                                    (the identity, in clear; with DHE-PSK a public value)
 * [ChangeCipherSpec]
 * Finished              -------->
 *                               [ChangeCipherSpec]
 *                       <--------         Finished     RFC 5246 section 7.3, RFC 4279 sections 2 and 3
 * ```
 */
import { assert } from '../../sim/errors.ts';
import { concat } from '../../sim/octets.ts';
import type { RandomSource } from '../../sim/random.ts';
import type { KeyExchange, SecureClientOptions } from '../fabric.ts';
import { Agreement } from './agreement.ts';
import type { EngineState } from './engine-state.ts';
import { Engine } from './engine.ts';
import { encodeDheClientKeyExchange, parseDheServerKeyExchange } from './dhe-messages.ts';
import { drawExponent, EphemeralKey, groupOf } from './ephemeral.ts';
import type { Role } from './role.ts';
import type { TlsSink } from './sink.ts';
import { tlsError } from './errors.ts';
import {
  encodeClientKeyExchange,
  encodeIdentity,
  HANDSHAKE,
  parseEmpty,
  parseServerKeyExchange,
  requireType,
  type HandshakeMessage,
} from './handshake.ts';
import {
  EMPTY_RENEGOTIATION_INFO_SCSV,
  encodeClientHello,
  EXTENSION,
  hasFlag,
  hasRenegotiationInfo,
  parseServerHello,
  type HelloExtension,
} from './hello.ts';
import { requirePsk, type DirectionKeys } from './keys.ts';
import { TLS_1_2 } from './record.ts';
import { suiteOf } from './suites.ts';

/** Who the client is, its key, and the chance that its half of the session is made with. */
export interface TlsPskClientOptions extends SecureClientOptions {
  /** Client random, ephemeral key and record IVs. */
  readonly random: RandomSource;
  /** Fills the first 4 octets of the client random, as RFC 5246 section 7.4.1.2 has it; without it they are random. */
  readonly unixSeconds?: number;
  /** Told the line of an NSS key log before the first octet is sent under the keys: see {@link TlsPskClient.keyLogLine}. */
  onKeys?(keyLogLine: string, keyExchange: KeyExchange): void;
}

/** Record version of the first record, for servers that look at it before they look inside (RFC 5246 appendix E.1). */
const FIRST_RECORD_VERSION = 0x0301;

/** What the client waits for. */
type ClientStage = 'nothing' | 'hello' | 'hint or done' | 'server key' | 'done' | 'change' | 'finished';

/** The client's end of a session: octets in, octets out. `start` sends the first flight; the rest follows from what comes. */
export class TlsPskClient {
  readonly #options: TlsPskClientOptions;
  readonly #engine: Engine;
  readonly #agreement = new Agreement();
  readonly #clientRandom: Uint8Array;
  readonly #keyExchange: KeyExchange;
  /** The public value for the server, and Z, once the server has sent its half of an ephemeral exchange. */
  #ephemeral: { readonly publicValue: Uint8Array; readonly z: Uint8Array } | undefined;
  #awaited: ClientStage = 'nothing';

  /**
   * `encryptThenMac` and `extendedMasterSecret` are offered; the server decides, `Security` says what it decided.
   * Errors: TLS_IDENTITY_INVALID (1 to 128 octets of UTF-8), TLS_PSK_INVALID (1 to 64 octets).
   */
  constructor(options: TlsPskClientOptions, sink: TlsSink) {
    encodeIdentity(options.identity);
    requirePsk(options.psk);
    this.#options = { ...options, psk: Uint8Array.from(options.psk) };
    this.#keyExchange = options.keyExchange ?? 'psk';
    this.#clientRandom = clientRandom(options);
    const role: Role = {
      renegotiation: HANDSHAKE.helloRequest,
      onMessage: (message) => this.#onMessage(message),
      onChangeCipherSpec: () => this.#onChangeCipherSpec(),
    };
    this.#engine = new Engine(sink, role);
  }

  /** Sends the ClientHello. Once. */
  start(): void {
    assert(this.#awaited === 'nothing', 'a client starts once');
    this.#awaited = 'hello';
    const body = encodeClientHello({
      version: TLS_1_2,
      random: this.#clientRandom,
      sessionId: new Uint8Array(0),
      cipherSuites: [suiteOf(this.#keyExchange), EMPTY_RENEGOTIATION_INFO_SCSV],
      compressionMethods: Uint8Array.of(0),
      extensions: this.#offeredExtensions(),
    });
    this.#agreement.add(this.#engine.sendMessage(HANDSHAKE.clientHello, body, FIRST_RECORD_VERSION));
    this.#engine.pump();
  }

  get isAtRest(): boolean {
    return this.#engine.isAtRest;
  }

  /** At rest only: see `resume.ts`. */
  save(): EngineState {
    return this.#engine.save();
  }

  /** Octets from the transport, cut anywhere. Never throws for what they hold. */
  receive(octets: Uint8Array): void {
    this.#engine.receive(octets);
  }

  /** Sends application data, at once or as soon as the handshake is over. Nothing after `close`. */
  write(octets: Uint8Array): void {
    this.#engine.write(octets);
  }

  /** Ends the session in order: see `engine.ts`. */
  close(): void {
    this.#engine.close();
  }

  /** The transport ended under the session. */
  transportClosed(): void {
    this.#engine.transportClosed();
  }

  /** The session's line of an NSS key log, once the keys are known: `CLIENT_RANDOM <64 hex> <96 hex>`. */
  keyLogLine(): string | undefined {
    return this.#agreement.hasKeys ? this.#agreement.keyLogLine() : undefined;
  }

  #offeredExtensions(): readonly HelloExtension[] {
    const flags: number[] = [];
    if (this.#options.encryptThenMac) flags.push(EXTENSION.encryptThenMac);
    if (this.#options.extendedMasterSecret) flags.push(EXTENSION.extendedMasterSecret);
    return flags.map((type) => ({ type, content: new Uint8Array(0) }));
  }

  #onMessage(message: HandshakeMessage): void {
    if (message.type === HANDSHAKE.helloRequest) return this.#engine.ignoreHelloRequest(message);
    switch (this.#awaited) {
      case 'hello':
        return this.#onServerHello(message);
      case 'hint or done':
        if (message.type === HANDSHAKE.serverKeyExchange) return this.#onServerKeyExchange(message);
        return this.#onServerHelloDone(message);
      case 'server key':
        return this.#onEphemeralKey(message);
      case 'done':
        return this.#onServerHelloDone(message);
      case 'finished':
        return this.#onFinished(message);
      case 'nothing':
      case 'change':
        throw tlsError('TLS_UNEXPECTED_MESSAGE', `handshake message of type ${message.type}`);
    }
  }

  #onServerHello(message: HandshakeMessage): void {
    requireType(message, HANDSHAKE.serverHello, 'ServerHello');
    const hello = parseServerHello(message.body);
    if (hello.version !== TLS_1_2)
      throw tlsError('TLS_VERSION_UNSUPPORTED', `the server chose version 0x${hello.version.toString(16)}`);
    if (hello.cipherSuite !== suiteOf(this.#keyExchange) || hello.compressionMethod !== 0)
      throw tlsError('TLS_ILLEGAL_PARAMETER', 'the server chose what was not offered');
    // The SCSV offers renegotiation_info (RFC 5746 section 3.4). A server without it is accepted: nothing is renegotiated here.
    const offered = [EXTENSION.renegotiationInfo, ...this.#offeredExtensions().map(({ type }) => type)];
    for (const { type } of hello.extensions)
      if (!offered.includes(type))
        throw tlsError('TLS_UNSUPPORTED_EXTENSION', `the server answers extension ${type}`);
    hasRenegotiationInfo(hello);
    this.#engine.agreeVersion();
    this.#agreement.add(message.octets);
    this.#agreement.settle({
      keyExchange: this.#keyExchange,
      clientRandom: this.#clientRandom,
      serverRandom: hello.random,
      encryptThenMac: hasFlag(hello, EXTENSION.encryptThenMac),
      extendedMasterSecret: hasFlag(hello, EXTENSION.extendedMasterSecret),
    });
    this.#awaited = this.#keyExchange === 'psk' ? 'hint or done' : 'server key';
  }

  #onServerKeyExchange(message: HandshakeMessage): void {
    parseServerKeyExchange(message.body);
    this.#agreement.add(message.octets);
    this.#awaited = 'done';
  }

  /** The server's half of an ephemeral exchange, which is answered when it is done. */
  #onEphemeralKey(message: HandshakeMessage): void {
    requireType(message, HANDSHAKE.serverKeyExchange, 'ServerKeyExchange');
    const { prime, generator, publicValue } = parseDheServerKeyExchange(message.body);
    const key = new EphemeralKey(groupOf(prime, generator), drawExponent(this.#options.random));
    this.#ephemeral = { publicValue: key.publicValue, z: key.sharedSecret(publicValue) };
    this.#agreement.add(message.octets);
    this.#awaited = 'done';
  }

  #onServerHelloDone(message: HandshakeMessage): void {
    requireType(message, HANDSHAKE.serverHelloDone, 'ServerHelloDone');
    parseEmpty(message.body, 'ServerHelloDone');
    this.#agreement.add(message.octets);
    const { identity, psk, random } = this.#options;
    const ephemeral = this.#ephemeral;
    this.#ephemeral = undefined;
    const exchange =
      ephemeral === undefined
        ? encodeClientKeyExchange(identity)
        : encodeDheClientKeyExchange(identity, ephemeral.publicValue);
    this.#agreement.add(this.#engine.sendMessage(HANDSHAKE.clientKeyExchange, exchange));
    this.#agreement.derive(psk, ephemeral?.z);
    this.#options.onKeys?.(this.#agreement.keyLogLine(), this.#keyExchange);
    const { keys, encryptThenMac } = this.#agreement.protectionOf('client');
    this.#engine.sendChangeCipherSpec(keys, encryptThenMac, random);
    const finished = this.#agreement.finishedOf('client');
    this.#agreement.add(this.#engine.sendMessage(HANDSHAKE.finished, finished));
    this.#awaited = 'change';
  }

  #onChangeCipherSpec(): { keys: DirectionKeys; encryptThenMac: boolean } {
    if (this.#awaited !== 'change')
      throw tlsError('TLS_UNEXPECTED_MESSAGE', 'a ChangeCipherSpec before the keys are agreed');
    this.#awaited = 'finished';
    return this.#agreement.protectionOf('server');
  }

  #onFinished(message: HandshakeMessage): void {
    this.#agreement.requireFinished(message, 'server');
    this.#engine.secured(this.#agreement.securityOf(this.#options.identity));
  }
}

function clientRandom(options: TlsPskClientOptions): Uint8Array {
  const { random, unixSeconds } = options;
  if (unixSeconds === undefined) return random.octets(32);
  const time = new Uint8Array(4);
  new DataView(time.buffer).setUint32(0, unixSeconds);
  return concat(time, random.octets(28));
}
