import test from 'ava';
import { Trace } from '../../../sim/trace.ts';
import { mergedTrace, type Source } from './merged-trace.ts';

test('the events of all processes become one trace by time, device and number, with their causes', (t) => {
  let now = 0;
  const trace = new Trace({ now: () => now });
  const sources = new Map<number, Source>();
  const began = { version: 1, tool: '', scenario: '', variant: '', seed: '', keySeed: '', begins: '' };
  trace.append('trace.began', 'world', began);
  const told = (device: string, order: number, time: number, text: string, cause = 0): number => {
    const n = trace.events.length + 1;
    sources.set(n, { device, order });
    return trace.adopt({ t: time, type: 'person.noted', on: device, data: { by: device, text } }, cause);
  };
  now = 9;
  trace.append('person.noted', 'ann', { by: 'ann', text: 'at 9' });
  const first = told('crs', 1, 5, 'crs first');
  told('crs', 2, 5, 'crs second', first);
  told('bob-phone', 1, 5, 'bob');
  told('crs', 3, 12, 'after the end');
  now = 10;
  trace.append('trace.ended', 'world', { events: trace.events.length + 1 });
  const merged = mergedTrace(trace, sources);
  t.deepEqual(
    merged.events.map(({ n, t: time, type, on, cause }) => `${n} ${time} ${type} ${on} ${cause}`),
    [
      '1 0 trace.began world 0',
      '2 5 person.noted bob-phone 0',
      '3 5 person.noted crs 0',
      '4 5 person.noted crs 3',
      '5 9 person.noted ann 0',
      '6 10 trace.ended world 0',
    ],
  );
  t.like(merged.events.at(-1), { data: { events: 6 } });
});

test('what names an event by its number names it by the new one, though it was told later', (t) => {
  let now = 0;
  const trace = new Trace({ now: () => now });
  const began = { version: 1, tool: '', scenario: '', variant: '', seed: '', keySeed: '', begins: '' };
  trace.append('trace.began', 'world', began);
  now = 5;
  trace.append('person.noted', 'ann', { by: 'ann', text: 'before' });
  const done = trace.adopt({ t: 7, type: 'person.noted', on: 'crs', data: { by: 'ann', text: 'done' } }, 0);
  const data = { instance: 'a', step: 'a.b', by: 'ann', event: done, late: false };
  now = 6;
  trace.append('procedure.step-done', 'procedures', data);
  now = 8;
  trace.append('trace.ended', 'world', { events: trace.events.length + 1 });
  const merged = mergedTrace(trace, new Map([[done, { device: 'crs', order: 1 }]]));
  const said = merged.events.find((event) => event.type === 'procedure.step-done');
  const found = merged.events.find(({ type, on }) => type === 'person.noted' && on === 'crs');
  t.is(done, 3);
  t.is(found?.n, 4);
  t.like(said, { n: 3, data: { event: 4 } });
});
