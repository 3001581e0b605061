/** A Redis of a test: Debian's, on a port of its own, without a disk; it can be killed and begun again, and has then lost everything. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

const READY = 'Ready to accept connections';

/** How a Redis lets people in. */
interface TestRedisOptions {
  readonly password?: string;
  /** Files with a certificate and its key: it then speaks TLS only. */
  readonly tls?: { readonly certificate: string; readonly key: string };
}

/** A Redis that runs until it is ended. */
export class TestRedis {
  readonly port: number;
  #process: ChildProcess | undefined;

  readonly #options: TestRedisOptions;

  private constructor(port: number, options: TestRedisOptions) {
    this.port = port;
    this.#options = options;
  }

  static async begun(options: TestRedisOptions = {}): Promise<TestRedis> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const redis = new TestRedis(port, options);
    await redis.begin();
    return redis;
  }

  /** Without a password. */
  get url(): string {
    return `${this.#options.tls === undefined ? 'redis' : 'rediss'}://127.0.0.1:${this.port}`;
  }

  /** Resolves when it takes connections. */
  async begin(): Promise<void> {
    const { password, tls } = this.#options;
    const port = String(this.port);
    const words = [
      ...['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
      ...(password === undefined ? [] : ['--requirepass', password]),
      ...(tls === undefined ? ['--port', port] : ['--port', '0', '--tls-port', port]),
      ...(tls === undefined ? [] : ['--tls-cert-file', tls.certificate, '--tls-key-file', tls.key]),
      ...(tls === undefined ? [] : ['--tls-ca-cert-file', tls.certificate, '--tls-auth-clients', 'no']),
    ];
    const child = spawn('redis-server', words, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#process = child;
    let said = '';
    await new Promise<void>((resolve, reject) => {
      child.once('exit', () => reject(new Error(`redis-server ended: ${said}`)));
      child.stdout.on('data', (chunk) => {
        if (said.includes(READY)) return;
        said += String(chunk);
        if (said.includes(READY)) resolve();
      });
    });
  }

  /** Resolves when it is gone. */
  async end(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}
