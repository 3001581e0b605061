/**
 * Hosts of a small network, on one machine: each is a network namespace of Linux with an interface and addresses of its own, and their
 * cables end in a bridge, which is a namespace too. Nothing of the machine's own network is touched. Everything is gone at the end of the
 * test, and at the end of this process if that comes first.
 */
import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';
import { ToldProcess } from '../cli/commands/directed-run.fixture.ts';
import type { Need } from './needs.ts';

const MAIN = fileURLToPath(new URL('../cli/main.js', import.meta.url));
const PREFIX = `calldrill-${process.pid}`;
const SWITCH = `${PREFIX}-switch`;

/** Namespaces are root's to make. */
export const namespaces: Need = {
  name: 'the right to make network namespaces',
  remedy: 'run it as root',
  isThere: () => {
    const made = spawnSync('ip', ['netns', 'add', `${PREFIX}-try`], { stdio: 'ignore' }).status === 0;
    if (made) ip('netns', 'delete', `${PREFIX}-try`);
    return made;
  },
};

/** Needs root and `ip`; a host is addressed by the name it was made with. */
export class Hosts {
  readonly #names: readonly string[];
  readonly #remove = (): void => {
    for (const each of [...this.#names.map(namespaceOf), SWITCH]) {
      const processes = spawnSync('ip', ['netns', 'pids', each], { encoding: 'utf8' }).stdout;
      for (const id of (processes ?? '').split('\n')) if (id !== '') spawnSync('kill', ['-KILL', id]);
      spawnSync('ip', ['netns', 'delete', each]);
    }
  };

  /** Makes the hosts, each with its addresses in 192.0.2.0/24, and takes them away at the end of the test. */
  constructor(t: ExecutionContext, hosts: Readonly<Record<string, readonly string[]>>) {
    this.#names = Object.keys(hosts);
    process.once('exit', this.#remove);
    t.teardown(() => {
      this.#remove();
      process.off('exit', this.#remove);
    });
    ip('netns', 'add', SWITCH);
    ip('-n', SWITCH, 'link', 'add', 'bridge', 'type', 'bridge');
    ip('-n', SWITCH, 'link', 'set', 'bridge', 'up');
    for (const [name, addresses] of Object.entries(hosts)) {
      const host = namespaceOf(name);
      ip('netns', 'add', host);
      ip('-n', host, 'link', 'set', 'lo', 'up');
      ip(...['-n', host, 'link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', name, 'netns', SWITCH]);
      ip('-n', SWITCH, 'link', 'set', name, 'master', 'bridge', 'up');
      for (const address of addresses) ip('-n', host, 'address', 'add', `${address}/24`, 'dev', 'eth0');
      ip('-n', host, 'link', 'set', 'eth0', 'up');
    }
  }

  /** Starts calldrill on a host. */
  start(host: string, folder: string, words: readonly string[]): ToldProcess {
    const line = ['netns', 'exec', namespaceOf(host), process.execPath, MAIN, ...words];
    return new ToldProcess(spawn('ip', line, { cwd: folder, stdio: 'pipe' }));
  }

  /** Pulls a host's cable out, or puts it in again. */
  cable(host: string, state: 'down' | 'up'): void {
    ip('-n', namespaceOf(host), 'link', 'set', 'eth0', state);
  }

  /** Sockets that somebody has open on any of the hosts. */
  get sockets(): readonly string[] {
    return this.#names.flatMap((name) =>
      ip('netns', 'exec', namespaceOf(name), 'ss', '-Htunlp').split('\n').filter(Boolean),
    );
  }

  /** Processes on any of the hosts, by their ids. */
  get processes(): readonly string[] {
    return this.#names.flatMap((name) => ip('netns', 'pids', namespaceOf(name)).split('\n').filter(Boolean));
  }

  /** Takes everything away at once. */
  remove(): void {
    this.#remove();
  }

  /** Namespaces of this process that are there. */
  static get left(): readonly string[] {
    return ip('netns', 'list')
      .split('\n')
      .filter((line) => line.startsWith(`${PREFIX}-`));
  }
}

function namespaceOf(host: string): string {
  return `${PREFIX}-${host}`;
}

/** What `ip` says. Throws what it says when it cannot. */
function ip(...words: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync('ip', words, { encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`ip ${words.join(' ')} ended with ${String(status)}: ${stderr}`);
  return stdout;
}
