/**
 * A performance retraced: an agenda that is told what came in its order, each before what was done after it, is the agenda of that performance.
 */
import type { Agenda } from './agenda.ts';
import type { Coming } from './coming.ts';
import type { Deed } from './deed.ts';

/** Tells an agenda what has come, up to each thing that was done; `take` says whether to go on. What is left comes after all of them. */
export function retrace(
  agenda: Agenda,
  coming: readonly Coming[],
  done: readonly Deed[],
  take: (deed: Deed, count: number) => boolean,
): void {
  let next = 0;
  const upTo = (events: number): void => {
    for (let each = coming[next]; each !== undefined && each.event <= events; each = coming[++next])
      agenda.heed(each);
  };
  for (const [count, deed] of done.entries()) {
    upTo(deed.events);
    if (!take(deed, count)) return;
  }
  upTo(Infinity);
}
