/**
 * The results that a run is held against, for its summary. The report of them is kept beside the new one: so what the summary says of changes can be made
 * again by whoever verifies it, who need not have the baseline. Traces of the baseline are not there: `compare` finds the first event that differs.
 */
import { comparisonMarkdown } from '../../reports/index.ts';
import { comparisonHeadline } from '../../reports/comparison/sections.ts';
import { comparisonOf, type SuiteComparison } from '../../scenarios/evidence/comparison/index.ts';
import { parseSuite, type SuiteResult } from '../../scenarios/runs/index.ts';
import { textOf } from '../../scenarios/host/index.ts';

/** The report of the baseline, in the results folder. */
export const BASELINE_FILE = 'baseline.json';

/** Reads what is kept of it. Throws the SUITE_ codes, HOST_FILE_NOT_TEXT. */
export function parseBaseline(octets: Uint8Array): SuiteResult {
  return parseSuite(textOf(octets, BASELINE_FILE), BASELINE_FILE);
}

/** What changed, as a section of Markdown. */
export function changedSince(baseline: SuiteResult, suite: SuiteResult): string {
  return comparisonMarkdown(comparedWith(baseline, suite), { title: 'Since the baseline', level: 2 });
}

/** What changed, in a sentence. */
export function changeHeadline(baseline: SuiteResult, suite: SuiteResult): string {
  return comparisonHeadline(comparedWith(baseline, suite));
}

function comparedWith(baseline: SuiteResult, suite: SuiteResult): SuiteComparison {
  return comparisonOf(
    baseline,
    suite,
    () => 'another trace: calldrill compare finds the first event that differs',
  );
}
