/**
 * Both engines under mutated octets, and the pair of engines in memory that the tests use: two ends, two queues, everything
 * that was said. The same seed gives the same octets, so a recorded direction replays into a fresh engine of the other end.
 */
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { CalldrillError } from '../../sim/errors.ts';
import { concat, fromAscii } from '../../sim/octets.ts';
import { SeededRandom } from '../../sim/random.ts';
import type { Security } from '../fabric.ts';
import { TlsPskClient, type TlsPskClientOptions } from './client.ts';
import type { TlsClose, TlsSink } from './sink.ts';
import { CONTENT } from './record.ts';
import { TlsPskServer, type TlsPskServerOptions } from './server.ts';

/** The key that both ends of the pair hold. */
export const PSK = fromAscii('a key of 20 octets..');

/** What one end has told its owner. */
export class EngineWitness implements TlsSink {
  readonly sent: Uint8Array[] = [];
  readonly data: Uint8Array[] = [];
  readonly closes: TlsClose[] = [];
  security: Security | undefined;
  onSent: (octets: Uint8Array) => void = () => {};
  onReceived: (octets: Uint8Array) => void = () => {};
  onOpened: () => void = () => {};

  send(octets: Uint8Array): void {
    this.sent.push(octets);
    this.onSent(octets);
  }

  onSecure(security: Security): void {
    this.security = security;
    this.onOpened();
  }

  onData(octets: Uint8Array): void {
    this.data.push(octets);
    this.onReceived(octets);
  }

  onClose(close: TlsClose): void {
    this.closes.push(close);
  }

  /** Everything sent, as the recording of a tap has it. */
  get stream(): Uint8Array {
    return concat(...this.sent);
  }

  get text(): string {
    return Buffer.from(concat(...this.data)).toString('latin1');
  }
}

/** How the two ends of a pair differ from the usual, and in which pieces octets reach them. */
export interface PairOptions {
  readonly seed?: string;
  readonly client?: Partial<TlsPskClientOptions>;
  readonly server?: Partial<TlsPskServerOptions>;
  /** Octets of one delivery; everything at once when absent. */
  readonly piece?: number;
  /** Changes what is on the way. */
  readonly tamper?: (sender: 'client' | 'server', octets: Uint8Array) => Uint8Array;
}

/** A client and a server wired to each other, with witnesses of what each tells its owner. */
export class EnginePair {
  readonly atClient = new EngineWitness();
  readonly atServer = new EngineWitness();
  readonly refused: { identity: string | undefined; alert: number }[] = [];
  readonly client: TlsPskClient;
  readonly server: TlsPskServer;
  readonly #queues: { to: { receive(octets: Uint8Array): void }; octets: Uint8Array }[] = [];
  readonly #piece: number;

  constructor(options: PairOptions = {}) {
    const seed = options.seed ?? 'pair';
    const tamper = options.tamper ?? ((_sender, octets) => octets);
    this.#piece = options.piece ?? Infinity;
    this.client = new TlsPskClient({ ...clientOptions(seed), ...options.client }, this.atClient);
    const onRefused = (refused: { identity: string | undefined; alert: number }) =>
      void this.refused.push(refused);
    this.server = new TlsPskServer({ ...serverOptions(seed), onRefused, ...options.server }, this.atServer);
    this.atClient.onSent = (octets) => this.#enqueue(this.server, tamper('client', octets));
    this.atServer.onSent = (octets) => this.#enqueue(this.client, tamper('server', octets));
  }

  /** Starts the client and delivers until nothing is on the way. */
  start(): this {
    this.client.start();
    return this.run();
  }

  run(): this {
    for (let next = this.#queues.shift(); next !== undefined; next = this.#queues.shift())
      for (let at = 0; at < next.octets.length; at += this.#piece)
        next.to.receive(next.octets.subarray(at, Math.min(next.octets.length, at + this.#piece)));
    return this;
  }

  #enqueue(to: { receive(octets: Uint8Array): void }, octets: Uint8Array): void {
    this.#queues.push({ to, octets });
  }
}

/** The usual client of a pair: it is alice, and holds {@link PSK}. */
export function clientOptions(seed: string): TlsPskClientOptions {
  return {
    identity: 'alice',
    psk: PSK,
    encryptThenMac: true,
    extendedMasterSecret: true,
    random: new SeededRandom(seed).stream('client'),
  };
}

/** The usual server of a pair: it knows alice and nobody else. */
export function serverOptions(seed: string): TlsPskServerOptions {
  return {
    psk: (identity) => (identity === 'alice' ? PSK : undefined),
    unknownIdentity: 'alert',
    encryptThenMac: true,
    extendedMasterSecret: true,
    random: new SeededRandom(seed).stream('server'),
  };
}

/** All four combinations of the two extensions. */
export const COMBINATIONS = [true, false].flatMap((encryptThenMac) =>
  [true, false].map((extendedMasterSecret) => ({ encryptThenMac, extendedMasterSecret })),
);

/** A whole session: handshake, data both ways, close_notify both ways. */
export function wholeSession(options: PairOptions): EnginePair {
  const pair = new EnginePair(options).start();
  pair.client.write(fromAscii('INVITE'));
  pair.server.write(fromAscii('100 Trying'));
  pair.run();
  pair.client.write(fromAscii('ACK'));
  pair.client.close();
  return pair.run();
}

/**
 * Turns the end of a session into what the fuzzer counts. Any throw of the engine passes through and is a defect, as is a
 * failure whose peer was told nothing or something else.
 */
function judge(witness: EngineWitness, secondClose: () => void): void {
  secondClose();
  const [close, ...more] = witness.closes;
  if (close === undefined || more.length > 0) throw new Error(`closed ${more.length + 1} times`);
  if (close.reason === 'closed') return;
  if (close.alert === undefined) throw new CalldrillError('CUT_OFF', 'cut off', 'none');
  const last = witness.sent.at(-1) ?? new Uint8Array(0);
  if (close.remote !== true && !endsWithAlert(last, close.alert))
    throw new Error(`failed with ${close.alert} and did not say so`);
  throw new CalldrillError(`ALERT_${close.alert}`, 'refused', 'none');
}

/** Whether the last record of a flight is an alert: this one, or sealed so that the number cannot be seen. */
export function endsWithAlert(flight: Uint8Array, alert: number): boolean {
  for (let at = 0; at + 5 <= flight.length;) {
    const length = (flight[at + 3] ?? 0) * 256 + (flight[at + 4] ?? 0);
    const isLast = at + 5 + length === flight.length;
    if (isLast) return flight[at] === CONTENT.alert && (length > 2 || flight[at + 6] === alert);
    at += 5 + length;
  }
  return false;
}

/** What a peer says to a server and to a client, from the first record on. */
export const fuzzTargets: readonly FuzzTarget[] = [
  {
    name: 'TLS server engine',
    // Clients that offer less; the server under test answers each as it did then.
    samples: COMBINATIONS.map((client) => wholeSession({ client }).atClient.stream),
    parse(input) {
      const witness = new EngineWitness();
      const server = new TlsPskServer(serverOptions('pair'), witness);
      server.receive(input);
      judge(witness, () => server.transportClosed());
    },
  },
  {
    name: 'TLS client engine',
    // Servers that accept less; the client under test offers everything, as it did then.
    samples: COMBINATIONS.map((server) => wholeSession({ server }).atServer.stream),
    parse(input) {
      const witness = new EngineWitness();
      const client = new TlsPskClient(clientOptions('pair'), witness);
      client.start();
      client.receive(input);
      judge(witness, () => client.transportClosed());
    },
  },
];
