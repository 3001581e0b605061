/**
 * The live fabric: the same interface on the sockets of this machine. UDP through dgram-as-promised, streams through node:net, secure
 * streams through node:tls. Devices are told of what happens by {@link LiveClock.enter}, so one after the other and in time.
 *
 * As in the simulated network, a host reaches the hosts it has a link with; but what lies between them is the real network.
 *
 *     const sockets = await Sockets.open({ bind: '127.0.0.1' });
 *     const fabric = new LiveFabric({ sockets, clock, trace, enter, onDefect });
 *     const phone = fabric.attach('alice-phone');
 *     fabric.link('alice-crs', 'alice-phone', 'crs');
 *     await sockets.close();
 */
import type { Clock } from '../../sim/clock.ts';
import type { Trace } from '../../sim/trace.ts';
import type { Attachment } from '../fabric.ts';
import { networkError } from '../simulated/errors.ts';
import '../simulated/events.ts';
import { LiveHost } from './host.ts';
import { LiveLink } from './link.ts';
import { SecureContexts } from './secure-context.ts';
import type { Sockets } from './sockets.ts';
import type { LiveSurroundings } from './surroundings.ts';

/** The sockets, clock and trace that a live network runs on, and the way into the order of events. */
export interface LiveFabricOptions {
  readonly sockets: Sockets;
  readonly clock: Clock;
  readonly trace: Trace;
  /** Lets a device hear of something: `LiveClock.enter`, as a rule. */
  readonly enter: (action: () => void) => void;
  /** Called with what should not have been thrown. */
  readonly onDefect: (thrown: unknown) => void;
}

/** The network of a live run: hosts on real sockets, and links that can only be watched. */
export class LiveFabric {
  readonly #options: LiveFabricOptions;
  /** A key log of the sessions opened here whose recordings nothing else opens, as their key exchange was ephemeral: the examiner's. */
  readonly sessionKeys: string[] = [];
  readonly #contexts = new SecureContexts();
  readonly #hosts = new Map<string, LiveHost>();
  readonly #links = new Map<string, LiveLink>();
  readonly #between = new Map<string, LiveLink>();
  readonly #unplugged = new Set<string>();
  #opening = 0;

  constructor(options: LiveFabricOptions) {
    this.#options = options;
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

  #surroundings(): LiveSurroundings {
    const { sockets, clock, trace, enter, onDefect } = this.#options;
    return {
      clock,
      trace,
      enter,
      defect: onDefect,
      directory: sockets.directory,
      handles: sockets.handles,
      contexts: this.#contexts,
      onKeys: (keyLogLine) => void this.sessionKeys.push(keyLogLine),
      opening: (change) => (this.#opening += change),
      poolOf: (host) => sockets.poolOf(host),
      linkBetween: (a, b) => this.#between.get(pairOf(a, b)),
      isPlugged: (host) => !this.#unplugged.has(host),
    };
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
