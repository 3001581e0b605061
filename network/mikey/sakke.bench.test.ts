import test from 'ava';
import { benchSakke } from './sakke.bench.ts';

test('the bench checks what it measures and reports a figure for everything', (t) => {
  let reading = 0;
  const figures = benchSakke(() => reading++, 1);
  for (const [name, figure] of Object.entries(figures)) t.true(figure > 0, name);
  t.is(figures.encapsulateVsTextbook, 1, 'by this clock everything takes one tick');
});
