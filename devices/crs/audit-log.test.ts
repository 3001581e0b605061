/** The audit log by itself: which line makes room, and that it goes on after it was kept as it would have anyway. */
import test from 'ava';
import * as fc from 'fast-check';
import { AUDIT_KINDS, AUDIT_LINES_MAX, AuditLog, isUnexpected, type AuditEntry } from './audit-log.ts';

/** Kind and subject of each line that is written. */
const written = fc.array(fc.tuple(fc.constantFrom(...AUDIT_KINDS), fc.nat(400)), {
  maxLength: 3_000,
  size: 'max',
});

/** What the log says of itself, done the plain way: every line is looked at when one makes room. */
function plainly(lines: readonly (readonly [AuditEntry['kind'], number])[]): {
  entries: readonly AuditEntry[];
  dropped: number;
} {
  const entries: AuditEntry[] = [];
  let dropped = 0;
  for (const [time, [kind, n]] of lines.entries()) {
    const subject = String(n);
    const at = entries.findIndex((entry) => entry.kind === kind && entry.subject === subject);
    const before = entries[at];
    if (before !== undefined) {
      entries[at] = { ...before, detail: `d${time}`, last: time, count: before.count + 1 };
      continue;
    }
    if (entries.length >= AUDIT_LINES_MAX) {
      const expected = entries.findIndex((entry) => !isUnexpected(entry.kind));
      entries.splice(Math.max(0, expected), 1);
      dropped++;
    }
    entries.push({ kind, subject, detail: `d${time}`, first: time, last: time, count: 1 });
  }
  return { entries, dropped };
}

function write(log: AuditLog, lines: readonly (readonly [AuditEntry['kind'], number])[], from = 0): void {
  for (const [n, [kind, subject]] of lines.entries())
    log.add(kind, String(subject), `d${from + n}`, from + n);
}

test('the oldest expected line makes room, then the oldest of all', (t) => {
  fc.assert(
    fc.property(written, (lines) => {
      const log = new AuditLog();
      write(log, lines);
      const { entries, dropped } = plainly(lines);
      t.deepEqual([log.entries, log.dropped], [entries, dropped]);
    }),
    { numRuns: 20, examples: [[flood('call refused')], [flood('registered')]] },
  );
});

test('a log that was kept goes on as the one that it was kept from', (t) => {
  fc.assert(
    fc.property(written, written, (before, after) => {
      const log = new AuditLog();
      write(log, before);
      const kept = log.save();
      const again = new AuditLog(structuredClone(kept));
      t.deepEqual(again.save(), kept);
      for (const each of [log, again]) write(each, after, before.length);
      t.deepEqual(again.save(), log.save());
    }),
    { numRuns: 20, examples: [[flood('registered'), flood('call refused')]] },
  );
});

/** More lines of one kind than there is room for. */
function flood(kind: AuditEntry['kind']): [AuditEntry['kind'], number][] {
  return Array.from({ length: AUDIT_LINES_MAX + 500 }, (_, n): [AuditEntry['kind'], number] => [kind, n]);
}
