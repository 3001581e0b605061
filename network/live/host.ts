/** A device's place on the live network: what it has open, on real sockets. */
import { createServer, Socket, type Server } from 'node:net';
import { SECOND, type Micros } from '../../sim/clock.ts';
import { assert } from '../../sim/errors.ts';
import type {
  Address,
  Attachment,
  DatagramSocket,
  HandshakeOver,
  HostNumbers,
  Listener,
  SecureClientOptions,
  SecureServerOptions,
  SecureStream,
  Stream,
  StreamHandlers,
} from '../fabric.ts';
import { networkError } from '../simulated/errors.ts';
import { checkPeerPort } from '../simulated/ports.ts';
import { LiveDatagramSocket } from './datagram-socket.ts';
import { acceptSecure, openSecure } from './secure-ends.ts';
import { LiveStream } from './stream.ts';
import type { LiveSurroundings } from './surroundings.ts';
import { Transport } from './transport.ts';

/** How long a connection attempt goes unanswered where no way leads: that of Linux, as in the simulated network. */
const CONNECT_TIMEOUT: Micros = 127 * SECOND;
/** Connections that the kernel keeps until they are accepted. */
const BACKLOG_MAX = 1024;
/** Connections that one listener has at a time; further ones are reset. */
const CONNECTIONS_MAX = 4096;

/** Who is admitted where nobody asks. */
const everybody: HandshakeOver = () => undefined;

const NOBODY: StreamHandlers = { onData: () => undefined, onClose: () => undefined };

/** What a device has of a live network: the same ports as on the simulated one, on the machine's sockets. */
export class LiveHost implements Attachment {
  readonly host: string;
  readonly #fabric: LiveSurroundings;
  readonly #sockets = new Set<DatagramSocket>();
  readonly #listeners = new Set<Listener>();
  readonly #streams = new Map<Transport, Stream>();
  /** Connections that begin when the host is plugged in again. */
  readonly #postponed = new Set<() => void>();

  constructor(host: string, fabric: LiveSurroundings) {
    this.host = host;
    this.#fabric = fabric;
  }

  get numbers(): HostNumbers {
    return this.#fabric.directory;
  }

  openDatagram(port: number, onDatagram: (from: Address, octets: Uint8Array) => void): DatagramSocket {
    const { directory, poolOf, defect } = this.#fabric;
    const pool = poolOf(this.host);
    const isOwn = directory.ownAddressOf(this.host) !== undefined;
    const bound =
      isOwn && port !== 0 ? pool.takePort(port, (cause) => defect(this.#taken(port, cause))) : pool.take();
    const socket: DatagramSocket = new LiveDatagramSocket(
      this.host,
      port,
      bound,
      this.#fabric,
      onDatagram,
      () => this.#sockets.delete(socket),
    );
    this.#sockets.add(socket);
    return socket;
  }

  listen(port: number, accept: (stream: Stream) => StreamHandlers): Listener {
    return this.#listen(port, (transport) => {
      const stream = new LiveStream(transport, NOBODY);
      stream.owner = accept(stream);
      stream.opened();
      return stream;
    });
  }

