/** What CI servers make of junit.xml: names that are unique, files that are named once, a size that is read, and a reader of others. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { convertJUnitToCTRFReport } from 'junit-to-ctrf';
import type { SuiteResult } from '../../scenarios/evidence/model.ts';
import { junitXml } from '../junit.ts';
import { nodesOf, xmlRoot, type MarkupNode } from '../markup-nodes.fixture.ts';
import { SAMPLE } from '../sample.fixture.ts';

function casesOf(xml: string): readonly MarkupNode[] {
  return [...nodesOf(xmlRoot(xml))].filter(({ name }) => name === 'testcase');
}

function placesOf(xml: string): readonly string[] {
  return casesOf(xml).map(({ attributes }) => `${attributes.get('classname')} ${attributes.get('name')}`);
}

/** The sample with the checks of its runs changed. */
function withChecks(
  change: (check: SuiteResult['scenarios'][0]['variants'][0]['checks'][0]) => object,
): SuiteResult {
  return {
    ...SAMPLE,
    scenarios: SAMPLE.scenarios.map((scenario) => ({
      ...scenario,
      variants: scenario.variants.map((variant) => ({
        ...variant,
        checks: variant.checks.map((check) => ({ ...check, ...change(check) })),
      })),
    })),
  };
}

test('no two testcases, and no two testsuites, have one name', (t) => {
  const places = placesOf(junitXml(SAMPLE));
  t.is(new Set(places).size, places.length);
  // Planted: every check is called alike, and every run too.
  const alike = withChecks(() => ({ id: 'same', title: 'same' }));
  const xml = junitXml({
    ...alike,
    scenarios: alike.scenarios.map((scenario) => ({
      ...scenario,
      id: 'one',
      variants: scenario.variants.map((variant) => ({ ...variant, name: 'two' })),
    })),
  });
  const all = placesOf(xml);
  t.is(all.length, places.length);
  t.is(new Set(all).size, all.length);
  t.true(all.includes('one.two same: same (2)'));
  const suites = [...xml.matchAll(/<testsuite name="([^"]*)"/g)].map(([, name]) => name);
  t.is(new Set(suites).size, suites.length);
});

test('a testcase has one system-out, in which each file is named once, what was recovered first', (t) => {
  const filesOf = (suite: SuiteResult): readonly (readonly string[])[] =>
    casesOf(junitXml(suite)).flatMap(({ children }) => {
      const own = children.filter(({ name }) => name === 'system-out');
      t.true(own.length <= 1);
      return own.map(({ text }) => text.match(/\[\[ATTACHMENT\|[^\]]*\]\]/g) ?? []);
    });
  const attached = (path: string): string => `[[ATTACHMENT|client-compromise/reported-late/${path}]]`;
  const [sound, trace] = [attached('audio/decrypt-incoming.wav'), attached('trace.ndjson')];
  const having = (suite: SuiteResult, files: readonly string[]): boolean =>
    filesOf(suite).some((each) => each.join() === files.join());
  t.true(having(SAMPLE, [sound]), 'what was recovered');
  t.true(having(SAMPLE, [trace]), 'the trace of what failed');
  t.true(
    having(
      withChecks(() => ({ verdict: 'fail' })),
      [sound, trace],
    ),
  );
});

test('no text of a scenario or a peer attaches a file', (t) => {
  const xml = junitXml(
    withChecks(() => ({ why: '[[ATTACHMENT|/etc/passwd]]', title: '[[ATTACHMENT|/etc/shadow]]' })),
  );
  t.regex(xml, /\[ \[ATTACHMENT\|\/etc\/passwd/);
  t.notRegex(xml, /\[\[ATTACHMENT\|\//);
});

test('a file that would be too large says less of each testcase, and leaves none out', (t) => {
  const outcomes = (xml: string): readonly string[] =>
    casesOf(xml).map(({ children }) => children.find(({ name }) => name !== 'system-out')?.name ?? 'pass');
  const whole = junitXml(SAMPLE);
  const short = junitXml(SAMPLE, Buffer.byteLength(whole) - 1);
  const least = junitXml(SAMPLE, 1);
  for (const xml of [short, least]) {
    t.deepEqual(outcomes(xml), outcomes(whole));
    t.deepEqual(placesOf(xml).length, placesOf(whole).length);
  }
  t.true(least.length < short.length && short.length < whole.length);
  t.notRegex(short, /^positive control: /m);
  t.regex(least, /replay: calldrill run/, 'of what failed');
});

test('junit-to-ctrf counts what failed, what was skipped and what passed as the report does', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'calldrill-junit-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'junit.xml');
  writeFileSync(file, junitXml(SAMPLE));
  const read = await convertJUnitToCTRFReport(file, { toolName: 'calldrill' });
  const cases = casesOf(junitXml(SAMPLE));
  const having = (...names: readonly string[]): number =>
    cases.filter(({ children }) => children.some(({ name }) => names.includes(name))).length;
  t.is(read?.results.summary.tests, cases.length);
  t.is(read?.results.summary.failed, having('failure', 'error'));
  t.is(read?.results.summary.skipped, having('skipped'));
  t.is(read?.results.summary.passed, cases.length - having('failure', 'error', 'skipped'));
});
