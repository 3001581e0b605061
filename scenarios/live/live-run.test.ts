/** Live runs: the shipped scenario on real sockets, judged as in a simulation; and every way to end leaves nothing open. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import test from 'ava';
import { HOUR, SECOND } from '../../sim/clock.ts';
import { outcomeOf, resolvedFor } from '../runs/index.ts';
import { loadScreenplay } from '../language/index.ts';
import { loadAssets } from '../host/assets.ts';
import { packageOf } from '../host/package-root.ts';
import { vocabulary, SHIPPED_KINDS } from '../world/index.ts';
import { INVARIANT_CHECKS, INVARIANTS } from '../world/invariants/index.ts';
import { runLive, type LiveRunOptions } from './live-run.ts';

const { root } = await packageOf();
const assets = await loadAssets();

/** The shipped scenario, with calls of a second: they take real time. */
const shipped = await readFile(join(root, 'scenarios/catalogue/baseline-call.yaml'), 'utf8');
const screenplay = loadScreenplay(
  shipped.replaceAll(/--for \d+s/g, '--for 1s'),
  'baseline-call.yaml',
  vocabulary(SHIPPED_KINDS),
);

const optionsFor = (variant: string): LiveRunOptions => ({
  screenplay: resolvedFor({ screenplay, parameters: {} }, variant),
  assets,
  bind: '127.0.0.1',
  // Whether the machine is fast enough is not what is tested.
  lagBound: HOUR,
  signal: new AbortController().signal,
});

const openSockets = (): readonly string[] =>
  process.getActiveResourcesInfo().filter((name) => /UDP|TCP|TLS/.test(name));

test.serial('the shipped scenario passes on real sockets, and what needs a fork is not tested', async (t) => {
  t.timeout(110_000);
  const told: number[] = [];
  const { performance, timing } = await runLive({
    ...optionsFor('home-wifi'),
    onProgress: ({ time }) => told.push(time),
  });
  const { result, trace } = outcomeOf(
    { screenplay, seed: 'live', keySeed: 'live', parameters: {} },
    performance,
  );
  t.deepEqual(
    result.checks.filter(({ verdict }) => verdict !== 'pass').map(({ id, verdict }) => `${id} ${verdict}`),
    [
      'replay',
      'replay-mall',
      'rx-forked',
      'replay-late',
      'replay-restart',
      'forge-other-ssk',
      'crs-subst-content',
      'crs-subst-identity',
      'crs-subst-strip',
      'enum-masked',
      'register-wrong-psk',
      'register-unknown',
      'register-other-suites',
      'register-null-cipher',
      'register-certificate',
      'register-plaintext',
      'rogue-crs',
      'portscan',
      'stranger-reaches',
      'rx-psk-only',
    ].map((id) => `${id} not-tested`),
  );
  t.true(timing.valid);
  t.true(timing.lag.events > 2 * 50 * 3, 'two phones talked for three seconds');
  t.true(timing.elapsed >= 3 * SECOND && timing.skipped > 1_700 * SECOND);
  t.true(told.length > 0);
  const lines = trace.trim().split('\n');
  t.regex(lines.at(-2) ?? '', /"type":"live\.lag".*"valid":true/);
  t.regex(lines.at(-1) ?? '', /"type":"trace\.ended"/);
  t.true(performance.world.trace.events.some(({ type }) => type === 'network.secured'));
});

