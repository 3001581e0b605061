/** A history on a terminal: the suites with what they cover, then the checks that are worth a look, each as a row of letters, the oldest first. */
import { printable, shortened } from '../../reports/printable.ts';
import { paletteOf } from '../../reports/terminal/palette.ts';
import { alignedRows } from '../../reports/terminal/table.ts';
import type { CheckHistory } from '../../scenarios/evidence/comparison/index.ts';
import type { Verdict } from '../../scenarios/evidence/model.ts';

/** What a kept report says of itself: which version and seeds made it, how it went, and how much of the catalogue it covers. */
export interface HistoryEntry {
  readonly name: string;
  readonly tool: string;
  readonly seed: string;
  readonly keySeed: string;
  /** `94 pass, 2 fail` */
  readonly counts: string;
  readonly coverage: string;
}

/** A kept report that could not be read. */
export interface UnreadReport {
  readonly name: string;
  readonly why: string;
}

/** The content of `--json`. */
export interface History {
  readonly entries: readonly HistoryEntry[];
  readonly unread: readonly UnreadReport[];
  readonly checks: readonly CheckHistory[];
}

const LETTERS: Readonly<Record<Verdict, string>> = {
  ...{ pass: 'P', fail: 'F', inconclusive: 'I', waived: 'W', 'not-tested': '-', 'not-applicable': 'n' },
};
const ABSENT = '.';
/** Verdicts of a check that are shown, the last ones. */
const LETTERS_MAX = 60;
/** Checks that are shown. */
const CHECKS_MAX = 200;
/** Characters of a name. */
const NAME_MAX = 80;

/** Whether every suite said the same of it, and something. */
function isSteady({ verdicts, tested }: CheckHistory): boolean {
  return tested > 0 && new Set(verdicts).size === 1 && verdicts[0] !== 'fail';
}

/** The history as text, ended by a newline. */
export function historyText({ entries, unread, checks }: History, colour: boolean): string {
  const palette = paletteOf(colour);
  const name = (text: string): string => shortened(printable(text), NAME_MAX);
  const told = checks.filter((check) => !isSteady(check));
  const rows = told.slice(0, CHECKS_MAX);
  const paint = (verdict: Verdict | null): string =>
    verdict === null ? palette.quiet(ABSENT) : palette.verdict[verdict](LETTERS[verdict]);
  const places = alignedRows(rows.map((check) => [name(check.place), factsOf(check, entries), '']));
  const lines = [
    ...alignedRows(
      entries.map((entry) => [
        name(entry.name),
        name(entry.tool),
        name(`seed ${entry.seed}`),
        entry.counts,
        entry.coverage,
      ]),
    ),
    ...unread.map((each) =>
      palette.bad(`${name(each.name)}  not read: ${shortened(printable(each.why), 300)}`),
    ),
    '',
    `${checks.length - told.length} of ${checks.length} checks said the same in each of ${entries.length}.`,
    ...(rows.length === 0
      ? []
      : [
          '',
          `P pass, F fail, I inconclusive, W waived, - not tested, n not applicable, ${ABSENT} not there; the last is the newest`,
        ]),
    ...rows.map(
      ({ verdicts }, at) => `${verdicts.slice(-LETTERS_MAX).map(paint).join('')}  ${places[at] ?? ''}`,
    ),
    ...(told.length > rows.length ? [`and ${told.length - rows.length} more; --json has all of them`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function factsOf(
  { firstFailed, flips, tested, verdicts }: CheckHistory,
  entries: readonly HistoryEntry[],
): string {
  const failed =
    firstFailed === null
      ? 'never failed'
      : `first failed in ${shortened(printable(entries[firstFailed]?.name ?? ''), NAME_MAX)}`;
  return `${failed}, ${flips} ${flips === 1 ? 'flip' : 'flips'}, tested in ${tested} of ${verdicts.length}`;
}
