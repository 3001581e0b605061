/** `calldrill history`: checks over the reports that are kept in a folder. */
import { coverageText, resultText } from '../../reports/tally.ts';
import { Histories } from '../../scenarios/evidence/comparison/index.ts';
import { textOf } from '../../scenarios/host/index.ts';
import { parseSuite } from '../../scenarios/runs/index.ts';
import { CalldrillError } from '../../sim/errors.ts';
import { command } from '../command.ts';
import { writeJson } from '../context.ts';
import { EXIT } from '../exit-code.ts';
import { historyText, type HistoryEntry, type UnreadReport } from '../history/history-text.ts';
import { keptReports } from '../history/kept-reports.ts';

/** Octets of a report of every shipped scenario, many times over. */
const REPORT_OCTETS_MAX = 1 << 28;

/** Reads them one after the other, and keeps of each only what it came to. */
export const history = command({
  name: 'history',
  summary: 'what each check came to over kept results',
  about: [
    'The folder holds results folders, results of many seeds, or report.json files under other names, such as 2026-12-01.json. They stand in the order of their names, in which numbers count as numbers: a report has no date.',
    'Told of each check: every verdict, in which report it failed first (also behind a waiver), how often pass and fail followed each other, and in how many reports it was tested. Verdicts are believed as reported.',
    'The exit code is 4 when a report could not be read, and else 0, whatever the checks came to.',
  ],
  operands: { placeholder: '<folder>', min: 1, max: 1 },
  options: {},
  examples: [
    { line: 'calldrill history baselines', does: 'what is kept, the oldest first' },
    { line: 'calldrill history nightly --json', does: 'every verdict, for a program' },
  ],
  errorExit: EXIT.unverified,
  run: async (_given, [folder = ''], context) => {
    const histories = new Histories();
    const entries: HistoryEntry[] = [];
    const unread: UnreadReport[] = [];
    for (const { name, file } of keptReports(folder)) {
      try {
        const suite = parseSuite(textOf(await context.readInput(file, REPORT_OCTETS_MAX), file), file);
        histories.add(suite);
        const { tool, seed, keySeed, clauses } = suite;
        entries.push({
          name,
          tool,
          seed,
          keySeed,
          counts: resultText(suite),
          coverage: coverageText(clauses),
        });
      } catch (thrown) {
        if (!(thrown instanceof CalldrillError)) throw thrown;
        unread.push({ name, why: `${thrown.code}: ${thrown.message}` });
      }
    }
    const { checks } = histories;
    const exitCode = unread.length > 0 ? EXIT.inconclusive : EXIT.pass;
    if (context.json) writeJson(context, { exitCode, entries, unread, checks });
    else context.stdout.write(historyText({ entries, unread, checks }, context.stdout.terminal.colour));
    return exitCode;
  },
});
