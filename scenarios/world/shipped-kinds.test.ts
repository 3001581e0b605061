/** What the shipped kinds tell is all that anybody declares: the compiler refuses this file where a type of event is told by nobody. */
import test from 'ava';
import type { TraceType } from '../../sim/trace.ts';
import { eventFieldsOf, type WORLD_EVENTS } from './known-events.ts';
import { SHIPPED_KINDS } from './shipped-kinds.ts';

type DevicePrefix = (typeof SHIPPED_KINDS)[number]['told']['events'][number]['prefix'];
type WorldPrefix = (typeof WORLD_EVENTS)[number]['prefix'];

/** Declared types that are in no group; those of tests are told by the tests. */
type Untold<Prefix extends string> = Exclude<TraceType, `${Prefix}.${string}` | `test.${string}`>;
type IsNone<Type> = [Type] extends [never] ? true : Type;

test('every type of event that is declared is told by a kind or by the world', (t) => {
  const all: IsNone<Untold<DevicePrefix | WorldPrefix>> = true;
  // @ts-expect-error -- without the world's own groups there are types that nobody tells
  const some: IsNone<Untold<DevicePrefix>> = true;
  t.true(all && some);
  t.true(Object.keys(eventFieldsOf(SHIPPED_KINDS)).length > Object.keys(eventFieldsOf([])).length);
});
