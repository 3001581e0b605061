/**
 * Measures of people and their papers: how soon each was told, what was decided, which alarms were missed or false, how long another
 * application or an unvalidated system was on a phone. A run in which nothing of the kind happened has none of them.
 */
import { dayOf, parseInstant } from '../language/instant.ts';
import { DAY, HOUR, MILLISECOND, MINUTE, type Micros } from '../../sim/clock.ts';
import type { AnyTraceEvent, TraceEvent, TraceType } from '../../sim/trace.ts';
import type { Measure } from './model.ts';

/** All of them that a trace has. */
export function organisationMeasures(events: readonly AnyTraceEvent[]): readonly Measure[] {
  return [
    ...toldMeasures(events),
    ...alarmMeasures(events),
    ...detectMeasures(events),
    ...exceptionMeasures(events),
    ...platformMeasures(events),
  ];
}

/** From a sign to when each first knew of it, and from the symptom of a fault to when the vendor did. */
function toldMeasures(events: readonly AnyTraceEvent[]): readonly Measure[] {
  const signs = ofType(events, 'sign.raised');
  const received = ofType(events, 'notice.received').filter(({ data }) => data.about !== null);
  const first = received.filter(
    ({ data }, at) =>
      received.findIndex((each) => each.data.by === data.by && each.data.about === data.about) === at,
  );
  return first.flatMap(({ t, data }): readonly Measure[] => {
    const sign = signs.find((each) => each.data.sign === data.about);
    if (sign === undefined) return [];
    const minutes = (since: Micros): number => rounded((t - since) / MINUTE);
    const symptom = events.find(({ n }) => n === sign.data.rests);
    const measure = (name: string, since: Micros): Measure => ({
      name,
      value: minutes(since),
      unit: 'minutes',
    });
    return [
      measure(`from sign ${sign.data.sign} to ${data.by}`, sign.t),
      ...(sign.data.kind === 'fault' && symptom !== undefined
        ? [measure(`from symptom ${sign.data.sign} to ${data.by}`, symptom.t)]
        : []),
    ];
  });
}

/** What the register comes to when it is looked through for the last time. */
function alarmMeasures(events: readonly AnyTraceEvent[]): readonly Measure[] {
  const alarms = ofType(events, 'audit.alarms').at(-1)?.data;
  if (alarms === undefined) return [];
  const decisions = ofType(events, 'notice.filed').filter(({ data }) => data.kind === 'decision');
  return [
    { name: 'decision records', value: decisions.length, unit: 'records' },
    { name: 'missed alarms', value: alarms.missed, unit: 'exposures' },
    { name: 'false alarms', value: alarms.falseAlarms, unit: 'signs' },
  ];
}

/** From when another application came on a phone to the inventory that names it. */
function detectMeasures(events: readonly AnyTraceEvent[]): readonly Measure[] {
  const asked = events.some(({ type }) => type === 'mdm.inventory-asked');
  const came = ofType(events, 'handset.other-voip').filter(({ data }) => data.present);
  return (asked ? came : []).map(({ t, on, data }): Measure => {
    const named = ofType(events, 'mdm.finding').find(
      (each) => each.t >= t && each.data.phone === on && each.data.subject === data.app,
    );
    const value = named === undefined ? null : rounded((named.t - t) / HOUR);
    return { name: `detect time of ${data.app} on ${on}`, value, unit: 'hours' };
  });
}

/** Applications that were let be on a phone though no record in force has an owner and an expiry for it. */
function exceptionMeasures(events: readonly AnyTraceEvent[]): readonly Measure[] {
  const allowed = ofType(events, 'mdm.app-allowed');
  if (allowed.length === 0) return [];
  const begins = beginsOf(events);
  const recorded = ofType(events, 'notice.filed').filter(({ data }) => data.kind === 'exception');
  const silent = allowed.filter(
    ({ n, t, data }) =>
      !recorded.some(
        (each) =>
          each.n < n &&
          each.data.phone === data.phone &&
          each.data.app === data.app &&
          (dayOf(each.data.until ?? '') ?? 0) + DAY > begins + t,
      ),
  );
  return [{ name: 'exceptions without owner and expiry', value: silent.length, unit: 'exceptions' }];
}

/** Handset-days, as counted when the register was looked through for the last time. */
function platformMeasures(events: readonly AnyTraceEvent[]): readonly Measure[] {
  const days = ofType(events, 'audit.platform-days').at(-1)?.data;
  if (days === undefined) return [];
  const measure = (name: string, value: number): Measure => ({ name, value, unit: 'handset-days' });
  return [
    measure('unvalidated days', days.unvalidated),
    measure('unvalidated days without a decision', days.unvalidatedGap),
    measure('unpatched days', days.unpatched),
    measure('unpatched days without a decision', days.unpatchedGap),
  ];
}

/** Microseconds from 1970 to the beginning of the run. */
function beginsOf(events: readonly AnyTraceEvent[]): Micros {
  const [first] = ofType(events, 'trace.began');
  return first === undefined ? 0 : parseInstant(first.data.begins.replace('.000Z', 'Z')) * MILLISECOND;
}

/** With two decimals. */
function rounded(value: number): number {
  return Number(value.toFixed(2));
}

function ofType<Type extends TraceType>(
  events: readonly AnyTraceEvent[],
  type: Type,
): readonly TraceEvent<Type>[] {
  return events.filter((event): event is AnyTraceEvent & TraceEvent<Type> => event.type === type);
}
