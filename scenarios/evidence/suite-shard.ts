/** What a report says that is of a part of what was asked for: one shard of it, or without runs that nobody made. It must never read as the whole. */

/** One of the parts into which a suite was split so that several machines could run it. */
export interface SuiteShard {
  /** Which of them it is: 1 for the first. */
  readonly number: number;
  /** How many there are. */
  readonly of: number;
  /** Runs of this one, and of all of them together. */
  readonly runs: number;
  readonly whole: number;
}

/** Codes of runs that are missing because nobody made them: they neither failed nor passed. */
const NOT_MADE: ReadonlySet<string> = new Set(['RUN_NOT_JOINED', 'RUN_NOT_BEGUN']);

/** Whether a missing run was not made; any other came to no end. */
export function isNotMade({ code }: { readonly code: string }): boolean {
  return NOT_MADE.has(code);
}

/** `the run failed: RUN_MEMORY_FULL: it took more memory than a run may`: what became of a run that is missing. */
export function lossText(run: { readonly code: string; readonly why: string }): string {
  return `the run ${isNotMade(run) ? 'was not made' : 'failed'}: ${run.code}: ${run.why}`;
}
