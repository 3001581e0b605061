/**
 * The issue ledger: every key, code and disc that ever left the vault, and who asked for it. An operator who mints keys for
 * a person that never asked shows here and nowhere else (clause para-16-b2).
 */
import type { Micros } from '../../sim/clock.ts';
import type { Kept } from '../../sim/kept.ts';

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

/** A list that only grows; nothing on the console takes a line out. */
export class Ledger implements Kept<LedgerState> {
  readonly #entries: LedgerEntry[];

  constructor(kept: LedgerState = []) {
    this.#entries = [...kept];
  }

  save(): LedgerState {
    return [...this.#entries];
  }

  add(entry: LedgerEntry): void {
    this.#entries.push(entry);
  }

  get entries(): readonly LedgerEntry[] {
    return this.#entries;
  }

  /** How many lines say this of this. */
  count(what: LedgerEntry['what'], subject: string): number {
    return this.#entries.filter((entry) => entry.what === what && entry.subject === subject).length;
  }
}
