/** Runs of the tool itself, as a user starts it, with the capture that they make. */
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const MAIN = fileURLToPath(new URL('../cli/main.js', import.meta.url));
const run = promisify(execFile);
const place = await mkdtemp(join(tmpdir(), 'calldrill-interop-'));
process.once('exit', () => rmSync(place, { recursive: true, force: true }));
let count = 0;

/** What one variant left behind: its packets as pcapng, and the events they belong to. */
export interface CapturedRun {
  readonly capture: Uint8Array;
  /** NDJSON. */
  readonly trace: string;
}

/** Runs one variant with `--pcap`, and `options` behind it. */
export async function capturedRun(
  scenario: string,
  variant: string,
  ...options: readonly string[]
): Promise<CapturedRun> {
  const out = join(place, `results-${count++}`);
  const words = ['run', scenario, '--variant', variant, '--out', out, '--quiet', '--pcap', ...options];
  await run(process.execPath, [MAIN, ...words]);
  const folder = join(out, scenario, variant);
  return {
    capture: await readFile(join(folder, 'capture.pcapng')),
    trace: await readFile(join(folder, 'trace.ndjson'), 'utf8'),
  };
}

/** What `--pcap -` puts on standard output. */
export async function streamedRun(scenario: string, variant: string): Promise<Uint8Array> {
  const out = join(place, `results-${count++}`);
  const words = ['run', scenario, '--variant', variant, '--out', out, '--quiet', '--pcap', '-'];
  const { stdout } = await run(process.execPath, [MAIN, ...words], {
    encoding: 'buffer',
    maxBuffer: 1 << 30,
  });
  return stdout;
}
