/** Which order cost what, and which error: the same path in several runs of a scenario, by how long it was open. */
import type { ProbeResult, ScenarioResult, VariantResult } from '../../scenarios/evidence/model.ts';
import {
  attackPathsOf,
  atMost,
  groundOf,
  lengthText,
  longestFirst,
  lossText,
  type OpenPath,
  type PlacedBar,
} from './open-path.ts';
import { isAttack, isByTheBook, runsByTheBook } from './by-the-book.ts';
import { listed, type Basis, type ConclusionLine } from './conclusion-line.ts';

const NAMED = 4;
/** Of what an error opens, so many are told. */
const TOLD = 3;

/** Paths that ended in runs by the book, at different times; those that differ most come first. */
export function orderCosts(scenario: ScenarioResult): readonly ConclusionLine[] {
  const runs = runsByTheBook(scenario);
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
  const runs = runsByTheBook(scenario);
  const errors = scenario.variants.filter((variant) => !isByTheBook(variant));
  const byTheBook = new Map(attackPathsOf(scenario, runs).map((path) => [path.key, path]));
  const worseIn = (variant: VariantResult): readonly Worse[] =>
    attackPathsOf(scenario, [variant])
      .flatMap((path) => worseThan(byTheBook.get(path.key), path, runs))
      .sort((a, b) => longestFirst(a.is, b.is));
  const costs = errors.map((variant) => ({ variant, worse: worseIn(variant) }));
  const free = costs.filter(({ worse }) => worse.length === 0).map(({ variant }) => variant);
  const tried = free.filter(({ checks }) => checks.some(isAttack));
  return [
    ...costs
      .filter(({ worse }) => worse.length > 0)
      .map(({ variant, worse }) => costOf(scenario, variant, { worse, isCompared: runs.length > 0 })),
    ...saidOf(scenario, tried, 'No path that was tried was open for longer than by the book in'),
    ...saidOf(
      scenario,
      free.filter((variant) => !tried.includes(variant)),
      'No attack was tried in',
    ),
  ];
}

interface Worse {
  readonly is: PlacedBar;
  /** The longest of the same path in a run by the book; where there is none, what the same line came to there, in whosever hands: the worst of it. */
  readonly was: PlacedBar | SameLine | undefined;
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
  return [{ is, was: sameLineIn(runs, is) }];
}

/** A probe of a run by the book. */
interface SameLine {
  readonly variant: string;
  readonly id: string;
  readonly outcome: ProbeResult['outcome'];
}

/** From what may least be kept quiet. */
const OUTCOMES: readonly ProbeResult['outcome'][] = ['opened', 'inconclusive', 'refused'];

function sameLineIn(runs: readonly VariantResult[], { variant, bar }: PlacedBar): SameLine | undefined {
  const lines = new Set(
    variant.checks.flatMap(({ id, probe }) =>
      probe !== undefined && bar.tries.includes(id) ? [probe.line] : [],
    ),
  );
  const made = runs.flatMap(({ name, checks }) =>
    checks.flatMap(({ id, probe }) =>
      probe !== undefined && lines.has(probe.line) ? [{ variant: name, id, outcome: probe.outcome }] : [],
    ),
  );
  return made.sort((a, b) => OUTCOMES.indexOf(a.outcome) - OUTCOMES.indexOf(b.outcome))[0];
}

function costOf(
  { id }: ScenarioResult,
  { name, title }: VariantResult,
  { worse, isCompared }: { readonly worse: readonly Worse[]; readonly isCompared: boolean },
): ConclusionLine {
  const told = worse.slice(0, TOLD);
  const losses = told.map(
    ({ is, was }) =>
      `${lossText(is.bar)} ${lengthText(is.bar)}, ${isCompared ? byTheBookText(was) : 'and no run by the book to compare it with'}`,
  );
  const more = worse.length > told.length ? `; and ${worse.length - told.length} more` : '';
  return {
    text: `${name} (${title}): ${losses.join('; ')}${more}.`,
    grounds: told.flatMap(({ is, was }): readonly Basis[] => {
      if (was === undefined) return [groundOf(is)];
      return [
        groundOf(is),
        'bar' in was ? groundOf(was) : { kind: 'probe', scenario: id, variant: was.variant, id: was.id },
      ];
    }),
  };
}

function byTheBookText(was: Worse['was']): string {
  if (was === undefined) return 'not tried by the book';
  if ('bar' in was) return `by the book ${lengthText(was.bar)}`;
  return was.outcome === 'inconclusive'
    ? `not known by the book (${was.id})`
    : `${was.outcome} by the book (${was.id})`;
}

/** Runs of which one thing is to be said; nothing where there are none. */
function saidOf(
  { id }: ScenarioResult,
  variants: readonly VariantResult[],
  words: string,
): readonly ConclusionLine[] {
  if (variants.length === 0) return [];
  const names = variants.map(({ name }) => name);
  return [
    {
      text: `${words} ${listed(names, NAMED)}; what these cost is in their own checks.`,
      grounds: names.map((variant): Basis => ({ kind: 'run', scenario: id, variant })),
    },
  ];
}
