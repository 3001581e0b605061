/** Shipped scenarios on real sockets and simulated: the same things happen, and a rule that is broken in one of the two shows. */
import { readFile } from 'node:fs/promises';
import test from 'ava';
import { MILLISECOND } from '../sim/clock.ts';
import { driftOf } from '../scenarios/evidence/drift/index.ts';
import { loadAssets } from '../scenarios/host/index.ts';
import { runLive } from '../scenarios/live/index.ts';
import { orderOf, resolvedFor, runScenario } from '../scenarios/runs/index.ts';
import { shippedAs } from '../scenarios/catalogue/shipped.fixture.ts';

/** A run of each, live and simulated, with calls of two seconds where nothing rests on their length. */
async function bothOf(scenario: string, variant: string, shorten: (text: string) => string) {
  const file = `scenarios/catalogue/${scenario}.yaml`;
  const screenplay = shippedAs(file, shorten(await readFile(file, 'utf8')));
  const assets = await loadAssets();
  const { performance, timing } = await runLive({
    screenplay: resolvedFor({ screenplay, parameters: {} }, variant),
    assets,
    bind: '127.0.0.1',
    lagBound: 20 * MILLISECOND,
    signal: new AbortController().signal,
  });
  const wishes = { build: '0'.repeat(64), variant, seed: '1', parameters: {} };
  const simulated = (plant?: string) =>
    runScenario(orderOf(screenplay, plant === undefined ? wishes : { ...wishes, plant }), {
      assets,
      screenplay,
    }).events;
  return { live: performance.world.trace.events, timing, simulated };
}

for (const [scenario, variant, shorten, calls] of [
  ['baseline-call', 'home-wifi', (text: string) => text.replaceAll(/--for \d+s/g, '--for 2s'), 4],
  ['client-compromise', 'block-wipe-destroy', (text: string) => text, undefined],
  ['monthly-rekey', 'on-time', (text: string) => text, 3],
] as const)
  test.serial(`a live run and a simulated one of ${scenario} differ in what is expected only`, async (t) => {
    t.timeout(300_000);
    const { live, timing, simulated } = await bothOf(scenario, variant, shorten);
    const drift = driftOf(simulated(), live);
    const matter = drift.differences.filter(({ expected }) => expected === undefined);
    // A machine that is too slow lets what is under way be overtaken; such a run counts for nothing.
    if (timing.valid) t.deepEqual(matter, []);
    else t.log(`not valid: p99 ${timing.lag.p99 / MILLISECOND} ms, ${matter.length} differences`);
    if (calls !== undefined) t.is(drift.calls.length, calls);
    for (const { live: figures } of drift.calls) t.true((figures?.setupMs ?? 0) > 0);
    if (scenario === 'baseline-call')
      t.false(driftOf(simulated('crs.names-the-caller'), live).same, 'planted');
  });
