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
} from './attack-path.ts';
import type { Basis, ConclusionLine } from './conclusion-line.ts';

/** How many are told on the first page; the others are in the matrices. */
const TOLD = 5;

/** Each loss with its longest exposure in a reference run, those that did not end first; what is not told is counted. */
export function exposedOf(suite: SuiteResult): readonly [ConclusionLine, ...ConclusionLine[]] {
  const losses = suite.scenarios.flatMap(lossesOf).sort((a, b) => longestFirst(a.longest, b.longest));
  const runs = suite.scenarios.flatMap(referenceRuns).length;
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

/** That nothing succeeded says something only where something was tried. */
function noneOf({ scenarios }: SuiteResult, runs: number): ConclusionLine {
  const made = scenarios.flatMap((scenario) =>
    referenceRuns(scenario).flatMap(({ name, checks }) =>
      checks.flatMap(({ id, probe }): readonly Basis[] =>
        probe === undefined ? [] : [{ kind: 'probe', scenario: scenario.id, variant: name, id }],
      ),
    ),
  );
  const text =
    made.length === 0
      ? `No attack was tried in ${numbered(runs, 'run')} by the book: nothing is known of what stays open.`
      : `None of ${numbered(made.length, 'attack')} succeeded in ${numbered(runs, 'run')} by the book.`;
  return { text, grounds: made };
}

interface LostAsset {
  readonly longest: PlacedBar;
  /** In how many of the reference runs. */
  readonly runs: number;
  readonly of: number;
}

const referenceRuns = ({ variants }: ScenarioResult) => variants.filter(({ reference }) => reference);

/** What was lost in a scenario, whoever it was lost to. */
function lossesOf(scenario: ScenarioResult): readonly LostAsset[] {
  const runs = referenceRuns(scenario);
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
