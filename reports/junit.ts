/**
 * junit.xml, for CI: one testsuite per scenario and variant, one testcase per check. It keeps to the schema that Jenkins
 * validates with (jenkins-junit-10.xsd), which refuses `file` on a testcase and `skipped` on testsuites.
 *
 * | verdict                               | element    |
 * | ------------------------------------- | ---------- |
 * | pass                                  | (none)     |
 * | fail                                  | `failure`  |
 * | inconclusive                          | `error`    |
 * | not-tested, not-applicable, waived    | `skipped`  |
 *
 * A run that failed is a testsuite of errors: one for the run, one for each check that it would have been judged by.
 *
 * JUnit cannot say "not run": what was not tested is `skipped`, with the verdict as its `type` and the reason as its message.
 *
 * Every `time` is 0: the file is the same octets on every rerun, and a wall-clock figure would not be. Zero is what each
 * reader accepts and nobody takes for a measurement. Exposure has no place in JUnit; what an attacker opened is said in
 * the testcase's `system-out`. GitLab reads no file of more than 30 MB, so what is told of each testcase is cut until it fits: never a
 * testcase itself.
 */
import { byCodeUnit } from '../sim/canonical-json.ts';
import {
  lossText,
  type CheckResult,
  type DeploymentResult,
  type MissingRun,
  type ScenarioResult,
  type Schedule,
  type SuiteResult,
  type VariantResult,
} from '../scenarios/evidence/model.ts';
import { notProbed } from './exposure.ts';
import {
  detailsOf,
  isSkipped,
  junitText,
  missingCase,
  showsText,
  testcaseOf,
  type CaseDetails,
  type Telling,
} from './junit/testcase.ts';
import { uniquelyNamed } from './junit/unique-names.ts';
import { lagText } from './schedule.ts';
import { setByText } from './set-by.ts';
import { countVerdicts, deploymentChecks, missingRuns, shardText, tallyOf } from './tally.ts';
import { xmlDocument, type XmlElement } from './xml.ts';

/** The largest file that every reader takes, in octets: GitLab refuses more than 30 MB. */
const JUNIT_OCTETS_MAX = 30_000_000;

const TELLINGS: readonly Telling[] = ['everything', 'the reason', 'what did not pass'];

/** Made from the model alone, so it has no durations: each `time` is 0. Runs that failed count as errors. `octetsMax` is for tests. */
export function junitXml(suite: SuiteResult, octetsMax = JUNIT_OCTETS_MAX): string {
  let xml = '';
  for (const telling of TELLINGS) {
    xml = xmlDocument(uniquelyNamed(testsuites({ suite, telling })));
    if (Buffer.byteLength(xml, 'utf8') <= octetsMax) break;
  }
  return xml;
}

/** What is told, and how much of it. */
interface JunitInput {
  readonly suite: SuiteResult;
  readonly telling: Telling;
}

function testsuites({ suite, telling }: JunitInput): XmlElement {
  const { checks, counts } = tallyOf(suite);
  const shard = shardText(suite);
  const lost = missingRuns(suite).reduce((sum, { run }) => sum + testsOf(run).length, 0);
  return {
    name: 'testsuites',
    attributes: {
      name: shard === undefined ? suite.tool : `${suite.tool}, ${shard}`,
      tests: checks + lost,
      failures: counts.fail,
      errors: counts.inconclusive + lost,
      time: '0',
    },
    content: [
      ...suite.scenarios.flatMap((scenario) => [
        ...scenario.variants.map((variant) => testsuite({ suite, telling }, scenario, variant)),
        ...scenario.missing.map((run) => missingSuite(suite, scenario, run)),
        ...(scenario.across.length === 0 ? [] : [acrossSuite({ suite, telling }, scenario)]),
      ]),
      ...(suite.deployment === undefined ? [] : [deploymentSuite({ suite, telling }, suite.deployment)]),
    ],
  };
}

/** What a run that failed is counted as: itself, then its checks. */
function testsOf({ checks, title }: MissingRun): readonly Pick<CheckResult, 'id' | 'title'>[] {
  return [{ id: 'run', title }, ...checks];
}

function missingSuite(suite: SuiteResult, scenario: ScenarioResult, run: MissingRun): XmlElement {
  const tests = testsOf(run);
  const message = lossText(run);
  return {
    name: 'testsuite',
    attributes: {
      name: junitText(`${scenario.id}/${run.name}`),
      tests: tests.length,
      failures: 0,
      errors: tests.length,
      skipped: 0,
      time: '0',
      package: junitText(scenario.id),
    },
    content: [
      propertiesOf([
        ['title', `${scenario.title}: ${run.title}`],
        ['reference', String(run.reference)],
        ...seedProperties(suite),
        ['replay', run.replay],
      ]),
      ...tests.map((test) =>
        missingCase(test, { classname: `${scenario.id}.${run.name}`, message, replay: run.replay }),
      ),
    ],
  };
}

