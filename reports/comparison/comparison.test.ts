/** Two suites compared: everything that got worse is told as worse, and nothing is called the same that is not. */
import test, { type ExecutionContext } from 'ava';
import {
  comparisonOf,
  divergenceOf,
  type ComparedEvent,
  type SuiteComparison,
} from '../../scenarios/evidence/comparison/index.ts';
import type { ExposureBar, SuiteResult, VariantResult, Verdict } from '../../scenarios/evidence/model.ts';
import { comparisonMarkdown } from './markdown.ts';
import { comparisonText } from './terminal.ts';
import { GREEN, SAMPLE } from '../sample.fixture.ts';

const compared = (before: SuiteResult, after: SuiteResult): SuiteComparison =>
  comparisonOf(before, after, () => 'not looked at');

/** The sample with another form of one of its runs. */
function withRun(name: string, change: (run: VariantResult) => VariantResult, suite = SAMPLE): SuiteResult {
  const scenarios = suite.scenarios.map((scenario) => ({
    ...scenario,
    variants: scenario.variants.map((run) => (run.name === name ? change(run) : run)),
  }));
  return { ...suite, scenarios };
}

const CALL = 'three-g';
const PLACE = 'baseline-call/three-g/connects';

/** The first check of the plain call with another verdict; undefined leaves the check out. */
function judged(verdict: Verdict | undefined, was?: Verdict): SuiteResult {
  return withRun(CALL, (run) => ({
    ...run,
    checks: run.checks.flatMap((check) => {
      if (check.id !== 'connects') return [check];
      if (verdict === undefined) return [];
      const parts = check.parts.map((part) => ({ ...part, verdict: was ?? verdict }));
      return [{ ...check, parts, verdict, ...(was === undefined ? {} : { was }) }];
    }),
  }));
}

const RULES: readonly (readonly [
  before: readonly [Verdict | undefined, Verdict?],
  after: readonly [Verdict | undefined, Verdict?],
  kind: string | undefined,
])[] = [
  [['pass'], ['pass'], undefined],
  [['pass'], ['fail'], 'regression'],
  [['pass'], ['inconclusive'], 'regression'],
  [['pass'], ['not-tested'], 'lost'],
  [['pass'], ['not-applicable'], 'lost'],
  [['pass'], [undefined], 'lost'],
  [['pass'], ['waived', 'fail'], 'regression'],
  [['fail'], ['not-tested'], 'lost'],
  [['fail'], ['inconclusive'], 'lost'],
  [['fail'], [undefined], 'lost'],
  [['fail'], ['waived', 'fail'], 'other'],
  [['fail'], ['pass'], 'new-pass'],
  [['waived', 'fail'], ['fail'], 'regression'],
  [['waived', 'fail'], ['waived', 'not-tested'], 'lost'],
  [['waived', 'not-tested'], ['waived', 'fail'], 'regression'],
  [['inconclusive'], ['not-tested'], 'lost'],
  [['inconclusive'], ['pass'], 'new-pass'],
  [['not-tested'], ['inconclusive'], 'regression'],
  [['not-tested'], ['not-applicable'], 'other'],
  [['not-applicable'], ['not-tested'], 'regression'],
  [[undefined], ['fail'], 'regression'],
  [[undefined], ['pass'], 'new-pass'],
  [['not-tested'], [undefined], 'other'],
];
for (const [before, after, kind] of RULES)
  test(`a check from ${before.join(', was ') || 'none'} to ${after.join(', was ') || 'none'} is ${kind ?? 'no change'}`, (t) => {
    const { checks, outcome } = compared(judged(...before), judged(...after));
    t.is(checks.find(({ place }) => place === PLACE)?.kind, kind as never);
    const worse = kind === 'regression' || kind === 'lost';
    t.is(outcome === 'worse', worse);
    t.is(outcome === 'same', kind === undefined);
  });

