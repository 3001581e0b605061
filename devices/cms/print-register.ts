/**
 * The register of prints: which sheets with a code ever came out of the printer, how each is marked and why it had to be paper, and which of them
 * nobody has reported as destroyed. It believes what is typed: a print that was reported and kept is missing from nothing but the trace (paras 24, 53).
 */
import type { Kept } from '../../sim/kept.ts';
import { cmsError } from './errors.ts';

/** A sheet that came out of the printer. */
export type PrintLine = {
  readonly paper: string;
  readonly user: string;
  readonly number: string;
  /** The classification on it; left out when it was printed without. */
  readonly marking?: string;
  /** Why the screen could not be used. */
  readonly reason?: string;
  /** It was reported as destroyed. */
  readonly closed: boolean;
};

/** What is typed beside the number when a code is printed. */
export interface TypedPrint {
  readonly marking: string | undefined;
  readonly reason: string | undefined;
}

/** Prints as a plain value, oldest first. */
export type PrintRegisterState = readonly PrintLine[];

/** What the prints of a CMS come to. */
export interface PrintsFound {
  readonly prints: number;
  readonly open: number;
  /** Without a marking, or with another one than the system has. */
  readonly otherMarking: number;
  readonly withoutReason: number;
  /** Those that are open. */
  readonly papers: readonly string[];
}

/** Lines that are opened by a print, and closed by the report that it is destroyed. */
export class PrintRegister implements Kept<PrintRegisterState> {
  #lines: readonly PrintLine[];

  constructor(kept: PrintRegisterState = []) {
    this.#lines = kept;
  }

  save(): PrintRegisterState {
    return this.#lines;
  }

  get lines(): readonly PrintLine[] {
    return this.#lines;
  }

  /** What the next sheet is called: sheets are numbered as they come. */
  nextLabel(user: string): string {
    return `${user}-qr-${this.#lines.length + 1}`;
  }

  add(line: PrintLine): void {
    this.#lines = [...this.#lines, line];
  }

  /** Errors: CMS_NO_PRINT, CMS_PRINT_CLOSED. */
  close(paper: string): PrintLine {
    const found = this.#lines.find((line) => line.paper === paper);
    if (found === undefined) throw cmsError('CMS_NO_PRINT', `no print is called ${paper}`);
    if (found.closed) throw cmsError('CMS_PRINT_CLOSED', `the line of ${paper} is closed`);
    this.#lines = this.#lines.map((line) => (line === found ? { ...line, closed: true } : line));
    return found;
  }

  /** Counts them, against the marking that the system asks for. */
  find(marking: string | undefined): PrintsFound {
    const open = this.#lines.filter(({ closed }) => !closed);
    const isOther = (line: PrintLine): boolean =>
      line.marking === undefined || (marking !== undefined && line.marking !== marking);
    return {
      prints: this.#lines.length,
      open: open.length,
      otherMarking: this.#lines.filter(isOther).length,
      withoutReason: this.#lines.filter(({ reason }) => reason === undefined).length,
      papers: open.map(({ paper }) => paper),
    };
  }
}

/** What the operator reads: one line for all of them, and one for each. */
export function linesOfPrints(
  lines: readonly PrintLine[],
  { prints, open, otherMarking, withoutReason }: PrintsFound,
): readonly string[] {
  return [
    `${prints} prints, ${open} open, ${otherMarking} not marked as they should be, ${withoutReason} without a reason`,
    ...lines.map(
      ({ paper, number, marking, reason, closed }) =>
        `${closed ? ' ' : '!'} ${paper} ${number}, ${marking ?? 'no marking'}, because: ${reason ?? 'no reason'}${closed ? ', destroyed' : ', open'}`,
    ),
  ];
}
