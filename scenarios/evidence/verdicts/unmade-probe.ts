/** Expectations about the result of a probe that was not made: they say nothing, for or against. */
import type { TraceEvent } from '../../../sim/trace.ts';
import type { Pattern } from '../../language/index.ts';
import '../../world/probes/events.ts';
import { eventsOf, type Prefix } from './prefix.ts';

/** Why the probe that a pattern names by its id has no result; undefined when it has one, or when the pattern names none. */
export function whyNoResult(
  { type, tests }: Pattern,
  prefix: Prefix,
): TraceEvent<'probe.not-made'> | undefined {
  if (type !== 'probe.result') return undefined;
  const named = tests.find(({ field }) => field === 'id')?.test;
  if (named?.kind !== 'is') return undefined;
  return eventsOf(prefix, 'probe.not-made').find(({ data }) => data.id === named.value);
}
