/** The words for how a call was heard, for the terminal and the page alike. */
import type { HeardCall, HeardSound } from '../scenarios/evidence/model.ts';

/** `high, R 85.8, MOS 4.25`. */
export function ratingText({ r, mos, category }: HeardCall): string {
  if (r === null || mos === null || category === null) return 'not rated: over before its delay was measured';
  return `${category}, R ${r.toFixed(1)}, MOS ${mos.toFixed(2)}`;
}

/** `104 ms`; empty when it was not measured. */
export function milliseconds(value: number | null): string {
  return value === null ? '' : `${value} ms`;
}

/** `20.0 s`; it says so when there was more to hear. */
export function soundText({ seconds, cut }: HeardSound): string {
  return `${seconds.toFixed(1)} s${cut ? ': the rest was beyond what is kept' : ''}`;
}

/** What the rating rests on: `mouth to ear 104 ms, 2 % missing (20 lost, 3 late), jitter 1.5 ms`. */
export function conditionsText(heard: HeardCall): string {
  const { delayMs, missingPercent, lost, discarded, burstRatio, jitterMs } = heard;
  return [
    ...(delayMs === null ? [] : [`mouth to ear ${delayMs} ms`]),
    `${missingPercent} % missing (${lost} lost, ${discarded} late)`,
    ...(burstRatio > 1 ? [`burst ratio ${burstRatio}`] : []),
    `jitter ${jitterMs} ms`,
  ].join(', ');
}
