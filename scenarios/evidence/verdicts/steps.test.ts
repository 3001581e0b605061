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

const finding = (of: readonly Step[], ...happenings: readonly Happening[]) => {
  const { verdict, code, why } = judgeSteps(of, prefixOf(traceOf(...happenings)));
  return [code ?? verdict, why] as const;
};

test('lines that are typed, and taken or refused as they say, pass', (t) => {
  const [verdict, why] = finding(steps, typed('takes'), typed('refuses', 'NO'), end);
  t.is(verdict, 'pass');
  t.regex(why, /^2 lines were typed, .*; 1 wait for what did not happen/);
});

test('a line that is refused fails, and so does one that is taken though it says that it is refused', (t) => {
  t.deepEqual(finding(steps, typed('takes', 'BLOCKED')), [
    'fail',
    "step 'takes' (story.yaml:8) was refused: BLOCKED",
  ]);
  t.is(finding(steps, typed('refuses'))[0], 'fail');
  t.regex(finding(steps, typed('refuses', 'OTHER'))[1], /was refused: OTHER, and it says NO/);
  t.regex(finding(steps, typed('waits'))[1], /was typed, though it says that it is not: nobody does a/);
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

test('lines of those who are played are theirs, and without lines there is nothing to say', (t) => {
  const opened: Happening = [0, 'opening.ended', { played: ['thief'] }];
  t.is(finding(steps, opened, end)[0], 'not-applicable');
  t.is(finding([], end)[0], 'not-applicable');
});
