/** What names the traces of forks that probes were tried in, made again of what is kept of them. */
import { createHash } from 'node:crypto';
import type { Trace } from '../../sim/trace.ts';
import type { Deed } from './deed.ts';

/**
 * SHA-256 (hex) of the trace of each fork: it is that of its origin up to the beginning of the fork, and then what happened there. `trace` is that
 * of the origin.
 */
export function forkDigests(trace: Trace, done: readonly Deed[]): ReadonlyMap<Deed, string> {
  const hash = createHash('sha256');
  let hashed = 0;
  return new Map(
    done.flatMap((each) => {
      if (each.kind !== 'probe' || each.made?.fork === undefined) return [];
      hash.update(trace.toNdjson(hashed, each.events));
      hashed = each.events;
      return [[each, hash.copy().update(each.made.fork).digest('hex')]];
    }),
  );
}
