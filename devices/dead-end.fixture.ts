/**
 * A place on the network that leads nowhere: what a device opens there is in the hands of a test, which plays the other ends. For tests of
 * devices that are kept and taken up: two of them, each at a dead end of its own, are told the same and must say the same.
 */
import { VirtualClock } from '../sim/clock.ts';
import { assert } from '../sim/errors.ts';
import { toHex } from '../sim/octets.ts';
import { SeededRandom } from '../sim/random.ts';
import { Trace } from '../sim/trace.ts';
import type {
  Address,
  Attachment,
  CloseReason,
  DatagramSocket,
  Listener,
  SecureServerOptions,
  SecureStream,
  StreamHandlers,
} from '../network/fabric.ts';
import { deploymentOf } from './deployment.ts';
import type { Ports } from './ports.ts';
import { Rules } from './rules.ts';

const SEED = 'dead end';

/** When it is, and what the deployment says. */
export interface LoneWorldOptions {
  readonly begins?: string;
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
}

/** All that a device is given, with nothing else around it: time, chance and a trace that can be kept and taken up with it. */
export class LoneWorld {
  readonly clock: VirtualClock;
  readonly random: SeededRandom;
  readonly keys: SeededRandom;
  readonly trace: Trace;
  readonly ports: Ports;
  readonly #options: LoneWorldOptions;

  constructor(options: LoneWorldOptions = {}, before?: LoneWorld) {
    this.#options = options;
    this.clock = new VirtualClock(before && structuredClone(before.clock.save()));
    this.random = new SeededRandom(SEED, before?.random.save());
    this.keys = new SeededRandom(`keys:${SEED}`, before?.keys.save());
    this.trace = new Trace(this.clock);
    this.ports = {
      clock: this.clock,
      random: this.random,
      keys: this.keys,
      trace: this.trace,
      deployment: deploymentOf(options.parameters),
      rules: new Rules(),
      begins: Date.parse(options.begins ?? '2015-10-14T08:00:00Z'),
    };
  }

  /** Another one at the same moment, with an empty trace. */
  takenUp(): LoneWorld {
    return new LoneWorld(this.#options, this);
  }

  /** What the trace says from an event on: when, who and what. */
  told(from = 0): readonly string[] {
    return this.trace.events
      .slice(from)
      .map(({ t, on, type, data }) => `${t} ${on} ${type} ${JSON.stringify(data)}`);
  }

  run(micros: number): void {
    this.clock.runUntil(this.clock.now() + micros);
  }
}

/** One device's way to nowhere. Whatever it says is in `said`, in order. */
export class DeadEnd implements Attachment {
  readonly host: string;
  readonly numbers = { numberOf: (host: string) => host, hostOf: (number: string) => number };
  readonly said: string[] = [];
  readonly #sockets = new Map<number, (from: Address, octets: Uint8Array) => void>();
  readonly #streams = new Map<string, StreamHandlers>();
  #door:
    | { readonly options: SecureServerOptions; readonly accept: (stream: SecureStream) => StreamHandlers }
    | undefined;

  constructor(host: string) {
    this.host = host;
  }

  // What a test does at the other ends.

  /** A datagram comes. */
  datagram(port: number, from: Address, octets: Uint8Array): void {
    this.#sockets.get(port)?.(from, octets);
  }

  /** Somebody comes to the door with this identity, and with the key that belongs to it. */
  enter(remote: Address, identity: string): void {
    assert(this.#door !== undefined, 'somebody listens');
    if (this.#streams.has(keyOf(remote))) return void this.said.push(`${keyOf(remote)} is open`);
    const { options } = this.#door;
    const over = options.admit?.(remote);
    if (over === undefined) return void this.said.push(`${keyOf(remote)} not admitted`);
    const isKnown = options.psk(identity) !== undefined;
    over(isKnown);
    if (!isKnown) return options.onRefused?.({ remote, identity, alert: 115, isStrange: false });
    const local = { host: this.host, port: 5061 };
    const stream = this.#stream(local, remote, identity);
    this.#streams.set(keyOf(remote), this.#door.accept(stream));
  }

  /** Octets come from the other end of a stream; nothing when it is closed. */
  say(remote: Address, octets: Uint8Array): void {
    this.#streams.get(keyOf(remote))?.onData(octets);
  }

  hangUp(remote: Address, reason: CloseReason): void {
    const handlers = this.#streams.get(keyOf(remote));
    this.#streams.delete(keyOf(remote));
    handlers?.onClose({ reason });
  }

  // What a device does here.

  openDatagram(port: number, onDatagram: (from: Address, octets: Uint8Array) => void): DatagramSocket {
    const local = { host: this.host, port: port === 0 ? 50_000 + this.#sockets.size : port };
    this.#sockets.set(local.port, onDatagram);
    const say = (to: Address, octets: Uint8Array): void =>
      void this.said.push(`${local.port} to ${keyOf(to)}: ${toHex(octets)}`);
    return {
      local,
      send: say,
      give: say,
      close: () => void this.#sockets.delete(local.port),
    };
  }

  listen(): Listener {
    throw new Error('nobody listens in clear here');
  }

  connect(): SecureStream {
    throw new Error('nobody connects from here');
  }

  listenSecure(
    port: number,
    options: SecureServerOptions,
    accept: (stream: SecureStream) => StreamHandlers,
  ): Listener {
    this.#door = { options, accept };
    return { local: { host: this.host, port }, close: () => (this.#door = undefined) };
  }

  connectSecure(): SecureStream {
    throw new Error('nobody connects from here');
  }

  claimSecure(local: Address, remote: Address, handlers: StreamHandlers): SecureStream {
    assert(!this.#streams.has(keyOf(remote)), 'a stream is claimed once');
    this.#streams.set(keyOf(remote), handlers);
    return this.#stream(local, remote, 'claimed');
  }

  detach(): void {
    this.#streams.clear();
    this.#sockets.clear();
  }

  #stream(local: Address, remote: Address, pskIdentity: string): SecureStream {
    const end = (how: string): void => {
      if (this.#streams.delete(keyOf(remote))) this.said.push(`${keyOf(remote)} ${how}`);
    };
    return {
      local,
      remote,
      security: {
        version: 'TLS 1.2',
        cipherSuite: 'TLS_PSK_WITH_AES_128_CBC_SHA',
        pskIdentity,
        encryptThenMac: true,
        extendedMasterSecret: true,
      },
      write: (octets) => void this.said.push(`${keyOf(remote)}: ${toHex(octets)}`),
      close: () => end('closed'),
      reset: () => end('reset'),
    };
  }
}

function keyOf({ host, port }: Address): string {
  return `${host}:${port}`;
}
