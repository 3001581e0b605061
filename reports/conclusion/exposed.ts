/** What stayed open in runs that keep to the procedures, over all scenarios: the longest first. */
import type { ScenarioResult, SuiteResult } from '../../scenarios/evidence/model.ts';
import { numbered } from '../tally.ts';
import { momentOf, roughly } from '../when.ts';
import {
  attackPathsOf,
  atLeast,
  groundOf,
  lengthText,
  longestFirst,
  lossText,
  staysOpen,
  type PlacedBar,
} from './open-path.ts';
import { isAttack, runsByTheBook } from './by-the-book.ts';
import type { ConclusionLine } from './conclusion-line.ts';

/** How many are told on the first page; the others are in the matrices. */
const TOLD = 5;

/** Each loss with its longest exposure in a reference run, those that did not end first; what is not told is counted. */
export function exposedOf(suite: SuiteResult): readonly [ConclusionLine, ...ConclusionLine[]] {
  const losses = suite.scenarios.flatMap(lossesOf).sort((a, b) => longestFirst(a.longest, b.longest));
  const runs = suite.scenarios.flatMap(runsByTheBook).length;
  if (runs === 0)
    return [
      {
        text: 'No run that keeps to the procedures was made: nothing is known of what stays open.',
        grounds: [],
      },
    ];
  if (losses.length === 0) return [noneOf(suite, runs)];
  const open = losses.filter(({ longest }) => staysOpen(longest.bar)).length;
  const count = {
    text: `${numbered(losses.length, 'loss was', 'losses were')} possible although the procedures were kept to; of ${open} nothing shows that it ended.`,
    grounds: losses.map(({ longest }) => groundOf(longest)),
  };
  return [count, ...losses.slice(0, TOLD).map(sentenceOf)];
}

/** That nothing succeeded says something only of what was tried, and refused. */
function noneOf({ scenarios }: SuiteResult, runs: number): ConclusionLine {
  const made = scenarios.flatMap((scenario) =>
    runsByTheBook(scenario).flatMap(({ name, checks }) =>
      checks.filter(isAttack).map(({ id, probe }) => ({
        outcome: probe?.outcome,
        basis: { kind: 'probe', scenario: scenario.id, variant: name, id } as const,
      })),
    ),
  );
  const refused = made.filter(({ outcome }) => outcome === 'refused').length;
  const inRuns = `in ${numbered(runs, 'run')} by the book`;
  const text =
    made.length === 0
      ? `No attack was tried ${inRuns}: nothing is known of what stays open.`
      : `Of ${numbered(made.length, 'attack')} tried ${inRuns}, ${refused} ${refused === 1 ? 'was' : 'were'} refused${refused === made.length ? '' : `; what the other ${made.length - refused} came to is not known`}.`;
  return { text, grounds: made.map(({ basis }) => basis) };
}

interface LostAsset {
  readonly longest: PlacedBar;
  /** In how many of the reference runs. */
  readonly runs: number;
  readonly of: number;
}

/** What was lost in a scenario, whoever it was lost to. */
function lossesOf(scenario: ScenarioResult): readonly LostAsset[] {
  const runs = runsByTheBook(scenario);
  const bars = attackPathsOf(scenario, runs).flatMap((path) => path.bars);
  const byLoss = new Map<string, PlacedBar[]>();
  for (const placed of bars) {
    const name = lossText(placed.bar);
    byLoss.set(name, [...(byLoss.get(name) ?? []), placed]);
  }
  return [...byLoss.values()].flatMap((placed) => {
    const [longest] = placed.toSorted(longestFirst);
    const variants = new Set(placed.map(({ variant }) => variant.name));
    return longest === undefined ? [] : [{ longest, runs: variants.size, of: runs.length }];
  });
}

function sentenceOf({ longest, runs, of }: LostAsset): ConclusionLine {
  const { scenario, variant, bar } = longest;
  const seen = staysOpen(bar)
    ? `from ${momentOf(variant.begins, bar.from)} ${lengthText(bar)}${atLeast(bar) === 0 ? ', tried once' : `, seen for at least ${roughly(atLeast(bar), 'at least')}`}`
    : `from ${momentOf(variant.begins, bar.fromEarliest)} for ${lengthText(bar)}`;
  const inRuns = of === 1 ? '' : `; in ${runs} of ${of} reference runs, here ${variant.name}`;
  return {
    text: `${scenario}: ${lossText(bar)}, by ${bar.attacker} (${bar.attack} by ${bar.route}), ${seen}${inRuns}.`,
    grounds: [groundOf(longest)],
  };
}
