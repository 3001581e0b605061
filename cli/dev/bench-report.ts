/**
 * What the benches measured, as figures with a reference beside each. A figure is a ratio wherever it can be: absolute times
 * drift with the machine and its load, a ratio within one run does not. Nothing here judges a build.
 */
import { alignedRows } from '../../reports/terminal/table.ts';
import type { CallsBench } from '../../devices/calls.bench.ts';
import type { SakkeFigures } from '../../network/mikey/sakke.bench.ts';
import type { SrtpBench } from '../../network/rtp/srtp.bench.ts';
import type { FabricBenchmark } from '../../network/simulated/fabric.bench.ts';

/** Where the figures were measured: absolute times are worth something only beside it. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly node: string;
}

/** What each bench returned, one run of all of them together. */
export interface Measurements {
  readonly sakke: SakkeFigures;
  readonly srtp: SrtpBench;
  readonly fabric: FabricBenchmark;
  /** The same with 1,000 clients. */
  readonly fabric1000: FabricBenchmark;
  readonly calls: CallsBench;
  /** 1,000 handsets registered, 100 calls. */
  readonly crowd: CallsBench;
}

/** One number of the report, with what it means and what it is held beside. */
export interface Figure {
  /** Key in the JSON. */
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly about: string;
  /** What it is to be compared with. */
  readonly reference: string;
  /** The least that is aimed at; none where the figure only informs. */
  readonly target?: number;
}

/** In the order of the report; each reference says in words what the value is held beside. */
export function figuresOf(measured: Measurements): readonly Figure[] {
  return [
    ...cryptoFigures(measured),
    ...packetFigures(measured),
    relayed(measured.fabric),
    relayed(measured.fabric1000),
    ...callFigures(measured),
  ];
}

function cryptoFigures({ sakke }: Measurements): readonly Figure[] {
  return [
    {
      name: 'sakkeEncapsulateVsTextbook',
      value: sakke.encapsulateVsTextbook,
      unit: 'x',
      about: 'SAKKE encapsulate',
      reference: `textbook: ${print(sakke.encapsulateTextbookMs)} ms, here ${print(sakke.encapsulateMs)} ms`,
      target: 5,
    },
    {
      name: 'sakkeDecapsulateVsTextbook',
      value: sakke.decapsulateVsTextbook,
      unit: 'x',
      about: 'SAKKE decapsulate, key prepared',
      reference: `textbook: ${print(sakke.decapsulateTextbookMs)} ms, here ${print(sakke.decapsulateMs)} ms`,
      target: 4,
    },
    {
      name: 'eccsiSignsPerSecond',
      value: sakke.eccsiSignsPerSecond,
      unit: '/s',
      about: 'ECCSI sign',
      reference: 'a signature for each call placed',
    },
    {
      name: 'eccsiVerifiesPerSecond',
      value: sakke.eccsiVerifiesPerSecond,
      unit: '/s',
      about: 'ECCSI verify, signer known',
      reference: 'a verification for each call received',
    },
  ];
}

function packetFigures({ srtp, fabric }: Measurements): readonly Figure[] {
  const virtual = fabric.virtualSeconds / fabric.elapsedSeconds;
  return [
    {
      name: 'srtpProtectVsNodeCrypto',
      value: srtp.srtpProtectVsNodeCrypto,
      unit: 'x',
      about: 'SRTP protect, 160 octets',
      reference: `node:crypto per packet: ${print(srtp.nodeCryptoPerSecond)} /s, here ${print(srtp.protectPerSecond)} /s`,
      target: 1.5,
    },
    {
      name: 'srtpUnprotectVsNodeCrypto',
      value: srtp.srtpUnprotectVsNodeCrypto,
      unit: 'x',
      about: 'SRTP unprotect, 160 octets',
      reference: `node:crypto per packet (protect): ${print(srtp.nodeCryptoPerSecond)} /s, here ${print(srtp.unprotectPerSecond)} /s`,
    },
    {
      name: 'fabricPacketsPerSecond',
      value: fabric.linkPacketsPerSecond,
      unit: '/s',
      about: 'packets over links, 100 clients and a relay',
      reference: `these clients send 10,000 /s over two links each: ${print(virtual)} times real time`,
    },
  ];
}

function callFigures({ calls, crowd }: Measurements): readonly Figure[] {
  return [
    {
      name: 'callsTimesRealTime',
      value: calls.timesRealTime,
      unit: 'x',
      about: `${calls.handsets} handsets in ${calls.calls} relayed calls, SRTP`,
      reference: `real time; ${print(calls.packetsPerSecond)} packets/s protected, relayed and opened`,
      target: 15,
    },
    {
      name: 'handsets1000TimesRealTime',
      value: crowd.timesRealTime,
      unit: 'x',
      about: `${print(crowd.handsets)} handsets registered, ${crowd.calls} relayed calls, SRTP`,
      reference: `real time; each renews its registration every minute; ${print(crowd.packetsPerSecond)} packets/s`,
      target: 3,
    },
    {
      name: 'kilobytesPerIdleHandset',
      value: crowd.octetsPerIdleHandset / 1000,
      unit: 'kB',
      about: 'memory of an idle registered handset',
      reference: `its phone, link, session at the server and trace; mean of ${print(crowd.handsets)}`,
    },
  ];
}

/** ns-3's figures are for this star on another day and machine, so they are no target: the loop in the same run is the reference. */
function relayed({ clients, relayedPerSecond, bareLoopPerSecond }: FabricBenchmark): Figure {
  return {
    name: `relayPacketsPerSecond${clients}`,
    value: relayedPerSecond,
    unit: '/s',
    about: `packets of ${print(clients)} clients through a relay, no crypto`,
    reference: `bare event loop: ${print(bareLoopPerSecond)} /s`,
  };
}

/** One object: each figure by its name, and the machine. */
export function jsonOf(figures: readonly Figure[], machine: Machine): string {
  const values = Object.fromEntries(figures.map(({ name, value }) => [name, Number(value.toPrecision(4))]));
  return JSON.stringify({ ...values, machine }, null, 2);
}

/** A line for the machine, then one for each figure: value, target if it has one, reference. */
export function tableOf(figures: readonly Figure[], machine: Machine): readonly string[] {
  const rows = figures.map((figure) => [
    figure.about,
    `${print(figure.value)} ${figure.unit}`,
    standing(figure),
    figure.reference,
  ]);
  return [
    `${machine.cpu}, ${machine.cores} cores (one used), Node ${machine.node}; medians of interleaved rounds`,
    ...alignedRows(rows, ['left', 'right']),
  ];
}

function standing({ value, target }: Figure): string {
  if (target === undefined) return '';
  return value >= target ? `meets ${target}` : `short of ${target}`;
}

/** Three significant digits, thousands apart. */
function print(value: number): string {
  const rounded = Number(value.toPrecision(3));
  return String(rounded).replaceAll(/\B(?=(?:\d{3})+$)(?<!\.\d*)/g, ',');
}
