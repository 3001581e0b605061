/** Coverage by room: a room below what it owes fails, whatever the others have. */
import test from 'ava';
import { coverageOfRooms, lineOf } from './coverage-rooms.ts';

const file = (statements: number, branches: number) => ({
  statements: { total: 100, covered: statements },
  branches: { total: 10, covered: branches },
});

test('rooms are judged one by one, by their sums', (t) => {
  const rooms = coverageOfRooms(
    new Map([
      ['total', file(0, 0)],
      ['sim/clock.ts', file(100, 10)],
      ['network/a.ts', file(100, 10)],
      ['network/b.ts', file(80, 8)],
      ['devices/a.ts', file(95, 8)],
      ['cli/main.ts', file(10, 1)],
    ]),
  );
  t.deepEqual(rooms.map(lineOf), [
    'sim        statements 100.0 %, branches 100.0 %, meets 90 %',
    'network    statements 90.0 %, branches 90.0 %, meets 90 %',
    'devices    statements 95.0 %, branches 80.0 %, BELOW 90 %',
    'cli        statements 10.0 %, branches 10.0 %',
  ]);
  t.deepEqual(
    rooms.map(({ holds }) => holds),
    [true, true, false, true],
  );
});

test('a room without branches owes none', (t) => {
  const none = { statements: { total: 1, covered: 1 }, branches: { total: 0, covered: 0 } };
  t.is(coverageOfRooms(new Map([['sim/index.ts', none]]))[0]?.branches, 100);
});
