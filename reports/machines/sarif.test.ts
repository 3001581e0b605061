/** results.sarif, held to the schema of OASIS. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import test from 'ava';
import type { SuiteResult } from '../../scenarios/evidence/model.ts';
import { GREEN, SAMPLE, TIDY } from '../sample.fixture.ts';
import { sarifJson } from './sarif.ts';

/** The schema is of draft 4; in what it uses, draft 7 differs by the name of its id alone. */
function validator() {
  const schema: Record<string, unknown> = JSON.parse(
    readFileSync('reports/standards/sarif-2.1.0-rtm.5.json', 'utf8'),
  );
  const { id, $schema, ...rest } = schema;
  if (typeof id !== 'string' || !String($schema).includes('draft-04')) throw new Error('another schema');
  return new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile({
    ...rest,
    $id: id,
  });
}

interface Sarif {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly kind: string;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly partialFingerprints: Readonly<Record<string, string>>;
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string };
          readonly region: { readonly startLine: number };
        };
      }[];
    }[];
  }[];
}

function read(suite: SuiteResult): Sarif['runs'][0] {
  const { runs } = JSON.parse(sarifJson(suite)) as Sarif;
  const [run] = runs;
  if (run === undefined || runs.length !== 1) throw new Error('not one run');
  return run;
}

const isValid = validator();

test('it is valid, in one run, and each result has a location and its rule', (t) => {
  for (const suite of [SAMPLE, GREEN, { ...SAMPLE, scenarios: [] }]) {
    t.true(isValid(JSON.parse(sarifJson(suite))), JSON.stringify(isValid.errors));
    const { tool, results } = read(suite);
    for (const { locations, ruleId, ruleIndex, kind, level } of results) {
      t.is(locations.length, 1);
      t.true(locations.every(({ physicalLocation }) => physicalLocation.region.startLine >= 1));
      t.is(tool.driver.rules[ruleIndex]?.id, ruleId);
      t.true((kind === 'fail') === (level === 'error') && (kind === 'open') === (level === 'none'));
    }
  }
  t.false(isValid({ version: '2.1.0', runs: [{}] }), 'the schema refuses what is none');
});

test('the location is the line of the scenario file, as a reference', (t) => {
  const places = read(TIDY).results.map(
    ({ locations: [location] }) =>
      `${location?.physicalLocation.artifactLocation.uri}:${location?.physicalLocation.region.startLine}`,
  );
  t.true(places.includes('client-compromise.yaml:90'));
  for (const { locations } of read(SAMPLE).results)
    for (const { physicalLocation } of locations)
      t.regex(physicalLocation.artifactLocation.uri, /^[A-Za-z0-9_.~!*'()%/-]+$/);
});

test('fingerprints are unique, and stay when lines and seeds change', (t) => {
  const prints = (suite: SuiteResult): readonly string[] =>
    read(suite).results.flatMap(({ partialFingerprints }) => Object.values(partialFingerprints));
  const all = prints(SAMPLE);
  t.true(all.length > 3);
  t.is(new Set(all).size, all.length);
  const moved = JSON.parse(
    JSON.stringify({ ...TIDY, seed: '43' }).replace(
      /\.yaml:(\d+)/g,
      (_, line) => `.yaml:${Number(line) + 5}`,
    ),
  ) as SuiteResult;
  t.deepEqual(prints(moved), prints(TIDY));
});

test('no text makes a link in a message', (t) => {
  const [scenario] = TIDY.scenarios;
  if (scenario === undefined) return t.fail();
  const across = scenario.across.map((check) => ({ ...check, why: '[click](http://x)' }));
  const [texts] = read({ ...TIDY, scenarios: [{ ...scenario, variants: [], across }] }).results;
  t.true(texts?.message.text.includes('\\[click\\](http://x)'));
});
