import test from 'ava';
import { benchCalls } from './calls.bench.ts';

test('a bench whose phones cannot enrol fails instead of timing nothing', (t) => {
  const blind = () => [];
  t.throws(() => benchCalls(() => 0, { readQr: blind, handsets: 2, seconds: 1, rounds: 1 }), {
    code: 'HARDWARE_QR_UNREADABLE',
  });
});
