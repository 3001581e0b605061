/** The lines of a screenplay: typed, and taken or refused as their steps say. */
import test from 'ava';
import type { Step } from '../../language/index.ts';
import { prefixOf } from './prefix.ts';
import { judgeSteps } from './steps.ts';
import { screenplayOf, traceOf, type Happening } from './story.fixture.ts';

const { steps } = screenplayOf(`moments:
  never: { first: a }
steps:
  - { id: takes, at: "08:01", by: thief, type: try }
  - { id: refuses, at: "08:02", by: thief, type: try, refused: "NO" }
  - { id: waits, after: never, by: thief, type: try, untyped: "nobody does a" }
`);

const typed = (step: string, refused: string | null = null): Happening => [
  1,
  'step.typed',
  { step, refused },
];
const end: Happening = [9, 'trace.ended'];

const judged = (of: readonly Step[], ...happenings: readonly Happening[]) =>
  judgeSteps(of, prefixOf(traceOf(...happenings)));
const finding = (of: readonly Step[], ...happenings: readonly Happening[]) => {
  const { verdict, code, why } = judged(of, ...happenings);
  return [code ?? verdict, why] as const;
};

test('lines that are typed, and taken or refused as they say, pass', (t) => {
  const passed = judged(steps, typed('takes'), typed('refuses', 'NO'), end);
  t.deepEqual(passed, {
    ...{ verdict: 'pass', decided: true, evidence: [1] },
    why: 'lines typed: 2, each taken or refused as its step says; 1 wait for what did not happen, as their steps say',
  });
  t.is(
    finding(steps.slice(0, 2), typed('takes'), typed('refuses', 'NO'), end)[1],
    'lines typed: 2, each taken or refused as its step says',
  );
});

test('a line that is refused fails, and so does one that is taken though it says that it is refused', (t) => {
  const wrong = (...line: Parameters<typeof typed>) => finding(steps, typed(...line), end);
  t.deepEqual(wrong('takes', 'BLOCKED'), ['fail', "step 'takes' (story.yaml:8) was refused: BLOCKED"]);
  t.deepEqual(wrong('refuses'), [
    'fail',
    "step 'refuses' (story.yaml:9) was taken, and it says that it is refused: NO",
  ]);
  t.deepEqual(wrong('refuses', 'OTHER'), [
    'fail',
    "step 'refuses' (story.yaml:9) was refused: OTHER, and it says NO",
  ]);
  t.deepEqual(wrong('waits'), [
    'fail',
    "step 'waits' (story.yaml:10) was typed, though it says that it is not: nobody does a",
  ]);
});

test('a line that is typed again is judged as it was the first time', (t) => {
  const [first, again] = [typed('takes', 'BLOCKED'), typed('takes')];
  t.is(finding(steps.slice(0, 1), first, again, end)[0], 'fail');
  t.is(finding(steps.slice(0, 1), again, first, end)[0], 'pass');
});

test('wrong lines are named together, five of them, when there can be no more', (t) => {
  const all = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const play = screenplayOf(
    `steps:\n${all.map((id) => `  - { id: ${id}, at: "08:01", by: thief, type: try }\n`).join('')}`,
  );
  const refused = all.map((id) => typed(id, 'NO'));
  t.deepEqual(judged(play.steps, ...refused), {
    ...{ verdict: 'inconclusive', code: 'SCENARIO_NOT_YET', decided: false, evidence: [] },
    why: 'lines typed so far: 7 of 7',
  });
  const named = (count: number, what: string): string =>
    all
      .slice(0, count)
      .map((id, n) => `step '${id}' (story.yaml:${6 + n}) was ${what}`)
      .join('; ');
  t.deepEqual(judged(play.steps, ...refused, end), {
    ...{ verdict: 'fail', decided: true, evidence: [1, 2, 3, 4, 5] },
    why: `${named(5, 'refused: NO')}; and 2 more`,
  });
  t.deepEqual(judged(play.steps, end), {
    ...{ verdict: 'inconclusive', code: 'SCENARIO_STEP_UNTYPED', decided: true, evidence: [] },
    why: `${named(5, 'never typed')}; and 2 more`,
  });
  t.is(finding(play.steps.slice(0, 5), end)[1], named(5, 'never typed'));
});

test('a variant takes a refusal back with none', (t) => {
  const taken = steps.map((step) => (step.id === 'refuses' ? { ...step, refused: 'none' } : step));
  t.is(finding(taken, typed('takes'), typed('refuses'), end)[0], 'pass');
  t.is(finding(taken, typed('takes'), typed('refuses', 'NO'), end)[0], 'fail');
});

test('a line that is never typed leaves it open, and is named', (t) => {
  const [code, why] = finding(steps, typed('refuses', 'NO'), end);
  t.is(code, 'SCENARIO_STEP_UNTYPED');
  t.is(why, "step 'takes' (story.yaml:8) was never typed");
  t.is(finding(steps, typed('takes'))[0], 'SCENARIO_NOT_YET');
});

test('before the opening is over nothing is known, and a run that ends in it typed nothing', (t) => {
  const opening = (...happenings: readonly Happening[]) =>
    judgeSteps(steps, prefixOf(traceOf(...happenings).slice(1)));
  t.deepEqual(opening([1, 'a']), {
    ...{ verdict: 'inconclusive', code: 'SCENARIO_NOT_YET', decided: false, evidence: [] },
    why: 'the opening is not over',
  });
  t.deepEqual(opening([1, 'a'], end), {
    ...{ verdict: 'inconclusive', code: 'SCENARIO_STEP_UNTYPED', decided: true, evidence: [] },
    why: 'the run ended in its opening',
  });
});

test('lines of those who are played are theirs, and without lines there is nothing to say', (t) => {
  const opened: Happening = [0, 'opening.ended', { played: ['thief'] }];
  const nothing = {
    ...{ verdict: 'not-applicable', decided: true, evidence: [] },
    why: 'the screenplay types no line',
  };
  t.deepEqual(judged(steps, opened, end), nothing);
  t.deepEqual(judged([], end), nothing);
});
