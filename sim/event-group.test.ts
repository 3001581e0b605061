/** Groups of events are complete: the compiler refuses this file where a mistake below is none any more. */
import test from 'ava';
import { eventGroup } from './event-group.ts';

declare module './trace.ts' {
  interface TraceEvents {
    'test.group.opened': { by: string; door: string };
    'test.group.closed': Readonly<Record<string, never>>;
  }
}

const HEAD = { title: 'Doors', where: 'On the door.' };
const opened = { fields: ['by', 'door'], meaning: 'it is open' } as const;
const closed = { fields: [], meaning: 'it is not' } as const;

test('a group has every type with its prefix, and every field of each', (t) => {
  const group = eventGroup('test.group', {
    ...HEAD,
    events: { 'test.group.opened': opened, 'test.group.closed': closed },
  });
  t.is(group.prefix, 'test.group');
  t.deepEqual(Object.keys(group.events), ['test.group.opened', 'test.group.closed']);
});

test('a type or field that is missing, or that nobody declares, does not compile', (t) => {
  const mistakes = [
    // @ts-expect-error -- a type is missing
    eventGroup('test.group', { ...HEAD, events: { 'test.group.opened': opened } }),
    eventGroup('test.group', {
      ...HEAD,
      events: {
        // @ts-expect-error -- a field is missing
        'test.group.opened': { fields: ['by'], meaning: 'it is open' },
        'test.group.closed': closed,
      },
    }),
    eventGroup('test.group', {
      ...HEAD,
      events: {
        // @ts-expect-error -- nobody declares this field
        'test.group.opened': { fields: ['by', 'door', 'key'], meaning: 'it is open' },
        'test.group.closed': closed,
      },
    }),
    eventGroup('test.group', {
      ...HEAD,
      events: {
        'test.group.opened': opened,
        'test.group.closed': closed,
        // @ts-expect-error -- nobody declares this type
        'test.group.lost': closed,
      },
    }),
  ];
  t.is(mistakes.length, 4);
});
