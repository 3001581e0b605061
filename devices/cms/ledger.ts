/**
 * The issue ledger: every key, code and disc that ever left the vault, and who asked for it. An operator who mints keys for
 * a person that never asked shows here and nowhere else (clause para-16-b2).
 */
import type { Micros } from '../../sim/clock.ts';

/** One act of issuing: when in virtual time, who typed it, and for which number or disc. */
export interface LedgerEntry {
  readonly time: Micros;
  readonly by: string;
  readonly what:
    | 'user added'
    | 'user added again'
    | 'QR code shown'
    | 'QR code printed'
    | 'update key changed'
    | 'disc burnt';
  readonly subject: string;
}

/** A list that only grows; nothing on the console takes a line out. */
export class Ledger {
  readonly #entries: LedgerEntry[] = [];

  add(entry: LedgerEntry): void {
    this.#entries.push(entry);
  }

  get entries(): readonly LedgerEntry[] {
    return this.#entries;
  }
}
