/**
 * The server's end of a TLS-PSK session; `client.ts` has the figure of the exchange. It sends no hint, hands out no ticket and
 * no session id: nothing can be resumed, so every session asks for the key, and a blocked identity cannot come back.
 *
 * An identity that is not known is answered as the parameter says (RFC 4279 section 2 leaves it open): with alert 115, or by
 * going on with a key that nobody has. The second is, octet for octet, the answer to a wrong key. What cannot be anybody's identity, as it
 * is empty, too long or no text, is one more that is not known.
 */
import { createHmac } from 'node:crypto';
import { assert, CalldrillError } from '../../sim/errors.ts';
import type { RandomSource } from '../../sim/random.ts';
import type { KeyExchange, SecureServerOptions } from '../fabric.ts';
import { Agreement } from './agreement.ts';
import type { EngineState } from './engine-state.ts';
import { Engine } from './engine.ts';
import { encodeDheServerKeyExchange, parseDheClientKeyExchange } from './dhe-messages.ts';
import { drawExponent, EphemeralKey, FFDHE2048, numbersOf } from './ephemeral.ts';
import type { Role } from './role.ts';
import type { TlsSink } from './sink.ts';
import { speaksOtherwise, tlsError } from './errors.ts';
import {
  decodeIdentity,
  HANDSHAKE,
  parseClientKeyExchange,
  requireType,
  type HandshakeMessage,
} from './handshake.ts';
import {
  EMPTY_RENEGOTIATION_INFO_SCSV,
  encodeServerHello,
  EXTENSION,
  hasFlag,
  hasRenegotiationInfo,
  parseClientHello,
  supportedVersions,
  type ClientHello,
  type HelloExtension,
} from './hello.ts';
import type { DirectionKeys, Negotiated } from './keys.ts';
import { TLS_1_2 } from './record.ts';
import { suiteNameOf, suiteOf } from './suites.ts';

/** Whom the server knows, what it does about strangers, and the chance that its half of the session is made with. */
export interface TlsPskServerOptions extends Omit<SecureServerOptions, 'onRefused'> {
  /** Server random, ephemeral key, record IVs and the secret behind keys that nobody has. */
  readonly random: RandomSource;
  /** A handshake that failed by an alert, sent or received, with the identity if it was seen. Comes before `onClose`. */
  onRefused?(refused: { identity: string | undefined; alert: number; isStrange: boolean }): void;
}

/** What the server waits for. */
type ServerStage = 'hello' | 'key exchange' | 'change' | 'finished';

/** The server's end of a session: octets in, octets out. It waits for the client's first flight. */
export class TlsPskServer {
  readonly #options: TlsPskServerOptions;
  readonly #engine: Engine;
  readonly #agreement = new Agreement();
  readonly #serverRandom: Uint8Array;
  /** Drawn for every session, needed or not: what is drawn must not tell a known identity from an unknown one. */
  readonly #maskingSecret: Uint8Array;
  readonly #keyExchange: KeyExchange;
  /** Until the client has sent its half. */
  #ephemeral: EphemeralKey | undefined;
  #awaited: ServerStage = 'hello';
  #identity: string | undefined;

  /**
   * `encryptThenMac` and `extendedMasterSecret` are used when the client offers them. `psk` must return 1 to 64 octets; other
   * lengths end the session with alert 80. It is not asked for an empty identity.
   */
  constructor(options: TlsPskServerOptions, sink: TlsSink) {
    this.#options = options;
    this.#serverRandom = options.random.octets(32);
    this.#maskingSecret = options.random.octets(32);
    this.#keyExchange = options.keyExchange ?? 'psk';
    const role: Role = {
      renegotiation: HANDSHAKE.clientHello,
      onMessage: (message) => this.#onMessage(message),
      onChangeCipherSpec: () => this.#onChangeCipherSpec(),
      onRefused: (alert, code) =>
        this.#options.onRefused?.({ identity: this.#identity, alert, isStrange: speaksOtherwise(code) }),
    };
    this.#engine = new Engine(sink, role);
  }

  /** The identity that the client sent, once it has. It is proved only when the session is secure. */
  get identity(): string | undefined {
    return this.#identity;
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

  #onMessage(message: HandshakeMessage): void {
    switch (this.#awaited) {
      case 'hello':
        return this.#onClientHello(message);
      case 'key exchange':
        return this.#onClientKeyExchange(message);
      case 'finished':
        return this.#onFinished(message);
      case 'change':
        throw tlsError('TLS_UNEXPECTED_MESSAGE', `handshake message of type ${message.type}`);
    }
  }

