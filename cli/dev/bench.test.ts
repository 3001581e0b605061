/** The bench's report, what it measures and is asked, and the bench of calls with the real QR reader. Nothing here is timed. */
import { execFile } from 'node:child_process';
import test from 'ava';
import { benchCalls } from '../../devices/calls.bench.ts';
import { benchRegistered } from '../../devices/registered.bench.ts';
import { bareLoop } from '../../network/simulated/bare-loop.bench.ts';
import { benchFabric } from '../../network/simulated/fabric.bench.ts';
import { loadQrReader } from '../../devices/zxing/qr-reader.ts';
import { loadAssets, loadScenario, shippedScenarios } from '../../scenarios/host/index.ts';
import { variantsOf } from '../../scenarios/language/index.ts';
import { benchMonth, MONTH_WORLD } from '../../scenarios/runs/month.bench.ts';
import { SHIPPED_KINDS } from '../../scenarios/world/index.ts';
import { MINUTE, SECOND } from '../../sim/clock.ts';
import { BENCHES } from './bench-catalogue.ts';
import { benchOf, type TestBed } from './bench-declared.ts';
import { isMet, REFERENCE_MS, scaled, type Figure } from './bench-figure.ts';
import { FIRST_VARIANTS } from './bench-suites.ts';
import { jsonOf, tableOf } from './bench-report.ts';
import { chosenNames, FIGURE_NAMES, measuredBy, pooled, sharesOf } from './bench-run.ts';

const machine = { cpu: 'a processor', cores: 2, node: '20.0.0' };
const about = { about: 'something', reference: 'beside another' };
const FIGURES: readonly Figure[] = [
  { name: 'quickMs', kind: 'time', value: 4.56789, unit: 'ms', ...about, aim: { atMost: 10 } },
  { name: 'perSecond', kind: 'rate', value: 1_234_567, unit: '/s', ...about, aim: { atLeast: 1_000_000 } },
  { name: 'growth', kind: 'ratio', value: 1.5, unit: 'x', ...about, aim: { atMost: 1.5 } },
  { name: 'octets', kind: 'octets', value: 100, unit: 'octets', ...about },
];

/** Of a machine that is as fast as `textbookDecapsulateMs` says. */
function measured(textbookDecapsulateMs: number) {
  return { figures: FIGURES, textbookDecapsulateMs, textbookSha256: 'ab'.repeat(32), machine };
}

/** A clock that ticks a millisecond whenever it is read, and a machine with nothing to measure. */
async function testBed(): Promise<TestBed & { readonly told: readonly string[] }> {
  let reading = 0;
  const told: string[] = [];
  return {
    now: () => reading++,
    wallNow: () => reading++,
    octetsInUse: () => 0,
    readQr: await loadQrReader(),
    assets: await loadAssets(),
    screenplays: [],
    tell: (what) => told.push(what),
    told,
  };
}

test('a time shrinks with the textbook, a rate grows, a ratio and a size stay', (t) => {
  const values = (textbookMs: number) => FIGURES.map((figure) => scaled(figure, textbookMs));
  t.deepEqual(values(REFERENCE_MS), [4.56789, 1_234_567, 1.5, 100]);
  t.deepEqual(values(REFERENCE_MS / 2), [4.56789 * 2, 1_234_567 / 2, 1.5, 100]);
});

test('a target is held against the scaled value, bounds included, and what was not measured does not meet it', (t) => {
  const met = (textbookMs: number) => FIGURES.map((figure) => isMet(figure, textbookMs));
  t.deepEqual(met(REFERENCE_MS), [true, true, true, undefined]);
  t.deepEqual(met(REFERENCE_MS / 3), [false, false, true, undefined]);
  t.deepEqual(met(Number.NaN), [false, false, true, undefined]);
});

