/** What invariants add to the trace. */
declare module '../../../sim/trace.ts' {
  interface TraceEvents {
    /** Something that must hold at every moment of every run does not, since event number `event`. */
    'invariant.broken': { invariant: string; event: number; secret: string; holder: string };
    /** A secret of a kind that an invariant is about was made: from then on it can be broken. */
    'invariant.watched': { invariant: string; kind: string; holder: string };
  }
}