  #onClientHello(message: HandshakeMessage): void {
    requireType(message, HANDSHAKE.clientHello, 'ClientHello');
    const hello = parseClientHello(message.body);
    requireCommonGround(hello, this.#keyExchange);
    const isRenegotiationInfoWanted =
      hasRenegotiationInfo(hello) || hello.cipherSuites.includes(EMPTY_RENEGOTIATION_INFO_SCSV);
    const negotiated: Negotiated = {
      keyExchange: this.#keyExchange,
      clientRandom: hello.random,
      serverRandom: this.#serverRandom,
      encryptThenMac: hasFlag(hello, EXTENSION.encryptThenMac) && this.#options.encryptThenMac,
      extendedMasterSecret:
        hasFlag(hello, EXTENSION.extendedMasterSecret) && this.#options.extendedMasterSecret,
    };
    this.#agreement.settle(negotiated);
    this.#engine.agreeVersion();
    this.#agreement.add(message.octets);
    const body = encodeServerHello({
      version: TLS_1_2,
      random: this.#serverRandom,
      sessionId: new Uint8Array(0),
      cipherSuite: suiteOf(this.#keyExchange),
      compressionMethod: 0,
      extensions: answeredExtensions(negotiated, isRenegotiationInfoWanted),
    });
    this.#agreement.add(this.#engine.sendMessage(HANDSHAKE.serverHello, body));
    if (this.#keyExchange === 'dhe-psk') this.#sendEphemeralKey();
    this.#agreement.add(this.#engine.sendMessage(HANDSHAKE.serverHelloDone));
    this.#awaited = 'key exchange';
  }

  /** ServerKeyExchange, which plain PSK does without: there is no hint to give. */
  #sendEphemeralKey(): void {
    const { random, fixedExponent } = this.#options;
    this.#ephemeral = new EphemeralKey(FFDHE2048, fixedExponent ?? drawExponent(random));
    const body = encodeDheServerKeyExchange({ hint: new Uint8Array(0), ...numbersOf(this.#ephemeral) });
    this.#agreement.add(this.#engine.sendMessage(HANDSHAKE.serverKeyExchange, body));
  }

  #onClientKeyExchange(message: HandshakeMessage): void {
    requireType(message, HANDSHAKE.clientKeyExchange, 'ClientKeyExchange');
    const z = this.#readExchange(message.body);
    this.#agreement.add(message.octets);
    this.#agreement.derive(this.#pskOf(this.#identity), z);
    this.#awaited = 'change';
  }

  /** Takes the identity, and gives Z of an ephemeral exchange. Errors: TLS_MALFORMED, TLS_DH_VALUE. */
  #readExchange(body: Uint8Array): Uint8Array | undefined {
    const key = this.#ephemeral;
    this.#ephemeral = undefined;
    if (key === undefined) {
      this.#identity = unlessNobodys(() => parseClientKeyExchange(body));
      return undefined;
    }
    const { identity, publicValue } = parseDheClientKeyExchange(body);
    this.#identity = unlessNobodys(() => decodeIdentity(identity));
    return key.sharedSecret(publicValue);
  }

  #pskOf(identity = ''): Uint8Array {
    const psk = identity === '' ? undefined : this.#options.psk(identity);
    if (psk !== undefined) return psk;
    if (this.#options.unknownIdentity === 'alert')
      throw tlsError('TLS_UNKNOWN_IDENTITY', 'no key is known for the identity');
    return createHmac('sha256', this.#maskingSecret).update(identity, 'utf8').digest();
  }

  #onChangeCipherSpec(): { keys: DirectionKeys; encryptThenMac: boolean } {
    if (this.#awaited !== 'change')
      throw tlsError('TLS_UNEXPECTED_MESSAGE', 'a ChangeCipherSpec before the keys are agreed');
    this.#awaited = 'finished';
    return this.#agreement.protectionOf('client');
  }

  #onFinished(message: HandshakeMessage): void {
    const { identity } = this;
    this.#agreement.requireFinished(message, 'client');
    assert(identity !== undefined, 'whose identity cannot be read has a key that nobody has');
    this.#agreement.add(message.octets);
    const { keys, encryptThenMac } = this.#agreement.protectionOf('server');
    this.#engine.sendChangeCipherSpec(keys, encryptThenMac, this.#options.random);
    this.#engine.sendMessage(HANDSHAKE.finished, this.#agreement.finishedOf('server'));
    this.#engine.secured(this.#agreement.securityOf(identity));
  }
}

/** The identity that is read; undefined when it is too long or no text. Error: TLS_MALFORMED. */
function unlessNobodys(read: () => string): string | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof CalldrillError && error.code === 'TLS_IDENTITY_INVALID') return undefined;
    throw error;
  }
}

/** The client speaks TLS 1.2, the one cipher suite and no compression; else 70, 40 or 47. */
function requireCommonGround(hello: ClientHello, keyExchange: KeyExchange): void {
  // A client that also speaks TLS 1.3 lists its versions and claims 1.2 in the old field whether it speaks it or not.
  const versions = supportedVersions(hello);
  if (versions === undefined ? hello.version < TLS_1_2 : !versions.includes(TLS_1_2))
    throw tlsError('TLS_VERSION_UNSUPPORTED', 'the client does not offer TLS 1.2');
  if (!hello.cipherSuites.includes(suiteOf(keyExchange)))
    throw tlsError('TLS_NO_SHARED_CIPHER', `the client does not offer ${suiteNameOf(keyExchange)}`);
  if (!hello.compressionMethods.includes(0))
    throw tlsError('TLS_ILLEGAL_PARAMETER', 'the client does not offer to leave data uncompressed');
}

function answeredExtensions(
  negotiated: Negotiated,
  isRenegotiationInfoWanted: boolean,
): readonly HelloExtension[] {
  const extensions: HelloExtension[] = [];
  if (isRenegotiationInfoWanted)
    extensions.push({ type: EXTENSION.renegotiationInfo, content: Uint8Array.of(0) });
  if (negotiated.encryptThenMac)
    extensions.push({ type: EXTENSION.encryptThenMac, content: new Uint8Array(0) });
  if (negotiated.extendedMasterSecret)
    extensions.push({ type: EXTENSION.extendedMasterSecret, content: new Uint8Array(0) });
  return extensions;
}
