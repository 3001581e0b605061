import test from 'ava';
import { VirtualClock } from './clock.ts';
import { CUSTODY_EVENTS, custodyVerbOf, isCustody } from './custody.ts';
import { Secret } from './secret.ts';
import { Trace } from './trace.ts';

test('one function reads every hand-over, and nothing else', (t) => {
  const trace = new Trace(new VirtualClock());
  const psk = new Secret('PSK', 'alice', new Uint8Array(32));
  trace.append('custody.made', 'cms', { secrets: [psk], from: null, to: 'cms' });
  trace.append('custody.holds-from-start', 'thief', { secrets: [], from: 'alice-crs', to: 'thief' });
  trace.append('test.happened', 'cms', { what: 'no hand-over', secret: psk });
  t.deepEqual(trace.events.map(custodyVerbOf), ['made', 'holds-from-start', undefined]);
  t.deepEqual(
    trace.events.filter(isCustody).map(({ data: { secrets, from, to } }) => [secrets.length, from, to]),
    [
      [1, null, 'cms'],
      [0, 'alice-crs', 'thief'],
    ],
  );
  t.true(trace.toNdjson().includes(`"secrets":["${psk.label}"]`));
});

test('every verb says what it means', (t) => {
  for (const [type, { fields, meaning }] of Object.entries(CUSTODY_EVENTS.events)) {
    t.deepEqual(fields, ['secrets', 'from', 'to'], type);
    t.true(meaning.length > 10, type);
  }
});
