/** The four OSCAL documents of a results folder, from its report. */
import type { SuiteResult } from '../../scenarios/evidence/model.ts';
import { toldChecks } from '../machines/told-checks.ts';
import { instantOf } from '../when.ts';
import { catalogJson, componentJson } from './catalog.ts';
import { namingOf, NO_TIME, OSCAL_FILES, OSCAL_VERSIONS, type OscalVersion } from './document.ts';
import { planJson, type OscalReport } from './plan.ts';
import { resultsJson } from './results.ts';

/** Texts by file name. `digest` is the SHA-256 of the suite's report.json: what it is written as is named after that, so another report shares none of its UUIDs. */
export function oscalFiles(
  suite: SuiteResult,
  version: OscalVersion,
  digest: string,
): ReadonlyMap<string, string> {
  const ends = suite.scenarios.flatMap(({ variants }) =>
    variants.map((variant) => instantOf(variant.begins, variant.ends)),
  );
  const report: OscalReport = {
    ...{ suite, version, digest, told: toldChecks(suite) },
    modified: ends.sort().at(-1) ?? NO_TIME,
    named: namingOf({ version, digest }),
  };
  return new Map([
    [OSCAL_FILES.catalog, catalogJson(suite, version)],
    [OSCAL_FILES.component, componentJson(suite, version)],
    [OSCAL_FILES.plan, planJson(report)],
    [OSCAL_FILES.results, resultsJson(report)],
  ]);
}

/** The version that an OSCAL document says it has; undefined where it says none of ours. */
export function oscalVersionOf(text: string): OscalVersion | undefined {
  const said = /"oscal-version": "([^"]*)"/.exec(text)?.[1];
  return OSCAL_VERSIONS.find((version) => version === said);
}
