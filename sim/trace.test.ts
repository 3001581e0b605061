import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import test from 'ava';
import { VirtualClock } from './clock.ts';
import { Secret } from './secret.ts';
import { Trace } from './trace.ts';

declare module './trace.ts' {
  interface TraceEvents {
    'test.happened': { what: string; secret?: Secret };
  }
}

test('events are numbered, timed and caused', (t) => {
  const clock = new VirtualClock();
  const trace = new Trace(clock);
  const first = trace.append('test.happened', 'a', { what: 'one' });
  clock.runUntil(5);
  const second = trace.because(first, () => trace.append('test.happened', 'b', { what: 'two' }));
  const third = trace.append('test.happened', 'b', { what: 'three' }, second);
  t.deepEqual(
    trace.events.map(({ n, t: time, on, cause }) => [n, time, on, cause]),
    [
      [1, 0, 'a', 0],
      [2, 5, 'b', 1],
      [3, 5, 'b', 2],
    ],
  );
  t.is(third, 3);
  t.is(trace.current, 0);
});

test('the running digest is SHA-256 of the NDJSON', (t) => {
  const trace = new Trace(new VirtualClock());
  t.is(trace.toNdjson(), '');
  trace.append('test.happened', 'a', { what: 'ü "quoted"\n' });
  trace.append('test.happened', 'a', { what: 'two' });
  t.is(trace.digest(), createHash('sha256').update(trace.toNdjson()).digest('hex'));
  t.is(trace.toNdjson().split('\n').length, 3);
});

test('a cause that is not an earlier event is a defect', (t) => {
  const trace = new Trace(new VirtualClock());
  t.throws(() => trace.append('test.happened', 'a', { what: 'x' }, 1), { message: /cause/ });
});

test('listeners hear each event until they stop', (t) => {
  const trace = new Trace(new VirtualClock());
  const heard: number[] = [];
  const stop = trace.listen(({ n }) => heard.push(n));
  trace.append('test.happened', 'a', { what: 'x' });
  stop();
  stop();
  trace.append('test.happened', 'a', { what: 'y' });
  t.deepEqual(heard, [1]);
});

/** A trace with three listeners, of which the first appends another event when it hears `one`, and what each heard. */
function threeListeners(): { readonly trace: Trace; readonly heard: readonly (readonly number[])[] } {
  const trace = new Trace(new VirtualClock());
  const heard: readonly number[][] = [[], [], []];
  trace.listen(({ n, type, data }) => {
    if (type === 'test.happened' && data.what === 'one') trace.append('test.happened', 'b', { what: 'two' });
    heard[0]?.push(n);
  });
  trace.listen(({ n }) => heard[1]?.push(n));
  trace.listen(({ n }) => heard[2]?.push(n));
  return { trace, heard };
}

test('a listener that appends does not change the order in which others hear', (t) => {
  const { trace, heard } = threeListeners();
  t.is(trace.append('test.happened', 'a', { what: 'one' }), 1);
  trace.append('test.happened', 'a', { what: 'three' });
  t.deepEqual(heard, [
    [1, 2, 3],
    [1, 2, 3],
    [1, 2, 3],
  ]);
});

test('what a listener appends has the default cause of what it heard', (t) => {
  const { trace } = threeListeners();
  const cause = trace.append('test.happened', 'a', { what: 'zero' });
  trace.because(cause, () => trace.append('test.happened', 'a', { what: 'one' }));
  trace.append('test.happened', 'a', { what: 'three' });
  t.deepEqual(
    trace.events.map((event) => event.cause),
    [0, cause, cause, 0],
  );
});

test('a listener that is added while others are told hears later events only', (t) => {
  const { trace } = threeListeners();
  const heard: number[] = [];
  const stop = trace.listen(() => {
    stop();
    trace.listen(({ n }) => heard.push(n));
  });
  trace.append('test.happened', 'a', { what: 'one' });
  t.deepEqual(heard, []);
  trace.append('test.happened', 'a', { what: 'three' });
  t.deepEqual(heard, [3]);
});

