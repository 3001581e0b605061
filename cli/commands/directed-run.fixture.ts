/** Directors and devices as processes for tests: started in a folder of their own, typed at, and awaited. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';
import type { FiledEvent } from '../../scenarios/host/index.ts';

const MAIN = fileURLToPath(new URL('../main.js', import.meta.url));

/** Three phones, of which one is blocked; a call of Alice's. */
const scenario = (seconds: number): string => `scenario: directed
title: A directed run
begins: 2015-10-14T08:00:00Z
ends: "08:09"
world:
  people: [cms-operator, crs-admin]
  users:
    alice: { number: "+447700900001", handset: { platform: android, version: "5.1" } }
    bob: { number: "+447700900002", handset: { platform: ios, version: "8.4" } }
    carol: { number: "+447700900003", handset: { platform: android, version: "5.1" } }
steps:
  - { at: "08:04", by: crs-admin, on: crs, type: "block-user +447700900003" }
  - { at: "08:05", by: alice, on: alice-phone, type: "call bob --for ${seconds}s" }
  - { at: "08:08", by: carol, on: carol-phone, type: restart }
expect:
  - { id: both-secure, see: handset.call-secure, times: 2 }
  - { id: relayed, every: audit.media-path, has: { direct: 0 } }
  - { id: suite, every: audit.server-hello, has: { suite: "0x008C", version: "TLS 1.2" } }
`;

/** A process that is typed at and read. */
export class ToldProcess {
  readonly child: ChildProcess;
  text = '';

  constructor(child: ChildProcess) {
    this.child = child;
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.text += text));
  }

  type(line: string): void {
    this.child.stdin?.write(`${line}\n`);
  }

  /** Waits until it has said this. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    for (let tries = 0; tries < 3_000; tries++) {
      const found = pattern.exec(this.text);
      if (found !== null) return found;
      if (this.child.exitCode !== null) break;
      await setTimeout(20);
    }
    throw new Error(`${String(pattern)} was not said, but: ${this.text}`);
  }

  /** Waits, at the console of a director, until Alice is in her call. */
  async inCall(): Promise<void> {
    await this.says(/alice-phone is here/);
    while (!/in a secure call with bob/.test(this.text) && this.child.exitCode === null) {
      this.type('screen alice-phone');
      await setTimeout(200);
    }
  }

  async ends(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'close');
    return this.child.exitCode;
  }
}

/** A temporary folder with a scenario of so many seconds; everything started in it is killed at the end of the test. */
export async function stage(t: ExecutionContext, seconds: number) {
  t.timeout(170_000);
  const folder = await mkdtemp(join(tmpdir(), 'calldrill-directed-'));
  const started: ToldProcess[] = [];
  t.teardown(async () => {
    for (const { child } of started) child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });
  await writeFile(join(folder, 'directed.yaml'), scenario(seconds));
  const start = (words: readonly string[]): ToldProcess => {
    const told = new ToldProcess(spawn(process.execPath, [MAIN, ...words], { cwd: folder, stdio: 'pipe' }));
    started.push(told);
    return told;
  };
  return {
    folder,
    start,
    direct: (...words: readonly string[]): ToldProcess =>
      start(['director', './directed.yaml', '--folder', 'kept', '--lag-bound', '1h', '--quiet', ...words]),
    /** Lines of the trace that was written. */
    trace: async (): Promise<readonly FiledEvent[]> => {
      const text = await readFile(join(folder, 'results/directed/main/trace.ndjson'), 'utf8');
      return text
        .trim()
        .split('\n')
        .map((line): FiledEvent => JSON.parse(line));
    },
  };
}

/** Processes of this machine whose command line has this word. */
export async function processesWith(word: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const id of await readdir('/proc')) {
    if (!/^\d+$/.test(id)) continue;
    const line = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '');
    if (line.includes(word) && line.includes('\0device\0')) found.push(line.replaceAll('\0', ' '));
  }
  return found;
}
