/** Every exposure is in one lane and no other; what a lane says of its runs is true of each of them. */
import test from 'ava';
import type { ExposureBar, ScenarioResult, SuiteResult, VariantResult } from '../scenarios/evidence/model.ts';
import { exposureGroups, laneName } from './exposed-paths.ts';
import { exposureOverview } from './html/exposed-paths.ts';
import { GREEN, SAMPLE } from './sample.fixture.ts';

const [theft] = GREEN.scenarios;
const [run] = theft?.variants ?? [];
const [bar] = run?.exposure ?? [];

type Moments = VariantResult['moments'];

interface OneRun {
  readonly name: string;
  readonly reference?: boolean;
  readonly bar?: Partial<ExposureBar>;
  readonly moments?: Moments;
  readonly begins?: number;
}

/** The scenario with these runs of one exposure each. */
function suiteOf(...runs: readonly OneRun[]): SuiteResult {
  if (theft === undefined || run === undefined || bar === undefined)
    throw new Error('the sample has a theft');
  const scenario: ScenarioResult = {
    ...theft,
    variants: runs.map(({ name, reference = true, bar: other, moments = {}, begins = run.begins }) => ({
      ...run,
      name,
      reference,
      moments,
      begins,
      exposure: [{ ...bar, ...other }],
    })),
  };
  return { ...GREEN, scenarios: [scenario] };
}

const only = (suite: SuiteResult) => exposureGroups(suite)[0]?.paths[0];
const at = (time: number) => ({ time, event: 1 });

test('every exposure of every run is in exactly one lane', (t) => {
  const counted = exposureGroups(SAMPLE).flatMap(({ paths }) =>
    paths.flatMap(({ axes }) =>
      axes.flatMap(({ lanes }) => lanes.flatMap(({ bars }) => bars.map((placed) => placed.bar))),
    ),
  );
  const all = SAMPLE.scenarios.flatMap(({ variants }) => variants.flatMap(({ exposure }) => exposure));
  t.true(all.length > 0);
  t.is(counted.length, all.length);
  t.deepEqual(new Set(counted), new Set(all));
});

test('runs of the same times share a lane; a run with an error never shares one with those by the book', (t) => {
  const path = only(suiteOf({ name: 'a' }, { name: 'b' }, { name: 'late', reference: false }));
  t.deepEqual(
    path?.axes.map(({ byTheBook, lanes }) => [byTheBook, lanes.map(laneName)]),
    [
      [true, ['all 2 runs by the book']],
      [false, ['late']],
    ],
  );
  t.deepEqual([path?.inBook, path?.ofBook, path?.inOthers], [2, 2, 1]);
});

test('one microsecond, another end or another day makes another lane', (t) => {
  const lanes = (other: OneRun) => only(suiteOf({ name: 'a' }, other))?.axes[0]?.lanes.length;
  t.is(lanes({ name: 'b' }), 1);
  t.is(lanes({ name: 'b', bar: { from: (bar?.from ?? 0) + 1 } }), 2);
  t.is(lanes({ name: 'b', bar: { firstFailure: (bar?.lastSuccess ?? 0) + 7 } }), 2);
  t.is(lanes({ name: 'b', begins: (run?.begins ?? 0) + 1 }), 2);
});

test('a moment is a line through all lanes only when it is the same in every run that is there', (t) => {
  const stolen = at(bar?.fromEarliest ?? 0);
  const later = at((bar?.from ?? 0) + 1);
  const path = only(
    suiteOf(
      { name: 'a', moments: { stolen, blocked: later, 'recovery.block': later } },
      { name: 'b', moments: { stolen, blocked: null } },
    ),
  );
  const names = (moments: readonly { names: readonly string[] }[] = []) =>
    moments.flatMap((each) => each.names);
  t.deepEqual(names(path?.axes[0]?.moments), ['stolen']);
  // Both runs are in one lane, and only one of them has it: it is told of neither.
  t.deepEqual(names(path?.axes[0]?.lanes[0]?.moments), []);
  const apart = only(
    suiteOf(
      { name: 'a', moments: { stolen, blocked: later } },
      { name: 'b', bar: { from: (bar?.from ?? 0) + 1 }, moments: { stolen } },
    ),
  );
  t.deepEqual(apart?.axes[0]?.lanes.map(({ moments }) => names(moments)).sort(), [[], ['blocked']]);
});

test('the picture says in words what it draws, links each run, and says when nothing was found', (t) => {
  const { text } = exposureOverview(suiteOf({ name: 'a', bar: { firstFailure: undefined as never } }));
  t.regex(text, /role="img" aria-label="a: open from /);
  t.regex(text, /class="open"/);
  t.regex(text, /<b>open<\/b>/);
  t.regex(text, /href="#exposure\/client-compromise\/a"/);
  t.regex(exposureOverview({ ...GREEN, scenarios: [] }).text, /No probe that was made opened anything/);
});
