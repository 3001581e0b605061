/**
 * The bridge between an engine and the `openssl` command for `openssl.test.ts`: processes that end with their test, sockets on
 * ports that the system chose, and waiting for what either side says. (The underscore keeps ava from taking it for a test.)
 */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { concat, toHex } from '../../sim/octets.ts';
import { clientOptions, PSK, serverOptions, EngineWitness } from './engine.fuzz.ts';
import {
  TlsPskClient,
  TlsPskServer,
  type RecordedSession,
  type TlsPskClientOptions,
  type TlsPskServerOptions,
} from './index.ts';

/** The program that is the other end; every machine that runs these tests has it. */
export const OPENSSL = 'openssl';
const CLI = ['-cipher', 'PSK-AES128-CBC-SHA', '-tls1_2', '-psk_identity', 'alice'];

/** Teardown kills each child; this is for what ends a test file without teardown. */
const children = new Set<ChildProcessWithoutNullStreams>();
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** A process whose output can be waited for. Killed when the test ends, however it ends. */
export class OpenSsl {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #exited: Promise<number | null>;
  output = '';
  #wake: () => void = () => {};
  #isOver = false;

  /** `program` may be another than openssl that is used alike. */
  constructor(t: ExecutionContext, args: readonly string[], configuration?: string, program = OPENSSL) {
    const env = { ...process.env, ...(configuration === undefined ? {} : { OPENSSL_CONF: configuration }) };
    this.#child = spawn(program, args, { env });
    children.add(this.#child);
    t.teardown(() => this.#child.kill('SIGKILL'));
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream.setEncoding('latin1').on('data', (text: string) => {
        this.output += text;
        this.#wake();
      });
    this.#child.stdin.on('error', () => {});
    this.#exited = new Promise((resolve, reject) => {
      this.#child.on('error', reject);
      this.#child.on('close', (code) => {
        this.#isOver = true;
        children.delete(this.#child);
        this.#wake();
        resolve(code);
      });
    });
  }

  say(text: string): void {
    this.#child.stdin.write(text);
  }

  hangUp(): void {
    this.#child.stdin.end();
  }

  /** The first match of what it says; fails when it ends without. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.output);
      if (match !== null) return match;
      if (this.#isOver) throw new Error(`the program ended without ${String(pattern)}:\n${this.output}`);
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  exited(): Promise<number | null> {
    return this.#exited;
  }
}

/** A witness that can be waited for, bridged to a socket, with both directions recorded. */
export class Bridged extends EngineWitness {
  readonly received: Uint8Array[] = [];
  readonly #socket: Socket;
  readonly secured: Promise<void>;
  readonly closed: Promise<void>;
  #markSecured: () => void = () => {};
  #markClosed: () => void = () => {};

