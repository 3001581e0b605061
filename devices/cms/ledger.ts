/**
 * The issue ledger: every key, code and disc that ever left the vault, and who asked for it. An operator who mints keys for
 * a person that never asked shows here and nowhere else (clause para-16-b2).
 */
import type { Micros } from '../../sim/clock.ts';
import type { Kept } from '../../sim/kept.ts';
import type { Deployment } from '../deployment.ts';
import { cmsError } from './errors.ts';

/** One act of issuing: when in virtual time, who typed it, and for which number or disc. */
export type LedgerEntry = {
  readonly time: Micros;
  readonly by: string;
  readonly what:
    | 'user added'
    | 'user added again'
    | 'keys issued'
    | 'keys superseded'
    | 'QR code shown'
    | 'QR code printed'
    | 'print closed'
    | 'update key changed'
    | 'disc burnt';
  readonly subject: string;
  /** Why; of a re-issue, or of a print. */
  readonly reason?: string;
  /** Reference of the request that led to it, as the operator typed it. */
  readonly request?: string;
};

/** What a line says beside its act and its subject. */
export type LedgerGrounds = Pick<LedgerEntry, 'reason' | 'request'>;

/** A ledger as a plain value: its lines, oldest first. */
export type LedgerState = readonly LedgerEntry[];

/** What somebody finds who looks through the lines: how many, and whose codes nobody asked for. */
export interface LedgerAudit {
  readonly lines: number;
  /** Numbers of which more codes left than were asked for. */
  readonly unasked: readonly string[];
}

/** How a deployment keeps it: see the parameter `cms-ledger`. */
export type LedgerKeeping = Deployment['cms-ledger'];

/** A list that only grows, unless the deployment lets whoever sits there take lines out, or keeps none. */
export class Ledger implements Kept<LedgerState> {
  readonly #keeping: LedgerKeeping;
  readonly #entries: LedgerEntry[];

  constructor(kept: LedgerState = [], keeping: LedgerKeeping = 'append-only') {
    this.#keeping = keeping;
    this.#entries = [...kept];
  }

  save(): LedgerState {
    return [...this.#entries];
  }

  add(entry: LedgerEntry): void {
    if (this.#keeping !== 'none') this.#entries.push(entry);
  }

  /** Takes the last line about a number or disc out, as if it had never been. Errors: CMS_LEDGER_GROWS, CMS_NO_LINE. */
  strike(subject: string): LedgerEntry {
    if (this.#keeping !== 'editable')
      throw cmsError('CMS_LEDGER_GROWS', 'no line of this ledger can be taken out');
    const at = this.#entries.findLastIndex((entry) => entry.subject === subject);
    const [line] = at < 0 ? [] : this.#entries.splice(at, 1);
    if (line === undefined) throw cmsError('CMS_NO_LINE', `no line is about ${subject}`);
    return line;
  }

  /**
   * What it says by itself to somebody who looks for keys that nobody asked for: a user has one code for being added, and one more for each
   * re-issue; further ones were shown or printed without a request.
   */
  audited(): LedgerAudit {
    const subjects = [...new Set(this.#entries.map(({ subject }) => subject))];
    const asked = (subject: string): number =>
      this.count('user added', subject) + this.count('user added again', subject);
    const codes = (subject: string): number =>
      this.count('QR code shown', subject) + this.count('QR code printed', subject);
    const unasked = subjects.filter((subject) => codes(subject) > asked(subject));
    return { lines: this.#entries.length, unasked };
  }

  get entries(): readonly LedgerEntry[] {
    return this.#entries;
  }

  /** How many lines say this of this. */
  count(what: LedgerEntry['what'], subject: string): number {
    return this.#entries.filter((entry) => entry.what === what && entry.subject === subject).length;
  }
}
