/**
 * The matrix of the catalogue: every part of every check of every clause, with the checks of shipped scenarios that show it, or with the reason why
 * none does. A part about which nobody says anything is in it too, and says so: what is missing must be seen.
 */
import { SCENARIOS_OF_CLAUSES, type CatalogueClause } from '../../scenarios/catalogue/clauses.ts';
import { UNBOUND_REASONS } from '../../scenarios/catalogue/unbound-parts.ts';
import { UNPLANTED_REASONS } from '../../scenarios/catalogue/unplanted-parts.ts';
import { DECLARED_PARTS } from '../../scenarios/deployment/index.ts';
import { bindingsOf, type PartBinding, type Screenplay } from '../../scenarios/language/index.ts';

/** How a part is shown, or why it is not. */
export type PartCoverage =
  | { readonly is: 'bound'; readonly checks: readonly PartBinding[] }
  /** By the deployment file alone: the entry that says it. */
  | { readonly is: 'declared'; readonly entry: string }
  | { readonly is: 'missing'; readonly reason: string }
  /** No scenario of its clause is shipped yet: the names of those that the catalogue has for it. */
  | { readonly is: 'awaited'; readonly scenarios: readonly string[]; readonly reason: string }
  /** Neither: a defect of the catalogue. */
  | { readonly is: 'unexplained'; readonly reason: string };

/** One part, with the clause and the check that it is of. */
export interface ClauseRow {
  readonly clause: string;
  readonly modality: string;
  readonly class: string;
  readonly check: string;
  readonly stance: string;
  readonly part: string;
  readonly what: string;
  readonly by: string;
  readonly coverage: PartCoverage;
  /** Why no planted violation trips it; absent where one does, and where nothing is bound. */
  readonly unplanted?: string;
}

/** In the order of the document. */
export function matrixOf(
  clauses: readonly CatalogueClause[],
  screenplays: readonly Screenplay[],
): readonly ClauseRow[] {
  const bindings = bindingsOf(screenplays);
  const shipped = new Set(screenplays.map(({ id }) => id));
  return clauses.flatMap(({ id: clause, modality, class: kind, checks }) =>
    checks.flatMap(({ id: check, stance, parts }) =>
      parts.map(({ id: part, what, by }) => {
        const bound = bindings.get(part);
        const coverage: PartCoverage =
          bound === undefined ? withoutCheck(part, clause, shipped) : { is: 'bound', checks: bound };
        const unplanted = coverage.is === 'bound' ? whyUnplanted(part, coverage.checks) : undefined;
        return {
          ...{ clause, modality, class: kind, check, stance, part, what, by, coverage },
          ...(unplanted === undefined ? {} : { unplanted }),
        };
      }),
    ),
  );
}

function withoutCheck(part: string, clause: string, shipped: ReadonlySet<string>): PartCoverage {
  const entry = DECLARED_PARTS.get(part);
  if (entry !== undefined) return { is: 'declared', entry };
  const reason = UNBOUND_REASONS.get(part);
  if (reason !== undefined) return { is: 'missing', reason };
  const scenarios = SCENARIOS_OF_CLAUSES.get(clause) ?? [];
  return scenarios.length === 0 || scenarios.some((id) => shipped.has(id))
    ? { is: 'unexplained', reason: 'nobody says why' }
    : { is: 'awaited', scenarios, reason: `not shipped yet: ${scenarios.join(', ')}` };
}

/** Undefined where a violation is planted for one of the checks. */
function whyUnplanted(part: string, checks: readonly PartBinding[]): string | undefined {
  if (checks.some(({ plants }) => plants.length > 0)) return undefined;
  return UNPLANTED_REASONS.get(part) ?? 'nobody says why';
}
