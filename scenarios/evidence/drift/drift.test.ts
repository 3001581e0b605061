/** What differs between two runs of one variant, with the differences planted. Two seeds stand for the two kinds of run. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { SECOND, VirtualClock } from '../../../sim/clock.ts';
import { Trace, type AnyTraceEvent } from '../../../sim/trace.ts';
import { loadAssets } from '../../host/assets.ts';
import { packageOf } from '../../host/package-root.ts';
import { orderOf, runScenario } from '../../runs/index.ts';
import { loadScreenplay } from '../../language/index.ts';
import { vocabulary, SHIPPED_KINDS } from '../../world/index.ts';
import { driftOf } from './index.ts';
import { movedAmong } from './reordered.ts';

const { root } = await packageOf();
const assets = await loadAssets();
const text = await readFile(join(root, 'scenarios/catalogue/baseline-call.yaml'), 'utf8');
const screenplay = loadScreenplay(
  text.replaceAll(/--for \d+s/g, '--for 1s'),
  'baseline-call.yaml',
  vocabulary(SHIPPED_KINDS),
);

function run(seed: string, plant?: string): readonly AnyTraceEvent[] {
  const variant = 'home-wifi';
  const wishes = { build: '0'.repeat(64), seed, parameters: {}, variant };
  const order = orderOf(screenplay, plant === undefined ? wishes : { ...wishes, plant });
  return runScenario(order, { assets, screenplay }).events;
}

const usual = run('1');

/** A trace of what people told each other, each at its second. */
function told(...words: readonly (readonly [seconds: number, line: string])[]): readonly AnyTraceEvent[] {
  return typedOn('ann', words);
}

function typedOn(
  console: string,
  words: readonly (readonly [seconds: number, line: string])[],
): readonly AnyTraceEvent[] {
  const clock = new VirtualClock();
  const trace = new Trace(clock);
  for (const [seconds, line] of words) {
    clock.runUntil(seconds * SECOND);
    trace.append('console.typed', console, { by: 'ann', line });
  }
  return trace.events;
}

test('another seed changes keys, times and losses, and nothing that matters', (t) => {
  const drift = driftOf(usual, run('2'));
  t.deepEqual(
    drift.differences.filter(({ expected }) => expected === undefined),
    [],
  );
  t.true(drift.same);
  t.is(drift.calls.length, 4);
  for (const { from, simulated, live } of drift.calls) {
    t.true(['alice', 'bob', 'carol'].includes(from));
    t.true((simulated?.setupMs ?? 0) > 0 && (live?.setupMs ?? 0) > 0);
  }
});

for (const plant of ['crs.names-the-caller', 'crs.key-mgmt-untouched', 'crs.one-suite'])
  test(`planted: ${plant} is broken in one of the two`, (t) => {
    const { same, differences } = driftOf(usual, run('1', plant));
    t.false(same);
    t.true(differences.some(({ expected }) => expected === undefined));
  });

test('missing, extra and reordered events are told apart, and counted', (t) => {
  const before = told([1, 'a'], [2, 'b'], [3, 'b'], [10, 'c'], [20, 'd']);
  const after = told([1, 'a'], [2, 'b'], [3, 'd'], [4, 'c'], [5, 'e'], [6, 'e']);
  const { differences, same, events } = driftOf(before, after);
  t.false(same);
  t.deepEqual(events, { simulated: 5, live: 6 });
  t.deepEqual(
    differences.map(({ kind, event, times }) => [kind, event, times]),
    [
      ['missing', 'console.typed by=ann line=b', 1],
      ['extra', 'console.typed by=ann line=e', 2],
      ['reordered', 'console.typed by=ann line=c', 1],
    ],
  );
});

test('what races in the simulation may come in either order', (t) => {
  const { same, differences } = driftOf(told([1, 'a'], [1.5, 'b']), told([1, 'b'], [2, 'a']));
  t.true(same);
  t.is(differences.length, 1);
  t.false(driftOf(told([1, 'a'], [3, 'b']), told([1, 'b'], [3, 'a'])).same);
});

test('a call that one run does not have is shown', (t) => {
  const { calls } = driftOf(
    usual,
    usual.filter(({ type }) => type !== 'handset.call-placed'),
  );
  t.is(calls.length, 4);
  t.true(calls.every(({ live, simulated }) => live === undefined && simulated !== undefined));
});

test('as few events as can be are said to have moved', (t) => {
  const placed = [3, 0, 1, 2].map((there, here) => ({ key: String(here), here, there, time: here * SECOND }));
  t.deepEqual(movedAmong(placed), [{ key: '0', apart: 3 * SECOND }]);
});

test('what is done to the firewall and the network of a simulation is no drift; what is done to a device is', (t) => {
  for (const [device, expected] of [
    ['firewall', 'a live run has no firewall'],
    ['net', 'a live run has no console of its network'],
    ['crs', undefined],
  ] as const) {
    const { differences } = driftOf(typedOn(device, [[1, 'show']]), []);
    t.deepEqual(
      differences.map((each) => [each.kind, each.expected]),
      [['missing', expected]],
    );
  }
});
