/** Which order cost what, and which error: the same path in several runs of a scenario, by how long it was open. */
import type { ScenarioResult, VariantResult } from '../../scenarios/evidence/model.ts';
import {
  attackPathsOf,
  atMost,
  groundOf,
  lengthText,
  longestFirst,
  lossText,
  type OpenPath,
  type PlacedBar,
} from './attack-path.ts';
import { listed, type Basis, type ConclusionLine } from './conclusion-line.ts';

const NAMED = 4;
/** Of what an error opens, so many are told. */
const TOLD = 3;

/** Paths that ended in runs by the book, at different times; those that differ most come first. */
export function orderCosts(scenario: ScenarioResult): readonly ConclusionLine[] {
  const runs = scenario.variants.filter(({ reference }) => reference);
  if (runs.length < 2) return [];
  return attackPathsOf(scenario, runs)
    .flatMap(rangeOf)
    .filter(({ shortest, longest }) => atMost(shortest.bar) < atMost(longest.bar))
    .sort((a, b) => spread(b) - spread(a))
    .slice(0, TOLD)
    .map(({ shortest, longest }) => ({
      text: `Between runs by the book: ${lossText(longest.bar)} (${longest.bar.attacker}: ${longest.bar.attack} by ${longest.bar.route}), open ${lengthText(shortest.bar)} in ${shortest.variant.name}, and ${lengthText(longest.bar)} in ${longest.variant.name}.`,
      grounds: [groundOf(shortest), groundOf(longest)],
    }));
}

interface LengthRange {
  readonly shortest: PlacedBar;
  readonly longest: PlacedBar;
}

function spread({ shortest, longest }: LengthRange): number {
  return atMost(longest.bar) - atMost(shortest.bar);
}

function rangeOf({ bars }: OpenPath): readonly LengthRange[] {
  const sorted = bars.toSorted(longestFirst);
  const [longest, shortest] = [sorted[0], sorted.at(-1)];
  return longest === undefined || shortest === undefined ? [] : [{ shortest, longest }];
}

/** What each run that is not by the book opened beyond those that are, or left open for longer. */
export function errorCosts(scenario: ScenarioResult): readonly ConclusionLine[] {
  const runs = scenario.variants.filter(({ reference }) => reference);
  const errors = scenario.variants.filter(({ reference }) => !reference);
  const byTheBook = new Map(attackPathsOf(scenario, runs).map((path) => [path.key, path]));
  const worseIn = (variant: VariantResult): readonly Worse[] =>
    attackPathsOf(scenario, [variant])
      .flatMap((path) => worseThan(byTheBook.get(path.key), path, runs))
      .sort((a, b) => longestFirst(a.is, b.is));
  const costs = errors.map((variant) => ({ variant, worse: worseIn(variant) }));
  const free = costs.filter(({ worse }) => worse.length === 0).map(({ variant }) => variant);
  return [
    ...costs
      .filter(({ worse }) => worse.length > 0)
      .map(({ variant, worse }) => costOf(scenario, variant, worse)),
    ...(free.length === 0 ? [] : [freeOf(scenario, free)]),
  ];
}

interface Worse {
  readonly is: PlacedBar;
  /** The longest of the same path in a run by the book; where there is none, a probe there that typed the same line and was refused. */
  readonly was: PlacedBar | RefusedProbe | undefined;
}

/** A path of a run, where it is open for longer than in any of those by the book. */
function worseThan(
  before: OpenPath | undefined,
  path: OpenPath,
  runs: readonly VariantResult[],
): readonly Worse[] {
  const [is] = path.bars.toSorted(longestFirst);
  const [was] = before?.bars.toSorted(longestFirst) ?? [];
  if (is === undefined) return [];
  if (was !== undefined) return atMost(is.bar) > atMost(was.bar) ? [{ is, was }] : [];
  return [{ is, was: refusedIn(runs, is) }];
}

/** A probe of a run by the book that came to nothing. */
interface RefusedProbe {
  readonly variant: string;
  readonly id: string;
}

function refusedIn(runs: readonly VariantResult[], { variant, bar }: PlacedBar): RefusedProbe | undefined {
  const lines = new Set(
    variant.checks.flatMap(({ id, probe }) =>
      probe !== undefined && bar.tries.includes(id) ? [probe.line] : [],
    ),
  );
  for (const { name, checks } of runs)
    for (const { id, probe } of checks)
      if (probe?.outcome === 'refused' && lines.has(probe.line)) return { variant: name, id };
  return undefined;
}

function costOf(
  { id }: ScenarioResult,
  { name, title }: VariantResult,
  worse: readonly Worse[],
): ConclusionLine {
  const told = worse.slice(0, TOLD);
  const losses = told.map(
    ({ is, was }) => `${lossText(is.bar)} ${lengthText(is.bar)}, ${byTheBookText(was)}`,
  );
  const more = worse.length > told.length ? `; and ${worse.length - told.length} more` : '';
  return {
    text: `${name} (${title}): ${losses.join('; ')}${more}.`,
    grounds: told.flatMap(({ is, was }): readonly Basis[] => {
      if (was === undefined) return [groundOf(is)];
      return [groundOf(is), 'bar' in was ? groundOf(was) : { kind: 'probe', scenario: id, ...was }];
    }),
  };
}

function byTheBookText(was: Worse['was']): string {
  if (was === undefined) return 'not tried by the book';
  return 'bar' in was ? `by the book ${lengthText(was.bar)}` : `refused by the book (${was.id})`;
}

function freeOf({ id }: ScenarioResult, variants: readonly VariantResult[]): ConclusionLine {
  return {
    text: `No path that was tried was open for longer than by the book in ${listed(
      variants.map(({ name }) => name),
      NAMED,
    )}; what these cost is in their own checks.`,
    grounds: variants.map(({ name }) => ({ kind: 'run', scenario: id, variant: name })),
  };
}
