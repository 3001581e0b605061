import test from 'ava';
import { Secret } from './secret.ts';
import { Trace } from './trace.ts';
import { tracePrefixOf } from './trace-prefix.ts';
import './custody.ts';

test('a trace that goes on after its events alone is the trace that went on', (t) => {
  const clock = { now: () => 5 };
  const trace = new Trace(clock);
  const secrets = [new Secret('PSK', 'alice', new Uint8Array([1, 2]))];
  trace.append('custody.seized', 'thief', { secrets, from: 'alice-phone', to: 'thief' });
  trace.append('trace.ended', 'wörld', { events: 2 });
  const again = new Trace(clock, tracePrefixOf(trace.prefix().events.slice(0, 2)));
  t.is(again.digest(), trace.digest());
  t.is(again.toNdjson(), trace.toNdjson());
  for (const each of [trace, again]) each.append('trace.ended', 'world', { events: 3 });
  t.is(again.digest(), trace.digest());
});
