import { execFileSync } from 'node:child_process';
import test from 'ava';
import { codeOf } from '../../devices/testbed.fixture.ts';
import { assets, screenplayOf } from '../world/hall.fixture.ts';
import { INVARIANT_CHECKS } from '../world/invariants/index.ts';
import type { Screenplay } from '../language/index.ts';
import type { RunSurroundings } from './run-api.ts';
import { orderOf, type OrderWishes } from './run-order.ts';
import { runScenario } from './run.ts';
import { suiteOf } from './suite.ts';
import { scenarioResultOf } from './scenario-result.ts';

const YAML = `steps:
  - { id: a, at: "08:01", by: alice, on: alice-phone, type: "call bob --for 5s", clause: para-2 }
  - { id: b, at: "08:02", by: alice, on: alice-phone, type: "call 0770", refused: MIKEY_NUMBER_NATIONAL }
moments:
  answered: { nth: { n: 1, of: crs.call-connected } }
probes:
  - { id: p, row: tls-passive, at: "08:02:30", by: thief, on: thief, type: "read-signalling alice", predict: refused, because: "no PSK" }
  - { id: q, row: live-call, at: "08:03", by: thief, on: thief, type: "call-as alice bob", predict: refused, because: "nothing held" }
expect:
  - { id: secure, see: handset.call-secure, times: 2 }
`;

const BUILD = '0'.repeat(64);

function runOf(
  screenplay: Screenplay,
  wishes: Partial<OrderWishes> = {},
  more: Partial<RunSurroundings> = {},
) {
  const order = orderOf(screenplay, {
    build: BUILD,
    variant: 'main',
    seed: '1',
    parameters: {},
    ...wishes,
  });
  return runScenario(order, { assets, screenplay, ...more });
}

const run = (seed: string, wishes: Partial<OrderWishes> = {}) =>
  runOf(screenplayOf({ yaml: YAML, ends: '08:05' }), {
    seed,
    parameters: { 'skew-limit': 60_000_000 },
    ...wishes,
  });

/** Checks of every run. */
const STANDING = ['cms-offline', ...INVARIANT_CHECKS.map(({ id }) => id), 'phones-in-step', 'steps-typed'];

test('a run is typed, judged and modelled', (t) => {
  const { result: variant } = run('42');
  t.deepEqual(
    variant.checks.map(({ id, verdict }) => `${id} ${verdict}`),
    ['p pass', 'q pass', 'secure pass', ...STANDING.map((id) => `${id} pass`)],
  );
  t.deepEqual(
    variant.checks.map(({ probe }) => probe?.forked),
    [false, true, undefined, ...STANDING.map(() => undefined)],
  );
  t.deepEqual(
    variant.typed.flatMap(({ refused }) => refused?.split(':')[0] ?? []),
    ['MIKEY_NUMBER_NATIONAL'],
  );
  t.truthy(variant.moments['answered']);
  t.true(variant.replay.endsWith('--seed 42 --key-seed 42 --param skew-limit=1m'), variant.replay);
  t.true(variant.ladder.some(({ label }) => label === 'first authentic SRTP packet'));
  const suite = suiteOf([scenarioResultOf(screenplayOf({ yaml: YAML, ends: '08:05' }), [variant])], {
    seed: '42',
    keySeed: '42',
    replay: 'x',
    parameters: {},
    catalogue: [],
  });
  t.is(suite.parameters.find(({ name }) => name === 'skew-limit')?.value, '10m');
});

test('a network cable in the CMS fails a run whose scenario does not ask', (t) => {
  const yaml = 'steps:\n  - { at: "08:02", by: cms-operator, type: "plug-cable cms" }\n';
  const screenplay = screenplayOf({ yaml, ends: '08:05' });
  const { result: variant } = runOf(screenplay);
  t.deepEqual(
    variant.checks.map(({ id, verdict }) => [id, verdict]),
    [
      ['cms-offline', 'fail'],
      ...INVARIANT_CHECKS.map(({ id }) => [id, 'pass']),
      ['phones-in-step', 'pass'],
      ['steps-typed', 'pass'],
    ],
  );
});

