/**
 * What a page of many runs holds folded: the parts of each run, packed. Runs of one scenario have most of their lines in common, so each line is kept once
 * for the scenario, and a run is the list of its lines; then all of it is deflated (RFC 1951) by code that gives the same octets on every machine and
 * every version of Node.js. The page's script unpacks a run when it is unfolded or linked to.
 */
import { deflateSync } from 'fflate';
import { anchorOfRun } from './anchors.ts';
import { Markup, markup, type Content } from './markup.ts';

/** A page of more runs than this is packed; what is shorter can be read without script, and printed whole. */
export const PACKED_FROM = 6;

/** Stands for the name of the run in its ids and links, which are all that most lines differ in; no text has it (see `printable.ts`). */
const OWN = '\u0001';
/** Where lines end: after what is likely to come again as a whole. */
const ENDS = /(?<=\n)|(?<=<\/td>)|(?<=<\/g>)|(?<=<\/dd>)/;

/** What the script reads: the lines, and for each run the number of each of its lines, as differences from one to the next. */
interface Packed {
  readonly lines: string[];
  readonly runs: Record<string, number[]>;
}

/** Takes the parts of the runs of one scenario, and is an element of the page that holds them. */
export class PackedRuns {
  readonly #scenario: string;
  readonly #known = new Map<string, number>();
  readonly #packed: Packed = { lines: [], runs: {} };

  constructor(scenario: string) {
    this.#scenario = scenario;
  }

  /** Keeps the parts of a run; what stands in their place. */
  place(variant: string, parts: Markup): Markup {
    const own = anchorOfRun(this.#scenario, variant);
    let last = 0;
    this.#packed.runs[own] = parts.text
      .replaceAll(own, OWN)
      .split(ENDS)
      .map((line) => {
        const at = this.#numberOf(line);
        const step = at - last;
        last = at;
        return step;
      });
    return markup`<p class="muted" data-packed="${own}">The parts of this run are packed: the page's script unfolds them.</p>`;
  }

  /** What was kept; nothing when nothing was. */
  element(): Content {
    if (this.#packed.lines.length === 0) return undefined;
    const octets = deflateSync(Buffer.from(JSON.stringify(this.#packed), 'utf8'), { level: 9 });
    return markup`<div hidden class="packed">${Buffer.from(octets).toString('base64')}</div>`;
  }

  #numberOf(line: string): number {
    const known = this.#known.get(line);
    if (known !== undefined) return known;
    const at = this.#packed.lines.push(line) - 1;
    this.#known.set(line, at);
    return at;
  }
}
