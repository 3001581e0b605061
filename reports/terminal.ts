/**
 * What a person sees after a run. The first lines are the conclusion and the counts; then what needs attention; then each scenario with its
 * checks and what stayed exposed; then the clauses; last the seeds, the line that replays it, and where the page is.
 *
 * A pure function to a string: how wide the terminal is, whether it has colour and Unicode, is the caller's to know.
 */
import type { CheckResult, ScenarioResult, SuiteResult, VariantResult } from '../scenarios/evidence/model.ts';
import { conclusionOf, type Conclusion } from './conclusion/conclusion.ts';
import { notProbed } from './exposure.ts';
import { printable } from './printable.ts';
import { secrecyOf } from './secrecy.ts';
import { seedsText } from './seeds-text.ts';
import {
  countsText,
  countVerdicts,
  headlineOf,
  missingRuns,
  missingText,
  needsAttention,
  placeOfCheck,
  resultText,
  tallyOf,
  troubledChecks,
  worstFirst,
} from './tally.ts';
import { conclusionLines, findingLines } from './terminal/conclusion.ts';
import { callLines } from './terminal/calls.ts';
import { checkLines } from './terminal/checks.ts';
import { clauseLines } from './terminal/clauses.ts';
import { columnFor } from './terminal/columns.ts';
import { deploymentLines, parameterLines } from './terminal/deployment.ts';
import { exposureLines } from './terminal/exposure.ts';
import { procedureLines } from './terminal/procedures.ts';
import { scoreLines } from './terminal/score.ts';
import {
  cell,
  heading,
  paddedCell,
  paragraph,
  styleOf,
  type Style,
  type TerminalKind,
} from './terminal/style.ts';

/** What a terminal is like, and how much of the suite is shown on it. */
export interface TerminalOptions extends TerminalKind {
  /** Where index.html is, as the user would type it. */
  readonly page?: string;
  /** True describes each clause that was not tested instead of naming it. */
  readonly listNotTested?: boolean;
  /** True shows every check and exposure of every variant; otherwise only a single variant is shown so. */
  readonly details?: boolean;
  /** How to see them: the end of a sentence. */
  readonly howToSee?: string;
}

/** The report as text, ended by a newline. */
export function terminalReport(suite: SuiteResult, options: TerminalOptions): string {
  const style = styleOf(options);
  const detailed = options.details ?? suite.scenarios.flatMap(({ variants }) => variants).length === 1;
  const howToSee = options.howToSee ?? 'the page shows every check and every exposure';
  const conclusion = conclusionOf(suite);
  const lines = [
    ...headLines(suite, conclusion, style),
    ...conclusionLines(conclusion, style),
    ...(suite.scenarios.length === 1 ? findingLines(conclusion, style) : []),
    ...attentionLines(suite, style),
    ...suite.scenarios.flatMap((scenario) => ['', ...scenarioLines(scenario, detailed, style)]),
    ...(detailed ? [] : ['', ...paragraph(howToSee, 2, style).map(style.palette.quiet)]),
    '',
    ...clauseLines(suite, options.listNotTested ?? false, style),
    ...deploymentLines(suite, style),
    '',
    ...closingLines(suite, options.page, style),
  ];
  return `${lines.join('\n')}\n`;
}

function headLines(suite: SuiteResult, { headline }: Conclusion, style: Style): string[] {
  const { worst } = tallyOf(suite);
  const { revealed } = secrecyOf(suite);
  const { palette } = style;
  const paint = palette.verdict[needsAttention({ verdict: worst }) ? worst : 'pass'];
  return [
    ...paragraph(headline, 0, style).map((line) => paint(palette.strong(line))),
    ...paragraph(headlineOf(suite), 0, style),
    ...(suite.plant === undefined
      ? []
      : paragraph(`A violation was planted: ${suite.plant}. Its check must fail.`, 0, style).map(
          palette.harm,
        )),
    ...(revealed === undefined ? [] : paragraph(revealed, 0, style).map(palette.harm)),
  ];
}

/** What stands where a verdict would. */
const MISSING = 'missing';

function attentionLines(suite: SuiteResult, style: Style): string[] {
  const troubled = troubledChecks(suite);
  const missing = missingRuns(suite);
  if (troubled.length + missing.length === 0) return [];
  const { palette, columns } = style;
  return [
    '',
    heading('Needs attention', style),
    ...missing.flatMap(({ scenario, run }) => [
      `  ${palette.verdict.fail(MISSING)}  ${cell(`${scenario.id}/${run.name}, seed ${run.seed}`, columns - 4 - MISSING.length, style)}`,
      ...paragraph(missingText(run), 4 + MISSING.length, style),
      // Copied by people: never broken.
      `${' '.repeat(4 + MISSING.length)}${palette.quiet('Replay')}  ${printable(run.replay)}`,
    ]),
    ...troubled.flatMap((placed) => {
      const { check } = placed;
      const indent = 2 + check.verdict.length + 2;
      return [
        `  ${palette.verdict[check.verdict](check.verdict)}  ${cell(placeOfCheck(placed), columns - indent, style)}`,
        ...reasonLines(check, indent, style),
      ];
    }),
  ];
}

/** Why, and the line of the scenario file to look at. */
function reasonLines(check: Pick<CheckResult, 'why' | 'source'>, indent: number, style: Style): string[] {
  return [
    ...paragraph(check.why, indent, style),
    ...paragraph(`at ${check.source}`, indent, style).map(style.palette.quiet),
  ];
}

