/** Whether the traces of a results folder are those that its report is about. */
import { TRACE_FILE, variantFolder, factsOf } from '../../reports/index.ts';
import type { SuiteResult } from '../../scenarios/evidence/model.ts';
import { parseTrace, type FiledTrace } from '../../scenarios/host/index.ts';
import type { EvidenceFiles } from './evidence-files.ts';
import { faultOf, verifiedUnless, type VerifyResult } from './verify-result.ts';

/** Reads every trace strictly, and holds its digest, its length and what it says it is of against the report. */
export function verifyTraces(evidence: EvidenceFiles, { scenarios }: SuiteResult): VerifyResult {
  const faults: string[] = [];
  let events = 0;
  const runs = scenarios.flatMap(({ id, variants }) => variants.map((variant) => ({ id, variant })));
  for (const { id, variant } of runs) {
    const folder = variantFolder(id, variant.name);
    const path = `${folder}/${TRACE_FILE}`;
    if (!evidence.paths.includes(path)) {
      faults.push(`${path} is missing`);
      continue;
    }
    const octets = evidence.read(path);
    const { sha256 } = factsOf(octets);
    if (sha256 !== variant.traceDigest)
      faults.push(`${path} has the digest ${sha256}; the report was made from ${variant.traceDigest}`);
    try {
      const trace = parseTrace(octets, path);
      faults.push(...faultsOf(trace, folder, variant.traceEvents).map((fault) => `${path}: ${fault}`));
      events += trace.events.length;
    } catch (thrown) {
      faults.push(`${path}: ${faultOf(thrown)}`);
    }
  }
  const counted = `${runs.length} traces of ${events} events`;
  return verifiedUnless('traces', faults, `${counted} are those that the report is about`);
}

function faultsOf({ events, complete }: FiledTrace, folder: string, expected: number): readonly string[] {
  const { scenario, variant } = events[0]?.data ?? {};
  const named = `${String(scenario)}/${String(variant)}`;
  return [
    ...(named === folder ? [] : [`it is of ${named}`]),
    ...(complete ? [] : ['it is cut off']),
    ...(events.length === expected ? [] : [`it has ${events.length} events, not ${expected}`]),
  ];
}
