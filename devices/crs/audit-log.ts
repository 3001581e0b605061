/**
 * The server's audit log (clauses para-17-b1 and para-28): what an administrator reads before the next month is loaded.
 * Entries of one kind about one subject are one line with a count, so a flood cannot bury the rest or eat the memory.
 */
import type { Micros } from '../../sim/clock.ts';
import type { Kept } from '../../sim/kept.ts';

/** Kinds that an undisturbed month never shows. */
const UNEXPECTED = [
  'handshake refused',
  'blocked user tried',
  'call refused',
  'signed identity differs',
  'unreadable message',
  'two devices, one user',
  'connection refused',
  'too many requests',
  'stray packet',
  'unblocked without new keys',
  'PSK added by hand',
  'registered from abroad',
] as const;
const EXPECTED = [
  'registered',
  'registration ended',
  'session ended',
  'call routed',
  'package served',
  'disc loaded',
  'user blocked',
  'user unblocked',
  'month removed',
  'clock set',
] as const;

/** All of them. A kept log has them by their names. */
export const AUDIT_KINDS = [...UNEXPECTED, ...EXPECTED] as const;

/** The first words of a line: what happened, whomever it happened to. */
export type AuditKind = (typeof AUDIT_KINDS)[number];

/** Writes a line into the log. */
export type Note = (kind: AuditKind, subject: string, detail: string) => void;

/** One line: a kind and a subject, how often, when last, and what was said of it last. */
export type AuditEntry = {
  readonly kind: AuditKind;
  readonly subject: string;
  readonly detail: string;
  readonly first: Micros;
  readonly last: Micros;
  readonly count: number;
};

/** All of it as plain data, oldest line first; {@link AuditLog} is made of it again. */
export type AuditState = {
  /** Lines that had to make room. */
  readonly dropped: number;
  readonly entries: readonly AuditEntry[];
};

/** Lines kept; beyond it the oldest expected line goes first, then the oldest of all. */
export const AUDIT_LINES_MAX = 1_000;

/** At most so many lines; the oldest makes room, and the number that did is kept. */
export class AuditLog implements Kept<AuditState> {
  readonly #entries = new Map<string, AuditEntry>();
  /** Keys of the lines that make room before the others, oldest first. */
  readonly #expected = new Set<string>();
  #dropped: number;

  /** Empty, or as it was when `state` was taken. */
  constructor(state?: AuditState) {
    this.#dropped = state?.dropped ?? 0;
    for (const entry of state?.entries ?? []) this.#open(entry);
  }

  save(): AuditState {
    return { dropped: this.dropped, entries: this.entries };
  }

  /** Returns true when this opened a new line. */
  add(kind: AuditKind, subject: string, detail: string, time: Micros): boolean {
    const key = keyOf(kind, subject);
    const before = this.#entries.get(key);
    if (before !== undefined) {
      this.#entries.set(key, { ...before, detail, last: time, count: before.count + 1 });
      return false;
    }
    if (this.#entries.size >= AUDIT_LINES_MAX) this.#dropOne();
    this.#open({ kind, subject, detail, first: time, last: time, count: 1 });
    return true;
  }

  get entries(): readonly AuditEntry[] {
    return [...this.#entries.values()];
  }

  get unexpected(): readonly AuditEntry[] {
    return this.entries.filter(({ kind }) => isUnexpected(kind));
  }

  /** Lines that had to make room. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Takes out the lines that are about a subject, as if they had never been written. Returns how many. */
  remove(subject: string): number {
    const gone = this.entries.filter((entry) => entry.subject === subject);
    for (const { kind } of gone) {
      this.#entries.delete(keyOf(kind, subject));
      this.#expected.delete(keyOf(kind, subject));
    }
    return gone.length;
  }

  /** Lines of this log that another one lacks, or has fewer times. */
  missingFrom(other: AuditLog): readonly AuditEntry[] {
    return this.entries.filter(
      ({ kind, subject, count }) => (other.#entries.get(keyOf(kind, subject))?.count ?? 0) < count,
    );
  }

  clear(): void {
    this.#entries.clear();
    this.#expected.clear();
    this.#dropped = 0;
  }

  #open(entry: AuditEntry): void {
    const key = keyOf(entry.kind, entry.subject);
    this.#entries.set(key, entry);
    if (!isUnexpected(entry.kind)) this.#expected.add(key);
  }

  #dropOne(): void {
    const [victim] = this.#expected.size > 0 ? this.#expected : this.#entries.keys();
    if (victim !== undefined) {
      this.#entries.delete(victim);
      this.#expected.delete(victim);
    }
    this.#dropped++;
  }
}

/** Whether an administrator has to ask why a line of this kind is there (para-28). */
export function isUnexpected(kind: AuditKind): boolean {
  return UNEXPECTED.some((each) => each === kind);
}

/** A log as it is read: its unexpected lines marked, and what a copy has beside it. */
export function linesOf(log: AuditLog, missing: readonly AuditEntry[]): readonly string[] {
  const { entries, unexpected, dropped } = log;
  return [
    `${entries.length} lines, ${unexpected.length} unexpected${dropped > 0 ? `, ${dropped} made room` : ''}`,
    ...entries.map(
      ({ kind, subject, detail, count }) =>
        `${isUnexpected(kind) ? '!' : ' '} ${kind}: ${subject} ${detail} (${count} times)`,
    ),
    ...missing.map(({ kind, subject }) => `- ${kind}: ${subject} is in the copy, and not in the log`),
  ];
}

function keyOf(kind: AuditKind, subject: string): string {
  return `${kind}\0${subject}`;
}
