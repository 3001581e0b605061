/** How drift is told. */
import test from 'ava';
import { driftFile, driftText } from './drift-text.ts';

const CALLS = [
  {
    from: 'alice',
    to: 'bob',
    simulated: { setupMs: 2000, lost: 3, r: 90.3, mos: 4.35 },
    live: { setupMs: 2010, lost: 0, r: undefined, mos: undefined },
  },
  {
    from: 'bob',
    to: 'alice',
    simulated: { setupMs: undefined, lost: 0, r: undefined, mos: undefined },
    live: undefined,
  },
];

test('nothing but what was expected: reasons are counted and calls are side by side', (t) => {
  const difference = {
    kind: 'missing',
    device: 'x',
    event: 'network.flow',
    times: 7,
    expected: 'a reason',
  } as const;
  const drift = { events: { simulated: 9, live: 2 }, differences: [difference], calls: CALLS, same: true };
  t.deepEqual(driftText(drift).split('\n'), [
    'Drift   9 events simulated, 2 live; 0 differences that matter',
    '  expected: a reason (7)',
    '  call          simulated                          live',
    '  alice to bob  2000 ms, 3 lost, R 90.3, MOS 4.35  2010 ms, 0 lost',
    '  bob to alice  no answer, 0 lost                  no call',
    'Simulated and live, the same things happened.',
    '',
  ]);
  t.deepEqual(JSON.parse(Buffer.from(driftFile(drift)).toString()).differences[0].times, 7);
});

test('what matters is listed, and a long list is cut', (t) => {
  const difference = { kind: 'extra', device: 'crs', event: 'e', times: 2, expected: undefined } as const;
  const differences = Array.from({ length: 50 }, () => difference);
  const lines = driftText({ events: { simulated: 1, live: 1 }, differences, calls: [], same: false }).split(
    '\n',
  );
  t.is(lines[1], '  extra     on crs: e (2 times)');
  t.is(lines[41], '  and 10 more');
  t.is(lines.at(-2), 'DRIFT: simulated and live, other things happened.');
});
