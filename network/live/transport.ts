/**
 * A TCP socket as everything above it sees it: its addresses by the names that devices use, its tap, and why it ended. A socket of
 * an unplugged host is held: it neither reads nor writes until it is plugged in again.
 */
import type { Socket } from 'node:net';
import type { Address, CloseReason } from '../fabric.ts';
import type { Micros, TimerId } from '../../sim/clock.ts';
import type { TraceEvents } from '../../sim/trace.ts';
import { networkError } from '../simulated/errors.ts';
import { STREAM_LIMITS } from '../simulated/stream-limits.ts';
import { reasonOf } from './close-reason.ts';
import { plain } from './plain.ts';
import { StreamTap } from './stream-tap.ts';
import type { LiveSurroundings } from './surroundings.ts';

/** Most octets that may wait until the kernel takes them. */
const WAITING_MAX = 16 * 1024 * 1024;

/** What the owner of a transport is told; the tap has seen it before. */
export interface TransportHandlers {
  /** `octets` passed the tap already. */
  onData(octets: Uint8Array): void;
  /** The peer sends no more. */
  onEnd(): void;
  /** The socket is closed; exactly once. */
  onClosed(): void;
}

/** A TCP socket of Node with its ends by name, its tap, and the reason why it broke. */
export class Transport {
  readonly host: string;
  readonly side: 'client' | 'server';
  readonly socket: Socket;
  remote: Address;
  /** Why it broke, when it did. */
  broken: CloseReason | undefined;
  readonly #fabric: LiveSurroundings;
  #port: number;
  #tap: StreamTap | undefined;
  /** What was written before there was a connection to tap. */
  readonly #early: Uint8Array[] = [];
  /** Its host is unplugged. */
  #held = false;
  /** Its owner takes what comes. */
  #wanted = true;
  #isConnected: boolean;
  #opening: 'not yet' | 'under way' | 'over' = 'not yet';
  #onStart: () => void = () => undefined;

  /** `local` is the address that a server listens on; a client's is known once it connects. */
  constructor(
    socket: Socket,
    side: 'client' | 'server',
    local: Address,
    remote: Address,
    fabric: LiveSurroundings,
  ) {
    this.socket = socket;
    this.side = side;
    this.host = local.host;
    this.#port = local.port;
    this.remote = remote;
    this.#fabric = fabric;
    this.#isConnected = side === 'server';
    socket.setNoDelay(true);
    socket.on('error', (error) => (this.broken ??= reasonOf(error)));
    // All that was written has left, and its end too: a peer that never ends its own side would keep the socket for ever.
    socket.once('finish', () => this.giveUpAfter(STREAM_LIMITS.peerCloseTimeout));
    socket.once('close', () => this.settled());
    if (side === 'server') {
      this.#beginTap();
      this.start();
    }
  }

  get local(): Address {
    return { host: this.host, port: this.#port };
  }

  /** The connection is being made, from now on. */
  start(): void {
    this.#opening = 'under way';
    this.#fabric.opening(1);
    this.#onStart();
  }

  /** Calls `action` when the connection begins to be made, or now. */
  whenStarted(action: () => void): void {
    if (this.#opening === 'not yet') this.#onStart = action;
    else action();
  }

  /** Its owner has it open, or it is over. */
  settled(): void {
    if (this.#opening === 'under way') this.#fabric.opening(-1);
    this.#opening = 'over';
  }

  /** A client's port was chosen: the server will ask whose it is. */
  bound(): void {
    const { localAddress, localPort } = this.socket;
    if (localAddress === undefined || localPort === undefined) return;
    this.#port = localPort;
    const { directory } = this.#fabric;
    const local = this.local;
    const real = { host: localAddress, port: localPort };
    directory.learn('tcp', local, real);
    this.socket.once('close', () => directory.forget('tcp', local, real));
  }

  /** Tells what comes; `enter`s the device for it. */
  handle(handlers: TransportHandlers): void {
    const { socket } = this;
    const { enter } = this.#fabric;
    if (this.side === 'server') this.#trace('network.stream-opened', { side: this.side });
    else socket.once('connect', () => enter(() => this.#connected()));
    socket.on('data', (chunk: Buffer) => {
      const octets = plain(chunk);
      enter(() => {
        if (this.side === 'client') this.#tap?.toClient(octets);
        else this.#tap?.toServer(octets);
        handlers.onData(octets);
      });
    });
    socket.on('end', () => enter(() => handlers.onEnd()));
    socket.on('close', () =>
      enter(() => {
        this.#tap?.ended(this.broken === undefined);
        if (this.#isConnected) this.#trace('network.stream-closed', { reason: this.broken ?? 'closed' });
        handlers.onClosed();
      }),
    );
  }

  /** Errors: NETWORK_STREAM_FULL. */
  requireRoom(octets: number): void {
    if (this.socket.writableLength + octets > WAITING_MAX)
      throw networkError('NETWORK_STREAM_FULL', `${octets} octets more than the peer has taken`);
  }

  write(octets: Uint8Array, done?: (error?: Error | null) => void): void {
    if (this.side === 'server') this.#tap?.toClient(octets);
    else if (this.#tap === undefined && this.socket.pending) this.#early.push(octets);
    else this.#tap?.toServer(octets);
    this.socket.write(octets, done);
  }

  /** Tells the peer by a reset. */
  reset(): void {
    this.broken ??= 'reset';
    if (this.socket.connecting) this.socket.destroy();
    else this.socket.resetAndDestroy();
  }

  /** Is over as `timed-out` when nothing else has ended it by then. */
  giveUpAfter(delay: Micros): TimerId {
    const { socket } = this;
    const { clock } = this.#fabric;
    const timer = clock.schedule(delay, () =>
      socket.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })),
    );
    socket.once('close', () => clock.cancel(timer));
    return timer;
  }

  hold(): void {
    if (this.#held) return;
    this.#held = true;
    this.#pace();
    this.socket.cork();
  }

  release(): void {
    if (!this.#held) return;
    this.#held = false;
    this.socket.uncork();
    this.#pace();
  }

  /** Reads on, or waits until its owner takes more; a socket that is held reads nothing, whatever its owner wants. */
  want(more: boolean): void {
    this.#wanted = more;
    this.#pace();
  }

  #pace(): void {
    if (this.#held || !this.#wanted) this.socket.pause();
    else this.socket.resume();
  }

  #connected(): void {
    this.#isConnected = true;
    this.#beginTap();
    this.#trace('network.stream-opened', { side: this.side });
  }

  #trace<Type extends 'network.stream-opened' | 'network.stream-closed'>(
    type: Type,
    more: Omit<TraceEvents[Type], 'local' | 'remote'>,
  ): void {
    const { local, remote } = this;
    const ends = { local: `${local.host}:${local.port}`, remote: `${remote.host}:${remote.port}` };
    this.#fabric.trace.append(type, this.host, { ...ends, ...more } as TraceEvents[Type]);
  }

  #beginTap(): void {
    const link = this.#fabric.linkBetween(this.host, this.remote.host);
    if (link === undefined) return;
    const { local, remote } = this;
    const [client, server] = this.side === 'client' ? [local, remote] : [remote, local];
    this.#tap = new StreamTap(link, this.host, client, server);
    for (const octets of this.#early.splice(0)) this.#tap.toServer(octets);
  }
}
