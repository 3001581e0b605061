/**
 * A secure stream: a TLS-PSK session (`tls-psk/`) on a stream. The session knows no time and no network; this file carries its
 * octets and tells the owner one story about two closings:
 *
 * - in order: close_notify both ways, then the transport's own end, whose reason is reported;
 * - by alert: reported at once as `insecure`, while the transport still delivers the alert;
 * - by the transport (reset, timed out, refused): its reason is reported. A transport that ends in order but without
 *   close_notify cut the session off, which is `insecure` without an alert.
 */
import { assert } from '../../sim/errors.ts';
import type { Kept } from '../../sim/kept.ts';
import type {
  Address,
  KeyExchange,
  SecureClientOptions,
  SecureServerOptions,
  SecureStream,
  Security,
  Stream,
  StreamClose,
  StreamHandlers,
} from '../fabric.ts';
import {
  resumeTls,
  TlsPskClient,
  TlsPskServer,
  type EngineState,
  type TlsClose,
  type TlsSession,
  type TlsSink,
} from '../tls-psk/index.ts';
import { textOf } from './flow.ts';
import type { HostSurroundings } from './host-surroundings.ts';
import { ServerHandshake } from './server-handshake.ts';
import type { SimulatedStream } from './stream.ts';

/** What a server says of a handshake that takes too long (RFC 5246 section 7.2), as the live one does. */
const HANDSHAKE_FAILURE = 40;

/** A secure stream at rest as a plain value, without the stream below it. */
export type SecureStreamState = {
  readonly security: Security;
  readonly tls: EngineState;
};

/** Goes on with a secure stream that was kept, on the stream below it; nobody hears of it until it is claimed. */
export function resumeSecure(
  { security, tls }: SecureStreamState,
  resume: (handlers: StreamHandlers) => SimulatedStream,
  fabric: HostSurroundings,
): SimulatedSecureStream {
  const below = new Below();
  const stream = resume(below);
  const secure = new SimulatedSecureStream(stream, fabric, undefined, undefined);
  below.secure = secure;
  secure.security = security;
  secure.session = resumeTls(stream.side, tls, fabric.chance('tls', stream.remote.host), secure);
  return secure;
}

/** A client's secure stream; `connect` opens the stream below it. */
export function openSecure(
  connect: (handlers: StreamHandlers) => Stream,
  options: SecureClientOptions,
  fabric: HostSurroundings,
  handlers: StreamHandlers,
): SimulatedSecureStream {
  const below = new Below();
  const secure = new SimulatedSecureStream(connect(below), fabric, handlers, undefined);
  below.secure = secure;
  const random = fabric.chance('tls', secure.remote.host);
  const onKeys = (line: string, keyExchange: KeyExchange): void => fabric.onKeys(line, keyExchange);
  const session = new TlsPskClient({ ...options, random, onKeys }, secure);
  secure.session = session;
  below.begin = () => session.start();
  return secure;
}

/** The server's side: handlers for a stream that was just accepted. */
export function acceptSecure(
  stream: Stream,
  options: SecureServerOptions,
  fabric: HostSurroundings,
  accept: (stream: SecureStream) => StreamHandlers,
  onMade: (secure: SimulatedSecureStream) => void,
): StreamHandlers {
  const over = options.admit === undefined ? () => undefined : options.admit(stream.remote);
  if (over === undefined) {
    stream.reset();
    return { onData: () => undefined, onClose: () => undefined };
  }
  const handshake = new ServerHandshake(fabric.clock, options.handshakeTimeout, over, () => {
    refused(undefined, HANDSHAKE_FAILURE, false);
    stream.reset();
  });
  const refused = (identity: string | undefined, alert: number, isStrange: boolean): void => {
    const { local, remote } = stream;
    const ends = { local: textOf(local), remote: textOf(remote) };
    const data = { ...ends, identity: identity ?? '', alert };
    const event = fabric.trace.append('network.secure-refused', fabric.name, data);
    fabric.trace.because(event, () => options.onRefused?.({ remote, identity, alert, isStrange }));
  };
  const secure = new SimulatedSecureStream(stream, fabric, undefined, () => {
    handshake.end(true);
    return accept(secure);
  });
  const session = new TlsPskServer(
    {
      ...agreedBy(options),
      random: fabric.chance('tls', stream.remote.host),
      onRefused: ({ identity, alert, isStrange }) => {
        handshake.end(false);
        refused(identity, alert, isStrange);
      },
    },
    secure,
  );
  secure.session = session;
  onMade(secure);
  const below = new Below();
  below.secure = secure;
  below.cutOff = () => handshake.end(false);
  below.takesOver = (octets) => options.takesOver?.(octets, stream) ?? false;
  return below;
}

