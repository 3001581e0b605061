/**
 * results.sarif: SARIF 2.1.0 (OASIS), for what shows findings beside the lines they come from. Each check that failed is a result at its line of
 * the scenario file, and each that is inconclusive one of kind `open`; in one run, for several are refused by GitHub.
 *
 * SARIF here has no word for what passed, was waived or not tested: no result does not say that a check passed. The counts of all verdicts are
 * in the properties of the run, and a run that failed is a notification and makes `executionSuccessful` false.
 */
import type { JsonValue } from '../../sim/canonical-json.ts';
import type { SuiteResult } from '../../scenarios/evidence/model.ts';
import { printable } from '../printable.ts';
import { revealing } from '../secrecy.ts';
import { countVerdicts, headlineOf } from '../tally.ts';
import { harmlessJson } from './harmless-json.ts';
import { runIdOf } from './run-id.ts';
import { sourceOf, toldChecks, type ToldCheck } from './told-checks.ts';
import { uuidOf } from './uuid.ts';

/** The file, from the model alone. */
export function sarifJson(suite: SuiteResult): string {
  const told = toldChecks(suite);
  const shown = told.filter(({ verdict, kind }) => kind !== 'run' && isShown(verdict));
  const lost = told.filter(({ kind }) => kind === 'run');
  const rules = new Map(shown.map((check) => [ruleOf(check), check]));
  const ids = [...rules.keys()];
  const [, name = suite.tool, version] = /^(\S+) (.+)$/s.exec(suite.tool) ?? [];
  return harmlessJson({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            ...{ name, version },
            rules: [...rules].map(([id, { title, kind }]) => ({
              ...{ id, shortDescription: message(title) },
              // Readers leave out results whose rule has no level of its own.
              defaultConfiguration: { level: 'error' },
              properties: { kind },
            })),
          },
        },
        automationDetails: { id: `${name}/`, guid: runIdOf(suite) },
        invocations: [
          {
            executionSuccessful: lost.length === 0,
            toolExecutionNotifications: lost.map((run) => ({
              ...{
                level: 'error',
                message: message(`${run.place}: ${run.why}`),
                locations: [locationOf(run)],
              },
              properties: { replay: run.replay },
            })),
          },
        ],
        columnKind: 'utf16CodeUnits',
        results: shown.map((check) => resultOf(check, ids.indexOf(ruleOf(check)))),
        properties: {
          headline: headlineOf(suite),
          says: 'Only what failed or is inconclusive is a result: what is not here did not pass because of that.',
          verdicts: { ...countVerdicts(told) },
          clauses: { ...countVerdicts(suite.clauses) },
          ...{
            seed: suite.seed,
            keySeed: suite.keySeed,
            plant: suite.plant,
            ...revealing(suite),
            replay: suite.replay,
          },
        },
      },
    ],
  });
}

function isShown(verdict: ToldCheck['verdict']): boolean {
  return verdict === 'fail' || verdict === 'inconclusive';
}

/** A rule is a check of a scenario, in whatever variant. */
function ruleOf({ suite: [scenario = ''], id }: ToldCheck): string {
  return `${scenario}/${id}`;
}

function resultOf(check: ToldCheck, ruleIndex: number): JsonValue {
  const { place, title, why, verdict, replay, parts, missing, key } = check;
  return {
    ...{ ruleId: ruleOf(check), ruleIndex },
    ...(verdict === 'fail' ? { kind: 'fail', level: 'error' } : { kind: 'open', level: 'none' }),
    message: message(`${place}: ${title}: ${verdict}, ${why}`),
    locations: [locationOf(check)],
    // Of the check in its variant: neither its line nor the seed is in it, so it stays itself when those change.
    partialFingerprints: { 'calldrillCheck/v1': uuidOf({ of: 'sarif', key }) },
    properties: { status: verdict, reason: why, replay, parts, runMissing: missing },
  };
}

function locationOf({ source, place }: ToldCheck): JsonValue {
  const { file, line } = sourceOf(source);
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file) },
      region: { startLine: line ?? 1 },
    },
    logicalLocations: [{ fullyQualifiedName: place }],
  };
}

/** A path as a reference of RFC 3986: relative, or of a file when it begins at the root. */
function uriOf(path: string): string {
  const parts = printable(path).replaceAll('\\', '/').split('/').map(encodeURIComponent);
  const joined = parts.join('/');
  if (joined === '') return 'unknown';
  return joined.startsWith('/') ? `file://${joined}` : joined;
}

/** In a message square brackets would make a link (section 3.11.6). */
function message(text: string): JsonValue {
  const plain = printable(text).replace(/[\\[\]]/g, (character) => `\\${character}`);
  return { text: plain === '' ? '(no text)' : plain };
}
