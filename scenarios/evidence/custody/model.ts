/**
 * The lineage of a secret as plain data: where it was born, every place that it came to and from which other one, what it was used for, and how
 * it ended there. It is a tree, because each place has it from exactly one other; the labels stand for the secrets, which are nowhere.
 */
import type { Micros } from '../../../sim/clock.ts';
import type { EventNumber } from '../../../sim/trace.ts';

/** A moment in the life of a secret, by the event that tells it. */
export interface LineageMoment {
  readonly event: EventNumber;
  readonly time: Micros;
  /** `erased`, `installed`, `carried to crs-admin`. */
  readonly what: string;
}

/** One place that has, or had, a secret; its children have it from there. */
export interface LineagePlace {
  /** A device, a disc, a print, a screen, a package that it is wrapped in, or whoever took it. */
  readonly holder: string;
  /** The verb of the event of custody that brought it here, with that event. */
  readonly how: string;
  readonly event: EventNumber;
  readonly time: Micros;
  /** Whoever did it, with what was typed for it where somebody typed something: `thief: seize alice-phone`. */
  readonly by: string;
  readonly typed?: string;
  /** Where a thing is now, or was last. */
  readonly at?: string;
  /** True where nobody was meant to have it here: it was taken or copied, or comes from where it was. */
  readonly leak: boolean;
  /** Invariants that its coming here broke. */
  readonly breaks: readonly string[];
  readonly uses: number;
  readonly lastUse?: LineageMoment;
  /** What else befell it here. */
  readonly notes: readonly LineageMoment[];
  /** How it ended here; without it, it was here when the trace ended. */
  readonly until?: LineageMoment;
  readonly children: readonly LineagePlace[];
}

/** The life of one secret. Two of one kind and fingerprint are the same, whatever their owner is called. */
export interface Lineage {
  /** As the first event that names it has it: `RSK(+447700900001 2015-10)#6ced7fef`. */
  readonly secret: string;
  readonly kind: string;
  readonly owner: string;
  readonly fingerprint: string;
  /** Other labels of the same secret. */
  readonly aliases: readonly string[];
  /** Where it came into being; several where it was worked out again from what else was known. */
  readonly roots: readonly LineagePlace[];
  /** Everywhere that it is when the trace ends. */
  readonly holders: readonly string[];
  readonly uses: number;
  /** How many places it leaked to from one that it was meant for. */
  readonly leaks: number;
  /** The first event that broke an invariant about it. */
  readonly broken?: EventNumber;
  /** The last end of it anywhere; absent while it is somewhere. */
  readonly died?: LineageMoment;
}
