/**
 * `npm run bench`: how fast the expensive parts are, each against its reference in the same run. `npm run bench -- --json` prints
 * one object for a machine to read. It measures and never judges: its exit status is 0 whatever the figures are.
 */
import { cpus } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { MINUTE } from '../../sim/clock.ts';
import { assert } from '../../sim/errors.ts';
import { benchCalls } from '../../devices/calls.bench.ts';
import { fieldInUse } from '../../network/mikey/group-in-use.ts';
import { benchSakke } from '../../network/mikey/sakke.bench.ts';
import { benchSrtp } from '../../network/rtp/srtp.bench.ts';
import { benchFabric } from '../../network/simulated/fabric.bench.ts';
import { loadQrReader } from '../../devices/zxing/qr-reader.ts';
import { allowRelaxedSimd } from '../../scenarios/host/index.ts';
import { figuresOf, jsonOf, tableOf, type Machine } from './bench-report.ts';
import { givenTo, readOptions } from './script-options.ts';

const now = (): number => performance.now();
const tell = <Result>(what: string, measure: () => Result): Result => {
  process.stderr.write(`measuring ${what}\n`);
  return measure();
};

/** A renewal every minute is the most that a deployment may ask for. */
const CROWD = { handsets: 1000, calls: 100, registerInterval: MINUTE, seconds: 10, rounds: 5 };

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');
function octetsInUse(): number {
  assert(typeof collect === 'function', 'the collector can be called');
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

async function bench(json: boolean): Promise<void> {
  allowRelaxedSimd();
  const readQr = await loadQrReader();
  const processors = cpus();
  const machine: Machine = {
    cpu: processors[0]?.model ?? 'unknown processor',
    cores: processors.length,
    node: process.versions.node,
  };
  const figures = figuresOf({
    sakke: tell(`SAKKE (by ${fieldInUse()}) and ECCSI`, () => benchSakke(now)),
    srtp: tell('SRTP', () => benchSrtp(now)),
    fabric: tell('the network', () => benchFabric(now)),
    fabric1000: tell('the network, 1,000 clients', () => benchFabric(now, 1000, 5)),
    calls: tell('calls', () => benchCalls(now, { readQr })),
    crowd: tell('1,000 handsets and 100 calls', () => benchCalls(now, { readQr, ...CROWD, octetsInUse })),
  });
  process.stdout.write(`${json ? jsonOf(figures, machine) : tableOf(figures, machine).join('\n')}\n`);
}

const SCRIPT = {
  name: 'bench',
  summary: 'Measures how fast the expensive parts are, each against its reference.',
  options: { json: { type: 'boolean', default: false } },
  usage: '[--json]',
} as const;
const given = givenTo(process, readOptions(SCRIPT, process.argv.slice(2)));
if (given !== undefined) await bench(given.json);
