/** Measures of a run: what an assurance team writes down beside the verdicts. Each is computed from the trace. */
import type { AnyTraceEvent, TraceEvent, TraceType } from '../../sim/trace.ts';
import type { MeasureName } from '../language/index.ts';
import type { Measure } from './model.ts';
import { reissuesOf } from './reissue-measures.ts';
import { organisationMeasures } from './organisation-measures.ts';
import { travelsOf } from './travel-measures.ts';

/** The measures of a trace, in the order in which they are shown. */
export function measuresOf(events: readonly AnyTraceEvent[]): readonly Measure[] {
  const connected = ofType(events, 'handset.call-connected').filter(({ on, data }) =>
    on.startsWith(data.from),
  );
  const ended = ofType(events, 'handset.call-ended');
  const sum = (pick: (event: TraceEvent<'handset.call-ended'>) => number): number =>
    ended.reduce((total, event) => total + pick(event), 0);
  const [received, lost] = [sum(({ data }) => data.received), sum(({ data }) => data.lost)];
  const setups = connected.map(({ data }) => data.setupMs).sort((a, b) => a - b);
  const iMessages = ofType(events, 'mikey.sent').map(({ data }) => data.octets);
  const lead = ofType(events, 'handset.keys-installed').filter(({ data }) => data.source === 'package');
  const common: readonly (Measure & { readonly name: MeasureName })[] = [
    { name: 'calls connected', value: ofType(events, 'crs.call-connected').length, unit: 'calls' },
    {
      name: 'set-up time, median',
      value: setups[Math.floor(setups.length / 2)] ?? null,
      unit: 'milliseconds',
    },
    {
      name: 'I_MESSAGE, largest',
      value: iMessages.length === 0 ? null : Math.max(...iMessages),
      unit: 'octets',
    },
    { name: 'media packets received', value: received, unit: 'packets' },
    { name: 'media loss', value: percentOf(lost, received + lost), unit: 'percent' },
    { name: 'packets with a wrong tag', value: sum(({ data }) => data.tampered), unit: 'packets' },
    { name: 'packets replayed', value: sum(({ data }) => data.replayed), unit: 'packets' },
    { name: 'packets out of step', value: sum(({ data }) => data.outOfStep), unit: 'packets' },
    { name: 'I_MESSAGEs refused', value: ofType(events, 'mikey.refused').length, unit: 'messages' },
  ];
  return [
    ...common,
    ...lead.map(({ data }): Measure => ({
      name: `lead time of ${data.user} for ${data.period}, before the second-to-last day`,
      value: data.leadHours,
      unit: 'hours',
    })),
    ...unrolledMonths(events),
    ...discsOf(events),
    ...reissuesOf(events),
    ...organisationMeasures(events),
    ...travelsOf(events),
  ];
}

/** Where somebody tried to go on from month to month: how many months they came to. A try that says nothing is not one that came to none. */
function unrolledMonths(events: readonly AnyTraceEvent[]): readonly Measure[] {
  const tried = ofType(events, 'probe.result').filter(
    ({ data }) => data.attack === 'unroll' && data.outcome !== 'inconclusive',
  );
  const reached = tried.filter(({ data }) => data.outcome === 'opened').map(({ data }) => data.asset);
  return tried.length === 0
    ? []
    : [{ name: 'months unrolled', value: new Set(reached).size, unit: 'months' }];
}

/** Where a CMS was given a disc that is not new: how many it refused, and how many machines something came to. */
function discsOf(events: readonly AnyTraceEvent[]): readonly Measure[] {
  const refused = ofType(events, 'cms.disc-refused').map(({ data }) => data.disc);
  const contaminated = ofType(events, 'cms.contaminated').map(({ on }) => on);
  if (refused.length + contaminated.length === 0) return [];
  return [
    { name: 'discs refused', value: new Set(refused).size, unit: 'discs' },
    { name: 'contaminated machines', value: new Set(contaminated).size, unit: 'machines' },
  ];
}

/** With two decimals; null for a part of nothing. */
function percentOf(part: number, whole: number): number | null {
  return whole === 0 ? null : Number(((part / whole) * 100).toFixed(2));
}

function ofType<Type extends TraceType>(
  events: readonly AnyTraceEvent[],
  type: Type,
): readonly TraceEvent<Type>[] {
  return events.filter((event): event is AnyTraceEvent & TraceEvent<Type> => event.type === type);
}
