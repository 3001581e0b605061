/** A world that is written to disk and taken up by another process is the world that went on here. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import test from 'ava';
import { HOUR, MINUTE, type Micros } from '../../sim/clock.ts';
import { Performance } from '../runs/index.ts';
import { endOf, shippedOptions, type ShippedRun, type TakenUpOrder } from './checkpoint-child.fixture.ts';
import { buildId, writeCheckpoint } from './index.ts';

const run = promisify(execFile);
const CHILD = fileURLToPath(new URL('./checkpoint-child.fixture.js', import.meta.url));

const CASES: readonly (ShippedRun & { readonly at: Micros })[] = [
  { scenario: 'baseline-call', variant: 'home-wifi', at: 4 * MINUTE },
  { scenario: 'monthly-rekey', variant: 'on-time', at: 300 * HOUR },
  { scenario: 'client-compromise', variant: 'block-wipe-destroy', at: 880 * HOUR },
];
for (const { scenario, variant, at } of CASES) {
  test(`${scenario}/${variant} goes on in another process`, async (t) => {
    t.timeout(600_000);
    const folder = await mkdtemp(join(tmpdir(), 'calldrill-checkpoint-'));
    const [file, orderFile] = ['world.checkpoint', 'order.json'].map((name) => join(folder, name)) as [
      string,
      string,
    ];
    const performance = new Performance(await shippedOptions({ scenario, variant }));
    const { world } = performance;
    performance.advanceTo(at);
    const checkpoint = world.checkpoint();
    t.truthy(checkpoint, world.unrest);
    if (checkpoint === undefined) return;
    await writeCheckpoint(file, checkpoint, { build: await buildId(), options: world.options });
    performance.finish();
    t.true(world.trace.events.length > checkpoint.trace.length + 1, 'something happens afterwards');
    const order: TakenUpOrder = {
      ...{ scenario, variant, checkpoint: file, since: world.log.slice(checkpoint.log.length) },
      until: world.now,
    };
    await writeFile(orderFile, JSON.stringify(order));
    const { stdout } = await run(process.execPath, [CHILD, orderFile], { maxBuffer: 1 << 26 });
    const origin = endOf(world);
    t.truthy(origin.state, origin.unrest);
    t.deepEqual(JSON.parse(stdout), JSON.parse(JSON.stringify(origin)));
    t.deepEqual((await readFile(file)).subarray(0, 4).toString(), 'CDCP');
  });
}
