/** The page that the picture of a run is taken of. */
import test from 'ava';
import { terminalPage } from './terminal-page.ts';

test('colours are kept, what HTML would read is not, and the clauses are cut short', (t) => {
  const clauses = Array.from({ length: 20 }, (_, n) => `  pass  para-${n}  shall  says ${n}`);
  const printed = [
    '\u001b[32mpass\u001b[39m a < b & c',
    ...clauses,
    '',
    '\u001b[2mResult\u001b[22m  pass',
    '',
  ];
  const page = terminalPage('npm start', printed.join('\n'));
  t.true(page.includes('<span style="font-weight:bold">$ npm start</span>\n\n'));
  t.true(page.includes('<span style="color:#7ee2a8">pass</span> a &lt; b &amp; c\n'));
  t.true(page.includes('says 3\n  …\n\n<span style="color:#9aa4b2">Result</span>  pass</pre>'));
  t.false(page.includes('says 4'));
});

test('a style that is left open ends with its line', (t) => {
  t.true(terminalPage('x', '\u001b[31mbad\nworse').includes('bad</span>\nworse'));
});
