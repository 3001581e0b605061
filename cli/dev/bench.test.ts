/** The bench's report, and the bench of calls with the real QR reader. Nothing here is timed. */
import test from 'ava';
import { benchCalls } from '../../devices/calls.bench.ts';
import { loadQrReader } from '../../scenarios/host/qr-reader.ts';
import { figuresOf, jsonOf, tableOf } from './bench-report.ts';

const machine = { cpu: 'a processor', cores: 2, node: '20.0.0' };

/** Every measured number is `value`. */
function measured(value: number) {
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
    fabric: { linkPackets: 1, virtualSeconds: value, elapsedSeconds: 1, linkPacketsPerSecond: value },
    calls: { handsets: 50, seconds: 20, timesRealTime: value, packetsOpened: 1, packetsPerSecond: value },
  };
}

test('the JSON has the figures that others look for, as numbers', (t) => {
  const json = JSON.parse(jsonOf(figuresOf(measured(4.56789)), machine)) as Record<string, unknown>;
  for (const name of [
    'sakkeEncapsulateVsTextbook',
    'sakkeDecapsulateVsTextbook',
    'srtpProtectVsNodeCrypto',
    'callsTimesRealTime',
  ]) {
    t.is(json[name], 4.568, name);
  }
  t.deepEqual(json['machine'], machine);
});

test('the table says which figures meet their target', (t) => {
  const standing = (value: number) =>
    tableOf(figuresOf(measured(value)), machine).flatMap((line) => /meets|short of/.exec(line)?.[0] ?? []);
  t.deepEqual(standing(4.5), ['short of', 'meets', 'meets', 'short of']);
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
});
