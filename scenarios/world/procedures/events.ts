/** What is told of procedures in the trace: by whoever recognises them, and by whoever performs the screenplay. */
declare module '../../../sim/trace.ts' {
  interface TraceEvents {
    /** What a procedure waits for by the clock has come: its beginning (`step` is null), or the end of the time in which a step was to be done. */
    'procedure.time-come': { instance: string; step: string | null };
    /** `parent` is the procedure that performs it, null for one that the screenplay performs. */
    'procedure.begun': { instance: string; procedure: string; parent: string | null };
    /** Something that was to be so before it began was not. */
    'procedure.given-not-met': { instance: string; given: string };
    /** Event number `event` did the step; `by` is who typed what led to it, null when it came by itself. */
    'procedure.step-done': {
      instance: string;
      step: string;
      by: string | null;
      event: number;
      late: boolean;
    };
    /** `needs` is the step that was needed and is not done, where that is the reason. */
    'procedure.step-failed': {
      instance: string;
      step: string;
      reason: 'late' | 'refused' | 'needs';
      needs: string | null;
    };
    'procedure.skipped': { instance: string; step: string; reason: string };
    'procedure.not-applicable': { instance: string; step: string; reason: string };
    /** What was left of it was given up when step or procedure `after` was settled. */
    'procedure.abandoned': { instance: string; after: string };
    'procedure.ended': { instance: string };
  }
}