test('a part that a check says nothing of any more is lost, though the check passes still', (t) => {
  const without = withRun(CALL, (run) => ({
    ...run,
    checks: run.checks.map((check) => (check.id === 'connects' ? { ...check, parts: [] } : check)),
  }));
  const { outcome, checks } = compared(SAMPLE, without);
  t.is(outcome, 'worse');
  t.like(checks[0], { place: `${PLACE} para-4.c1/shown`, kind: 'lost', after: null });
});

test('a second check of the same name hides nothing', (t) => {
  const twice = withRun(CALL, (run) => {
    const [first] = run.checks;
    if (first === undefined) return run;
    return { ...run, checks: [{ ...first, verdict: 'fail' as const }, ...run.checks] };
  });
  t.is(compared(SAMPLE, twice).outcome, 'worse');
  t.is(compared(twice, SAMPLE).outcome, 'worse');
});

test('a run that is gone, or failed, is worse; a scenario that is new is not', (t) => {
  const [first, ...others] = SAMPLE.scenarios;
  if (first === undefined) return t.fail();
  const less = { ...SAMPLE, scenarios: others };
  const gone = compared(SAMPLE, less);
  t.is(gone.outcome, 'worse');
  t.deepEqual(
    gone.runs.map(({ kind }) => kind),
    first.variants.map(() => 'gone'),
  );
  t.true(gone.checks.every(({ why }) => why === 'the scenario was not run'));
  t.true(gone.exposures.every(({ kind }) => kind === 'unproven'));
  const more = compared(less, SAMPLE);
  t.true(more.runs.every(({ kind }) => kind === 'new'));
  t.true(more.exposures.every(({ kind }) => kind === 'other'));
  const [run] = first.variants;
  if (run === undefined) return t.fail();
  const failed: SuiteResult = {
    ...SAMPLE,
    scenarios: [
      {
        ...first,
        variants: first.variants.slice(1),
        missing: [
          {
            ...{ name: run.name, title: '', reference: true, checks: [], seed: '42', replay: '' },
            ...{ code: 'RUN_MEMORY_FULL', why: 'too much' },
          },
        ],
      },
      ...others,
    ],
  };
  const { outcome, runs, checks } = compared(SAMPLE, failed);
  t.is(outcome, 'worse');
  t.like(runs[0], { kind: 'failed', why: 'the run failed: RUN_MEMORY_FULL: too much' });
  t.true(checks.some(({ why }) => why === 'the run failed: RUN_MEMORY_FULL: too much'));
});

const THEFT = 'wipe-destroy-block';
const BAR = SAMPLE.scenarios[0]?.variants[0]?.exposure[0];

/** The theft with one entry of the ledger as it is given, or with none. */
function exposed(change: Partial<ExposureBar> | undefined): SuiteResult {
  return withRun(THEFT, (run) => ({
    ...run,
    exposure: change === undefined || BAR === undefined ? [] : [{ ...BAR, ...change }],
  }));
}

/** What became of the one entry. */
function became(
  before: SuiteResult,
  after: SuiteResult,
): readonly [kind: string | undefined, outcome: string] {
  const { exposures, outcome } = compared(before, after);
  return [exposures[0]?.kind, outcome];
}

test('exposure: new and longer are worse, to the microsecond and in every bound', (t) => {
  if (BAR === undefined) return t.fail();
  const base = exposed({});
  t.deepEqual(became(exposed(undefined), base), ['new', 'worse']);
  const closed = { firstFailure: BAR.lastSuccess + 10, refusedAs: 'blocked' };
  for (const [before, after] of [
    [{}, { lastSuccess: BAR.lastSuccess + 1 }],
    [{}, { from: BAR.from - 1 }],
    [{}, { fromEarliest: BAR.fromEarliest - 1 }],
    [{}, { audioSeconds: BAR.audioSeconds + 0.02 }],
    [closed, { firstFailure: undefined }],
    [closed, { firstFailure: closed.firstFailure + 1 }],
    [{ impersonationHours: { atLeast: 1, atMost: 2 } }, { impersonationHours: { atLeast: 1 } }],
    [{ controlled: true }, { controlled: false }],
  ] as const) {
    t.deepEqual(
      became(exposed(before as never), exposed(after as never)),
      ['longer', 'worse'],
      JSON.stringify(after),
    );
    t.is(became(exposed(after as never), exposed(before as never))[0], 'shorter', JSON.stringify(before));
  }
});

