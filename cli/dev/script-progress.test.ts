/** How far a script says that it is. */
import test from 'ava';
import { scriptProgress } from './script-progress.ts';

/** What is written while `total` pieces take a second each. */
function written(total: number, isTty: boolean): readonly string[] {
  let ms = 0;
  const next = scriptProgress({ isTty, total, things: 'pieces', now: () => ms });
  return Array.from({ length: total }, () => {
    ms += 1000;
    return next();
  }).filter((text) => text !== '');
}

test('a log gets a line for every 5 %, and not more', (t) => {
  const lines = written(1020, false);
  t.is(lines.length, 20);
  t.is(lines[0], '51 of 1020 pieces, 5 %\n');
  t.is(lines.at(-1), '1020 of 1020 pieces, 100 %\n');
  t.deepEqual(written(3, false), [
    '1 of 3 pieces, 30 %\n',
    '2 of 3 pieces, 65 %\n',
    '3 of 3 pieces, 100 %\n',
  ]);
});

test('a terminal has one line, which says what time is left', (t) => {
  t.deepEqual(written(90, true).slice(0, 2), [
    '\r\u001b[K1 of 90 pieces, about 1m 29s left',
    '\r\u001b[K2 of 90 pieces, about 1m 28s left',
  ]);
  t.is(written(90, true).at(-1), '\r\u001b[K90 of 90 pieces\n');
});