test('another seed draws other keys and other losses, and leads to the same verdicts', (t) => {
  const [one, two] = [run('1'), run('2')].map(({ result }) => result);
  t.not(one?.traceDigest, two?.traceDigest);
  t.deepEqual(
    one?.checks.map(({ verdict }) => verdict),
    two?.checks.map(({ verdict }) => verdict),
  );
});

test('a planted violation is named, or refused', (t) => {
  const { result: variant } = run('1', { plant: 'handset.encrypts-media' });
  t.is(variant.checks.find(({ id }) => id === 'secure')?.verdict, 'fail');
  t.regex(variant.replay ?? '', /--plant handset\.encrypts-media$/);
  t.is(
    codeOf(() => run('1', { plant: 'handset.flies' })),
    'RUN_UNKNOWN_PLANT',
  );
});

test('the place and the language of the computer change nothing', (t) => {
  const script = `
    import { orderOf } from './dist/scenarios/runs/run-order.js';
    import { runScenario } from './dist/scenarios/runs/run.js';
    import { assets, screenplayOf } from './dist/scenarios/world/hall.fixture.js';
    const screenplay = screenplayOf({ ends: '08:01' });
    const order = orderOf(screenplay, { build: '${BUILD}', variant: 'main', seed: '7', parameters: {} });
    console.log(runScenario(order, { assets, screenplay }).result.traceDigest);`;
  const digests = [
    { TZ: 'UTC', LC_ALL: 'C' },
    { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8' },
  ].map((environment) =>
    execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, ...environment },
      encoding: 'utf8',
    }),
  );
  t.regex(digests[0] ?? '', /^[0-9a-f]{64}\n$/);
  t.is(digests[0], digests[1]);
});

test('lines of a played role are typed in its place, the rest waits as cues, and they may leave early', (t) => {
  const told: number[] = [];
  const typed = {
    roles: ['alice'],
    lines: [
      { time: 61_000_000, by: 'alice', on: 'alice-phone', line: 'call bob --for 3s' },
      { time: 70_000_000, by: 'alice', on: 'alice-phone', line: 'dance' },
      { time: 900_000_000, by: 'alice', on: 'alice-phone', line: 'call bob' },
    ],
    left: 200_000_000,
  };
  const { result: variant } = runOf(
    screenplayOf({ yaml: YAML, ends: '08:05' }),
    { typed },
    { onProgress: ({ time }) => told.push(time) },
  );
  const lines = variant.typed.filter(({ on }) => on === 'alice-phone').map(({ line }) => line);
  t.deepEqual(lines, ['call bob --for 3s', 'dance']);
  t.is(variant.checks.find(({ id }) => id === 'secure')?.verdict, 'pass');
});

test('an order without probes leaves them out of the trace, and the checks that rest on them are not tested', (t) => {
  const { result: variant, events } = run('1', { probes: false });
  t.deepEqual(
    variant.checks.map(({ id, verdict }) => `${id} ${verdict}`),
    ['p not-tested', 'q not-tested', 'secure pass', ...STANDING.map((id) => `${id} pass`)],
  );
  t.false(events.some(({ type }) => type === 'probe.result'));
});

test('an order brings its scenario with it', (t) => {
  const screenplay = screenplayOf({ yaml: YAML, ends: '08:05' });
  const order = orderOf(screenplay, { build: BUILD, variant: 'main', seed: '3', parameters: {} });
  const here = runScenario(order, { assets, screenplay });
  t.is(runScenario(order, { assets }).trace, here.trace);
  const broken = { ...order, scenario: { ...order.scenario, text: 'scenario: 4\n' } };
  t.is(
    codeOf(() => runScenario(broken, { assets })),
    'SCENARIO_INVALID',
  );
});
