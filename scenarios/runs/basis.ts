/**
 * The basis of a performance: all that it hangs on from its first line, which is everything but its lines and probes, whose turn comes later, and what
 * only the judge reads. Performances on one basis are the same as long as the same is due in them.
 */
import { createHash } from 'node:crypto';
import { resolveVariant, variantsOf, type ResolvedScreenplay, type Screenplay } from '../language/index.ts';
import type { PerformanceOptions } from './performance-options.ts';
import { plainText } from './plain-text.ts';

/** SHA-256, hexadecimal. Assets are not in it: they are compared as they are. */
export function basisOf(options: PerformanceOptions): string {
  const { screenplay, seed, keySeed, tool, broken, played, probes } = options;
  const text = plainText([basicOf(screenplay), seed, keySeed, tool, broken, played, probes !== false]);
  return createHash('sha256').update(text).digest('hex');
}

/** Variants of a screenplay with what each begins on, once somebody has asked. */
const basics = new WeakMap<Screenplay, ReadonlyMap<string, Readonly<Record<string, unknown>>>>();

/** Whether another variant of a screenplay has the basis that this one has. */
export function hasSibling(screenplay: Screenplay, variant: string): boolean {
  let all = basics.get(screenplay);
  if (all === undefined) {
    all = new Map(
      variantsOf(screenplay).map(({ name }) => [name, basicOf(resolveVariant(screenplay, name))]),
    );
    basics.set(screenplay, all);
  }
  const own = all.get(variant) ?? basicOf(resolveVariant(screenplay, variant));
  return [...all].some(([name, basic]) => name !== variant && isSame(own, basic));
}

/** What is left out here comes later, or is read when all is over; what a screenplay may yet have besides is in it. */
function basicOf(screenplay: ResolvedScreenplay): Readonly<Record<string, unknown>> {
  const { variant: _variant, steps: _steps, probes: _probes, expect: _expect, ...basic } = screenplay;
  return basic;
}

/** Variants share most of what they have: that need not be looked at. */
function isSame(one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): boolean {
  return Object.keys({ ...one, ...other }).every(
    (field) => one[field] === other[field] || plainText([one[field]]) === plainText([other[field]]),
  );
}
