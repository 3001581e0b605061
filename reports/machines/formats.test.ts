/** What every file for machines has to be: as honest as the report, complete, and harmless whatever the texts are. */
import fc from 'fast-check';
import test from 'ava';
import {
  VERDICTS,
  type CheckResult,
  type SuiteResult,
  type Verdict,
} from '../../scenarios/evidence/model.ts';
import { printable } from '../printable.ts';
import { REPORT_FILES } from '../renderers.ts';
import { resultFiles } from '../result-files.ts';
import { GREEN, SAMPLE, SAMPLE_PARTS, TIDY } from '../sample.fixture.ts';
import {
  statusesOfCsv,
  statusesOfCtrf,
  statusesOfOscal,
  statusesOfReport,
  statusesOfSarif,
  type Statuses,
} from './taken-apart.fixture.ts';

function filesOf(suite: SuiteResult): ReadonlyMap<string, string> {
  return new Map(
    [...resultFiles(suite, SAMPLE_PARTS)].map(([path, octets]) => [
      path,
      Buffer.from(octets).toString('utf8'),
    ]),
  );
}

/** A suite whose checks were changed. */
function withChecks(suite: SuiteResult, change: (check: CheckResult) => Partial<CheckResult>): SuiteResult {
  return {
    ...suite,
    scenarios: suite.scenarios.map((scenario) => ({
      ...scenario,
      variants: scenario.variants.map((variant) => ({
        ...variant,
        checks: variant.checks.map((check) => ({ ...check, ...change(check) })),
      })),
    })),
  };
}

const READERS: readonly (readonly [string, (text: string) => Statuses])[] = [
  ['checks.csv', statusesOfCsv],
  ['ctrf.json', statusesOfCtrf],
  ['oscal-assessment-results.json', statusesOfOscal],
  ['results.sarif', statusesOfSarif],
];

/** What a file says otherwise than the report: a check it drops, one it adds, one with another status. */
function lies(
  path: string,
  read: (text: string) => Statuses,
  text: string,
  suite: SuiteResult,
): readonly string[] {
  const said = read(text);
  const isSarif = path.endsWith('.sarif');
  const expected = [...statusesOfReport(suite)]
    .filter(([, status]) => !isSarif || status === 'fail' || status === 'inconclusive')
    .map(([place, status]) => [isSarif || path.endsWith('.csv') ? place : place.trim(), status] as const);
  const shown = new Map(expected.map(([place, status]) => [printable(place), status]));
  return [
    ...[...shown].filter(([place, status]) => said.get(place) !== status).map(([place]) => `drops ${place}`),
    ...[...said.keys()].filter((place) => !shown.has(place)).map((place) => `adds ${place}`),
  ];
}

for (const [path, read] of READERS) {
  test(`${path} says of each check what the report says, of each verdict`, (t) => {
    t.deepEqual(lies(path, read, filesOf(SAMPLE).get(path) ?? '', SAMPLE), []);
    for (const verdict of VERDICTS) {
      const suite = withChecks(TIDY, () => ({ verdict, why: `because of ${verdict}` }));
      const text = filesOf(suite).get(path) ?? '';
      t.deepEqual(lies(path, read, text, suite), []);
      if (!path.endsWith('.sarif')) t.true(text.includes(`because of ${verdict}`), 'with the reason');
    }
  });

  test(`a ${path} that drops a failure, or makes it a pass, is seen to`, (t) => {
    const failing = withChecks(TIDY, ({ id }) => (id === 'connects' ? { verdict: 'fail' } : {}));
    const passing = withChecks(TIDY, ({ id }) => (id === 'connects' ? { verdict: 'pass' } : {}));
    const dropping = withChecks(TIDY, ({ id }) => (id === 'connects' ? { id: 'other' } : {}));
    for (const flattering of [passing, dropping])
      t.true(
        lies(path, read, filesOf(flattering).get(path) ?? '', failing).includes(
          'drops baseline-call/three-g/connects',
        ),
      );
  });
}

const CTRF_WORDS: Readonly<Record<Verdict, string>> = {
  ...{ pass: 'passed', fail: 'failed', inconclusive: 'other', waived: 'other' },
  ...{ 'not-tested': 'skipped', 'not-applicable': 'skipped' },
};

