/** The verification of the results of one suite: a folder with a report, its traces and what it was made from. */
import type { SuiteResult } from '../../scenarios/evidence/model.ts';
import { textOf } from '../../scenarios/host/index.ts';
import type { Vocabulary } from '../../scenarios/language/index.ts';
import { parseSuite } from '../../scenarios/runs/index.ts';
import { wordsOf } from '../../devices/console/index.ts';
import { verifyCatalogue } from './catalogue.ts';
import type { EvidenceFiles } from './evidence-files.ts';
import { REPORT, verifyFiles } from './files.ts';
import { verifyPlan } from './plan.ts';
import { verifyVerdicts } from './judgement.ts';
import { verifyPages } from './pages.ts';
import { hasSources, readSources, type Sources } from './sources.ts';
import { verifyTraces } from './traces.ts';
import { failed, faultOf, notVerified, verifiedUnless, type VerifyResult } from './verify-result.ts';

/** All that can be said of a suite without running anything again. */
export function verifySuite(evidence: EvidenceFiles, vocabulary: Vocabulary): readonly VerifyResult[] {
  const files = verifyFiles(evidence);
  let report: string;
  let suite: SuiteResult;
  try {
    report = textOf(evidence.read(REPORT), REPORT);
    suite = parseSuite(report, REPORT);
  } catch (thrown) {
    return [files, failed('report', [faultOf(thrown)])];
  }
  const traces = verifyTraces(evidence, suite);
  const catalogue = verifyCatalogue(suite);
  const pages = verifyPages(evidence, suite);
  return [
    files,
    traces,
    ...ofSources(evidence, suite, report, vocabulary),
    catalogue,
    pages,
    ...verifyPlan(evidence, suite, vocabulary),
  ];
}

function ofSources(
  evidence: EvidenceFiles,
  suite: SuiteResult,
  report: string,
  vocabulary: Vocabulary,
): readonly VerifyResult[] {
  if (!hasSources(evidence)) {
    const why = 'the folder has not what it was made from: it is of a version that did not keep that';
    return ['sources', 'verdicts', 'exposures', 'clauses'].map((each) => notVerified(each, why));
  }
  let sources: Sources;
  try {
    sources = readSources(evidence, suite, vocabulary);
  } catch (thrown) {
    return [
      failed('sources', [faultOf(thrown)]),
      ...['verdicts', 'exposures', 'clauses'].map((each) => notVerified(each, 'as sources failed')),
    ];
  }
  const { length } = sources.screenplays;
  const count = `${length} scenario${length === 1 ? '' : 's'}${sources.deployment === undefined ? '' : ' and the deployment'}`;
  return [
    verifiedUnless(
      'sources',
      [...sources.faults, ...dayFaults(suite, sources)],
      `${count}, with all procedures, by the digests of the report`,
    ),
    ...verifyVerdicts(evidence, { suite, report, sources }),
  ];
}

/** The day on which waivers were looked at is the deployment's own, or the one of the command line. */
function dayFaults({ deployment, replay }: SuiteResult, sources: Sources): readonly string[] {
  const own = sources.deployment?.validOn.text;
  if (deployment === undefined || own === undefined) return [];
  const words = replay.split('\n').map((line) => wordsOf(line).map(({ text }) => text));
  const asked = words.flatMap((line) =>
    line.flatMap((word, at) => (word === '--as-of' ? (line[at + 1] ?? []) : [])),
  );
  // An exercise says it in the file of its lines, which a rerun reads.
  const days = asked.length > 0 || words.some((line) => line.includes('--replay')) ? asked : [own];
  return days.length === 0 || days.includes(deployment.asOf)
    ? []
    : [`waivers were looked at as of ${deployment.asOf}, and what was asked for is ${days.join(', ')}`];
}
