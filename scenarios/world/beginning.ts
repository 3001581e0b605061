/** The first event of a world: what it is a function of, as far as it can be told in a line. */
import { TRACE_VERSION, type Trace } from '../../sim/trace.ts';
import type { WorldOptions } from './world-options.ts';

/** Appends `trace.began`. */
export function tellBeginning(trace: Trace, { screenplay, seed, keySeed, tool }: WorldOptions): void {
  trace.append('trace.began', 'world', {
    version: TRACE_VERSION,
    tool,
    scenario: screenplay.id,
    variant: screenplay.variant.name,
    seed,
    keySeed,
    begins: new Date(screenplay.begins).toISOString(),
  });
}
