import test from 'ava';
import { conditionsText, milliseconds, ratingText } from './heard-calls.ts';
import { htmlReport } from './html/page.ts';
import { SAMPLE, SAMPLE_EVENTS, TIDY } from './sample.fixture.ts';
import { terminalReport } from './terminal.ts';

const calls = SAMPLE.scenarios.flatMap(({ variants }) => variants.flatMap((variant) => variant.calls));

test('a rating has its category, R and MOS; a call that was not rated says why', (t) => {
  t.deepEqual(calls.slice(0, 2).map(ratingText), [
    'medium, R 76.3, MOS 3.87',
    'not rated: over before its delay was measured',
  ]);
  t.deepEqual([milliseconds(1.5), milliseconds(null)], ['1.5 ms', '']);
});

test('what a rating rests on is said, bursts and delay only where there are any', (t) => {
  t.deepEqual(calls.slice(0, 2).map(conditionsText), [
    'mouth to ear 244 ms, 1.1 % missing (9 lost, 2 late), burst ratio 1.62, jitter 18.4 ms',
    '0 % missing (0 lost, 0 late), jitter 0 ms',
  ]);
});

test('the terminal shows each end of each call, with what its rating rests on', (t) => {
  const text = terminalReport(TIDY, { columns: 120, colour: false, details: true });
  t.regex(
    text,
    /calls as they were heard\n {6}alice-to-bob#1 by bob: medium, R 76\.3, MOS 3\.87\n {8}mouth to ear 244 ms.*\n {8}heard\/alice-to-bob-1-bob\.wav, 0\.5 s: the rest was beyond what is kept\n {6}alice/,
  );
  t.regex(text, /alice-to-bob#1 by alice: not rated/);
  t.notRegex(
    terminalReport(TIDY, { columns: 120, colour: false, details: false }),
    /calls as they were heard/,
  );
});

test('the page has a table of calls where there were any', (t) => {
  const page = htmlReport(SAMPLE, { events: SAMPLE_EVENTS, files: new Map() });
  t.is(page.match(/Calls as they were heard: \d/g)?.length, 2);
  t.regex(page, /medium, R 76\.3, MOS 3\.87/);
});

test('the page plays what was heard where a run made the file, and has no column for it elsewhere', (t) => {
  const page = (files: ReadonlyMap<string, number>) =>
    htmlReport(SAMPLE, { events: SAMPLE_EVENTS, files }).replaceAll('\n', '');
  const file = 'heard/alice-to-bob-1-bob.wav';
  const there = page(new Map([[`baseline-call/three-g/${file}`, 8_044]]));
  t.true(
    there.includes(
      `<audio controls preload="none" src="baseline-call/three-g/${file}" aria-label="alice-to-bob#1 as bob heard it, ${file}"></audio>`,
    ),
  );
  t.regex(there, /0\.5 s: the rest was beyond what is kept/);
  t.true(page(new Map()).includes(`<code>${file}</code>`));
  t.is(there.match(/>Sound</g)?.length, 1, 'the other run with calls was not listened to');
});
