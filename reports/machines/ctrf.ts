/**
 * ctrf.json: the Common Test Report Format (https://ctrf.io), one test for each check.
 *
 * | verdict                    | status                                       |
 * | -------------------------- | -------------------------------------------- |
 * | pass                       | `passed`                                     |
 * | fail                       | `failed`                                     |
 * | inconclusive, waived       | `other`                                      |
 * | not-tested, not-applicable | `skipped`                                    |
 *
 * `rawStatus` has the verdict. A run that failed is a test that failed, and each of its checks `other`. As in JUnit all times are 0.
 */
import type { JsonValue } from '../../sim/canonical-json.ts';
import type { SuiteResult } from '../../scenarios/evidence/model.ts';
import { revealing } from '../secrecy.ts';
import { countVerdicts, headlineOf, missingRuns } from '../tally.ts';
import { harmlessJson } from './harmless-json.ts';
import { runIdOf } from './run-id.ts';
import { sourceOf, toldChecks, type ToldCheck } from './told-checks.ts';
import { uuidOf } from './uuid.ts';

type CtrfStatus = 'passed' | 'failed' | 'skipped' | 'other';

/** The file. Parts of a suite that were run on several machines have one run id, and a report id each. */
export function ctrfJson(suite: SuiteResult): string {
  const told = toldChecks(suite);
  const counts = { passed: 0, failed: 0, skipped: 0, other: 0 };
  for (const check of told) counts[statusOf(check)]++;
  const [, name = suite.tool, version] = /^(\S+) (.+)$/s.exec(suite.tool) ?? [];
  const runId = runIdOf(suite);
  const tests = told.map((check) => testOf(check, suite.tool));
  return harmlessJson({
    ...{ reportFormat: 'CTRF', specVersion: '0.0.0', generatedBy: suite.tool, runId },
    reportId: uuidOf({ of: 'ctrf', runId, tests }),
    results: {
      tool: { name, version },
      summary: {
        ...{ tests: told.length, ...counts, pending: 0, start: 0, stop: 0, duration: 0 },
        suites: new Set(told.map((check) => JSON.stringify(check.suite))).size,
        extra: {
          headline: headlineOf(suite),
          verdicts: { ...countVerdicts(told) },
          runsMissing: missingRuns(suite).length,
          clauses: { ...countVerdicts(suite.clauses) },
        },
      },
      tests,
      environment: {
        appName: name,
        appVersion: version,
        extra: {
          seed: suite.seed,
          keySeed: suite.keySeed,
          plant: suite.plant,
          ...revealing(suite),
          replay: suite.replay,
        },
      },
    },
  });
}

function statusOf({ verdict, kind, missing }: ToldCheck): CtrfStatus {
  if (missing) return kind === 'run' ? 'failed' : 'other';
  switch (verdict) {
    case 'pass':
      return 'passed';
    case 'fail':
      return 'failed';
    case 'inconclusive':
    case 'waived':
      return 'other';
    case 'not-tested':
    case 'not-applicable':
      return 'skipped';
  }
}

function testOf(check: ToldCheck, tool: string): JsonValue {
  const { file, line } = sourceOf(check.source);
  const { id, title, suite, place, verdict, why, kind, files, replay, parts, missing, reference, was } =
    check;
  return {
    ...{ name: `${id}: ${title}`, status: statusOf(check), rawStatus: verdict, duration: 0, suite },
    // The check, whatever becomes of it.
    testId: uuidOf({ of: 'ctrf test', tool, key: check.key }),
    ...{ type: kind, message: why, filePath: file, line },
    attachments:
      files.length === 0 ? undefined : files.map((path) => ({ name: path, contentType: typeOf(path), path })),
    extra: { place, replay, parts, runMissing: missing, reference, was },
  };
}

function typeOf(path: string): string {
  if (path.endsWith('.wav')) return 'audio/wav';
  return path.endsWith('.ndjson') ? 'application/x-ndjson' : 'application/octet-stream';
}
