/**
 * summary.md: how a suite went, for the page of a CI job: the verdict in a sentence, counts, the first failures with the lines that replay them, and
 * what was not tested. Texts of scenarios, devices and peers are escaped, so that none of them is a link, a heading, a mention or HTML.
 */
import { VERDICTS, type SuiteResult } from '../../scenarios/evidence/model.ts';
import { printable, shortened } from '../printable.ts';
import { secrecyOf } from '../secrecy.ts';
import {
  coverageText,
  countVerdicts,
  headlineOf,
  lossesText,
  numbered,
  shardText,
  tallyOf,
  worstFirst,
} from '../tally.ts';
import { toldChecks, type ToldCheck } from './told-checks.ts';

/** How many of what needs attention are shown; a job page takes a megabyte. */
const FIRST = 10;
const REASON_MAX = 500;
const REPLAY_MAX = 2_000;

/** The summary; `changed` is a section of Markdown about a baseline, and stands behind the verdict. */
export function markdownSummary(suite: SuiteResult, changed?: string): string {
  const told = toldChecks(suite);
  const secrecy = secrecyOf(suite);
  const troubled = told
    .filter(({ verdict }) => verdict === 'fail' || verdict === 'inconclusive')
    .sort((a, b) => runsFirst(a, b) || worstFirst(a, b));
  const shard = shardText(suite);
  const sections = [
    `# calldrill: ${[verdictWord(suite), ...(shard === undefined ? [] : [shard])].join(', ')}`,
    `**${sentenceOf(suite)}**`,
    markdownText(headlineOf(suite)),
    ...(suite.plant === undefined
      ? []
      : [`A rule was broken on purpose, to see which check notices: ${markdownText(suite.plant)}.`]),
    ...(secrecy.revealed === undefined ? [] : [`**${markdownText(secrecy.revealed)}**`]),
    ...(changed === undefined ? [] : [changed.trim()]),
    countsTable(suite, told),
    ...(troubled.length === 0 ? [] : [failures(troubled)]),
    `${markdownText(coverageText(suite.clauses))}. What is not tested has neither passed nor failed.`,
    `Seed ${markdownText(suite.seed)}, key seed ${markdownText(suite.keySeed)}. Run again by:`,
    fenced(suite.replay),
    ...(secrecy.seeds === undefined ? [] : [secrecy.seeds]),
  ];
  return `${sections.join('\n\n')}\n`;
}

function runsFirst(a: ToldCheck, b: ToldCheck): number {
  return Number(b.kind === 'run') - Number(a.kind === 'run');
}

/** What is not tested or does not apply fails nothing, as the exit code has it; the sentence says how much that is. */
function verdictWord(suite: SuiteResult): string {
  const { missing, counts } = tallyOf(suite);
  if (missing > 0) return 'not complete';
  if (counts.fail > 0) return 'fail';
  if (counts.inconclusive > 0) return 'inconclusive';
  if (counts.pass === 0) return 'nothing passed';
  return counts.waived > 0 ? 'pass, with waivers' : 'pass';
}

/** The verdict in a sentence. */
function sentenceOf(suite: SuiteResult): string {
  const { missing, counts, checks } = tallyOf(suite);
  const clauses = countVerdicts(suite.clauses);
  const of = numbered(checks, 'check');
  const parts = [
    ...(missing === 0 ? [] : [`${lossesText(suite)} and could have shown anything`]),
    ...(counts.fail === 0 ? [] : [`${counts.fail} of ${of} failed`]),
    ...(counts.inconclusive === 0 ? [] : [`${counts.inconclusive} of ${of} came to no conclusion`]),
    ...(missing + counts.fail + counts.inconclusive === 0
      ? [`none of ${of} failed: ${counts.pass} passed`]
      : []),
    ...(counts.waived === 0
      ? []
      : [`${counts.waived} did not pass and ${counts.waived === 1 ? 'is' : 'are'} waived`]),
    ...(counts['not-tested'] === 0 ? [] : [`${counts['not-tested']} were not tested`]),
    `${clauses['not-tested']} of ${numbered(suite.clauses.length, 'clause')} are not tested`,
  ];
  const [first = '', ...rest] = parts;
  return `${first.slice(0, 1).toUpperCase()}${[first.slice(1), ...rest].join('; ')}.`;
}

function countsTable(suite: SuiteResult, told: readonly ToldCheck[]): string {
  const checks = countVerdicts(told.filter(({ kind }) => kind !== 'run'));
  const clauses = countVerdicts(suite.clauses);
  const rows = VERDICTS.map((verdict) => `| ${verdict} | ${checks[verdict]} | ${clauses[verdict]} |`);
  return ['| status | checks | clauses |', '| --- | ---: | ---: |', ...rows].join('\n');
}

function failures(troubled: readonly ToldCheck[]): string {
  const shown = troubled.slice(0, FIRST);
  const more = troubled.length - shown.length;
  return [
    '## What did not pass',
    ...shown.map(({ place, title, verdict, why, replay }) =>
      [
        `**${verdict}** ${markdownText(place)}: ${markdownText(title)}`,
        markdownText(shortened(why, REASON_MAX)),
        fenced(replay),
      ].join('\n\n'),
    ),
    ...(more === 0 ? [] : [`And ${more} more: they are in checks.csv and index.html.`]),
  ].join('\n\n');
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
]);

/** A text as Markdown shows it, character by character: nothing in it means anything. Commas, quotes and the like never do. */
export function markdownText(text: string): string {
  return printable(text).replace(
    /[!#$&(-+\-./:<-@[-`{-~]/g,
    (character) => ENTITIES.get(character) ?? `\\${character}`,
  );
}

/** A text in a fence that it cannot close. */
function fenced(text: string): string {
  const lines = text.split('\n').map((line) => printable(shortened(line, REPLAY_MAX)));
  const runs = lines.flatMap((line) => line.match(/`+/g) ?? []).map(({ length }) => length);
  const fence = '`'.repeat(Math.max(3, ...runs.map((length) => length + 1)));
  return [`${fence}text`, ...lines, fence].join('\n');
}
