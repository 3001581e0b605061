/** The two ends of a secure stream on node:tls: how each is set up. */
import { connect, TLSSocket, type TlsOptions, type TLSSocketOptions } from 'node:tls';
import { MILLISECOND, SECOND, type Micros } from '../../sim/clock.ts';
import { assert } from '../../sim/errors.ts';
import type {
  HandshakeOver,
  SecureClientOptions,
  SecureServerOptions,
  SecureStream,
  StreamHandlers,
} from '../fabric.ts';
import { CIPHERS } from './secure-context.ts';
import { LiveSecureStream } from './secure-stream.ts';
import type { LiveSurroundings } from './surroundings.ts';
import type { Transport } from './transport.ts';
import { Wire } from './wire.ts';

/** Real time that a handshake may take where nobody says. */
const HANDSHAKE_TIMEOUT: Micros = 10 * SECOND;
/** Alert of a server that does not say more (RFC 5246 section 7.2: handshake_failure). */
const HANDSHAKE_FAILURE = 40;

/** The client of a secure stream: shakes hands over the transport as soon as that is connected. */
export function openSecure(
  transport: Transport,
  { identity, psk, encryptThenMac, keyExchange = 'psk' }: SecureClientOptions,
  fabric: LiveSurroundings,
  handlers: StreamHandlers,
): SecureStream {
  const wire = new Wire(transport);
  const tls = connect({
    socket: wire,
    secureContext: fabric.contexts.of(encryptThenMac, keyExchange),
    ciphers: CIPHERS[keyExchange],
    pskCallback: () => ({ psk, identity }),
    checkServerIdentity: () => undefined,
  });
  if (keyExchange !== 'psk')
    tls.on('keylog', (line: Buffer) => fabric.onKeys(line.toString('latin1').trim()));
  return new LiveSecureStream(
    transport,
    wire,
    tls,
    fabric,
    {
      identity: () => identity,
      timeoutMs: HANDSHAKE_TIMEOUT / MILLISECOND,
      onOver: () => undefined,
      onSecured: () => handlers,
      onRefused: () => undefined,
    },
    handlers,
  );
}

/** The server of a secure stream: its owner is asked for once the client has proved that it holds its key. */
export function acceptSecure(
  transport: Transport,
  options: SecureServerOptions,
  fabric: LiveSurroundings,
  accept: (stream: SecureStream) => StreamHandlers,
  over: HandshakeOver,
): LiveSecureStream {
  const wire = new Wire(transport);
  let identity: string | undefined;
  // A TLSSocket takes the callback as a server does; Node's types say so of the server only.
  const settings: TLSSocketOptions & Pick<TlsOptions, 'pskCallback'> = {
    isServer: true,
    secureContext: fabric.contexts.of(options.encryptThenMac, options.keyExchange),
    pskCallback: (_socket, offered) => {
      identity = offered;
      return keyOf(offered, options, fabric);
    },
  };
  const tls = new TLSSocket(wire, settings);
  const stream: LiveSecureStream = new LiveSecureStream(transport, wire, tls, fabric, {
    identity: () => {
      assert(identity !== undefined, 'a session that is secured has an identity');
      return identity;
    },
    onSecured: () => accept(stream),
    onOver: over,
    timeoutMs: (options.handshakeTimeout ?? HANDSHAKE_TIMEOUT) / MILLISECOND,
    onRefused: ({ alert = HANDSHAKE_FAILURE }, strange) => {
      const { local, remote } = transport;
      const ends = { local: `${local.host}:${local.port}`, remote: `${remote.host}:${remote.port}` };
      const data = { ...ends, identity: identity ?? '', alert };
      const event = fabric.trace.append('network.secure-refused', local.host, data);
      fabric.trace.because(event, () => options.onRefused?.({ remote, identity, alert, isStrange: strange }));
    },
  });
  return stream;
}

/** The key of an identity. A defect in a device must not look like a refusal, so it is told where it will be noticed. */
function keyOf(
  identity: string,
  options: SecureServerOptions,
  { contexts, defect }: LiveSurroundings,
): Buffer | null {
  try {
    const psk = options.psk(identity);
    if (psk !== undefined) return Buffer.from(psk);
    return options.unknownIdentity === 'alert' ? null : contexts.maskFor(identity);
  } catch (thrown) {
    defect(thrown);
    return null;
  }
}
