/** The window of a check in words, as they stand behind what was seen: ` within 10m of 'reported'`; the whole run has none. */
import { formatDuration } from '../../../sim/duration.ts';
import type { When, Window } from '../../language/index.ts';

/** Begins with a blank, or is empty. Moments stand in quotes, times are those of the run. */
export function windowInWords({ from, to, toIncluded, target }: Window): string {
  if (from === undefined) return to === undefined ? '' : ` before ${boundInWords(to)}`;
  if (to === undefined) return ` after ${boundInWords(from)}`;
  if (toIncluded && from.kind === 'after' && to.kind === 'after')
    return ` within ${formatDuration(to.delay)} of '${from.moment}'${target === undefined ? '' : ` (targets.${target})`}`;
  return ` between ${boundInWords(from)} and ${boundInWords(to)}`;
}

function boundInWords(when: When): string {
  if (when.kind === 'at') return `+${formatDuration(when.t)}`;
  return when.delay === 0 ? `'${when.moment}'` : `'${when.moment}' + ${formatDuration(when.delay)}`;
}
