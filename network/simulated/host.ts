/**
 * A device's place on the simulated network: its ports, and who gets a packet that arrives.
 *
 * Packets are told apart by port and sender only, not by the host they were addressed to: a host in the place of another one
 * (see `Link.divert`) answers for it without knowing.
 */
import { assert } from '../../sim/errors.ts';
import type { Kept } from '../../sim/kept.ts';
import type {
  Address,
  Attachment,
  DatagramSocket,
  HostNumbers,
  Listener,
  SecureClientOptions,
  SecureServerOptions,
  SecureStream,
  Stream,
  StreamHandlers,
} from '../fabric.ts';
import { TCP_ACK, TCP_RST, TCP_SYN, type TcpHeader } from '../packet.ts';
import { SimulatedDatagramSocket, type SocketOwner } from './datagram-socket.ts';
import { flowOf, textOf, type FlowPacket } from './flow.ts';
import type { HostState } from './host-state.ts';
import type { HostSurroundings } from './host-surroundings.ts';
import type { ListeningPort } from './listening-port.ts';
import { checkPeerPort, PortNumbers } from './ports.ts';
import { acceptSecure, openSecure, resumeSecure, type SimulatedSecureStream } from './secure-stream.ts';
import { has, resetFor } from './segment.ts';
import type { OwnedStream, StreamOwner } from './stream-owner.ts';
import { SimulatedStream } from './stream.ts';

/** Handshakes that may be unfinished on one listening port; further ones are dropped. */
const BACKLOG_MAX = 1024;
const NOTHING = new Uint8Array(0);

/** A stream, and the secure one on it, if there is one. */
interface HeldStream {
  readonly stream: SimulatedStream;
  secure: SimulatedSecureStream | undefined;
}

/** What a device has of the network: it opens ports, and packets that reach it go to the port they are for, or are refused. */
export class Host implements Attachment, StreamOwner, SocketOwner, Kept<HostState> {
  /** The address of what is opened from now on. */
  #address: string;
  readonly #fabric: HostSurroundings;
  readonly #datagramPorts: PortNumbers;
  readonly #streamPorts: PortNumbers;
  readonly #sockets = new Map<number, SimulatedDatagramSocket>();
  #listening: Map<number, ListeningPort> | undefined;
  /** By local port and remote address. */
  readonly #streams = new Map<string, HeldStream>();
  /** Keys of streams that were kept and that nobody has claimed yet. */
  #unclaimed: Set<string> | undefined;

  constructor(host: string, fabric: HostSurroundings, kept?: HostState) {
    this.#address = kept?.address ?? host;
    this.#fabric = fabric;
    // RTP is on even ports (RFC 3550 section 11), so that whoever reads along does not take one for the reports of another.
    this.#datagramPorts = new PortNumbers(host, 2, kept?.nextDatagramPort);
    this.#streamPorts = new PortNumbers(host, 1, kept?.nextStreamPort);
    for (const each of kept?.streams ?? []) this.#resume(each);
  }

