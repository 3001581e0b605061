/** The shipped call on real sockets and simulated: the same things happen, and a rule that is broken in one of the two shows. */
import { readFile } from 'node:fs/promises';
import test from 'ava';
import { MILLISECOND } from '../sim/clock.ts';
import { driftOf } from '../scenarios/evidence/drift/index.ts';
import { loadAssets } from '../scenarios/host/index.ts';
import { runLive } from '../scenarios/live/index.ts';
import { orderOf, resolvedFor, runScenario } from '../scenarios/runs/index.ts';
import { loadScreenplay } from '../scenarios/language/index.ts';
import { vocabulary, SHIPPED_KINDS } from '../scenarios/world/index.ts';

const VARIANT = 'home-wifi';

test('a live run and a simulated one of the shipped call differ in what is expected only', async (t) => {
  t.timeout(120_000);
  const file = 'scenarios/catalogue/baseline-call.yaml';
  const text = await readFile(file, 'utf8');
  const screenplay = loadScreenplay(
    text.replaceAll(/--for \d+s/g, '--for 2s'),
    file,
    vocabulary(SHIPPED_KINDS),
  );
  const assets = await loadAssets();
  const request = { screenplay, parameters: {} };
  const { performance, timing } = await runLive({
    screenplay: resolvedFor(request, VARIANT),
    assets,
    bind: '127.0.0.1',
    lagBound: 20 * MILLISECOND,
    signal: new AbortController().signal,
  });
  const live = performance.world.trace.events;
  const simulated = (plant?: string) =>
    runScenario(
      orderOf(screenplay, {
        build: '0'.repeat(64),
        variant: VARIANT,
        seed: '1',
        parameters: {},
        ...(plant === undefined ? {} : { plant }),
      }),
      { assets, screenplay },
    ).events;
  const drift = driftOf(simulated(), live);
  const matter = drift.differences.filter(({ expected }) => expected === undefined);
  // A machine that is too slow lets what is under way be overtaken; such a run counts for nothing.
  if (timing.valid) t.deepEqual(matter, []);
  else t.log(`not valid: p99 ${timing.lag.p99 / MILLISECOND} ms, ${matter.length} differences`);
  t.is(drift.calls.length, 4);
  for (const { live: figures } of drift.calls) t.true((figures?.setupMs ?? 0) > 0);
  t.false(driftOf(simulated('crs.names-the-caller'), live).same, 'planted');
});
