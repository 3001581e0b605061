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
 * Every `time` is 0: the file is the same octets on every rerun, and a wall-clock figure would not be. Zero is what each
 * reader accepts and nobody takes for a measurement. Exposure has no place in JUnit; what an attacker opened is said in
 * the testcase's `system-out`.
 */
import { byCodeUnit } from '../sim/canonical-json.ts';
import type {
  CheckResult,
  DeploymentResult,
  MissingRun,
  ScenarioResult,
  Schedule,
  SuiteResult,
  VariantResult,
  Verdict,
} from '../scenarios/evidence/model.ts';
import { notProbed } from './exposure.ts';
import { lagText } from './schedule.ts';
import { setByText } from './set-by.ts';
import { countVerdicts, deploymentChecks, missingRuns, missingText, tallyOf } from './tally.ts';
import { momentOf } from './when.ts';
import { xmlDocument, type XmlElement } from './xml.ts';

type JunitOutcome = 'failure' | 'error' | 'skipped' | undefined;

const OUTCOMES: Readonly<Record<Verdict, JunitOutcome>> = {
  pass: undefined,
  waived: 'skipped',
  'not-applicable': 'skipped',
  'not-tested': 'skipped',
  inconclusive: 'error',
  fail: 'failure',
};

/** Made from the model alone, so it has no durations: each `time` is 0. Runs that failed count as errors. */
export function junitXml(suite: SuiteResult): string {
  const { checks, counts } = tallyOf(suite);
  const lost = missingRuns(suite).reduce((sum, { run }) => sum + testsOf(run).length, 0);
  return xmlDocument({
    name: 'testsuites',
    attributes: {
      name: suite.tool,
      tests: checks + lost,
      failures: counts.fail,
      errors: counts.inconclusive + lost,
      time: '0',
    },
    content: [
      ...suite.scenarios.flatMap((scenario) => [
        ...scenario.variants.map((variant) => testsuite(suite, scenario, variant)),
        ...scenario.missing.map((run) => missingSuite(suite, scenario, run)),
        ...(scenario.across.length === 0 ? [] : [acrossSuite(suite, scenario)]),
      ]),
      ...(suite.deployment === undefined ? [] : [deploymentSuite(suite, suite.deployment)]),
    ],
  });
}

/** What a run that failed is counted as: itself, then its checks. */
function testsOf({ checks, title }: MissingRun): readonly Pick<CheckResult, 'id' | 'title'>[] {
  return [{ id: 'run', title }, ...checks];
}

function missingSuite(suite: SuiteResult, scenario: ScenarioResult, run: MissingRun): XmlElement {
  const tests = testsOf(run);
  const message = `the run failed: ${missingText(run)}`;
  return {
    name: 'testsuite',
    attributes: {
      name: `${scenario.id}/${run.name}`,
      tests: tests.length,
      failures: 0,
      errors: tests.length,
      skipped: 0,
      time: '0',
      package: scenario.id,
    },
    content: [
      {
        name: 'properties',
        content: [
          ['title', `${scenario.title}: ${run.title}`],
          ['reference', String(run.reference)],
          ...seedProperties(suite),
          ['replay', run.replay],
        ].map(([name = '', value = '']) => ({ name: 'property', attributes: { name, value } })),
      },
      ...tests.map(({ id, title }) => ({
        name: 'testcase',
        attributes: { name: `${id}: ${title}`, classname: `${scenario.id}.${run.name}`, time: '0' },
        content: [
          {
            name: 'error',
            attributes: { type: 'missing', message },
            content: `${message}\nreplay: ${run.replay}`,
          },
        ],
      })),
    ],
  };
}

