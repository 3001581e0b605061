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

test('missing and extra events are told apart, and counted; in which order they came is no matter', (t) => {
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
    ],
  );
  t.true(driftOf(told([1, 'a'], [30, 'b']), told([1, 'b'], [30, 'a'])).same);
});

/** Lines of ann, and what the phone of bob answers to the one of that number; to none it does by itself. */
function answered(...causes: readonly (number | undefined)[]): readonly AnyTraceEvent[] {
  const trace = new Trace(new VirtualClock());
  const typed = ['call', 'hang-up'].map((line) => trace.append('console.typed', 'ann', { by: 'ann', line }));
  for (const at of causes) {
    const cause = at === undefined ? undefined : typed[at];
    const answer = (): unknown => trace.append('handset.restarted', 'bob-phone', { user: 'bob' });
    if (cause === undefined) answer();
    else trace.because(cause, answer);
  }
  return trace.events;
}

test('what something else led to is a difference, unless one of the two does not say what did', (t) => {
  const kinds = (ours: readonly AnyTraceEvent[], theirs: readonly AnyTraceEvent[]): readonly unknown[] =>
    driftOf(ours, theirs).differences.map(({ kind, device, times }) => [kind, device, times]);
  t.deepEqual(kinds(answered(0, 1), answered(1, 0)), []);
  t.deepEqual(kinds(answered(0, 1), answered(0, 0)), [['other-cause', 'bob-phone', 1]]);
  t.deepEqual(kinds(answered(0, 0), answered(1, 1)), [['other-cause', 'bob-phone', 2]]);
  t.deepEqual(kinds(answered(0, 1), answered(undefined, 1)), []);
  t.deepEqual(kinds(answered(0, 0, undefined), answered(1, 1, undefined)), [['other-cause', 'bob-phone', 1]]);
  t.deepEqual(kinds(answered(undefined, 0), answered(1, 0)), []);
});

/** What the CRS and the examiner say of connections from these hosts. */
function knocked(alert: number, identity: string, ...greeted: readonly string[]): readonly AnyTraceEvent[] {
  const trace = new Trace(new VirtualClock());
  trace.append('network.secure-refused', 'crs', { local: 'crs:5061', remote: 'x:1', identity, alert });
  for (const client of greeted)
    trace.append('audit.server-hello', 'examiner', {
      server: 'crs',
      client,
      suite: '0x008C',
      version: 'TLS 1.2',
    });
  return trace.events;
}

test('the alert to what is no handshake is the TLS stack’s choice, the one to an identity is not', (t) => {
  t.true(driftOf(knocked(10, ''), knocked(40, '')).same);
  t.false(driftOf(knocked(20, 'a'), knocked(115, 'a')).same);
});

test('what live taps cannot see is expected of machines that a probe brought, and of no other', (t) => {
  const seen = knocked(10, '', 'alice-phone', 'insider-2');
  t.deepEqual(
    driftOf(seen, knocked(10, '', 'alice-phone')).differences.map(({ times, expected }) => [times, expected]),
    [[1, 'live taps are at the machines that the world begins with']],
  );
  t.false(driftOf(seen, knocked(10, '', 'insider-2')).same);
});

test('a call that one run does not have is shown', (t) => {
  const { calls } = driftOf(
    usual,
    usual.filter(({ type }) => type !== 'handset.call-placed'),
  );
  t.is(calls.length, 4);
  t.true(calls.every(({ live, simulated }) => live === undefined && simulated !== undefined));
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