/** What a server's options say of the handshake itself. */
function agreedBy(options: SecureServerOptions) {
  const { unknownIdentity, encryptThenMac, extendedMasterSecret, keyExchange = 'psk' } = options;
  const { fixedExponent } = options;
  return {
    psk: (identity: string) => options.psk(identity),
    ...{ unknownIdentity, encryptThenMac, extendedMasterSecret, keyExchange },
    ...(fixedExponent === undefined ? {} : { fixedExponent }),
  };
}

/** What a secure stream hears of the stream below it. What belongs to the handshake is forgotten when that is over. */
class Below implements StreamHandlers {
  /** Set right after construction: the stream below is made for it. */
  secure: SimulatedSecureStream | undefined;
  /** A client's: sends the first flight. */
  begin: (() => void) | undefined;
  /** A server's: the handshake ends before its time. */
  cutOff: (() => void) | undefined;
  /** A server's: asked once about what comes first. */
  takesOver: ((octets: Uint8Array) => boolean) | undefined;

  onOpen(): void {
    const { begin } = this;
    this.begin = undefined;
    begin?.();
  }

  onData(octets: Uint8Array): void {
    const { secure, takesOver } = this;
    this.takesOver = undefined;
    if (takesOver?.(octets) === true) {
      this.cutOff?.();
      this.secure = undefined;
      return;
    }
    secure?.session?.receive(octets);
    if (secure?.security !== undefined) this.cutOff = undefined;
  }

  onClose(close: StreamClose): void {
    this.cutOff?.();
    this.secure?.onTransportClose(close);
  }
}

/** A secure stream in virtual time, to its owner and to the session in it. */
export class SimulatedSecureStream implements SecureStream, TlsSink, Kept<SecureStreamState> {
  readonly local: Address;
  readonly remote: Address;
  security: Security | undefined;
  /** Set right after construction: session and stream need each other. */
  session: TlsSession | undefined;
  readonly #below: Stream;
  readonly #fabric: HostSurroundings;
  /** Asked once, when a server's handshake is done, and forgotten then. */
  #accept: (() => StreamHandlers) | undefined;
  /** Whom to tell. A server's stream has no one before its handshake is done. */
  #handlers: StreamHandlers | undefined;
  #isOver = false;
  /** The owner has reset it and is told nothing more but the close. */
  #isReset = false;

  constructor(
    below: Stream,
    fabric: HostSurroundings,
    handlers: StreamHandlers | undefined,
    accept: (() => StreamHandlers) | undefined,
  ) {
    this.local = below.local;
    this.remote = below.remote;
    this.#below = below;
    this.#fabric = fabric;
    this.#handlers = handlers;
    this.#accept = accept;
  }

  get isAtRest(): boolean {
    return !this.#isOver && !this.#isReset && this.session?.isAtRest === true;
  }

  /** At rest only. */
  save(): SecureStreamState {
    const { security, session } = this;
    assert(security !== undefined && session !== undefined, 'a secure stream is kept when it is open');
    return { security, tls: session.save() };
  }

  /** For the host: whom to tell of a stream that was kept. */
  claim(handlers: StreamHandlers): void {
    assert(this.#handlers === undefined, 'a stream is claimed once');
    this.#handlers = handlers;
  }

  write(octets: Uint8Array): void {
    if (!this.#isOver) this.session?.write(octets);
  }

  close(): void {
    if (!this.#isOver) this.session?.close();
  }

  reset(): void {
    this.#isReset = true;
    this.#below.reset();
  }

  /** For the stream below. */
  onTransportClose(close: StreamClose): void {
    if (close.reason === 'closed') this.session?.transportClosed();
    this.#tell(close);
  }

  /** For the session. */
  send(octets: Uint8Array): void {
    this.#below.write(octets);
  }

  /** For the session. */
  onSecure(security: Security, session: TlsSession): void {
    this.security = security;
    this.session = session;
    const { local, remote } = this;
    const { pskIdentity: identity, cipherSuite: suite, encryptThenMac, extendedMasterSecret } = security;
    const data = {
      local: textOf(local),
      remote: textOf(remote),
      identity,
      suite,
      encryptThenMac,
      extendedMasterSecret,
    };
    const { trace } = this.#fabric;
    const event = trace.append('network.secured', this.#fabric.name, data);
    trace.because(event, () => {
      const accept = this.#accept;
      this.#accept = undefined;
      this.#handlers ??= accept?.();
      if (!this.#isReset) this.#handlers?.onOpen?.();
    });
  }

  /** For the session. */
  onData(octets: Uint8Array): void {
    if (!this.#isOver && !this.#isReset) this.#handlers?.onData(octets);
  }

  /** For the session. */
  onClose(close: TlsClose): void {
    // In order, the owner is told when the transport has ended too; an alert is on its way down there meanwhile.
    this.#below.close();
    if (close.reason === 'insecure') this.#tell(close);
  }

  #tell(close: StreamClose): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#handlers?.onClose(close);
  }
}
