/** The places of a scenario file that are changed: steps, probes, expectations and moments, with the variants in which they count. */
import { mapIn, mapsOf, listIn, pairsOf, wordIn, type ListNode, type MapNode } from './edit.ts';
import type { ResolvedScreenplay } from '../../../scenarios/language/index.ts';
import { variantsWhere, type OpenScenario } from './change.ts';
import { addressOf } from './leave-out.ts';

/** One entry of the file. */
export interface ChangePlace {
  readonly at: string;
  readonly node: MapNode;
  readonly variants: readonly string[];
}

/** A step, with the list that it stands in. */
export interface StepPlace extends ChangePlace {
  readonly list: ListNode;
  readonly index: number;
  /** As the screenplay calls it. */
  readonly id: string;
  readonly scenery: boolean;
}

/** All steps: those of the file, and those that a variant adds. */
export function stepPlaces(subject: OpenScenario): readonly StepPlace[] {
  const { root } = subject;
  const placesIn = (list: ListNode | undefined, variant: string | undefined): readonly StepPlace[] =>
    list === undefined
      ? []
      : mapsOf(list).map((node, index) => {
          const own = wordIn(node, 'id');
          const id = own ?? `${variant ?? 'steps'}/${index + 1}`;
          const at = own === undefined ? `step ${index + 1}` : `step ${own}`;
          const variants =
            variant === undefined ? variantsWhere(subject, (resolved) => isDone(resolved, id)) : [variant];
          return {
            ...{ node, variants, list, index, id, scenery: node.has('scenery') },
            at: variant === undefined ? at : `variant ${variant}, ${at}`,
          };
        });
  return [
    ...placesIn(listIn(root, 'steps'), undefined),
    ...pairsOf(mapIn(root, 'variants')).flatMap(([name]) =>
      placesIn(listIn(mapIn(mapIn(root, 'variants'), name), 'also'), name),
    ),
  ];
}

/** All probes, where they are made: those of the file, and those that a variant has of its own. */
export function probePlaces(subject: OpenScenario): readonly (ChangePlace & { readonly id: string })[] {
  const ofVariants = mapIn(subject.root, 'variants');
  const own = pairsOf(ofVariants).flatMap(([name]) => mapsOf(listIn(mapIn(ofVariants, name), 'probes')));
  return [...mapsOf(listIn(subject.root, 'probes')), ...own].map((node) => {
    const id = wordIn(node, 'id') ?? '';
    const variants = variantsWhere(subject, ({ probes }) =>
      probes.some((probe) => probe.id === id && probe.notApplicable === undefined),
    );
    return { at: `probe ${id}`, node, id, variants };
  });
}

/** All expectations, where they apply: those of the file, and those that a variant has of its own. */
export function expectationPlaces(subject: OpenScenario): readonly ChangePlace[] {
  const variants = mapIn(subject.root, 'variants');
  const own = pairsOf(variants).flatMap(([name]) =>
    mapsOf(listIn(mapIn(variants, name), 'expect')).map((node) => ({
      at: `variant ${name}, expectation ${wordIn(node, 'id') ?? ''}`,
      node,
      variants: [name],
    })),
  );
  return [...expectationsOfFile(subject), ...own];
}

function expectationsOfFile(subject: OpenScenario): readonly ChangePlace[] {
  return mapsOf(listIn(subject.root, 'expect')).map((node) => {
    const id = wordIn(node, 'id') ?? '';
    const variants = variantsWhere(subject, ({ expect }) =>
      expect.some((each) => each.id === id && each.notApplicable === undefined),
    );
    return { at: `expectation ${id}`, node, variants };
  });
}

/** Expectations of several variants together: what they name is read with the file, so one variant is enough. */
export function acrossPlaces(subject: OpenScenario): readonly ChangePlace[] {
  return mapsOf(listIn(subject.root, 'expect'))
    .filter((node) => node.has('across'))
    .map((node) => {
      const variants = variantsWhere(subject, () => true).slice(0, 1);
      return { at: `expectation ${wordIn(node, 'id') ?? ''}`, node, variants };
    });
}

/** All moments, where something that is done or checked names them. */
export function momentPlaces(subject: OpenScenario): readonly ChangePlace[] {
  const moments = mapIn(subject.root, 'moments');
  const told = new Map(subject.resolved.map((resolved) => [resolved, toldIn(resolved)]));
  return pairsOf(moments).flatMap(([name]) => {
    const node = mapIn(moments, name);
    const named = variantsWhere(subject, (resolved) => told.get(resolved)?.includes(`"${name}"`) === true);
    const variants = named.length === 0 ? variantsWhere(subject, () => true) : named;
    return node === undefined ? [] : [{ at: `moment ${name}`, node, variants }];
  });
}

/** All that may name a moment, as text. */
function toldIn({ steps, performs, probes, expect, ends }: ResolvedScreenplay): string {
  const checks = [...probes, ...expect].filter(({ notApplicable }) => notApplicable === undefined);
  return JSON.stringify([steps, performs, checks, ends]);
}

/**
 * Whether a step is typed, or the procedure performed. What a variant says is not typed, because it waits for what does not happen there, is not missed
 * either.
 */
function isDone({ steps, performs }: ResolvedScreenplay, id: string): boolean {
  return (
    steps.some((step) => step.id === id && step.untyped === undefined) ||
    performs.some(({ instance, skipped }) => addressOf(instance) === id && skipped === undefined)
  );
}
