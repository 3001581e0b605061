/** The bench's report, and the bench of calls with the real QR reader. Nothing here is timed. */
import test from 'ava';
import { benchCalls } from '../../devices/calls.bench.ts';
import { bareLoop } from '../../network/simulated/bare-loop.bench.ts';
import { benchFabric } from '../../network/simulated/fabric.bench.ts';
import { loadQrReader } from '../../devices/zxing/qr-reader.ts';
import { MINUTE, SECOND } from '../../sim/clock.ts';
import { figuresOf, jsonOf, tableOf } from './bench-report.ts';

const machine = { cpu: 'a processor', cores: 2, node: '20.0.0' };

/** Every measured number is `value`. */
function measured(value: number) {
  const fabric = {
    clients: 100,
    linkPackets: 1,
    virtualSeconds: value,
    elapsedSeconds: 1,
    linkPacketsPerSecond: value,
    relayedPerSecond: value,
    bareLoopPerSecond: value,
  };
  const calls = {
    handsets: 50,
    calls: 25,
    seconds: 20,
    timesRealTime: value,
    packetsOpened: 1,
    packetsPerSecond: value,
    registrations: 1,
    octetsPerIdleHandset: value * 1000,
  };
  return {
    sakke: {
      encapsulateMs: value,
      encapsulateTextbookMs: value,
      encapsulateVsTextbook: value,
      decapsulateMs: value,
      decapsulateTextbookMs: value,
      decapsulateVsTextbook: value,
      prepareReceiverMs: value,
      extractPerUserMs: value,
      eccsiSignsPerSecond: value,
      eccsiVerifiesPerSecond: value,
    },
    srtp: {
      srtpProtectVsNodeCrypto: value,
      srtpUnprotectVsNodeCrypto: value,
      protectPerSecond: value,
      protectIntoPerSecond: value,
      unprotectPerSecond: value,
      nodeCryptoPerSecond: value,
      protectLongPerSecond: value,
      nodeCryptoLongPerSecond: value,
    },
    fabric,
    fabric1000: { ...fabric, clients: 1000 },
    calls,
    crowd: { ...calls, handsets: 1000, calls: 100 },
  };
}

test('the JSON has the figures that others look for, as numbers', (t) => {
  const json = JSON.parse(jsonOf(figuresOf(measured(4.56789)), machine)) as Record<string, unknown>;
  for (const name of [
    'sakkeEncapsulateVsTextbook',
    'sakkeDecapsulateVsTextbook',
    'srtpProtectVsNodeCrypto',
    'callsTimesRealTime',
    'handsets1000TimesRealTime',
    'relayPacketsPerSecond100',
    'relayPacketsPerSecond1000',
    'kilobytesPerIdleHandset',
  ]) {
    t.is(json[name], 4.568, name);
  }
  t.deepEqual(json['machine'], machine);
});

test('the table says which figures meet their target', (t) => {
  const standing = (value: number) =>
    tableOf(figuresOf(measured(value)), machine).flatMap((line) => /meets|short of/.exec(line)?.[0] ?? []);
  t.deepEqual(standing(4.5), ['short of', 'meets', 'meets', 'short of', 'meets']);
  t.deepEqual(new Set(standing(1234567)), new Set(['meets']));
  t.true(tableOf(figuresOf(measured(1234567)), machine).some((line) => line.includes(' 1,230,000 /s ')));
  t.is(tableOf(figuresOf(measured(1)), machine)[0]?.startsWith('a processor, 2 cores'), true);
});

test('the bench of calls really carries voice both ways', async (t) => {
  const readQr = await loadQrReader();
  let reading = 0;
  const bench = benchCalls(() => (reading += 500), { readQr, handsets: 4, seconds: 2, rounds: 3 });
  t.is(bench.timesRealTime, 4, 'by this clock two seconds take half a second');
  t.is(bench.packetsPerSecond, 4 * 50 * 4);
  // Four rounds of two seconds, and the time around them.
  t.true(bench.packetsOpened > 4 * 50 * 8);
  t.is(bench.octetsPerIdleHandset, Number.NaN);
});

test('the bench of a crowd has handsets that renew their registration and are in no call', async (t) => {
  const readQr = await loadQrReader();
  let octets = 0;
  const bench = benchCalls(() => 0, {
    readQr,
    handsets: 6,
    calls: 1,
    registerInterval: MINUTE,
    seconds: 60,
    rounds: 1,
    octetsInUse: () => (octets += 6000),
  });
  t.is(bench.calls, 1);
  t.is(bench.octetsPerIdleHandset, 1000);
  // Two minutes and a bit after the last has registered.
  t.true(bench.registrations >= 6 * 3, String(bench.registrations));
  t.true(bench.packetsOpened > 2 * 50 * 120);
});

test('the fabric and the bare loop carry the same load', (t) => {
  let reading = 0;
  const bench = benchFabric(() => (reading += 500), 4, 2);
  t.is(bench.relayedPerSecond, (4 * 2 * 50) / 0.5);
  t.true(Math.abs(bench.bareLoopPerSecond / bench.relayedPerSecond - 1) < 0.02);
  t.is(bareLoop(4, 2 * SECOND), Math.round(bench.bareLoopPerSecond / 2));
});
