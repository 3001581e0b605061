/** The first event of a world: what it is a function of, as far as it can be told in a line. */
import { TRACE_VERSION, type Trace, type TraceEvents } from '../../sim/trace.ts';
import type { WorldOptions } from './world-options.ts';

/** What `trace.began` says. */
export function beginningOf({
  screenplay,
  seed,
  keySeed,
  tool,
}: Pick<WorldOptions, 'screenplay' | 'seed' | 'keySeed' | 'tool'>): TraceEvents['trace.began'] {
  return {
    version: TRACE_VERSION,
    tool,
    scenario: screenplay.id,
    variant: screenplay.variant.name,
    seed,
    keySeed,
    begins: new Date(screenplay.begins).toISOString(),
  };
}

/** Appends `trace.began`. */
export function tellBeginning(trace: Trace, options: WorldOptions): void {
  trace.append('trace.began', 'world', beginningOf(options));
}
