/**
 * The basis of a performance: all that it hangs on from its first line, which is everything but its lines and probes, whose turn comes later, and what
 * only the judge reads. Performances on one basis are the same as long as the same is due in them.
 */
import { createHash } from 'node:crypto';
import {
  resolveVariant,
  variantsOf,
  type PerformedProcedure,
  type PerformedStep,
  type ResolvedScreenplay,
  type Screenplay,
} from '../language/index.ts';
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

/**
 * What is left out here comes later, or is read when all is over; what a screenplay may yet have besides is in it. Of procedures it is what there is to
 * keep of them before they begin.
 */
function basicOf(screenplay: ResolvedScreenplay): Readonly<Record<string, unknown>> {
  const {
    variant: _variant,
    steps: _steps,
    probes: _probes,
    expect: _expect,
    performs,
    ...basic
  } = screenplay;
  return { ...basic, performs: performs.map(shapeOf) };
}

function shapeOf({ instance, parent, given, steps }: PerformedProcedure): unknown {
  return { instance, parent: parent ?? null, given, steps: steps.map(idsOf) };
}

function idsOf({ id, otherwise }: PerformedStep): unknown {
  return [id, otherwise.map(idsOf)];
}

/** By what each procedure that a screenplay performs itself is told from another of the same name, with all that are inside it. */
const signatures = new WeakMap<readonly PerformedProcedure[], ReadonlyMap<string, string>>();

function signaturesOf(performs: readonly PerformedProcedure[]): ReadonlyMap<string, string> {
  let all = signatures.get(performs);
  if (all === undefined) {
    const roots = performs.filter(({ parent }) => parent === undefined);
    const within = (root: PerformedProcedure): readonly PerformedProcedure[] =>
      performs.filter((each) => each === root || each.instance.startsWith(`${root.instance}.`));
    all = new Map(roots.map((root) => [root.instance, plainText(within(root))]));
    signatures.set(performs, all);
  }
  return all;
}

/** The procedures that two screenplays on one basis perform in another way: until one of these begins, they are the same. */
export function performedOtherwise(
  one: readonly PerformedProcedure[],
  other: readonly PerformedProcedure[],
): ReadonlySet<string> {
  const theirs = signaturesOf(other);
  return new Set([...signaturesOf(one)].flatMap(([root, text]) => (theirs.get(root) === text ? [] : root)));
}

/** Variants share most of what they have: that need not be looked at. */
function isSame(one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): boolean {
  return Object.keys({ ...one, ...other }).every(
    (field) => one[field] === other[field] || plainText([one[field]]) === plainText([other[field]]),
  );
}