test('exposure: another path is a new one, and the same path twice is two', (t) => {
  if (BAR === undefined) return t.fail();
  const other = compared(exposed({}), exposed({ route: 'another way' }));
  t.deepEqual(other.exposures.map(({ kind }) => kind).sort(), ['new', 'unproven']);
  const twice = withRun(THEFT, (run) => ({
    ...run,
    exposure: [BAR, { ...BAR, lastSuccess: BAR.lastSuccess + 5 }],
  }));
  t.deepEqual(became(exposed({}), twice), ['new', 'worse']);
});

test('exposure: gone or shorter is believed only when what had opened it was tried again', (t) => {
  const probe = 'decrypt-incoming';
  const ending = (outcome: 'refused' | 'inconclusive' | undefined): SuiteResult =>
    withRun(
      THEFT,
      (run) => ({
        ...run,
        checks: run.checks.flatMap((check) => {
          if (check.probe === undefined || check.id !== probe) return [check];
          return outcome === undefined ? [] : [{ ...check, probe: { ...check.probe, outcome } }];
        }),
      }),
      exposed(undefined),
    );
  const open = exposed({ tries: [probe] });
  t.is(became(open, ending('refused'))[0], 'gone');
  t.is(became(open, ending('inconclusive'))[0], 'unproven');
  t.is(became(open, ending(undefined))[0], 'unproven');
  t.is(became(exposed({ tries: ['typed, event 812'] }), exposed(undefined))[0], 'unproven');
  t.is(became(exposed({ tries: ['a', 'b'], lastSuccess: 99e9 }), exposed({ tries: ['a'] }))[0], 'unproven');
});

test('what has another yardstick is not comparable, whatever the verdicts are', (t) => {
  const [scenario, ...rest] = SAMPLE.scenarios;
  const [clause, ...clauses] = SAMPLE.clauses;
  if (scenario === undefined || clause === undefined) return t.fail();
  for (const [after, reason] of [
    [
      { ...SAMPLE, scenarios: [{ ...scenario, sha256: 'dd'.repeat(32) }, ...rest] },
      /client-compromise is made from another file/,
    ],
    ...[
      [{ name: 'client-recovery', sha256: 'dd'.repeat(32) }, ...scenario.performs.slice(1)],
      scenario.performs.slice(1),
      [...scenario.performs, { name: 'client-recovery', sha256: 'dd'.repeat(32) }],
    ].map(
      (performs) =>
        [
          { ...SAMPLE, scenarios: [{ ...scenario, performs }, ...rest] },
          /client-compromise performs another procedure client-recovery/,
        ] as const,
    ),
    [
      { ...SAMPLE, clauses: [{ ...clause, paraphrase: 'Something else.' }, ...clauses] },
      /the catalogue is another one: 1 clauses differ/,
    ],
    [{ ...SAMPLE, plant: 'crs.skips-block' }, /planted/],
  ] as const) {
    const { outcome, notComparable } = compared(SAMPLE, after);
    t.is(outcome, 'not-comparable');
    t.regex(notComparable.join(), reason);
  }
  t.is(compared({ ...SAMPLE, scenarios: [] }, { ...SAMPLE, scenarios: [] }).outcome, 'not-comparable');
  const removed = compared(SAMPLE, { ...SAMPLE, clauses });
  t.deepEqual(
    removed.clauseTexts.map(({ field, after }) => [field, after]),
    [['clause', null]],
  );
});

test('what the two were made with is told, and by itself makes nothing worse', (t) => {
  const { outcome, conditions } = compared(GREEN, { ...GREEN, seed: '7', tool: 'calldrill 9' });
  t.is(outcome, 'not-worse');
  t.deepEqual(
    conditions.map(({ name, after }) => [name, after]),
    [
      ['tool', 'calldrill 9'],
      ['seed', '7'],
    ],
  );
});