  constructor(socket: Socket) {
    super();
    this.#socket = socket;
    this.secured = new Promise((resolve) => (this.#markSecured = resolve));
    this.closed = new Promise((resolve) => (this.#markClosed = resolve));
    this.onSent = (octets) => void socket.write(octets);
    this.onOpened = () => this.#markSecured();
  }

  bridge(engine: { receive(octets: Uint8Array): void; transportClosed(): void }): void {
    this.#socket.on('data', (octets: Uint8Array) => {
      this.received.push(new Uint8Array(octets));
      engine.receive(octets);
    });
    this.#socket.on('error', () => {});
    this.#socket.on('close', () => engine.transportClosed());
  }

  override onClose(close: EngineWitness['closes'][number]): void {
    super.onClose(close);
    this.#socket.end();
    this.#markClosed();
  }

  /** Resolves when this much data has come. */
  async hears(octets: number): Promise<void> {
    while (concat(...this.data).length < octets)
      await new Promise<void>((resolve) => (this.onReceived = () => resolve()));
  }
}

interface Served {
  readonly port: number;
  readonly session: Promise<{ server: TlsPskServer; end: Bridged }>;
  readonly refused: { identity: string | undefined; alert: number }[];
}

/** Our server on a port of the system's choice, for one session. */
export async function serve(
  t: ExecutionContext,
  options: Partial<TlsPskServerOptions> = {},
): Promise<Served> {
  const refused: Served['refused'] = [];
  const listener = createServer();
  const session = new Promise<{ server: TlsPskServer; end: Bridged }>((resolve) => {
    listener.once('connection', (socket) => {
      t.teardown(() => void socket.destroy());
      const end = new Bridged(socket);
      const onRefused = (what: { identity: string | undefined; alert: number }) => void refused.push(what);
      const server = new TlsPskServer({ ...serverOptions('openssl'), onRefused, ...options }, end);
      end.bridge(server);
      resolve({ server, end });
    });
  });
  return { port: await listenOnLoopback(t, listener), session, refused };
}

/** `openssl s_client` to our server. */
export function sClient(
  t: ExecutionContext,
  port: number,
  args: readonly string[] = [],
  configuration?: string,
): OpenSsl {
  const target = ['-connect', `127.0.0.1:${port}`];
  const psk = args.includes('-psk') ? [] : ['-psk', toHex(PSK)];
  return new OpenSsl(t, ['s_client', ...target, ...CLI, ...psk, ...args], configuration);
}

/** `openssl s_server` for one session, and its port. */
export async function sServer(
  t: ExecutionContext,
  args: readonly string[] = [],
  psk = toHex(PSK),
  configuration?: string,
): Promise<{ openssl: OpenSsl; port: number }> {
  const listen = ['-nocert', '-accept', '127.0.0.1:0', '-naccept', '1'];
  const openssl = new OpenSsl(t, ['s_server', ...listen, ...CLI, '-psk', psk, ...args], configuration);
  const port = Number((await openssl.says(/ACCEPT 127\.0\.0\.1:(\d+)/))[1]);
  return { openssl, port };
}

/** Our client, connected to an `openssl s_server`. */
export async function connectTo(
  t: ExecutionContext,
  ...server: [args?: readonly string[], psk?: string, configuration?: string]
): Promise<{ openssl: OpenSsl; client: TlsPskClient; end: Bridged }> {
  return connectAs(t, {}, ...server);
}

/** The same with a client that differs from the usual one. */
export async function connectAs(
  t: ExecutionContext,
  options: Partial<TlsPskClientOptions>,
  ...server: [args?: readonly string[], psk?: string, configuration?: string]
): Promise<{ openssl: OpenSsl; client: TlsPskClient; end: Bridged }> {
  const { openssl, port } = await sServer(t, ...server);
  const socket = connect(port, '127.0.0.1');
  t.teardown(() => void socket.destroy());
  const end = new Bridged(socket);
  const usual = { ...clientOptions('openssl'), unixSeconds: 1_444_809_600 };
  const client = new TlsPskClient({ ...usual, ...options }, end);
  end.bridge(client);
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  client.start();
  return { openssl, client, end };
}

/** A wire between two others that remembers what crossed it, in both directions. */
export async function tap(
  t: ExecutionContext,
  to: number,
): Promise<{ port: number; recording: () => RecordedSession }> {
  const heard = { client: new Array<Uint8Array>(), server: new Array<Uint8Array>() };
  const listener = createServer((inner) => {
    const outer = connect(to, '127.0.0.1');
    for (const socket of [inner, outer]) {
      t.teardown(() => void socket.destroy());
      socket.on('error', () => {});
    }
    inner.on('data', (octets: Uint8Array) => void heard.client.push(octets)).pipe(outer);
    outer.on('data', (octets: Uint8Array) => void heard.server.push(octets)).pipe(inner);
  });
  const port = await listenOnLoopback(t, listener);
  const recording = () => ({
    clientToServer: concat(...heard.client),
    serverToClient: concat(...heard.server),
  });
  return { port, recording };
}

/** Listens on a port of the system's choice, which is returned, until the test is over. */
export async function listenOnLoopback(t: ExecutionContext, listener: Server): Promise<number> {
  t.teardown(() => void listener.close());
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP listener has a port');
  return address.port;
}

/** A configuration in which openssl does not offer the extended master secret. */
export function withoutExtendedMasterSecret(t: ExecutionContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'calldrill-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'openssl.cnf');
  writeFileSync(
    file,
    'openssl_conf = all\n[all]\nssl_conf = tls\n[tls]\nsystem_default = plain\n[plain]\nOptions = -ExtendedMasterSecret\n',
  );
  return file;
}