  connect(to: Address, handlers: StreamHandlers): Stream {
    const transport = this.#connect(to);
    const stream = new LiveStream(transport, handlers);
    transport.socket.once('connect', () => this.#fabric.enter(() => stream.opened()));
    this.#streams.set(transport, stream);
    return stream;
  }

  listenSecure(
    port: number,
    options: SecureServerOptions,
    accept: (stream: SecureStream) => StreamHandlers,
  ): Listener {
    return this.#listen(
      port,
      (transport, over) => acceptSecure(transport, options, this.#fabric, accept, over),
      (remote) => (options.admit === undefined ? everybody : options.admit(remote)),
    );
  }

  connectSecure(to: Address, options: SecureClientOptions, handlers: StreamHandlers): SecureStream {
    const transport = this.#connect(to);
    const stream = openSecure(transport, options, this.#fabric, handlers);
    this.#streams.set(transport, stream);
    return stream;
  }

  claimSecure(local: Address, remote: Address): SecureStream {
    assert(false, `no stream of ${local.host}:${local.port} and ${remote.host}:${remote.port} was kept`);
  }

  detach(): void {
    for (const socket of this.#sockets) socket.close();
    for (const listener of this.#listeners) listener.close();
    for (const stream of this.#streams.values()) stream.reset();
    this.#postponed.clear();
  }

  /** For the fabric: out of reach, or back. */
  plug(plugged: boolean): void {
    for (const transport of this.#streams.keys())
      if (plugged) transport.release();
      else transport.hold();
    if (!plugged) return;
    for (const begin of this.#postponed) begin();
    this.#postponed.clear();
  }

  #connect(to: Address): Transport {
    checkPeerPort(to.port);
    const { trace, clock, isPlugged, linkBetween, enter, handles } = this.#fabric;
    // Half-open, so that what was written still leaves when the peer has ended.
    const socket = new Socket({ allowHalfOpen: true });
    handles.add(socket, () => socket.destroy());
    const remote = { host: to.host, port: to.port };
    const transport = new Transport(socket, 'client', { host: this.host, port: 0 }, remote, this.#fabric);
    socket.once('close', () => this.#streams.delete(transport));
    if (linkBetween(this.host, to.host) === undefined) {
      const ends = { from: `${this.host}:0`, to: `${to.host}:${to.port}` };
      trace.append('network.no-route', this.host, { protocol: 'tcp', ...ends });
      transport.giveUpAfter(CONNECT_TIMEOUT);
    } else if (isPlugged(this.host)) this.#begin(transport);
    else {
      const timer = transport.giveUpAfter(CONNECT_TIMEOUT);
      transport.hold();
      const begin = (): void => {
        clock.cancel(timer);
        enter(() => this.#begin(transport));
      };
      this.#postponed.add(begin);
      socket.once('close', () => this.#postponed.delete(begin));
    }
    return transport;
  }

  #begin(transport: Transport): void {
    const { socket, remote } = transport;
    const real = this.#fabric.directory.realOf('tcp', remote);
    if (real === undefined) {
      socket.destroy(Object.assign(new Error('nobody listens there'), { code: 'ECONNREFUSED' }));
      return;
    }
    transport.start();
    const localAddress = this.#fabric.poolOf(this.host).ip;
    socket.connect({ host: real.host, port: real.port, localAddress });
    // By then the operating system has chosen the port, and the server has not been told of it yet.
    process.nextTick(() => transport.bound());
  }

  #listen(
    port: number,
    welcome: (transport: Transport, over: HandshakeOver) => Stream,
    admit: (remote: Address) => HandshakeOver | undefined = () => everybody,
  ): Listener {
    const { directory, poolOf, handles, enter, isPlugged, defect } = this.#fabric;
    const { ip } = poolOf(this.host);
    const isOwn = directory.ownAddressOf(this.host) !== undefined;
    const server = createServer({ pauseOnConnect: true, allowHalfOpen: true });
    server.maxConnections = CONNECTIONS_MAX;
    handles.add(server, () => server.close());
    let local = { host: this.host, port };
    let real: Address | undefined;
    server.on('error', (cause) => defect(this.#taken(port, cause)));
    server.listen({ host: ip, port: isOwn ? port : 0, backlog: BACKLOG_MAX }, () => {
      real = { host: ip, port: portOf(server) };
      if (port === 0) local = { host: this.host, port: real.port };
      directory.learn('tcp', local, real);
    });
    server.on('connection', (socket) => {
      // Before anything else: nobody may be there any more to be told of it, and then it is closed with the rest.
      handles.add(socket, () => socket.destroy());
      enter(() => {
        const { remoteAddress, remotePort } = socket;
        const isOpen = isPlugged(this.host) && this.#listeners.has(listener);
        if (!isOpen || remoteAddress === undefined || remotePort === undefined) {
          socket.destroy();
          return;
        }
        const remote = directory.nameOf('tcp', { host: remoteAddress, port: remotePort });
        const over = admit(remote);
        if (over === undefined) {
          socket.resetAndDestroy();
          return;
        }
        const transport = new Transport(socket, 'server', local, remote, this.#fabric);
        this.#streams.set(transport, welcome(transport, over));
        socket.once('close', () => this.#streams.delete(transport));
        transport.want(true);
      });
    });
    const listener: Listener = {
      get local() {
        return local;
      },
      close: () => {
        if (!this.#listeners.delete(listener)) return;
        if (real !== undefined) directory.forget('tcp', local, real);
        server.close();
      },
    };
    this.#listeners.add(listener);
    return listener;
  }

  #taken(port: number, cause: unknown): Error {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return networkError('NETWORK_PORT_TAKEN', `port ${port} cannot be opened: ${reason}`, {
      where: { device: this.host },
      cause,
    });
  }
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
