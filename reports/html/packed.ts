/**
 * What a page of many runs holds folded: the parts of each run, packed. Runs of one scenario have most of their lines in common, so each line is kept once
 * for the scenario; lines differ mostly in their numbers, so each form of a line is kept once, with holes, and a line is a form and what fills it. A run is
 * the order of its lines, which is mostly the order they had in the run before. All of it is deflated (RFC 1951) by code that gives the same octets on
 * every machine and every version of Node.js. The page's script unpacks a run when it is unfolded or linked to (`unpack-script.ts`).
 */
import { deflateSync } from 'fflate';
import { anchorOfRun } from './anchors.ts';
import { Markup, markup, type Content } from './markup.ts';

/** A page of more runs than this is packed; what is shorter can be read without script, and printed whole. */
export const PACKED_FROM = 6;

/** Stands for the name of the run in its ids and links, which are all that most lines differ in; no text has it (see `printable.ts`). */
const OWN = '\u0001';
/** A hole in a form: a number, or the words of a hash; no text has it either. */
const HOLE = '\u0002';
/** A link to an event by its number, which is then there once and not twice. */
const LINKED = '\u0003';
/** Where lines end: after what is likely to come again as a whole. */
const ENDS = /(?<=\n)|(?<=<\/td>)|(?<=<\/g>)|(?<=<\/dd>)/;
const FILLINGS = /[0-9a-f]{8,}|\d+/g;
const LINK = /(\d+)">#\1</g;

/** What the script reads. */
interface Packed {
  readonly forms: readonly string[];
  /** The form of each line, as {@link Order.steps} has it. */
  readonly lines: readonly number[];
  /** What fills the holes of each line, with blanks between; a line for each. */
  readonly holes: string;
  /** By run: its lines. */
  readonly runs: Readonly<Record<string, readonly number[]>>;
}

/**
 * A list of numbers, written as what is unexpected in it. Expected after a number is what followed it the last time, and what was never there before when
 * nothing did. So what goes as it went before is a count: how many came as expected, then one that did not, and so on in turns.
 */
class Order {
  readonly #followed = new Map<number, number>();
  #fresh = 0;

  /** Each call goes on with what the calls before have seen; how many were as expected, then how far below the next new number the one was that was not. */
  steps(numbers: readonly number[]): number[] {
    const steps: number[] = [];
    let last = -1;
    let expected = 0;
    for (const number of numbers) {
      if (number === (this.#followed.get(last) ?? this.#fresh)) expected++;
      else {
        steps.push(expected, this.#fresh - number);
        expected = 0;
      }
      if (number === this.#fresh) this.#fresh++;
      this.#followed.set(last, number);
      last = number;
    }
    return [...steps, expected];
  }
}

/** Gives each text a number, from nought on. */
class Numbered {
  readonly texts: string[] = [];
  readonly #known = new Map<string, number>();

  of(text: string): number {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const number = this.texts.push(text) - 1;
    this.#known.set(text, number);
    return number;
  }
}

/** Takes the parts of the runs of one scenario, and is an element of the page that holds them. */
export class PackedRuns {
  readonly #scenario: string;
  readonly #lines = new Numbered();
  readonly #order = new Order();
  readonly #runs: Record<string, readonly number[]> = {};

  constructor(scenario: string) {
    this.#scenario = scenario;
  }

  /** Keeps the parts of a run; what stands in their place. */
  place(variant: string, parts: Markup): Markup {
    const own = anchorOfRun(this.#scenario, variant);
    const lines = parts.text.replaceAll(own, OWN).split(ENDS);
    this.#runs[own] = this.#order.steps(lines.map((line) => this.#lines.of(line)));
    return markup`<p class="muted" data-packed="${own}">The parts of this run are packed: the page's script unfolds them.</p>`;
  }

  /** What was kept; nothing when nothing was. */
  element(): Content {
    if (this.#lines.texts.length === 0) return undefined;
    const octets = deflateSync(Buffer.from(JSON.stringify(this.#packed()), 'utf8'), { level: 9 });
    return markup`<div hidden class="packed">${Buffer.from(octets).toString('base64')}</div>`;
  }

  #packed(): Packed {
    const forms = new Numbered();
    const holes: string[] = [];
    const lines = this.#lines.texts.map((line) => {
      const fillings: string[] = [];
      const form = line.replaceAll(LINK, `${LINKED}$1<`).replaceAll(FILLINGS, (filling) => {
        fillings.push(filling);
        return HOLE;
      });
      holes.push(fillings.join(' '));
      return forms.of(form);
    });
    return {
      forms: forms.texts,
      lines: new Order().steps(lines),
      holes: holes.join('\n'),
      runs: this.#runs,
    };
  }
}
