/**
 * The live fabric: the same interface on the sockets of this machine. UDP through dgram-as-promised, streams through node:net, secure
 * streams through node:tls. Devices are told of what happens by {@link LiveClock.enter}, so one after the other and in time.
 *
 * As in the simulated network, a host reaches the hosts it has a link with; but what lies between them is the real network.
 *
 *     const fabric = await LiveFabric.open({ bind: '127.0.0.1', clock, trace, ... });
 *     const phone = fabric.attach('alice-phone');
 *     fabric.link('alice-crs', 'alice-phone', 'crs');
 *     await fabric.close();
 */
import type { Clock } from '../../sim/clock.ts';
import type { Trace } from '../../sim/trace.ts';
import type { Attachment } from '../fabric.ts';
import { networkError } from '../simulated/errors.ts';
import '../simulated/events.ts';
import { Directory } from './directory.ts';
import { Handles } from './handles.ts';
import { LiveHost } from './host.ts';
import { LiveLink } from './link.ts';
import { SecureContexts } from './secure-context.ts';
import { SocketPool } from './socket-pool.ts';
import type { LiveSurroundings } from './surroundings.ts';

export interface LiveFabricOptions {
  /** IP address of all hosts that have none for themselves. */
  readonly bind: string;
  /** Hosts that have an IP address for themselves, here or elsewhere. Their ports are the real ones. */
  readonly addresses?: ReadonlyMap<string, string>;
  readonly clock: Clock;
  readonly trace: Trace;
  /** Lets a device hear of something: `LiveClock.enter`, as a rule. */
  readonly enter: (action: () => void) => void;
  /** Called with what should not have been thrown. */
  readonly onDefect: (thrown: unknown) => void;
}

/** UDP sockets that are ready on each IP address of this machine: what may be opened in one turn of the event loop. */
const SPARE_SOCKETS = 64;

export class LiveFabric {
  readonly #options: LiveFabricOptions;
  readonly #handles: Handles;
  readonly #pools: ReadonlyMap<string, SocketPool>;
  readonly #directory: Directory;
  readonly #contexts = new SecureContexts();
  readonly #hosts = new Map<string, LiveHost>();
  readonly #links = new Map<string, LiveLink>();
  readonly #between = new Map<string, LiveLink>();
  readonly #unplugged = new Set<string>();
  #opening = 0;

  private constructor(
    options: LiveFabricOptions,
    handles: Handles,
    pools: ReadonlyMap<string, SocketPool>,
    directory: Directory,
  ) {
    this.#options = options;
    this.#handles = handles;
    this.#pools = pools;
    this.#directory = directory;
  }

  /** Prepares sockets on `bind` and on those `addresses` that are of this machine. Errors: NETWORK_ADDRESS_UNUSABLE. */
  static async open(
    options: LiveFabricOptions,
    { spareSockets = SPARE_SOCKETS }: { readonly spareSockets?: number } = {},
  ): Promise<LiveFabric> {
    const handles = new Handles();
    const directory = new Directory();
    for (const [host, ip] of options.addresses ?? []) directory.place(host, ip);
    const pools = new Map<string, SocketPool>();
    try {
      for (const ip of new Set([options.bind, ...(options.addresses?.values() ?? [])]))
        pools.set(ip, await SocketPool.open(ip, spareSockets, handles));
    } catch (thrown) {
      await handles.closeAll();
      throw thrown;
    }
    return new LiveFabric(options, handles, pools, directory);
  }

  /** Gives a device its place on the network. Errors: NETWORK_HOST_ATTACHED. */
  attach(name: string): Attachment {
    if (this.#hosts.has(name)) throw networkError('NETWORK_HOST_ATTACHED', `${name} is attached already`);
    const host = new LiveHost(name, this.#surroundings());
    this.#hosts.set(name, host);
    return host;
  }

  /** Lets two hosts reach each other; taps are at the sockets of `a`. Errors: NETWORK_LINK_TAKEN. */
  link(name: string, a: string, b: string): LiveLink {
    if (this.#links.has(name)) throw networkError('NETWORK_LINK_TAKEN', `there is a link ${name} already`);
    if (a === b || this.#between.has(pairOf(a, b)))
      throw networkError('NETWORK_LINK_TAKEN', `link ${name}: ${a} and ${b} are joined already`);
    const link = new LiveLink(name, [a, b], this.#options.clock);
    this.#links.set(name, link);
    this.#between.set(pairOf(a, b), link);
    return link;
  }

  linkNamed(name: string): LiveLink | undefined {
    return this.#links.get(name);
  }

  get links(): readonly LiveLink[] {
    return [...this.#links.values()];
  }

  /** Lets nothing in or out of a host. Errors: NETWORK_UNKNOWN_HOST. */
  unplug(host: string): void {
    const attached = this.#hostNamed(host);
    this.#unplugged.add(host);
    attached.plug(false);
    this.#options.trace.append('network.unplugged', host, {});
  }

  /** Undoes {@link unplug}. Errors: NETWORK_UNKNOWN_HOST. */
  plug(host: string): void {
    const attached = this.#hostNamed(host);
    this.#unplugged.delete(host);
    attached.plug(true);
    this.#options.trace.append('network.plugged', host, {});
  }

  /** Whether a connection or handshake is under way. */
  get isOpening(): boolean {
    return this.#opening > 0;
  }

  /** Sockets and servers that are open, those kept ready included. */
  get openHandles(): number {
    return this.#handles.size;
  }

  /** Closes everything; resolves when the operating system has it all back. */
  async close(): Promise<void> {
    for (const pool of this.#pools.values()) pool.close();
    for (const host of this.#hosts.values()) host.detach();
    await this.#handles.closeAll();
  }

  #surroundings(): LiveSurroundings {
    const { clock, trace, enter, onDefect } = this.#options;
    return {
      clock,
      trace,
      enter,
      defect: onDefect,
      directory: this.#directory,
      handles: this.#handles,
      contexts: this.#contexts,
      opening: (change) => (this.#opening += change),
      poolOf: (host) => this.#poolOf(host),
      linkBetween: (a, b) => this.#between.get(pairOf(a, b)),
      isPlugged: (host) => !this.#unplugged.has(host),
    };
  }

  #poolOf(host: string): SocketPool {
    const pool = this.#pools.get(this.#directory.ownAddressOf(host) ?? this.#options.bind);
    if (pool === undefined) throw networkError('NETWORK_UNKNOWN_HOST', `${host} is on another machine`);
    return pool;
  }

  #hostNamed(name: string): LiveHost {
    const host = this.#hosts.get(name);
    if (host === undefined) throw networkError('NETWORK_UNKNOWN_HOST', `no host is called ${name}`);
    return host;
  }
}

function pairOf(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