function testsuite(suite: SuiteResult, scenario: ScenarioResult, variant: VariantResult): XmlElement {
  const counts = countVerdicts(variant.checks);
  const skipped = variant.checks.filter(({ verdict }) => OUTCOMES[verdict] === 'skipped').length;
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
      name: `${scenario.id}/${variant.name}`,
      tests: variant.checks.length,
      failures: counts.fail,
      errors: counts.inconclusive,
      skipped,
      time: '0',
      package: scenario.id,
    },
    content: [
      {
        name: 'properties',
        content: properties.map(([name, value]) => ({ name: 'property', attributes: { name, value } })),
      },
      ...variant.checks.map((check) =>
        testcaseOf(check, `${scenario.id}.${variant.name}`, detailsOf(variant, check)),
      ),
    ],
  };
}

/** What compares variants is a testsuite of its own: it is of no run. */
function acrossSuite(suite: SuiteResult, { id, title, across }: ScenarioResult): XmlElement {
  const cases = across.map((check) =>
    testcaseOf(check, id, [
      check.why,
      `source: ${check.source}`,
      showsText(check),
      `variants: ${check.variants.join(', ')}`,
      `verdicts: ${check.verdicts.join(', ')}`,
      `replay: ${suite.replay}`,
    ]),
  );
  return suiteOfNoRun(suite, { id, title, checks: across, cases });
}

/** What the deployment declares, and its waivers, are of no run either. */
function deploymentSuite(suite: SuiteResult, { name, file, asOf }: DeploymentResult): XmlElement {
  const checks = deploymentChecks(suite);
  const cases = checks.map((check) =>
    testcaseOf(check, 'deployment', [
      check.why,
      `source: ${check.source}`,
      showsText(check),
      `replay: ${suite.replay}`,
    ]),
  );
  const title = `${name}, from ${file}, as of ${asOf}`;
  return suiteOfNoRun(suite, { id: 'deployment', title, checks, cases });
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
  const properties = [['title', title], ...seedProperties(suite), ['replay', suite.replay]];
  return {
    name: 'testsuite',
    attributes: {
      name: id,
      tests: checks.length,
      failures: counts.fail,
      errors: counts.inconclusive,
      skipped: checks.filter(({ verdict }) => OUTCOMES[verdict] === 'skipped').length,
      time: '0',
      package: id,
    },
    content: [
      {
        name: 'properties',
        content: properties.map(([name = '', value = '']) => ({
          name: 'property',
          attributes: { name, value },
        })),
      },
      ...cases,
    ],
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

function testcaseOf(
  check: Pick<CheckResult, 'id' | 'title' | 'verdict' | 'why'>,
  classname: string,
  lines: readonly string[],
): XmlElement {
  const outcome = OUTCOMES[check.verdict];
  const details = lines.join('\n');
  return {
    name: 'testcase',
    attributes: { name: `${check.id}: ${check.title}`, classname, time: '0' },
    content: [
      ...(outcome === undefined
        ? []
        : [
            {
              name: outcome,
              attributes: { type: check.verdict, message: check.why },
              content: outcome === 'skipped' ? '' : details,
            },
          ]),
      { name: 'system-out', content: details },
    ],
  };
}

function showsText({ parts }: Pick<CheckResult, 'parts'>): string {
  return `shows: ${parts.map(({ part, verdict }) => `${part} (${verdict})`).join(', ')}`;
}

/** What a CI page shows under a testcase. */
function detailsOf(variant: VariantResult, check: CheckResult): readonly string[] {
  const { probe } = check;
  return [
    check.why,
    `source: ${check.source}`,
    showsText(check),
    `evidence: ${check.evidence.map((event) => `#${event}`).join(', ')}`,
    ...(probe === undefined
      ? []
      : [
          `probe ${probe.row} at ${momentOf(variant.begins, probe.time)}: ${probe.line}`,
          `predicted ${probe.predict} (${probe.prediction}), was ${probe.outcome} (${probe.because})`,
          `positive control: ${probe.positiveControl} (${probe.positiveBecause})`,
          `negative control: ${probe.negativeControl} (${probe.negativeBecause})`,
          ...(probe.outcome === 'opened' ? [`exposure: made with ${probe.means.join(', ')}`] : []),
        ]),
    `replay: ${variant.replay}`,
  ];
}
