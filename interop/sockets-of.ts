/**
 * Which inet sockets a process has, as Linux tells it: the sockets in its table of open files, held against those that its network namespace lists.
 * What somebody else has is not counted, and a socket that is no inet one (of a pipe to its parent, say) is not either.
 */
import { readdir, readFile, readlink } from 'node:fs/promises';

const TABLES = ['tcp', 'tcp6', 'udp', 'udp6', 'udplite', 'udplite6', 'raw', 'raw6'] as const;
/** Column of the inode in these tables: `sl local remote st queues tr:tm retrnsmt uid timeout inode`. */
const INODE_COLUMN = 9;

/** `tcp 12345` for each of them; undefined when the process is gone. */
async function inetSocketsOf(id: number): Promise<readonly string[] | undefined> {
  try {
    const files = await readdir(`/proc/${id}/fd`);
    const links = await Promise.all(files.map((file) => readlink(`/proc/${id}/fd/${file}`).catch(() => '')));
    const own = new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
    const listed = await Promise.all(TABLES.map((table) => inodesIn(id, table)));
    return TABLES.flatMap((table, at) =>
      (listed[at] ?? []).flatMap((inode) => (own.has(inode) ? [`${table} ${inode}`] : [])),
    );
  } catch {
    return undefined;
  }
}

async function inodesIn(id: number, table: string): Promise<readonly string[]> {
  const text = await readFile(`/proc/${id}/net/${table}`, 'utf8').catch(() => '');
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => line.trim().split(/\s+/)[INODE_COLUMN] ?? []);
}

/** What was seen of a process from its start to its end, looked at again and again. */
export class SocketWatch {
  readonly #id: number;
  readonly #seen = new Set<string>();
  #looks = 0;
  #over = false;
  readonly #done: Promise<void>;

  constructor(id: number) {
    this.#id = id;
    this.#done = this.#watch();
  }

  /** Ends it: every inet socket that the process ever had when it was looked at, and how often that was. */
  async end(): Promise<{ readonly sockets: readonly string[]; readonly looks: number }> {
    this.#over = true;
    await this.#done;
    return { sockets: [...this.#seen].sort(), looks: this.#looks };
  }

  async #watch(): Promise<void> {
    while (!this.#over) {
      const sockets = await inetSocketsOf(this.#id);
      if (sockets === undefined) return;
      this.#looks++;
      for (const socket of sockets) this.#seen.add(socket);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