function propertiesOf(properties: readonly (readonly [name: string, value: string])[]): XmlElement {
  return {
    name: 'properties',
    content: properties.map(([name, value]) => ({
      name: 'property',
      attributes: { name: junitText(name), value: junitText(value) },
    })),
  };
}

function testsuite(
  { suite, telling }: JunitInput,
  scenario: ScenarioResult,
  variant: VariantResult,
): XmlElement {
  const counts = countVerdicts(variant.checks);
  const skipped = variant.checks.filter(isSkipped).length;
  const properties: readonly (readonly [string, string])[] = [
    ['title', `${scenario.title}: ${variant.title}`],
    ['reference', String(variant.reference)],
    ['seed', variant.seed],
    ...seedProperties(suite),
    ['replay', variant.replay],
    ['trace-digest', variant.traceDigest],
    ['exposures', String(variant.exposure.length)],
    ['not-probed', String(notProbed(variant).length)],
    ...(variant.schedule === undefined ? [] : scheduleProperties(variant.schedule)),
    ...(suite.plant === undefined ? [] : [['plant', suite.plant] as const]),
    ...(suite.revealsKeys === true ? [['reveals-keys', 'true'] as const] : []),
    // In an order that does not hang on how the model came to be.
    ...Object.entries(variant.parameters)
      .sort(([a], [b]) => byCodeUnit(a, b))
      .flatMap(([name, value]) => [
        [`parameter.${name}`, value] as const,
        [`parameter.${name}.set-by`, setByText(variant.setBy[name] ?? { by: 'default' })] as const,
      ]),
  ];
  return {
    name: 'testsuite',
    attributes: {
      name: junitText(`${scenario.id}/${variant.name}`),
      tests: variant.checks.length,
      failures: counts.fail,
      errors: counts.inconclusive,
      skipped,
      time: '0',
      package: junitText(scenario.id),
    },
    content: [
      propertiesOf(properties),
      ...variant.checks.map((check) =>
        testcaseOf(check, `${scenario.id}.${variant.name}`, detailsOf(scenario, variant, check), telling),
      ),
    ],
  };
}

/** What compares variants is a testsuite of its own: it is of no run. */
function acrossSuite({ suite, telling }: JunitInput, { id, title, across }: ScenarioResult): XmlElement {
  const cases = across.map((check) =>
    testcaseOf(
      check,
      id,
      ofNoRun(suite, check, [
        `variants: ${check.variants.join(', ')}`,
        `verdicts: ${check.verdicts.join(', ')}`,
      ]),
      telling,
    ),
  );
  return suiteOfNoRun(suite, { id, title, checks: across, cases });
}

/** What the deployment declares, and its waivers, are of no run either. */
function deploymentSuite({ suite, telling }: JunitInput, { name, file, asOf }: DeploymentResult): XmlElement {
  const checks = deploymentChecks(suite);
  const cases = checks.map((check) => testcaseOf(check, 'deployment', ofNoRun(suite, check, []), telling));
  const title = `${name}, from ${file}, as of ${asOf}`;
  return suiteOfNoRun(suite, { id: 'deployment', title, checks, cases });
}

function ofNoRun(
  { replay }: SuiteResult,
  check: Pick<CheckResult, 'why' | 'source' | 'parts'>,
  more: readonly string[],
): CaseDetails {
  const lines = [`source: ${check.source}`, showsText(check), ...more];
  return { why: check.why, lines, replay, attachments: [] };
}

/** Checks that are of no run, with the cases that were made of them. */
interface OfNoRun {
  readonly id: string;
  readonly title: string;
  readonly checks: readonly Pick<CheckResult, 'verdict'>[];
  readonly cases: readonly XmlElement[];
}

function suiteOfNoRun(suite: SuiteResult, { id, title, checks, cases }: OfNoRun): XmlElement {
  const counts = countVerdicts(checks);
  return {
    name: 'testsuite',
    attributes: {
      name: junitText(id),
      tests: checks.length,
      failures: counts.fail,
      errors: counts.inconclusive,
      skipped: checks.filter(isSkipped).length,
      time: '0',
      package: junitText(id),
    },
    content: [propertiesOf([['title', title], ...seedProperties(suite), ['replay', suite.replay]]), ...cases],
  };
}

function seedProperties({ seed, keySeed }: SuiteResult): readonly (readonly [string, string])[] {
  return [
    ['suite-seed', seed],
    ['key-seed', keySeed],
  ];
}

function scheduleProperties(schedule: Schedule): readonly (readonly [string, string])[] {
  return [
    ['lag', lagText(schedule)],
    ['valid', String(schedule.valid)],
  ];
}
