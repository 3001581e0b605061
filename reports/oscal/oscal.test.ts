/** The OSCAL documents, held to the schemas of NIST, to what they point at, and to the report. */
import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import test from 'ava';
import { VERDICTS, type SuiteResult, type Verdict } from '../../scenarios/evidence/model.ts';
import { reportJson } from '../json.ts';
import { factsOf } from '../manifest.ts';
import { oscalResultOf, propOf, type OscalThing } from '../machines/taken-apart.fixture.ts';
import { GREEN, SAMPLE, SAMPLE_PARTS, TIDY } from '../sample.fixture.ts';
import { resultFiles } from '../result-files.ts';
import { OSCAL_FILES, OSCAL_VERSIONS, tokenOf, type OscalVersion } from './document.ts';
import { oscalFiles as filesOf, oscalVersionOf } from './files.ts';

const VALIDATORS: ReadonlyMap<OscalVersion, ValidateFunction> = new Map(
  OSCAL_VERSIONS.map((version) => {
    const schema: object = JSON.parse(
      readFileSync(`reports/standards/oscal-complete-${version}.schema.json`, 'utf8'),
    );
    const ajv = new Ajv({ strict: false });
    formats.default(ajv);
    return [version, ajv.compile(schema)];
  }),
);

const [USUAL] = OSCAL_VERSIONS;

/** The documents of a suite, with the digest of its report. */
function oscalFiles(suite: SuiteResult, version: OscalVersion): ReadonlyMap<string, string> {
  return filesOf(suite, version, factsOf(Buffer.from(reportJson(suite), 'utf8')).sha256);
}

/** A suite in which each verdict is that of a clause, with a waiver that is in force. */
const EACH: SuiteResult = {
  ...TIDY,
  clauses: TIDY.clauses.map((clause, at) => ({
    ...clause,
    verdict: VERDICTS[at % VERDICTS.length] ?? 'fail',
  })),
  deployment: {
    ...{
      name: 'ours',
      file: 'ours.yaml',
      sha256: 'ab'.repeat(32),
      asOf: '2015-10-14',
      targets: [],
      declares: [],
    },
    waivers: [
      {
        ...{ kind: 'part', covers: `${TIDY.clauses[1]?.id}.c1/shown`, owner: 'DSO', reason: 'the pager' },
        ...{ adviser: 'Accreditor', date: '2015-09-01', expires: '2015-12-01', source: 'ours.yaml:9' },
        ...{ id: 'waiver', title: 'a waiver', parts: [], verdict: 'pass', why: 'it is used' },
      },
    ],
  },
};

const SUITES: readonly SuiteResult[] = [
  SAMPLE,
  TIDY,
  GREEN,
  { ...TIDY, revealsKeys: true },
  EACH,
  { ...SAMPLE, scenarios: [], clauses: [] },
];

/** Every value of a key, anywhere in a document. */
function valuesOf(document: unknown, wanted: string): readonly string[] {
  if (typeof document !== 'object' || document === null) return [];
  return Object.entries(document).flatMap(([key, value]) =>
    key === wanted && typeof value === 'string' ? [value] : valuesOf(value, wanted),
  );
}

test('the documents are valid against the schemas of both versions', (t) => {
  for (const [version, isValid] of VALIDATORS) {
    for (const suite of SUITES)
      for (const [path, text] of oscalFiles(suite, version)) {
        t.true(isValid(JSON.parse(text)), `${path} ${JSON.stringify(isValid.errors?.slice(0, 3))}`);
        t.is(oscalVersionOf(text), version);
      }
    t.false(isValid({ catalog: { uuid: 'x' } }), 'the schema refuses what is none');
  }
});

