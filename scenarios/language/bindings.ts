/**
 * Which checks of which scenarios show a part of the catalogue, and which planted violations these checks have to notice. A check that applies to
 * no variant shows nothing, and a part that a scenario lists as not tested is not shown by it. What a check notices is asked of the check and not
 * of one variant: the same check of another variant is the same lines of the same file.
 */
import { resolveVariant, variantsOf } from './variant.ts';
import type { PartWords } from './vocabulary.ts';
import type { Screenplay } from './screenplay.ts';

/** One check of a scenario that shows a part. */
export interface PartBinding {
  readonly scenario: string;
  readonly check: string;
  readonly kind: 'probe' | 'expectation' | 'across';
  /** The variants in which it shows the part, in the order of the file; none of a check that compares variants. */
  readonly variants: readonly string[];
  /** The violations that the scenario plants for it. */
  readonly plants: readonly string[];
}

/** By part, in the order of the screenplays. A part that nothing shows is not in it. */
export function bindingsOf(screenplays: readonly Screenplay[]): ReadonlyMap<string, readonly PartBinding[]> {
  const byPart = new Map<string, PartBinding[]>();
  for (const screenplay of screenplays)
    for (const [part, bindings] of bindingsIn(screenplay))
      byPart.set(part, [...(byPart.get(part) ?? []), ...bindings]);
  return byPart;
}

/** What one check says of a part, in one variant or over several. */
type ShownParts = Pick<PartBinding, 'check' | 'kind' | 'variants'> & { readonly parts: readonly PartWords[] };

function bindingsIn(screenplay: Screenplay): ReadonlyMap<string, readonly PartBinding[]> {
  const byPart = new Map<string, Map<string, PartBinding>>();
  for (const { check, kind, variants, parts } of shownBy(screenplay))
    for (const { id: part } of parts) {
      const checks = byPart.get(part) ?? new Map<string, PartBinding>();
      const before = checks.get(check);
      checks.set(check, {
        ...{ scenario: screenplay.id, check, kind },
        variants: [...(before?.variants ?? []), ...variants],
        plants: plantsOf(screenplay, check),
      });
      byPart.set(part, checks);
    }
  return new Map([...byPart].map(([part, checks]) => [part, [...checks.values()]]));
}

function shownBy(screenplay: Screenplay): readonly ShownParts[] {
  const ofVariants = variantsOf(screenplay).flatMap(({ name }) => {
    const { probes, expect } = resolveVariant(screenplay, name);
    return [
      ...expect.map((each) => ({ ...each, kind: 'expectation' as const })),
      ...probes.map((each) => ({ ...each, kind: 'probe' as const })),
    ]
      .filter(({ notApplicable }) => notApplicable === undefined)
      .map(({ id: check, kind, parts }) => ({ check, kind, parts, variants: [name] }));
  });
  return [
    ...ofVariants,
    ...screenplay.across.map(({ id: check, parts }) => ({
      ...{ check, kind: 'across' as const, parts, variants: [] },
    })),
  ];
}

function plantsOf({ plants }: Screenplay, check: string): readonly string[] {
  return [...new Set(plants.flatMap(({ name, fails }) => (fails.includes(check) ? [name] : [])))];
}