test('a listener that stops another keeps nothing from a third', (t) => {
  const trace = new Trace(new VirtualClock());
  const heard: string[] = [];
  trace.listen(() => stop());
  const stop = trace.listen(() => heard.push('second'));
  trace.listen(() => heard.push('third'));
  trace.append('test.happened', 'a', { what: 'x' });
  t.deepEqual(heard, ['third']);
});

test('what a listener throws is thrown, once everybody has heard, and the next event is told as ever', (t) => {
  const { trace, heard } = threeListeners();
  const stop = trace.listen(({ n }) => {
    throw new Error(`defect at ${n}`);
  });
  t.throws(() => trace.append('test.happened', 'a', { what: 'one' }), { message: 'defect at 1' });
  stop();
  trace.append('test.happened', 'a', { what: 'three' });
  t.deepEqual(heard[2], [1, 2, 3]);
  t.is(trace.current, 0);
});

test('what is tried aside leaves no mark, whether it throws or not', (t) => {
  const { trace, heard } = threeListeners();
  trace.append('test.happened', 'a', { what: 'zero' });
  const digest = trace.digest();
  const answer = trace.aside(() => {
    const tried = trace.append('test.happened', 'a', { what: 'one' });
    t.is(tried, 2);
    return trace.because(tried, () => trace.append('test.happened', 'a', { what: 'then' }));
  });
  t.is(answer, 3);
  t.throws(() => trace.aside(() => t.fail(String(trace.append('test.happened', 'a', { what: 'x' }, 9)))));
  t.is(trace.digest(), digest);
  t.is(trace.append('test.happened', 'a', { what: 'three' }), 2);
  t.deepEqual(heard[1], [1, 2]);
});

test('what another process tells meanwhile has happened all the same', (t) => {
  const trace = new Trace(new VirtualClock());
  const told = trace.aside(() => {
    trace.append('test.happened', 'a', { what: 'tried' });
    return trace.adopt({ t: 0, type: 'test.happened', on: 'b', data: { what: 'told' } }, 0);
  });
  t.is(told, 1);
  t.deepEqual(
    trace.events.map(({ on }) => on),
    ['b'],
  );
});

test('a secret never prints, wherever it is shown', (t) => {
  const octets = Uint8Array.from({ length: 16 }, (_, i) => i + 0xa0);
  const secret = new Secret('PSK', '+447700900001 2015-10', octets);
  const trace = new Trace(new VirtualClock());
  trace.append('test.happened', 'a', { what: 'x', secret });
  const shown = [
    String(secret),
    JSON.stringify({ secret }),
    inspect(secret),
    inspect({ a: [secret] }),
    trace.toNdjson(),
  ];
  for (const text of shown) {
    t.true(text.includes(secret.label), text);
    t.notRegex(text, /a0a1|160, ?161|a0 a1/i);
  }
  t.regex(secret.label, /^PSK\(\+447700900001 2015-10\)#[0-9a-f]{8}$/);
  t.is(
    new Secret('PSK', 'other', octets).fingerprint,
    secret.fingerprint,
    'equal secrets have equal fingerprints',
  );
  t.deepEqual(secret.reveal(), octets);
});

test('a trace that goes on where another was has the same lines and the same digest, and neither touches the other', (t) => {
  const clock = { now: () => 5 };
  const first = new Trace(clock);
  const append = (trace: Trace, events: number) => trace.append('trace.ended', 'world', { events });
  append(first, 1);
  append(first, 2);
  const prefix = first.prefix();
  append(first, 3);
  const second = new Trace(clock, prefix);
  t.is(second.events.length, 2);
  t.is(append(second, 4), 3);
  const whole = new Trace(clock);
  for (const events of [1, 2, 4]) append(whole, events);
  t.is(second.digest(), whole.digest());
  t.is(second.toNdjson(), whole.toNdjson());
  t.is(first.events.length, 3);
  t.not(first.digest(), second.digest());
});

test('a trace is not kept while an event is being handled', (t) => {
  const trace = new Trace({ now: () => 0 });
  trace.listen(() => void trace.prefix());
  t.throws(() => trace.append('trace.ended', 'world', { events: 1 }), { message: /between two events/ });
});