function scenarioLines(scenario: ScenarioResult, detailed: boolean, style: Style): string[] {
  const { palette, columns } = style;
  const nameWidth = columnFor(
    scenario.variants.map(({ name }) => name),
    24,
  );
  const countsWidth = columnFor(scenario.variants.map(countsOf), 40);
  const exposedWidth = columnFor(
    scenario.variants.map((variant) => exposedOf(variant, style)),
    28,
  );
  return [
    heading(cell(scenario.id, columns - 2, style), style),
    ...paragraph(scenario.title, 2, style),
    ...(detailed
      ? scenario.variants.flatMap((variant) => ['', ...variantLines(variant, style)])
      : [
          '',
          ...scenario.variants.map((variant) =>
            variantLine(variant, { nameWidth, countsWidth, exposedWidth }, style),
          ),
        ]),
    ...scenario.across.map(
      ({ verdict, id, variants }) =>
        `  ${palette.verdict[verdict](paddedCell(verdict, VERDICT_COLUMNS, style))}  ${cell(`${id}, across ${variants.join(', ')}`, columns - VERDICT_COLUMNS - 4, style)}`,
    ),
    ...scenario.missing.map(
      ({ name, code }) =>
        `  ${palette.verdict.fail(paddedCell(MISSING, VERDICT_COLUMNS, style))}  ${cell(`${name}  ${code}`, columns - VERDICT_COLUMNS - 4, style)}`,
    ),
    ...(scenario.notTested.length === 0 ? [] : ['', `  ${palette.strong('not tested in this scenario')}`]),
    ...scenario.notTested.flatMap(({ row, reason }) =>
      paragraph(`${row}: ${reason}`, 6, style).map(palette.quiet),
    ),
  ];
}

const VERDICT_COLUMNS = 12;
/** Narrower than this there is room for neither counts nor title. */
const WIDE_COLUMNS_MIN = 90;
/** Less of a title says nothing. */
const TITLE_COLUMNS_MIN = 12;

/** One variant in one line: how it went, what stood open to an attacker, and what it is. */
function variantLine(
  variant: VariantResult,
  widths: { readonly nameWidth: number; readonly countsWidth: number; readonly exposedWidth: number },
  style: Style,
): string {
  const { palette, columns } = style;
  const { nameWidth, countsWidth, exposedWidth } = widths;
  const worst = variant.checks.filter(needsAttention).sort(worstFirst)[0]?.verdict ?? 'pass';
  const role = variant.reference ? '' : 'an error: ';
  const wide = columns >= WIDE_COLUMNS_MIN;
  const head = [
    `  ${palette.verdict[worst](paddedCell(worst, VERDICT_COLUMNS, style))}`,
    palette.strong(paddedCell(variant.name, nameWidth, style)),
    ...(wide ? [paddedCell(countsOf(variant), countsWidth, style)] : []),
    (variant.exposure.length === 0 ? palette.quiet : palette.harm)(
      paddedCell(exposedOf(variant, style), exposedWidth, style),
    ),
  ].join('  ');
  const left = columns - (2 + VERDICT_COLUMNS + 2 + nameWidth + 2 + countsWidth + 2 + exposedWidth + 2);
  return wide && left >= TITLE_COLUMNS_MIN
    ? `${head}  ${palette.quiet(cell(`${role}${variant.title}`, left, style))}`
    : head;
}

/** What was opened, and how many probes that could have opened more were not made. */
function exposedOf(variant: VariantResult, { glyphs }: Style): string {
  const unprobed = notProbed(variant).length;
  return [
    ...(variant.exposure.length === 0 ? [] : [`${glyphs.harm} ${variant.exposure.length} exposed`]),
    ...(unprobed === 0 ? [] : [`${unprobed} not probed`]),
  ].join(', ');
}

function countsOf({ checks }: VariantResult): string {
  return countsText(countVerdicts(checks));
}

function variantLines(variant: VariantResult, style: Style): string[] {
  const { palette, glyphs, columns } = style;
  const counts = countsOf(variant);
  const role = variant.reference ? '' : ` ${glyphs.dot} shows what an error costs`;
  const name = printable(variant.name);
  return [
    `  ${palette.strong(cell(name, columns - 2, style))}${palette.quiet(cell(`  ${counts}${role}`, columns - 2 - name.length, style))}`,
    ...paragraph(variant.title, 4, style),
    ...parameterLines(variant, style),
    ...checkLines(variant, style),
    ...exposureLines(variant, style),
    ...callLines(variant, style),
    ...procedureLines(variant, style),
    ...scoreLines(variant, style),
  ];
}

function closingLines(suite: SuiteResult, page: string | undefined, style: Style): string[] {
  const { palette } = style;
  const labelled = (label: string, value: string): string => `${palette.quiet(label.padEnd(6))}  ${value}`;
  const [result = '', ...more] = paragraph(resultText(suite), 8, style);
  const { seeds } = secrecyOf(suite);
  return [
    labelled('Result', result.trimStart()),
    ...more,
    // These are copied by people: they are never broken or shortened.
    labelled('Seed', printable(seedsText(suite))),
    ...(seeds === undefined ? [] : paragraph(seeds, 8, style).map(palette.quiet)),
    ...suite.replay.split('\n').map((line) => labelled('Replay', printable(line))),
    ...(page === undefined ? [] : [labelled('Page', printable(page))]),
  ];
}
