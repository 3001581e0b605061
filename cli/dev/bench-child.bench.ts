/**
 * The process in which one bench is measured: its own, so that a figure does not hang on what was measured before it, on its garbage, on
 * what the engine has compiled or on what a memory recalls. Its words are names of figures; it sends what came of them.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { assert } from '../../sim/errors.ts';
import { loadQrReader } from '../../devices/zxing/qr-reader.ts';
import { allowRelaxedSimd, loadAssets, loadScenario, shippedScenarios } from '../../scenarios/host/index.ts';
import { SHIPPED_KINDS } from '../../scenarios/world/index.ts';
import { measuredBy } from './bench-run.ts';

/** Milliseconds of the processor that this process has used. */
function now(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');
/** What one collection lets go of (a compiled function, an array that a stream had) may hold what only the next one finds. */
const COLLECTIONS = 6;
function octetsInUse(): number {
  assert(typeof collect === 'function', 'the collector can be called');
  for (let round = 0; round < COLLECTIONS; round++) collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

allowRelaxedSimd();
const files = await shippedScenarios();
const bed = {
  now,
  wallNow: () => performance.now(),
  octetsInUse,
  readQr: await loadQrReader(),
  assets: await loadAssets(),
  screenplays: await Promise.all(files.map((file) => loadScenario(file, SHIPPED_KINDS))),
  tell: (what: string) => void process.stderr.write(`measuring ${what}\n`),
};
process.send?.(measuredBy(bed, process.argv.slice(2)));
