/**
 * Where a rerun writes: nowhere. Each file is held against the one that is there, octet for octet, and forgotten; only what differs is kept, as a
 * sentence. So a rerun takes no disk, and its reports are made from the traces of the evidence, which are the same by then.
 */
import { factsOf, TRACE_FILE, variantFolder, type FileFacts } from '../../reports/index.ts';
import { ownTrace } from '../../scenarios/host/index.ts';
import type { EventsOf } from '../../scenarios/runs/index.ts';
import type { EvidenceFiles } from '../verify/evidence-files.ts';
import type { ResultFiles } from '../write-results.ts';

/** Characters of a line that differs, on either side. */
const LINE_SHOWN = 120;
const LINE_FEED = 0x0a;

/** Takes files as a results folder does. */
export class ComparedFolder {
  readonly #evidence: EvidenceFiles;
  readonly #there: ReadonlySet<string>;
  readonly #made = new Map<string, FileFacts>();
  readonly #differences = new Map<string, string>();

  constructor(evidence: EvidenceFiles) {
    this.#evidence = evidence;
    this.#there = new Set(evidence.paths);
  }

  /** Nothing was finished before. */
  taken(): undefined {
    return undefined;
  }

  log(): void {
    // Nobody goes on with a rerun.
  }

  drop(below: string): void {
    for (const path of this.filesBelow(below).keys()) {
      this.#made.delete(`${below}/${path}`);
      this.#differences.delete(`${below}/${path}`);
    }
  }

  write(files: ResultFiles, below = ''): void {
    for (const [path, content] of files) {
      const within = below === '' ? path : `${below}/${path}`;
      const octets = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
      this.#made.set(within, factsOf(octets));
      const difference = this.#differenceOf(within, octets);
      if (difference !== undefined) this.#differences.set(within, difference);
    }
  }

  filesBelow(below = ''): ReadonlyMap<string, FileFacts> {
    const start = below === '' ? '' : `${below}/`;
    return new Map(
      [...this.#made].flatMap(([path, facts]) =>
        path.startsWith(start) ? [[path.slice(start.length), facts] as const] : [],
      ),
    );
  }

  /** Of a run whose trace came out as it is there. */
  eventsBelow(): EventsOf {
    return (scenario, variant) => {
      const path = `${variantFolder(scenario, variant)}/${TRACE_FILE}`;
      return this.#made.has(path) ? ownTrace(this.#evidence.read(path)) : [];
    };
  }

  /** What differs so far, in the order in which it came. */
  get differences(): readonly string[] {
    return [...this.#differences.values()];
  }

  /** What is there, and was not made. */
  leftOver(except: readonly string[]): readonly string[] {
    return this.#evidence.paths.filter((path) => !this.#made.has(path) && !except.includes(path));
  }

  /** How many files were made. */
  get count(): number {
    return this.#made.size;
  }

  #differenceOf(path: string, again: Uint8Array): string | undefined {
    if (!this.#there.has(path)) return `${path} is not there, and a rerun makes it`;
    const there = this.#evidence.read(path);
    const first = again.findIndex((octet, at) => octet !== there[at]);
    if (first < 0 && again.length === there.length) return undefined;
    const at = first < 0 ? again.length : first;
    const line = there.subarray(0, at).reduce((lines, octet) => lines + Number(octet === LINE_FEED), 1);
    const shown = (octets: Uint8Array): string => JSON.stringify(lineAround(octets, at));
    return `${path} is not what a rerun makes, from octet ${at} on (line ${line}): it has ${shown(there)}, and a rerun makes ${shown(again)}`;
  }
}

/** The line that an octet is in, from a little before it. */
function lineAround(octets: Uint8Array, at: number): string {
  const begin = Math.max(octets.lastIndexOf(LINE_FEED, at - 1) + 1, at - LINE_SHOWN / 2, 0);
  const end = octets.indexOf(LINE_FEED, at);
  const stop = Math.min(end < 0 ? octets.length : end, begin + LINE_SHOWN);
  return new TextDecoder().decode(octets.subarray(begin, stop));
}