test('the JSON has what was measured by name, the scaled values, the targets and the yardstick', (t) => {
  t.deepEqual(JSON.parse(jsonOf(measured(REFERENCE_MS / 3))), {
    quickMs: 4.568,
    perSecond: 1_235_000,
    growth: 1.5,
    octets: 100,
    textbookDecapsulateMs: 43,
    textbookSha256: 'ab'.repeat(32),
    scale: {
      textbookDecapsulateMs: 129,
      about:
        'times are CPU times; scaled is for a machine on which the textbook decapsulation takes 129 ms: a time is multiplied by ' +
        '129 / textbookDecapsulateMs, a rate divided by it, a ratio or a size left as it is',
    },
    scaled: { quickMs: 13.7, perSecond: 411_500, growth: 1.5, octets: 100 },
    targets: {
      quickMs: { atMost: 10, met: false },
      perSecond: { atLeast: 1_000_000, met: false },
      growth: { atMost: 1.5, met: true },
    },
    machine,
  });
});

test('the table has both values of each figure and says which meet their target', (t) => {
  const lines = tableOf(measured(REFERENCE_MS / 3));
  t.true(lines[0]?.startsWith('a processor, 2 cores'));
  t.true(lines.some((line) => /^quickMs +4\.568 ms +13\.7 ms +<= 10 not met +something; beside/.test(line)));
  t.true(lines.some((line) => /^perSecond +1,235,000 \/s +411,500 \/s +>= 1,000,000 not met/.test(line)));
  t.true(lines.some((line) => /^growth +1\.5 x +1\.5 x +<= 1\.5 met/.test(line)));
  t.true(tableOf(measured(REFERENCE_MS)).every((line) => !line.includes('not met')));
});

test('every figure has a name of its own, and the figures of the targets are there', (t) => {
  t.is(new Set(FIGURE_NAMES).size, FIGURE_NAMES.length);
  for (const name of [
    'forkQuietMs',
    'forkGrowth',
    'suiteCpuSeconds',
    'variantCpuMsMedian',
    'variantCpuMsMedianNoProbes',
    'shippedCpuSeconds',
    'suiteWallSeconds',
    'monthSeconds',
    'sakkeEncapsulateVsTextbook',
    'sakkeDecapsulateVsTextbook',
    'sipParseMicros',
    'mediaPacketMicros',
    'callsTimesRealTime',
    'crowdTimesRealTime',
    'idleHandsetBytes',
    'registered5000Megabytes',
    'registerGrowth',
    'renewalMs',
    'textbookDecapsulateMs',
  ])
    t.true(FIGURE_NAMES.includes(name), name);
  t.deepEqual(chosenNames('renewalMs, sipParseMicros'), ['renewalMs', 'sipParseMicros']);
  t.is(chosenNames('renewalMs,nothing'), undefined);
  t.is(chosenNames(''), undefined);
});

test('the 26 variants that the targets were set for are all shipped still', async (t) => {
  const files = await shippedScenarios();
  const those = files.filter(({ name }) => FIRST_VARIANTS[name] !== undefined);
  const screenplays = await Promise.all(those.map((file) => loadScenario(file, SHIPPED_KINDS)));
  const shipped = screenplays.flatMap((screenplay) =>
    variantsOf(screenplay).map(({ name }) => `${screenplay.id}/${name}`),
  );
  const first = Object.entries(FIRST_VARIANTS).flatMap(([id, names]) => names.map((name) => `${id}/${name}`));
  t.is(new Set(first).size, 26);
  t.deepEqual(
    first.filter((each) => !shipped.includes(each)),
    [],
  );
});

test('the month has the lines, phones and calls that it says it has', async (t) => {
  const { typed, events, seconds } = benchMonth(() => 0, await loadAssets());
  t.is(typed, MONTH_WORLD.lines);
  t.true(events > MONTH_WORLD.lines);
  t.is(seconds, 0);
});

test('only what was asked for is measured, with the yardstick', async (t) => {
  const bed = await testBed();
  const { figures, yardstick } = measuredBy(bed, ['sipParseMicros']);
  t.deepEqual(
    figures.map(({ name, value }) => [name, value]),
    [['sipParseMicros', 0.5]],
    'by this clock 2,000 messages take a tick',
  );
  t.deepEqual(yardstick, [1, 1, 1, 1, 1, 1], 'three before and three after');
  t.deepEqual(bed.told, ['SIP']);
});

