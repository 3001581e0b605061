/** What a line of the screenplay led to: by the causes of events, back to the line as it was typed for its step. */
import test from 'ava';
import { causedBy } from './caused-by.ts';
import { prefixOf } from './prefix.ts';
import { screenplayOf, traceOf, type Happening } from './story.fixture.ts';
import { judge } from './verdict.ts';

const { steps } = screenplayOf(`steps:
  - { id: other, at: "08:00", by: thief, type: knock }
  - { id: knock, at: "08:01", by: thief, on: thief, type: knock }
`);

const line = (by = 'thief', text = 'knock', on = 'thief'): Happening => [
  1,
  'console.typed',
  { by, line: text },
  on,
];
const noted = (step: string): Happening => [1, 'step.typed', { step, refused: null }, 'thief'];

/** The numbers of the events that the step led to; each happening with the number of its cause. */
function led(id: string | undefined, happenings: readonly (readonly [Happening, number?])[], of = steps) {
  const trace = traceOf(...happenings.map(([happening]) => happening)).map((event) => ({
    ...event,
    cause: happenings[event.n - 1]?.[1] ?? 0,
  }));
  const isCaused = causedBy(id, of, prefixOf(trace));
  return trace.filter((event) => isCaused(event)).map(({ n }) => n);
}

const story: readonly (readonly [Happening, number?])[] = [
  [line()],
  [[1, 'a'], 1],
  [noted('knock'), 0],
  [[2, 'b'], 2],
  [[3, 'c']],
];

test('a line leads to what it causes, however far back, and to nothing else', (t) => {
  t.deepEqual(led('knock', story), [1, 2, 4]);
});

test('without a step every event counts, and a step that was not typed, or is not there, led to nothing', (t) => {
  t.deepEqual(led(undefined, story), [0, 1, 2, 3, 4, 5]);
  t.deepEqual(led('other', story), []);
  t.deepEqual(led('knock', story, steps.slice(0, 1)), []);
});

test('the line is the last of its kind before it was noted, for others may have typed the same', (t) => {
  const twice = [
    [line()],
    [[1, 'a'], 1],
    [noted('other')],
    [line()],
    [[2, 'b'], 4],
    [noted('knock')],
  ] as const;
  const later = [...twice, [line()], [[3, 'c'], 7]] as const;
  t.deepEqual(led('other', later), [1, 2]);
  t.deepEqual(led('knock', later), [4, 5]);
});

test('a line of somebody else, elsewhere, or of other words is not that of the step', (t) => {
  for (const strange of [line('bob'), line('thief', 'ring'), line('thief', 'knock', 'crs')]) {
    t.deepEqual(led('knock', [[line()], [strange], [[1, 'a'], 2], [noted('knock')], [[2, 'b'], 1]]), [1, 5]);
    t.deepEqual(led('knock', [[strange], [[1, 'a'], 1], [noted('knock')]]), [], 'it was never typed');
  }
});

test('what a played step leads to is not tested: a person types what they think right', (t) => {
  const play = screenplayOf(`steps:
  - { id: knock, at: "08:01", by: thief, on: thief, type: knock }
expect:
  - { id: it, check: para-1.c1/seen, see: a, caused-by: knock }
`);
  const verdictIn = (played: readonly string[]) => {
    const opened: Happening = [0, 'opening.ended', { played }, 'world'];
    const [check] = judge(play, traceOf(opened, [3, 'trace.ended'])).checks;
    return { verdict: check?.verdict, why: check?.why };
  };
  t.deepEqual(verdictIn(['thief']), {
    verdict: 'not-tested',
    why: "it looks at what 'knock' leads to, and a person plays thief",
  });
  t.is(verdictIn(['somebody-else']).verdict, 'fail');
});