test('CTRF and JUnit call nothing passed that did not pass', (t) => {
  for (const verdict of VERDICTS) {
    const files = filesOf(withChecks(GREEN, () => ({ verdict })));
    const { results } = JSON.parse(files.get('ctrf.json') ?? '') as {
      results: { summary: Record<string, number>; tests: { status: string }[] };
    };
    t.deepEqual([...new Set(results.tests.map(({ status }) => status))], [CTRF_WORDS[verdict]]);
    t.is(results.summary[CTRF_WORDS[verdict]], results.tests.length);
    const outcomes = (files.get('junit.xml')?.match(/<(failure|error|skipped) /g) ?? []).length;
    t.is(outcomes, verdict === 'pass' ? 0 : results.tests.length);
  }
});

test('a run that failed is told in every file', (t) => {
  const files = filesOf(SAMPLE);
  for (const path of ['checks.csv', 'exposures.csv', 'ctrf.json', 'results.sarif', 'summary.md', 'junit.xml'])
    t.regex(files.get(path) ?? '', /RUN_?MEMORY_?FULL|RUN\\_MEMORY\\_FULL/, path);
  t.regex(files.get('results.sarif') ?? '', /"executionSuccessful": false/);
  t.regex(filesOf(GREEN).get('results.sarif') ?? '', /"executionSuccessful": true/);
  t.regex(files.get('summary.md') ?? '', /^# calldrill: not complete\n/);
});

test('the files are those that are known, and equal suites give equal octets', (t) => {
  const files = filesOf(SAMPLE);
  t.deepEqual([...files.keys()], [...REPORT_FILES].sort());
  t.deepEqual(filesOf(structuredClone(SAMPLE)), files);
});

/** Pieces that break something somewhere. */
const PIECES = [
  ...['</script>', '<!--', ']]>', "$'", '$&', '\u2028', '\u2029', '\ud800', '\udc00', '\u001b[31m', '\u0000'],
  ...[
    '\u202e',
    '\u2066',
    '\ufeff',
    '\r\n',
    '\t',
    '=1+1',
    '+447700900001',
    '@SUM(A1)',
    '-2',
    '"',
    ',',
    '```',
    '[x](javascript:a)',
  ],
  ...['![](http://x)', '# h', '|', '{0}', '[[ATTACHMENT|/etc/passwd]]', '%', '\\', '../..', 'plain', ' '],
];

/** What no file for machines holds: controls, lone surrogates, separators, direction overrides, a byte order mark. */
const HARMFUL = /[\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|[^\P{Cc}\r\n]/u;

const hostileText = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 6 })
  .map((all) => all.join(''));

/** The sample with one text in place of all that scenarios, devices and peers can choose. */
function saying(text: string): SuiteResult {
  const own = withChecks(TIDY, (check) => ({
    ...{ id: `${check.id}${text}`, title: text, why: text, source: text },
    ...(check.probe === undefined
      ? {}
      : { probe: { ...check.probe, line: text, because: text, prediction: text, means: [text] } }),
  }));
  return {
    ...own,
    replay: text,
    scenarios: own.scenarios.map((scenario) => ({
      ...scenario,
      ...{ title: text, file: text },
      variants: scenario.variants.map((variant) => ({
        ...variant,
        ...{ title: text, replay: text, parameters: { [text]: text } },
        exposure: variant.exposure.map((bar) => ({ ...bar, asset: text, attacker: text, means: [text] })),
      })),
    })),
  };
}

test('property: whatever texts are, no file holds what harms, and each is read back', (t) => {
  const read = (text: string): void => {
    const files = filesOf(saying(text));
    for (const [path, content] of files) {
      // The report is the model, as it is; its text is escaped by whoever shows it.
      if (path === 'report.json' || path === 'manifest.json') JSON.parse(content);
      else if (path !== 'index.html') t.notRegex(content, HARMFUL, path);
      if (/^(?:oscal-|ctrf|results\.)/.test(path)) {
        JSON.parse(content);
        t.false(content.includes('<'), path);
      }
      if (path === 'index.html') t.is(content.split('</script>').length, PLAIN_SCRIPTS);
      if (path === 'junit.xml') t.notRegex(content, /\[\[ATTACHMENT\|\/etc/);
    }
    for (const [path, statuses] of READERS)
      t.is(statuses(files.get(path) ?? '').size, statuses(PLAIN.get(path) ?? '').size, path);
  };
  fc.assert(fc.property(hostileText, read), { numRuns: 25 });
});

const PLAIN = filesOf(saying('plain'));
const PLAIN_SCRIPTS = (PLAIN.get('index.html') ?? '').split('</script>').length;
