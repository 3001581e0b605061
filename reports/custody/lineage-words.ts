/** A lineage in words, the same in the tree of a terminal and in the picture. */
import type { Lineage, LineageMoment, LineagePlace } from '../../scenarios/evidence/custody/model.ts';
import { printable } from '../printable.ts';
import { momentOf } from '../when.ts';

/** `erased 2015-10-19 08:40:00Z (event 1193)` */
function momentText({ what, time, event }: LineageMoment, begins: number): string {
  return `${printable(what)} ${momentOf(begins, time)} (event ${event})`;
}

/** How it came to a place: `seized 2015-10-19 08:40:00Z (event 1037), thief: seize alice-phone`. */
export function arrivalText({ how, time, event, by, typed }: LineagePlace, begins: number): string {
  const who = typed ?? by;
  return `${momentText({ what: how, time, event }, begins)}, ${printable(who)}`;
}

/** What befell it there, in the order of a reader's questions: leak, broken invariant, uses, notes, end. */
export function fateLines(place: LineagePlace, begins: number): readonly string[] {
  const { at, breaks, uses, lastUse, notes, until } = place;
  const told = new Map<string, LineageMoment[]>();
  for (const note of notes) told.set(note.what, [...(told.get(note.what) ?? []), note]);
  return [
    ...breaks.map((invariant) => `breaks ${invariant}`),
    ...[...told.values()].flatMap((same) => {
      const [first, ...more] = same;
      if (first === undefined) return [];
      return [`${momentText(first, begins)}${more.length === 0 ? '' : ` and ${more.length} more`}`];
    }),
    ...(uses === 0
      ? []
      : [
          `used ${uses} ${uses === 1 ? 'time' : 'times'}${lastUse === undefined ? '' : `, last ${momentOf(begins, lastUse.time)} (event ${lastUse.event})`}`,
        ]),
    ...(until === undefined
      ? [at === undefined ? 'still there' : `still there, at ${printable(at)}`]
      : [`until ${momentText(until, begins)}`]),
  ];
}

/** One line about all of its life: `2 places now, 9 uses, 4 leaks`. */
export function lifeText({ holders, uses, leaks, broken, died }: Lineage, begins: number): string {
  return [
    died === undefined
      ? `now ${holders.map(printable).join(', ')}`
      : `dead since ${momentOf(begins, died.time)} (event ${died.event}, ${printable(died.what)})`,
    `${uses} ${uses === 1 ? 'use' : 'uses'}`,
    `${leaks} ${leaks === 1 ? 'leak' : 'leaks'}`,
    ...(broken === undefined ? [] : [`an invariant broke first at event ${broken}`]),
  ].join('; ');
}
