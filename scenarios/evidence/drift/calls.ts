/** The calls of two runs side by side, in the order in which they were placed: set-up time, loss, and how they were heard. */
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import type { CallFigures, DriftCall } from './model.ts';

interface Placed {
  readonly from: string;
  readonly to: string;
  readonly figures: CallFigures;
}

/** The nth call placed in the one run stands beside the nth of the other; how it was heard is that of the worse end. */
export function callsOf(
  simulated: readonly AnyTraceEvent[],
  live: readonly AnyTraceEvent[],
): readonly DriftCall[] {
  const [ours, theirs] = [placedIn(simulated), placedIn(live)];
  const count = Math.max(ours.length, theirs.length);
  return Array.from({ length: count }, (_, at) => {
    const [here, there] = [ours[at], theirs[at]];
    const { from, to } = here ?? there ?? { from: '', to: '' };
    return { from, to, simulated: here?.figures, live: there?.figures };
  });
}

function placedIn(events: readonly AnyTraceEvent[]): readonly Placed[] {
  return events.flatMap((placed) => {
    if (placed.type !== 'handset.call-placed') return [];
    const { csb, from, to } = placed.data;
    let setupMs: number | undefined;
    let lost = 0;
    const heard: { readonly r: number; readonly mos: number }[] = [];
    for (const { type, on, data } of events) {
      if (type === 'handset.call-connected' && data.csb === csb && on === placed.on) setupMs ??= data.setupMs;
      if (type === 'handset.call-ended' && data.csb === csb) lost += data.lost;
      if (type === 'handset.call-quality' && data.csb === csb && data.r !== null && data.mos !== null)
        heard.push({ r: data.r, mos: data.mos });
    }
    const worst = heard.toSorted((a, b) => a.r - b.r)[0];
    return [{ from, to, figures: { setupMs, lost, r: worst?.r, mos: worst?.mos } }];
  });
}
