/** What a message opens into is what the trace says, and no more. */
import test from 'ava';
import type { AnyTraceEvent } from '../../sim/trace.ts';
import { fateOf, messageEvents } from './message-events.ts';

function event(n: number, cause: number, more: Partial<AnyTraceEvent> = {}): AnyTraceEvent {
  return { n, t: n, type: 'trace.ended', on: 'run', cause, data: { events: 1 }, ...more } as AnyTraceEvent;
}

const numbers = (events: readonly AnyTraceEvent[] = []): readonly number[] => events.map(({ n }) => n);

test('causes are told nearest first, and effects are those that name it', (t) => {
  const told = messageEvents(
    [event(1, 0), event(2, 1), event(3, 2), event(4, 3), event(5, 3), event(6, 5)],
    [3],
  ).get(3);
  t.deepEqual(numbers(told?.causes), [2, 1]);
  t.deepEqual(numbers(told?.effects), [4, 5]);
  t.is(told?.moreEffects, 0);
});

test('effects beyond those that are shown are counted', (t) => {
  const events = [event(1, 0), ...Array.from({ length: 9 }, (_, at) => event(2 + at, 1))];
  const told = messageEvents(events, [1]).get(1);
  t.is((told?.effects.length ?? 0) + (told?.moreEffects ?? 0), 9);
  t.true((told?.moreEffects ?? 0) > 0);
});

test('beside it stands what happened there, then and for the same reason; never where a secret went', (t) => {
  const told = messageEvents(
    [
      event(1, 0),
      event(2, 1, { t: 7 }),
      event(3, 1, { t: 7 }),
      event(4, 1, { t: 8 }),
      event(5, 1, { t: 7, on: 'crs' }),
      event(6, 0, { t: 7 }),
      event(7, 1, { t: 7, type: 'custody.used' }),
    ],
    [3],
  ).get(3);
  t.deepEqual(numbers(told?.beside), [2]);
});

test('what is not in the trace is left out', (t) => {
  t.is(messageEvents([event(1, 0)], [9]).size, 0);
});

test('the fate of packets is what was counted', (t) => {
  const counted = { lost: 3, discarded: 2, replayed: 1 };
  t.deepEqual(fateOf(event(1, 0, { data: counted } as never)), { lost: 3, late: 2, again: 1 });
  t.deepEqual(fateOf(event(1, 0)), { lost: 0, late: 0, again: 0 });
});
