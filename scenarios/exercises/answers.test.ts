import test from 'ava';
import type { TraceEvent } from '../../sim/trace.ts';
import type { Step } from '../language/index.ts';
import { acceptedLines, answersOf } from './answers.ts';

const step = (id: string, type: string, on = 'crs'): Step => ({
  id,
  where: {},
  when: { kind: 'at', t: 0 },
  by: 'crs-admin',
  on,
  type,
  typeWhere: {},
  clauses: [],
});

const typed = (t: number, line: string, on = 'crs'): TraceEvent<'console.typed'> => ({
  n: t,
  t,
  type: 'console.typed',
  on,
  cause: 0,
  data: { by: 'crs-admin', line },
});

test('options and the blanks in a number make no difference; words and consoles do', (t) => {
  const planned = [{ step: step('block', 'block-user +447700900001'), due: 10 }];
  const answers = (line: string, on?: string): boolean =>
    answersOf(planned, [typed(20, line, on)])[0]?.typed !== undefined;
  t.true(answers('block-user "+44 7700 900001"'));
  t.true(answers('block-user +447700900001 --quietly'));
  t.false(answers('block-user +447700900002'));
  t.false(answers('block-user +447700900001', 'cms'));
});

test('a step that was left out does not shift those that follow', (t) => {
  const planned = [10, 100, 200].map((due) => ({ step: step(`load-${due}`, 'load-disc'), due }));
  const times = (...lines: readonly number[]): readonly (number | undefined)[] =>
    answersOf(
      planned,
      lines.map((time) => typed(time, 'load-disc')),
    ).map((answer) => answer.typed?.t);
  t.deepEqual(times(11, 101, 201), [11, 101, 201]);
  t.deepEqual(times(101, 201), [undefined, 101, 201]);
  t.deepEqual(times(11, 90, 201), [11, 90, 201], 'early is early');
  t.deepEqual(times(110, 111), [111, 110, undefined], 'what was left out may be made up for');
  t.deepEqual(times(5), [5, undefined, undefined]);
});

test('only lines of the role count, after the opening, that no console refused', (t) => {
  const events = [
    typed(1, 'check-log'),
    typed(2, 'check-log'),
    { ...typed(3, 'check-log'), data: { by: 'alice', line: 'check-log' } },
    typed(4, 'chek-log'),
    {
      n: 5,
      t: 4,
      type: 'console.refused' as const,
      on: 'crs',
      cause: 4,
      data: { code: 'CONSOLE_UNKNOWN_COMMAND', message: '' },
    },
  ];
  t.deepEqual(
    acceptedLines(events, 'crs-admin', 2).map(({ n }) => n),
    [2],
  );
});