test.serial('two organisations with a CRS each are live at the same address', async (t) => {
  const two = loadScreenplay(
    `scenario: two-servers
title: A CRS each
begins: 2015-10-14T08:00:00Z
ends: "08:01:10"
world:
  accounts: { east: { cms: east-cms, crs: crs-east } }
  users:
    alice: { number: "+447700900001", handset: { platform: android, version: "5.1" } }
    bob: { number: "+447700900002", handset: { platform: ios, version: "8.4" } }
    carol: { number: "+447700900003", account: east, handset: { platform: android, version: "4.4" } }
    dave: { number: "+447700900004", account: east, handset: { platform: ios, version: "9.0" } }
  devices: { crs-east: { kind: crs }, east-cms: { kind: cms } }
steps:
  - { at: "08:00:30", by: alice, on: alice-phone, type: "call bob --for 1s" }
  - { at: "08:00:40", by: carol, on: carol-phone, type: "call dave --for 1s" }
  - { at: "08:01", by: carol, on: carol-phone, type: "call alice --for 1s" }
expect:
  - { id: west, see: handset.call-secure, where: { from: alice, to: bob }, times: 2 }
  - { id: east, see: handset.call-secure, where: { from: carol, to: dave }, times: 2 }
  - { id: across, see: crs.call-refused, where: { on: crs-east, from: carol, status: 404 }, times: 1 }
`,
    'two.yaml',
    vocabulary(SHIPPED_KINDS),
  );
  const basis = { screenplay: two, seed: 'live', keySeed: 'live', parameters: {} };
  const { performance } = await runLive({
    ...optionsFor('home-wifi'),
    screenplay: resolvedFor(basis, 'main'),
  });
  t.deepEqual(
    outcomeOf(basis, performance).result.checks.map(({ id, verdict }) => `${id} ${verdict}`),
    [
      ...['west', 'east', 'across', 'cms-offline', ...INVARIANT_CHECKS.map(({ id }) => id)],
      ...['phones-in-step', 'steps-typed'],
    ].map((id) => `${id} pass`),
  );
});

test.serial('a bound that no machine keeps makes the run not valid', async (t) => {
  const short = loadScreenplay(
    `scenario: nothing
title: Nothing happens
begins: 2015-10-14T08:00:00Z
ends: "08:01"
world: { users: {}, people: [ann, ben] }
steps:
  - { at: "08:00:30", by: ann, type: "tell ben hello" }
expect:
  - { id: told, see: person.told }
`,
    'nothing.yaml',
    vocabulary(SHIPPED_KINDS),
  );
  const { timing, performance } = await runLive({
    ...optionsFor('home-wifi'),
    screenplay: resolvedFor({ screenplay: short, parameters: {} }, 'main'),
    lagBound: -1,
  });
  t.false(timing.valid);
  t.true(performance.over);
  const { result: variant } = outcomeOf(
    { screenplay: short, seed: 'live', keySeed: 'live', parameters: {} },
    performance,
  );
  t.like(variant.schedule, { valid: false, bound: -1 });
  t.deepEqual(
    variant.checks.map(({ id, verdict, why }) => [id, verdict, why.replace(/ \((lag|event) .*?\)/g, '')]),
    [
      ['told', 'inconclusive', 'the run is not valid; pass otherwise: person.told was seen at +30s'],
      [
        'cms-offline',
        'inconclusive',
        'the run is not valid; inconclusive otherwise: cms.cable-plugged was never seen, and nothing shows that it could have been: no cms.disc-burnt or cms.user-added',
      ],
      ...INVARIANTS.map(({ id: invariant }) => [
        `${invariant}-kept`,
        'inconclusive',
        `the run is not valid; pass otherwise: invariant.broken where invariant is ${invariant} was never seen, though it could have been: custody.made at +0s`,
      ]),
      [
        'no-stray-secrets',
        'inconclusive',
        'the run is not valid; pass otherwise: audit.stray was never seen, though it could have been: audit.scanned at +1m',
      ],
      [
        'phones-in-step',
        'inconclusive',
        'the run is not valid; pass otherwise: handset.out-of-step was never seen, though it could have been: custody.made at +0s',
      ],
      [
        'steps-typed',
        'inconclusive',
        'the run is not valid; pass otherwise: lines typed: 1, each taken or refused as its step says',
      ],
    ],
  );
});

test.serial('an interrupt ends it with its reason, and everything is closed', async (t) => {
  const controller = new AbortController();
  const reason = new Error('interrupted');
  const running = runLive({
    ...optionsFor('home-wifi'),
    signal: controller.signal,
    onProgress: () => controller.abort(reason),
  });
  t.is(await t.throwsAsync(running), reason);
  // Node forgets a handle at the end of the turn after the one in which it was closed.
  for (let turn = 0; turn < 3; turn++) await setImmediate();
  t.deepEqual(openSockets(), []);
  await t.throwsAsync(runLive({ ...optionsFor('home-wifi'), signal: controller.signal }), {
    message: 'interrupted',
  });
});

test.serial('an address of another machine is refused', async (t) => {
  await t.throwsAsync(runLive({ ...optionsFor('home-wifi'), bind: '203.0.113.1' }), {
    code: 'NETWORK_ADDRESS_UNUSABLE',
  });
});