test('a bench gives the figures it names, in their order, each of its result', async (t) => {
  const bench = benchOf('both', () => 7, {
    one: { kind: 'ratio', unit: 'x', about: 'a', reference: 'b', value: (result) => result },
    two: {
      kind: 'time',
      unit: 's',
      about: 'c',
      reference: (result) => `of ${result}`,
      value: (result) => 2 * result,
    },
  });
  t.deepEqual(bench.names, ['one', 'two']);
  const { figures } = measuredBy(await testBed(), ['two'], [bench, ...BENCHES]);
  t.deepEqual(figures, [{ name: 'two', kind: 'time', unit: 's', about: 'c', reference: 'of 7', value: 14 }]);
});

test('each bench has its share of the names, and what the processes measured is pooled', (t) => {
  t.deepEqual(sharesOf(['sipParseMicros', 'forkGrowth', 'forkQuietMs']), [
    ['forkQuietMs', 'forkGrowth'],
    ['sipParseMicros'],
  ]);
  t.deepEqual(sharesOf(['textbookDecapsulateMs']), [['textbookDecapsulateMs']]);
  t.is(sharesOf().length, BENCHES.length);
  const parts = [
    { figures: FIGURES.slice(0, 1), yardstick: [9, 100] },
    { figures: FIGURES.slice(1), yardstick: [10] },
  ];
  t.deepEqual(pooled(parts), { figures: FIGURES, textbookDecapsulateMs: 10 });
});

test('a figure that nobody knows is a usage error', async (t) => {
  const [exit, stderr] = await new Promise<readonly [unknown, string]>((resolve) => {
    execFile(process.execPath, ['dist/cli/dev/bench.js', '--only', 'nothing'], (error, _stdout, said) =>
      resolve([error?.code, said]),
    );
  });
  t.is(exit, 2);
  t.regex(
    stderr,
    /^error: --only takes names of figures, which --help lists; usage: npm run bench -- \[--json\]/,
  );
});

test('the bench of calls really carries voice both ways', async (t) => {
  const readQr = await loadQrReader();
  let reading = 0;
  const bench = benchCalls(() => (reading += 500), { readQr, handsets: 4, seconds: 2, rounds: 3 });
  t.is(bench.timesRealTime, 4, 'by this clock two seconds take half a second');
  t.is(bench.packetsPerSecond, 4 * 50 * 4);
  // Four rounds of two seconds, and the time around them.
  t.true(bench.packetsOpened > 4 * 50 * 8);
});

test('the bench of a crowd has handsets that renew their registration and are in no call', async (t) => {
  const readQr = await loadQrReader();
  const bench = benchCalls(() => 0, {
    readQr,
    handsets: 6,
    calls: 1,
    registerInterval: MINUTE,
    seconds: 60,
    rounds: 1,
  });
  t.is(bench.calls, 1);
  // Two minutes and a bit after the last has registered.
  t.true(bench.registrations >= 6 * 3, String(bench.registrations));
  t.true(bench.packetsOpened > 2 * 50 * 120);
});

test('the bench of memory tells one handset by two crowds, and what is there once is not in it', async (t) => {
  const readQr = await loadQrReader();
  // Of the few, enrolled and registered, and of the many.
  const readings = [1_000_000, 1_030_000, 2_000_000, 2_070_000];
  const bench = benchRegistered({
    readQr,
    octetsInUse: () => readings.shift() ?? Number.NaN,
    few: 2,
    many: 4,
  });
  t.deepEqual(bench, { octetsPerIdleHandset: 20_000, octetsInAll: 2_070_000, handsets: 4 });
  t.deepEqual(readings, []);
});

test('the fabric and the bare loop carry the same load', (t) => {
  let reading = 0;
  const bench = benchFabric(() => (reading += 500), 4, 2);
  t.is(bench.relayedPerSecond, (4 * 2 * 50) / 0.5);
  t.true(Math.abs(bench.bareLoopPerSecond / bench.relayedPerSecond - 1) < 0.02);
  t.is(bareLoop(4, 2 * SECOND), Math.round(bench.bareLoopPerSecond / 2));
});
