/** The register of discs: every one that was burnt, whether it was loaded and destroyed, and how many are left over when a month ends. */
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import type { Statement } from '../witness.ts';

/** A disc that was burnt. */
export type DiscRecord = { readonly name: string; readonly loaded: boolean; readonly destroyed: boolean };

/** The discs after an event; the same list when it is about none. */
export function registered(discs: readonly DiscRecord[], event: AnyTraceEvent): readonly DiscRecord[] {
  switch (event.type) {
    case 'cms.disc-burnt':
      return [...discs, { name: event.data.disc, loaded: false, destroyed: false }];
    case 'crs.disc-loaded':
      return marked(discs, event.data.disc, { loaded: true });
    case 'person.destroyed':
      return marked(discs, event.data.thing, { destroyed: true });
    default:
      return discs;
  }
}

function marked(
  discs: readonly DiscRecord[],
  name: string,
  mark: Partial<DiscRecord>,
): readonly DiscRecord[] {
  return discs.map((disc) => (disc.name === name ? { ...disc, ...mark } : disc));
}

/** What there is to say of them when a month has ended on a CRS. */
export function discsAt(month: string, discs: readonly DiscRecord[]): Statement {
  const count = (holds: (disc: DiscRecord) => boolean): number => discs.filter(holds).length;
  return {
    type: 'audit.discs',
    data: {
      month,
      burnt: discs.length,
      loaded: count(({ loaded }) => loaded),
      destroyed: count(({ destroyed }) => destroyed),
      unaccounted: count(({ loaded, destroyed }) => !loaded || !destroyed),
    },
  };
}
