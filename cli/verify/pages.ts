/**
 * Whether the files that people and programs read are what the report makes: each is rendered again from the report and the traces, and compared
 * octet for octet. So nobody can leave the numbers as they are and change the page.
 */
import {
  factsOf,
  OSCAL_FILES,
  oscalVersionOf,
  RENDERERS,
  REPORT_FILES,
  resultFiles,
  TRACE_FILE,
  type FileFacts,
} from '../../reports/index.ts';
import type { EventsOf, SuiteResult } from '../../scenarios/evidence/model.ts';
import { ownTrace } from '../../scenarios/host/index.ts';
import { BASELINE_FILE, changedSince, parseBaseline } from '../run/baseline.ts';
import { DRIFT_FILE } from '../run/drift-text.ts';
import type { EvidenceFiles } from './evidence-files.ts';
import { BESIDE } from './files.ts';
import { failed, faultOf, notVerified, verifiedUnless, type VerifyResult } from './verify-result.ts';

/** What is rendered again; the manifest is held against the files by itself. */
const AGAIN = RENDERERS.filter(({ id }) => id !== 'manifest');

/** Renders a suite again. */
export function verifyPages(evidence: EvidenceFiles, suite: SuiteResult): VerifyResult {
  const { paths, read } = evidence;
  if (paths.includes(DRIFT_FILE))
    return notVerified('pages', 'they tell of drift, which is not read back; run again they are the same');
  const events: EventsOf = (scenario, variant) => {
    const path = `${scenario}/${variant}/${TRACE_FILE}`;
    return paths.includes(path) ? ownTrace(read(path)) : [];
  };
  const made = new Set([...REPORT_FILES, ...BESIDE]);
  try {
    const facts = paths
      .filter((path) => !made.has(path))
      .map((path): readonly [string, FileFacts] => [path, factsOf(read(path))]);
    const oscalVersion = paths.includes(OSCAL_FILES.results)
      ? oscalVersionOf(Buffer.from(read(OSCAL_FILES.results)).toString('utf8'))
      : undefined;
    const changed = paths.includes(BASELINE_FILE)
      ? { changed: changedSince(parseBaseline(read(BASELINE_FILE)), suite) }
      : {};
    const versioned = oscalVersion === undefined ? {} : { oscalVersion };
    const again = resultFiles(suite, { events, files: new Map(facts), ...versioned, ...changed }, AGAIN);
    const faults = [...again].flatMap(([path, octets]) => {
      if (!paths.includes(path)) return [`${path} is missing`];
      const there = read(path);
      const at = octets.findIndex((octet, index) => octet !== there[index]);
      if (at < 0 && there.length === octets.length) return [];
      return [`${path} is not what the report makes, from octet ${at < 0 ? octets.length : at} on`];
    });
    return verifiedUnless('pages', faults, `${[...again.keys()].join(', ')} are what the report makes`);
  } catch (thrown) {
    return failed('pages', [faultOf(thrown)]);
  }
}