type Line = readonly [
  t: number,
  type: string,
  on: string,
  cause: number,
  data?: Readonly<Record<string, unknown>>,
];
const trace = (...lines: readonly Line[]): readonly ComparedEvent[] =>
  lines.map(([t, type, on, cause, data = {}], at) => ({ n: at + 1, t, type, on, cause, data }));

const STORY: readonly Line[] = [
  [0, 'trace.began', 'run', 0, { seed: '1' }],
  [5, 'typed', 'alice', 0, { line: 'call bob' }],
  [7, 'placed', 'alice-phone', 2, { to: 'bob' }],
  [9, 'typed', 'bob', 0, { line: 'hang-up' }],
  [9, 'ended', 'alice-phone', 4, {}],
  [10, 'trace.ended', 'run', 0, { events: 6 }],
];

function diverges(
  t: ExecutionContext,
  other: readonly Line[],
  kind: string,
  before: number | null,
  after: number | null,
): void {
  const found = divergenceOf(trace(...STORY), trace(...other));
  t.deepEqual([found?.kind, found?.before?.n ?? null, found?.after?.n ?? null], [kind, before, after]);
}

test('traces: one event more makes only that one differ, though all later numbers are others', (t) => {
  const more = STORY.slice();
  more.splice(2, 0, [6, 'noise', 'link', 0, {}]);
  const shifted = more.map(([time, type, on, cause, data = {}]): Line => [
    time,
    type,
    on,
    cause >= 3 ? cause + 1 : cause,
    data,
  ]);
  diverges(t, shifted, 'only-after', null, 3);
  t.is(divergenceOf(trace(...STORY), trace(...STORY)), undefined);
});

test('traces: other data, another cause, another time and an event that is gone are each told', (t) => {
  const swap = (at: number, line: Line): readonly Line[] =>
    STORY.map((each, index) => (index === at ? line : each));
  diverges(t, swap(2, [7, 'placed', 'alice-phone', 2, { to: 'eve' }]), 'changed', 3, 3);
  t.deepEqual(
    divergenceOf(trace(...STORY), trace(...swap(2, [7, 'placed', 'alice-phone', 2, { to: 'eve' }])))?.fields,
    ['to'],
  );
  diverges(t, swap(4, [9, 'ended', 'alice-phone', 2, {}]), 'only-before', 5, null);
  diverges(t, swap(4, [10, 'ended', 'alice-phone', 4, {}]), 'time', 5, 5);
  diverges(
    t,
    STORY.filter((_, at) => at !== 4),
    'only-before',
    5,
    null,
  );
  t.deepEqual(divergenceOf(trace(...STORY), trace(...STORY.slice(0, 4)))?.before?.because, ['typed on bob']);
});

const INVISIBLE = ['\u001b', '\u202e', '\u2028'];

test('hostile text is harmless on a terminal and in Markdown, and long lists say what they leave out', (t) => {
  const found = compared({ ...SAMPLE, scenarios: [] }, SAMPLE);
  const text = comparisonText(found, { colour: false });
  for (const sign of INVISIBLE) t.false(text.includes(sign));
  const markdown = comparisonMarkdown(found, { title: '<b>@all' });
  for (const sign of INVISIBLE) t.false(markdown.includes(sign));
  t.notRegex(markdown, /[@`]|<(?!br>)/);
  t.true(
    markdown
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .every((line) => line.split('|').length === 5),
  );
  t.true(markdown.startsWith('### &#60;b&#62;&#64;all\n'));
  const many = {
    ...SAMPLE,
    clauses: Array.from({ length: 200 }, (_, at) => ({ ...SAMPLE.clauses[0], id: `x${at}` }) as never),
  };
  t.regex(
    comparisonText(compared({ ...SAMPLE, clauses: [] }, many), { colour: false }),
    /and 150 more; --json/,
  );
  t.regex(comparisonMarkdown(compared({ ...SAMPLE, clauses: [] }, many)), /\nand 100 more\n/);
  t.true(comparisonText(found, { colour: true }).includes('\u001b['));
});