  /** Why it cannot be kept now; undefined when all its streams are secure and at rest. */
  get unrest(): string | undefined {
    for (const { stream, secure } of this.#streams.values())
      if (!stream.isAtRest || secure?.isAtRest !== true)
        return `a stream of ${textOf(stream.local)} and ${textOf(stream.remote)} is not at rest`;
    return undefined;
  }

  /** The other ends of streams that were kept and that nobody has claimed. */
  get unclaimed(): readonly string[] {
    return [...(this.#unclaimed ?? [])];
  }

  /** At rest only. */
  save(): HostState {
    const streams = [...this.#streams.values()].map(({ stream, secure }) => {
      assert(secure !== undefined, 'a stream is kept when it is secure');
      const [local, remote] = [{ ...stream.local }, { ...stream.remote }];
      return { local, remote, stream: stream.save(), secure: secure.save() };
    });
    return {
      address: this.#address,
      nextDatagramPort: this.#datagramPorts.next,
      nextStreamPort: this.#streamPorts.next,
      streams,
    };
  }

  /** The name by which it was attached, wherever it is. */
  get name(): string {
    return this.#fabric.name;
  }

  get host(): string {
    return this.#address;
  }

  get numbers(): HostNumbers {
    return this.#fabric.numbers;
  }

  openDatagram(port: number, onDatagram: (from: Address, octets: Uint8Array) => void): DatagramSocket {
    // What is served on a port of its own is served at the host's own name, wherever it has roamed when it opens it (again).
    const at = port === 0 ? this.host : this.name;
    const local = { host: at, port: this.#datagramPorts.take(port) };
    const socket = new SimulatedDatagramSocket(local, onDatagram, this.#fabric, this);
    this.#sockets.set(local.port, socket);
    return socket;
  }

  listen(port: number, accept: (stream: Stream) => StreamHandlers): Listener {
    const local = { host: this.host, port: this.#streamPorts.take(port) };
    const listening = { local, accept, backlog: 0 };
    (this.#listening ??= new Map()).set(local.port, listening);
    const close = (): void => {
      if (this.#listening?.get(local.port) !== listening) return;
      this.#listening.delete(local.port);
      this.#streamPorts.release(local.port);
    };
    return { local, close };
  }

  connect(to: Address, handlers: StreamHandlers): Stream {
    checkPeerPort(to.port);
    const local = { host: this.host, port: this.#streamPorts.take(0) };
    const remote = { host: to.host, port: to.port };
    const stream = new SimulatedStream({ local, remote }, handlers, this.#fabric, this);
    this.#streams.set(keyOf(stream), { stream, secure: undefined });
    stream.open();
    return stream;
  }

  listenSecure(
    port: number,
    options: SecureServerOptions,
    accept: (stream: SecureStream) => StreamHandlers,
  ): Listener {
    return this.listen(port, (stream) =>
      acceptSecure(stream, options, this.#fabric, accept, (secure) => this.#keep(secure)),
    );
  }

  connectSecure(to: Address, options: SecureClientOptions, handlers: StreamHandlers): SecureStream {
    const secure = openSecure((below) => this.connect(to, below), options, this.#fabric, handlers);
    this.#keep(secure);
    return secure;
  }

  claimSecure(local: Address, remote: Address, handlers: StreamHandlers): SecureStream {
    const key = streamKey(local.port, remote);
    const secure = this.#streams.get(key)?.secure;
    const isKept = secure !== undefined && this.#unclaimed?.delete(key) === true;
    assert(isKept, `a stream of ${textOf(local)} and ${textOf(remote)} was kept`);
    secure.claim(handlers);
    return secure;
  }

  detach(): void {
    for (const socket of this.#sockets.values()) socket.close();
    for (const { local } of this.#listening?.values() ?? []) this.#streamPorts.release(local.port);
    this.#listening = undefined;
    for (const { stream } of this.#streams.values()) {
      stream.reset();
      stream.stopLingering();
    }
  }

  /** For a server's stream: the one who listened when it began, if that one still does. */
  accept(stream: OwnedStream): StreamHandlers | undefined {
    return this.#portOf(stream)?.accept(stream);
  }

  /** For its streams. */
  onSettled(stream: OwnedStream): void {
    const listening = this.#portOf(stream);
    if (listening !== undefined) listening.backlog--;
  }

  /** For its streams. */
  onGone(stream: OwnedStream): void {
    this.#streams.delete(keyOf(stream));
    if (stream.side === 'client') this.#streamPorts.release(stream.local.port);
  }

  /** The port that a stream came in at. */
  #portOf({ local }: OwnedStream): ListeningPort | undefined {
    const listening = this.#listening?.get(local.port);
    return listening?.local === local ? listening : undefined;
  }

  /** For its sockets. */
  onSocketClosed(port: number): void {
    this.#sockets.delete(port);
    this.#datagramPorts.release(port);
  }

  /** For the fabric: ends what is bound to another address. */
  moveTo(address: string): void {
    this.#address = address;
    for (const { stream } of [...this.#streams.values()]) {
      if (stream.local.host === address) continue;
      stream.reset();
      stream.stopLingering();
    }
  }

  /** For the fabric: takes in a packet that reached this host. */
  receive(packet: FlowPacket): void {
    const { trace } = this.#fabric;
    // Without a cause there is nothing to hand on, and no closure to pay for.
    if (packet.cause === trace.current) this.#dispatch(packet);
    else this.#dispatchBecause(packet);
  }

  /** Apart, because a function that closes over a packet makes room for it in every call. */
  #dispatchBecause(packet: FlowPacket): void {
    this.#fabric.trace.because(packet.cause, () => this.#dispatch(packet));
  }

  #dispatch(packet: FlowPacket): void {
    const { tcp, from, to, octets } = packet;
    if (packet.isCorrupt === true) {
      this.#fabric.ledger.dropped(packet.flow, this.#fabric.name, 'checksum');
      return;
    }
    if (tcp !== undefined) {
      this.#receiveSegment(packet, tcp);
      return;
    }
    const socket = this.#sockets.get(to.port);
    if (socket === undefined) this.#fabric.ledger.dropped(packet.flow, this.#fabric.name, 'port-closed');
    else socket.onDatagram(from, octets);
  }

  #receiveSegment(packet: FlowPacket, header: TcpHeader): void {
    const stream = this.#streams.get(streamKey(packet.to.port, packet.from))?.stream;
    if (stream !== undefined) stream.receive(packet, header);
    else if (has(header, TCP_SYN) && !has(header, TCP_ACK)) this.#receiveSyn(packet, header);
    else this.#refuse(packet, header);
  }

  #receiveSyn(packet: FlowPacket, header: TcpHeader): void {
    const listening = this.#listening?.get(packet.to.port);
    if (listening === undefined) {
      this.#refuse(packet, header);
      return;
    }
    if (listening.backlog >= BACKLOG_MAX) {
      this.#fabric.ledger.dropped(packet.flow, this.#fabric.name, 'backlog-full');
      return;
    }
    listening.backlog++;
    const ends = { local: listening.local, remote: packet.from };
    const stream = new SimulatedStream(ends, undefined, this.#fabric, this);
    this.#streams.set(keyOf(stream), { stream, secure: undefined });
    stream.receive(packet, header);
  }

  #keep(secure: SimulatedSecureStream): void {
    const held = this.#streams.get(keyOf(secure));
    if (held !== undefined) held.secure = secure;
  }

  /** Goes on with a stream that was kept. */
  #resume({ local, remote, stream: state, secure }: HostState['streams'][number]): void {
    const key = streamKey(local.port, remote);
    if (state.side === 'client') this.#streamPorts.take(local.port);
    const resume = (handlers: StreamHandlers): SimulatedStream => {
      const stream = new SimulatedStream({ local, remote }, handlers, this.#fabric, this, state);
      this.#streams.set(key, { stream, secure: undefined });
      return stream;
    };
    this.#keep(resumeSecure(secure, resume, this.#fabric));
    (this.#unclaimed ??= new Set()).add(key);
  }

  /** Answers a segment that no stream takes with a reset. A reset itself is not answered. */
  #refuse(packet: FlowPacket, header: TcpHeader): void {
    if (has(header, TCP_RST)) return;
    this.#fabric.ledger.dropped(packet.flow, this.#fabric.name, 'port-closed');
    const local = { host: this.#address, port: packet.to.port };
    const flow = flowOf('tcp', local, packet.from);
    const { from, to } = flow;
    const [tcp, { cause }] = [resetFor(header, packet.octets), packet];
    this.#fabric.transmit({ protocol: 'tcp', from, to, octets: NOTHING, tcp, flow, cause });
  }
}

function keyOf({ local, remote }: Pick<Stream, 'local' | 'remote'>): string {
  return streamKey(local.port, remote);
}

function streamKey(localPort: number, remote: Address): string {
  return `${localPort} ${remote.host}:${remote.port}`;
}
