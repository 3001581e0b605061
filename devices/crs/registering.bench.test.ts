import test from 'ava';
import { benchRegistering } from './registering.bench.ts';

const processorMs = (): number => process.cpuUsage().user / 1_000;

test('a handset costs a server of 20,000 what it costs one of 100, and a renewal takes less than a millisecond', (t) => {
  const { registerGrowth, renewalManyMs } = benchRegistering(processorMs, { many: 20_000 });
  // Where each looks at all sessions and bindings it is five and more.
  t.true(registerGrowth < 3, `${registerGrowth.toFixed(2)} times as much`);
  t.true(renewalManyMs < 1, `${renewalManyMs.toFixed(2)} ms`);
});