/** What points nowhere, and UUIDs that are there twice: one line for each fault. */
function faultsOf(documents: ReadonlyMap<string, string>, files: ReadonlySet<string>): readonly string[] {
  const all = [...documents].map(([path, text]) => ({ path, document: JSON.parse(text) as unknown }));
  const uuids = all.flatMap(({ document }) => valuesOf(document, 'uuid'));
  const controls = new Set(all.flatMap(({ document }) => valuesOf(document, 'id')));
  const twice = uuids.filter((uuid, at) => uuids.indexOf(uuid) !== at).map((uuid) => `${uuid} twice`);
  const astray = all.flatMap(({ path, document }) => [
    ...[...valuesOf(document, 'href'), ...valuesOf(document, 'source')]
      .filter((href) =>
        href.startsWith('#')
          ? !valuesOf(document, 'uuid').includes(href.slice(1))
          : !files.has(href.replace(/^\.\//, '')),
      )
      .map((href) => `${path}: ${href}`),
    ...[...valuesOf(document, 'observation-uuid'), ...valuesOf(document, 'risk-uuid')]
      .filter((uuid) => !valuesOf(document, 'uuid').includes(uuid))
      .map((uuid) => `${path}: ${uuid}`),
    ...[...valuesOf(document, 'control-id'), ...valuesOf(document, 'target-id')]
      .filter((id) => !controls.has(id))
      .map((id) => `${path}: ${id} is not in the catalog`),
  ]);
  const result = oscalResultOf(documents.get(OSCAL_FILES.results) ?? '');
  const bare = (result.findings ?? [])
    .filter((finding) => (finding['related-observations'] ?? []).length === 0)
    .map(({ title }) => `${title} names no observation`);
  return [...twice, ...astray, ...bare];
}

test('every href resolves, every finding names an observation, and no UUID is there twice', (t) => {
  for (const suite of SUITES) {
    const files = new Set([...SAMPLE_PARTS.files.keys(), ...resultFiles(suite, SAMPLE_PARTS).keys()]);
    const documents = oscalFiles(suite, USUAL);
    t.deepEqual(faultsOf(documents, files), []);
    // Planted: each of these is a fault.
    const results = documents.get(OSCAL_FILES.results) ?? '';
    const planted = (from: RegExp, to: string): readonly string[] =>
      faultsOf(new Map([...documents, [OSCAL_FILES.results, results.replace(from, to)]]), files);
    t.not(planted(/oscal-assessment-plan\.json/, 'elsewhere.json').length, 0);
    const [, uuid = ''] =
      /"import-ssp": \{\s*"href": "#([^"]*)/.exec(documents.get(OSCAL_FILES.plan) ?? '') ?? [];
    t.not(planted(/"uuid": "[^"]*"/, `"uuid": "${uuid}"`).length, 0);
    if (suite.clauses.length > 0)
      t.not(planted(/"observation-uuid": "[^"]*"/, '"observation-uuid": "0"').length, 0);
  }
});

test('an identical rerun is the same document, and two results share no UUID', (t) => {
  const one = oscalFiles(TIDY, USUAL);
  t.deepEqual(oscalFiles(structuredClone(TIDY), USUAL), one);
  const idsOf = (text = '') => valuesOf(JSON.parse(text), 'uuid');
  for (const suite of [{ ...TIDY, seed: '43' }, GREEN, { ...TIDY, replay: 'calldrill run' }]) {
    const two = oscalFiles(suite, USUAL);
    for (const [path, text] of two) {
      const own = idsOf(text);
      // What says nothing of results is one document, whatever they are: then all of it is the same.
      if (text === one.get(path)) continue;
      t.true(
        [...one.values()].every((other) => !idsOf(other).some((uuid) => own.includes(uuid))),
        path,
      );
    }
    t.not(two.get(OSCAL_FILES.plan), one.get(OSCAL_FILES.plan));
    t.not(two.get(OSCAL_FILES.results), one.get(OSCAL_FILES.results));
  }
  const newer = [...oscalFiles(TIDY, '1.2.1').values()].flatMap(idsOf);
  t.false([...one.values()].some((text) => idsOf(text).some((uuid) => newer.includes(uuid))));
});

const STATES: Readonly<Record<Verdict, string | undefined>> = {
  pass: 'satisfied pass',
  fail: 'not-satisfied fail',
  inconclusive: 'not-satisfied other',
  waived: 'not-satisfied other',
  'not-tested': undefined,
  'not-applicable': undefined,
};

test('each verdict of a clause is told as what it is, and what was not tested is excluded without a finding', (t) => {
  const {
    findings = [],
    risks = [],
    observations,
    ...result
  } = oscalResultOf(oscalFiles(EACH, USUAL).get(OSCAL_FILES.results) ?? '');
  const [selection] = result['reviewed-controls']['control-selections'];
  const named = (list: readonly { readonly 'control-id': string }[] = []) =>
    list.map((each) => each['control-id']);
  const finding = (id: string): OscalThing | undefined =>
    findings.find(({ target }) => target?.['target-id'] === `${tokenOf(id)}_smt`);
  t.deepEqual([...new Set(EACH.clauses.map(({ verdict }) => verdict))].sort(), [...VERDICTS].sort());
  for (const { id, verdict, why } of EACH.clauses) {
    const status = finding(id)?.target?.status;
    t.is(status === undefined ? undefined : `${status.state} ${status.reason}`, STATES[verdict]);
    t.is(named(selection?.['include-controls']).includes(id), STATES[verdict] !== undefined);
    t.is(named(selection?.['exclude-controls']).includes(id), STATES[verdict] === undefined);
    const told = observations.find((each) => each.title === id);
    t.is(told === undefined ? undefined : propOf(told, 'status'), verdict);
    t.true(JSON.stringify(told).includes(why.slice(0, 20)));
  }
  const waived = EACH.clauses.filter(({ verdict }) => verdict === 'waived');
  t.is(risks.length, waived.length);
  for (const { id } of waived) {
    const [related] = finding(id)?.['related-risks'] ?? [];
    t.is(risks.find(({ uuid }) => uuid === related?.['risk-uuid'])?.status, 'deviation-approved');
  }
  const [first] = risks;
  t.is(first === undefined ? undefined : propOf(first, 'owner'), 'DSO');
});

test('where nothing was tested every clause is excluded by its name', (t) => {
  const clauses = TIDY.clauses.map((clause) => ({ ...clause, verdict: 'not-tested' as const }));
  const { findings, ...result } = oscalResultOf(
    oscalFiles({ ...TIDY, clauses }, USUAL).get(OSCAL_FILES.results) ?? '',
  );
  const [selection] = result['reviewed-controls']['control-selections'];
  t.is(findings, undefined);
  t.is(selection?.['exclude-controls']?.length, clauses.length);
});

test('what was not tried was tested by no method', (t) => {
  const { observations } = oscalResultOf(oscalFiles(SAMPLE, USUAL).get(OSCAL_FILES.results) ?? '');
  const untried = observations.filter(
    (each) =>
      propOf(each, 'run-missing') === 'true' ||
      ['not-tested', 'not-applicable'].includes(propOf(each, 'status') ?? ''),
  );
  const checks = untried.filter((each) => propOf(each, 'kind') !== undefined);
  t.true(checks.length > 3);
  t.true(checks.every(({ methods }) => methods?.join() === 'UNKNOWN'));
});

test('ids that are no tokens become some, and no two the same', (t) => {
  const ids = ['para-4', 'para-4.c1/x', 'para-4.c1_x', 'para-4.c1 x', '4', '', '</script>', '\ud800', '電話'];
  const tokens = ids.map(tokenOf);
  t.is(new Set(tokens).size, ids.length);
  for (const token of tokens) t.regex(token, /^[\p{L}_][\p{L}\p{N}._-]*$/u);
  t.is(tokenOf('para-4'), 'para-4');
});
