/** The entry of a thread of the pool: loads the assets once, reads each scenario once, and carries out what it is sent. */
import { parentPort } from 'node:worker_threads';
import { BoundedMemo } from '../../sim/bounded-memo.ts';
import { assert } from '../../sim/errors.ts';
import type { Screenplay } from '../language/index.ts';
import { Beginnings, orderedScreenplay, runScenario, type CleanVerdict } from '../runs/index.ts';
import { loadAssets } from './assets.ts';
import { serveOrders } from './thread.ts';

/** Screenplays that a thread remembers */
const SCREENPLAYS_MAX = 64;

assert(parentPort !== null, 'this module is the entry of a thread');
const assets = loadAssets();
// Assets that cannot be loaded fail each order.
assets.catch(() => undefined);
const screenplays = new BoundedMemo<Screenplay>(SCREENPLAYS_MAX);
const beginnings = new Beginnings();
const references = new BoundedMemo<readonly CleanVerdict[]>(SCREENPLAYS_MAX);
const encoder = new TextEncoder();

serveOrders(parentPort, async (order, listener) => {
  const { scenario, procedures = [] } = order;
  const loaded = await assets;
  const sources = [scenario, ...procedures].flatMap(({ file, sha256 }) => [file, sha256]);
  const screenplay = screenplays.recall(
    sources.map((each) => encoder.encode(each)),
    () => orderedScreenplay(order, loaded.kinds),
  );
  return runScenario(order, { assets: loaded, screenplay, beginnings, references, ...listener });
});
