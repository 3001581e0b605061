import { spawnSync } from 'node:child_process';
import test from 'ava';
import { junitXml } from './junit.ts';
import { SAMPLE, GREEN } from './sample.fixture.ts';
import { nodesOf, xmlRoot, type MarkupNode } from './markup-nodes.fixture.ts';
import { xmlDocument } from './xml.ts';

const XML = junitXml(SAMPLE);
const ROOT = xmlRoot(XML);

function all(node: MarkupNode, name: string): readonly MarkupNode[] {
  return [...nodesOf(node)].filter((each) => each.name === name);
}

test('one testsuite per scenario and variant, one testcase per check, and the counts agree', (t) => {
  t.is(ROOT.name, 'testsuites');
  const suites = all(ROOT, 'testsuite');
  t.deepEqual(
    suites.map(({ attributes }) => attributes.get('name')),
    [
      'client-compromise/wipe-destroy-block',
      'client-compromise/reported-late',
      'client-compromise',
      'baseline-call/three-g',
      'hostile/hostile',
      'hostile/lost',
      'hostile',
    ],
  );
  for (const suite of suites) {
    const count = (name: string): string => String(all(suite, name).length);
    t.is(suite.attributes.get('tests'), count('testcase'));
    t.is(suite.attributes.get('failures'), count('failure'));
    t.is(suite.attributes.get('errors'), count('error'));
    t.is(suite.attributes.get('skipped'), count('skipped'));
  }
  t.is(ROOT.attributes.get('tests'), '24', 'with the run that is missing and its checks');
  t.is(ROOT.attributes.get('failures'), '4');
  t.is(ROOT.attributes.get('errors'), '4');
});

test('each verdict has its element', (t) => {
  const found = new Map<string, Set<string>>();
  for (const testcase of all(ROOT, 'testcase')) {
    const outcome = testcase.children.find(({ name }) => name !== 'system-out');
    if (outcome === undefined) continue;
    const verdicts = found.get(outcome.name) ?? new Set();
    found.set(outcome.name, verdicts.add(outcome.attributes.get('type') ?? ''));
  }
  t.deepEqual(Object.fromEntries([...found].map(([name, verdicts]) => [name, [...verdicts].sort()])), {
    failure: ['fail'],
    error: ['inconclusive', 'missing'],
    skipped: ['not-applicable', 'not-tested', 'waived'],
  });
});

test('a predicted success of an attacker is said in the output of a testcase that passes', (t) => {
  const opened = all(ROOT, 'testcase').find(({ attributes }) =>
    attributes.get('name')?.startsWith('decrypt-incoming:'),
  );
  t.deepEqual(
    opened?.children.map(({ name }) => name),
    ['system-out'],
  );
  t.regex(opened?.text ?? '', /exposure: made with RSK\(/);
});

test('no time is anything but zero', (t) => {
  t.deepEqual([...new Set(XML.match(/ time="[^"]*"/g))], [' time="0"']);
  t.notRegex(XML, / (?:timestamp|hostname|file)=/);
});

test('a plant and the parameters of a run are properties', (t) => {
  const properties = new Map(
    all(xmlRoot(junitXml({ ...GREEN, plant: 'crs.skips-block' })), 'property').map(({ attributes }) => [
      attributes.get('name'),
      attributes.get('value'),
    ]),
  );
  t.is(properties.get('plant'), 'crs.skips-block');
  t.is(properties.get('parameter.psk-rotation'), 'monthly');
});

test('a run on real sockets has its lag, and whether it is valid, as properties', (t) => {
  const schedule = { events: 9, p50: 700, p99: 31_240, max: 48_000, bound: 20_000, valid: false, skipped: 0 };
  const scenarios = GREEN.scenarios.map((scenario) => ({
    ...scenario,
    variants: scenario.variants.map((variant) => ({ ...variant, schedule })),
  }));
  const xml = junitXml({ ...GREEN, scenarios });
  t.regex(xml, /<property name="lag" value="p50 0\.7 ms, p99 31\.2 ms, max 48 ms, of 9 events/);
  t.regex(xml, /<property name="valid" value="false"/);
  t.notRegex(XML, /name="(lag|valid)"/);
});

test('what XML cannot carry is left out, and the rest comes back as it was', (t) => {
  const text = 'a\u{0}\u{8}\u{1b}b\u{fffe}\u{d800}c <&>"\' ]]> \t\n\r 電話 📞';
  const xml = xmlDocument({ name: 'x', attributes: { y: text }, content: text });
  const node = xmlRoot(xml);
  const kept = 'abc <&>"\' ]]> \t\n\r 電話 📞';
  t.is(node.attributes.get('y'), kept);
  t.is(node.text, kept);
  t.notRegex(xml, /[^\t\n\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u);
});

/** The schema that the xUnit plugin of Jenkins validates with (Gregory Boissinot, MIT licence; the file says so itself). */
const XSD = 'reports/schema/jenkins-junit-10.xsd';
const VALIDATOR = 'xmllint';
const isInstalled = spawnSync(VALIDATOR, ['--version']).status === 0;
/** CI installs the validator; elsewhere the structural test below has to do. */
const withSchema = isInstalled || process.env['CI'] !== undefined ? test : test.skip;

withSchema('junit.xml is valid against jenkins-junit-10.xsd (needs xmllint)', (t) => {
  for (const xml of [XML, junitXml(GREEN), junitXml({ ...SAMPLE, scenarios: [] })]) {
    const { status, stderr } = spawnSync(VALIDATOR, ['--noout', '--schema', XSD, '-'], {
      input: xml,
      encoding: 'utf8',
    });
    t.is(status, 0, stderr);
  }
});

/** What the XSD of Jenkins allows, so that it is held to where the XSD is not at hand. */
const ALLOWED: Readonly<Record<string, { attributes: readonly string[]; children: readonly string[] }>> = {
  testsuites: { attributes: ['name', 'time', 'tests', 'failures', 'errors'], children: ['testsuite'] },
  testsuite: {
    attributes: ['name', 'tests', 'failures', 'errors', 'skipped', 'time', 'package'],
    children: ['properties', 'testcase'],
  },
  properties: { attributes: [], children: ['property'] },
  property: { attributes: ['name', 'value'], children: [] },
  testcase: {
    attributes: ['name', 'time', 'classname'],
    children: ['skipped', 'error', 'failure', 'system-out'],
  },
  skipped: { attributes: ['type', 'message'], children: [] },
  error: { attributes: ['type', 'message'], children: [] },
  failure: { attributes: ['type', 'message'], children: [] },
  'system-out': { attributes: [], children: [] },
};

test('no element has an attribute or child that the schema of Jenkins refuses', (t) => {
  const check = (node: MarkupNode): void => {
    const allowed = ALLOWED[node.name];
    t.truthy(allowed, node.name);
    for (const name of node.attributes.keys())
      t.true(allowed?.attributes.includes(name), `${node.name} ${name}`);
    for (const child of node.children) {
      t.true(allowed?.children.includes(child.name), `${node.name} > ${child.name}`);
      check(child);
    }
  };
  check(ROOT);
});
