/** `calldrill compare`: what is worse, better or otherwise in the second of two results. */
import { comparisonMarkdown, comparisonText } from '../../reports/index.ts';
import { printable } from '../../reports/printable.ts';
import {
  comparisonOf,
  divergenceOf,
  type SuiteComparison,
  type ComparisonOutcome,
} from '../../scenarios/evidence/comparison/index.ts';
import { flag, text, value } from '../command-line.ts';
import { command } from '../command.ts';
import { BASELINES } from '../compare/baseline.ts';
import { readSide, type Side, type SideSuite } from '../compare/side.ts';
import { writeJson, type Context } from '../context.ts';
import { cliError } from '../errors.ts';
import { EXIT, worstExit, type ExitCode } from '../exit-code.ts';

const EXITS: Readonly<Record<ComparisonOutcome, ExitCode>> = {
  worse: EXIT.fail,
  'not-comparable': EXIT.inconclusive,
  'not-worse': EXIT.pass,
  same: EXIT.pass,
};

/** One suite of both sides; `seed` is empty where there is but one. */
interface ComparedSuite {
  readonly seed: string;
  readonly comparison: SuiteComparison;
}

/** Compares two results folders, bundles, reports or baselines, suite by suite. */
export const compare = command({
  name: 'compare',
  summary: 'what got worse or better between two results',
  about: [
    'Told are regressions, evidence that is lost (something said pass, fail or inconclusive, and now says nothing), new passes, exposure by its paths, what the two were made with, the text of clauses, and of each run the first event in which the traces differ, aligned by cause.',
    'Worse is: a verdict further down the order pass, waived, not-applicable, not-tested, inconclusive, fail; lost evidence, whatever it said; trouble that nobody knew of; a path of exposure that is new or longer, or shorter and not tried again; a run that failed or is gone. The exit code is then 1. Where nothing got worse and the two are not comparable (another scenario file, catalogue, targets or planted violation, or no run in both) it is 4, for nobody can say; else 0.',
    'A side is a results folder, a bundle, a report.json by itself, or @name: the folder, .zip or .json of that name in baselines/. Sides are read as verify reads them, and refused when their manifest does not hold. Verdicts are believed as reported: verify decides them again.',
  ],
  operands: { placeholder: '<before> <after>', min: 2, max: 2 },
  options: {
    markdown: flag('print Markdown, for the summary of a job'),
    baselines: value(text('folder'), `where @name is looked for; ${BASELINES} when left out`),
  },
  examples: [
    { line: 'calldrill compare results-before results', does: 'two results folders' },
    { line: 'calldrill compare @release-1 results', does: 'with what is kept as baselines/release-1' },
    { line: 'calldrill compare old.zip new.zip --markdown', does: 'two bundles, for a merge request' },
  ],
  errorExit: EXIT.unverified,
  run: async ({ markdown, baselines = BASELINES }, [first = '', second = ''], context) => {
    if (markdown && context.json)
      throw cliError('CLI_OPTION_CONFLICT', '--markdown and --json are both given');
    const before = await readSide(first, baselines, context);
    const after = await readSide(second, baselines, context);
    const suites = comparedSuites(before, after);
    const exitCode = worstExit(suites.map(({ comparison }) => EXITS[comparison.outcome]));
    if (context.json) writeJson(context, { exitCode, before: before.name, after: after.name, suites });
    else context.stdout.write(markdown ? markdownOf(suites) : textOf(suites, before, after, context));
    for (const { name, vouched } of [before, after])
      if (!vouched) context.stderr.write(`${name} is a report by itself: nothing vouches for it\n`);
    return exitCode;
  },
});

/** Suites of the same seed together. Throws CLI_NOT_ALIKE. */
function comparedSuites(before: Side, after: Side): readonly ComparedSuite[] {
  const single = (side: Side): boolean => side.suites.has('');
  if (single(before) !== single(after)) {
    const [one, many] = single(before) ? [before, after] : [after, before];
    throw cliError('CLI_NOT_ALIKE', `${one.name} has one suite, and ${many.name} one for each of its seeds`);
  }
  return [...new Set([...before.suites.keys(), ...after.suites.keys()])].map((seed) => ({
    seed,
    comparison: comparisonBetween(before.suites.get(seed), after.suites.get(seed)),
  }));
}

/** A seed that is on one side only has every run of it gone, or new. */
function comparisonBetween(before: SideSuite | undefined, after: SideSuite | undefined): SuiteComparison {
  const some = before ?? after;
  if (some === undefined) throw new Error('a seed is of one of the sides');
  const without = { suite: { ...some.suite, scenarios: [] }, traceOf: () => 'it was not run' };
  const [one, other] = [before ?? without, after ?? without];
  return comparisonOf(one.suite, other.suite, (scenario, variant) => {
    const old = one.traceOf(scenario, variant);
    if (typeof old === 'string') return old;
    const now = other.traceOf(scenario, variant);
    return typeof now === 'string' ? now : divergenceOf(old, now);
  });
}

function markdownOf(suites: readonly ComparedSuite[]): string {
  return suites
    .map(({ seed, comparison }) =>
      comparisonMarkdown(comparison, seed === '' ? {} : { title: `Seed ${seed}` }),
    )
    .join('\n');
}

function textOf(suites: readonly ComparedSuite[], before: Side, after: Side, { stdout }: Context): string {
  const { columns, colour, unicode } = stdout.terminal;
  const terminal = { ...(columns === undefined ? {} : { columns }), colour, unicode };
  const head = `Before  ${printable(before.name)}\nAfter   ${printable(after.name)}\n`;
  const all = suites.map(({ seed, comparison }) => {
    const told = comparisonText(comparison, terminal);
    return seed === '' ? told : `Seed ${printable(seed)}: ${told}`;
  });
  return `${head}\n${all.join('\n')}`;
}
