/** The verification of a results folder as a whole: of one suite, or of several seeds, each in a folder of its own. */
import type { Vocabulary } from '../../scenarios/language/index.ts';
import { verifyError } from './errors.ts';
import { evidenceBelow, type EvidenceFiles } from './evidence-files.ts';
import { BESIDE, MANIFEST, REPORT } from './files.ts';
import { verifySuite } from './suite.ts';
import { failed, type VerifyResult } from './verify-result.ts';

/** All results, those of one of several suites under its name. Throws VERIFY_NO_RESULTS. */
export function verifyEvidence(
  evidence: EvidenceFiles,
  name: string,
  vocabulary: Vocabulary,
): readonly VerifyResult[] {
  const suites = suitesIn(evidence);
  if (suites.length === 0)
    throw verifyError('VERIFY_NO_RESULTS', `${name} has neither ${REPORT} nor ${MANIFEST}`);
  if (suites.includes('')) return verifySuite(evidence, vocabulary);
  const astray = [...evidence.paths, ...evidence.strange].filter(
    (path) => !BESIDE.includes(path) && !suites.some((suite) => path.startsWith(`${suite}/`)),
  );
  return [
    ...(astray.length === 0
      ? []
      : [
          failed(
            'files',
            astray.map((path) => `${path} belongs to none of the suites`),
          ),
        ]),
    ...suites.flatMap((suite) =>
      verifySuite(evidenceBelow(evidence, suite), vocabulary).map((each) => ({
        ...each,
        of: `${suite}: ${each.of}`,
      })),
    ),
  ];
}

/** The folders of suites: the top itself, or each folder below it that has a report or a manifest. */
export function suitesIn({ paths }: EvidenceFiles): readonly string[] {
  const marks = [MANIFEST, REPORT];
  if (marks.some((mark) => paths.includes(mark))) return [''];
  const folders = paths.flatMap((path) => {
    const [folder = '', file, ...rest] = path.split('/');
    return file !== undefined && rest.length === 0 && marks.includes(file) ? [folder] : [];
  });
  return [...new Set(folders)];
}
