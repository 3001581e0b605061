/**
 * The sockets of one run on this machine: those kept ready, those in use, and which host has which. They are opened before there
 * is a world to use them, and closed when it is over.
 */
import { networkError } from '../simulated/errors.ts';
import { Directory } from './directory.ts';
import { Handles } from './handles.ts';
import { SocketPool } from './socket-pool.ts';

/** Which IP address each host is at, in this process or elsewhere, and how many sockets are kept ready. */
export interface SocketsOptions {
  /** IP address of all hosts that have none for themselves. */
  readonly bind: string;
  /** Hosts that have an IP address of this machine for themselves. Their ports are the real ones. */
  readonly addresses?: ReadonlyMap<string, string>;
  /** Hosts of other processes or machines, by IP address. Their ports are the real ones. */
  readonly elsewhere?: ReadonlyMap<string, string>;
  /** UDP sockets that are kept ready on each IP address: what may be opened in one turn of the event loop. Default 64. */
  readonly spare?: number;
}

const SPARE = 64;

/** All that a run has open on this machine, and the directory of its hosts. */
export class Sockets {
  readonly handles: Handles;
  readonly directory: Directory;
  readonly #bind: string;
  readonly #pools: ReadonlyMap<string, SocketPool>;

  private constructor(
    bind: string,
    handles: Handles,
    directory: Directory,
    pools: ReadonlyMap<string, SocketPool>,
  ) {
    this.#bind = bind;
    this.handles = handles;
    this.directory = directory;
    this.#pools = pools;
  }

  /** Errors: NETWORK_ADDRESS_UNUSABLE. */
  static async open(options: SocketsOptions): Promise<Sockets> {
    const { bind, addresses = new Map(), elsewhere = new Map(), spare = SPARE } = options;
    const handles = new Handles();
    const directory = new Directory();
    for (const [host, ip] of [...elsewhere, ...addresses]) directory.place(host, ip);
    const pools = new Map<string, SocketPool>();
    try {
      for (const ip of new Set([bind, ...addresses.values()]))
        pools.set(ip, await SocketPool.open(ip, spare, handles));
    } catch (thrown) {
      await handles.closeAll();
      throw thrown;
    }
    return new Sockets(bind, handles, directory, pools);
  }

  /** The UDP sockets for a host. Errors: NETWORK_UNKNOWN_HOST. */
  poolOf(host: string): SocketPool {
    const pool = this.#pools.get(this.directory.ownAddressOf(host) ?? this.#bind);
    if (pool === undefined) throw networkError('NETWORK_UNKNOWN_HOST', `${host} is on another machine`);
    return pool;
  }

  /** How many sockets and servers are open, those kept ready included. */
  get open(): number {
    return this.handles.size;
  }

  /** Closes everything; resolves when the operating system has it all back. */
  async close(): Promise<void> {
    for (const pool of this.#pools.values()) pool.close();
    await this.handles.closeAll();
  }
}
