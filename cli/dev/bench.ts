/**
 * `npm run bench`: how fast the expensive parts are, each against its reference in the same run. `npm run bench -- --json` prints
 * one object for a machine to read. It measures and never judges: its exit status is 0 whatever the figures are.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { benchCalls } from '../../devices/calls.bench.ts';
import { benchSakke } from '../../network/mikey/sakke.bench.ts';
import { benchSrtp } from '../../network/rtp/srtp.bench.ts';
import { benchFabric } from '../../network/simulated/fabric.bench.ts';
import { loadQrReader } from '../../scenarios/host/qr-reader.ts';
import { figuresOf, jsonOf, tableOf, type Machine } from './bench-report.ts';

const now = (): number => performance.now();
const tell = <Result>(what: string, measure: () => Result): Result => {
  process.stderr.write(`measuring ${what}\n`);
  return measure();
};

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const readQr = await loadQrReader();
const processors = cpus();
const machine: Machine = {
  cpu: processors[0]?.model ?? 'unknown processor',
  cores: processors.length,
  node: process.versions.node,
};
const figures = figuresOf({
  sakke: tell('SAKKE and ECCSI', () => benchSakke(now)),
  srtp: tell('SRTP', () => benchSrtp(now)),
  fabric: tell('the network', () => benchFabric(now)),
  calls: tell('calls', () => benchCalls(now, { readQr })),
});
process.stdout.write(`${values.json ? jsonOf(figures, machine) : tableOf(figures, machine).join('\n')}\n`);
