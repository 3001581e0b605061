/** Measures of a run: what an assurance team writes down beside the verdicts. Each is computed from the trace. */
import type { AnyTraceEvent, TraceEvent, TraceType } from '../../sim/trace.ts';

export function measuresOf(
  events: readonly AnyTraceEvent[],
): readonly { readonly name: string; readonly value: string }[] {
  const connected = ofType(events, 'handset.call-connected').filter(({ on, data }) =>
    on.startsWith(data.from),
  );
  const ended = ofType(events, 'handset.call-ended');
  const sum = (pick: (event: TraceEvent<'handset.call-ended'>) => number): number =>
    ended.reduce((total, event) => total + pick(event), 0);
  const expected = sum(({ data }) => data.received) + sum(({ data }) => data.lost);
  const setups = connected.map(({ data }) => data.setupMs).sort((a, b) => a - b);
  const iMessages = [...new Set(ofType(events, 'mikey.sent').map(({ data }) => data.octets))];
  const lead = ofType(events, 'handset.keys-installed').filter(({ data }) => data.source === 'package');
  const measures = [
    { name: 'calls connected', value: String(ofType(events, 'crs.call-connected').length) },
    {
      name: 'set-up time, median',
      value: setups.length === 0 ? 'no call' : `${setups[Math.floor(setups.length / 2)] ?? 0} ms`,
    },
    { name: 'I_MESSAGE', value: iMessages.length === 0 ? 'none sent' : `${iMessages.join(', ')} octets` },
    { name: 'media packets received', value: String(sum(({ data }) => data.received)) },
    {
      name: 'media loss',
      value:
        expected === 0 ? 'no media' : `${((sum(({ data }) => data.lost) / expected) * 100).toFixed(2)} %`,
    },
    { name: 'packets with a wrong tag', value: String(sum(({ data }) => data.tampered)) },
    { name: 'packets replayed', value: String(sum(({ data }) => data.replayed)) },
    { name: 'I_MESSAGEs refused', value: String(ofType(events, 'mikey.refused').length) },
    ...lead.map(({ data }) => ({
      name: `lead time of ${data.user} for ${data.period}`,
      value: `${data.leadHours} h before the second-to-last day`,
    })),
  ];
  return measures;
}

function ofType<Type extends TraceType>(
  events: readonly AnyTraceEvent[],
  type: Type,
): readonly TraceEvent<Type>[] {
  return events.filter((event): event is AnyTraceEvent & TraceEvent<Type> => event.type === type);
}
