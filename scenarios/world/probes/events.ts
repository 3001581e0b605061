/** What probes add to the trace, which no device writes: verdicts rest on it. */

/** One attempt of an attacker, with its two controls. */
export interface ProbeOutcome {
  /** Id of the probe in the scenario file. */
  readonly id: string;
  /** Row of the probe matrix. */
  readonly row: string;
  /** What was attempted, as the attacker names it. */
  readonly probe: string;
  readonly predict: 'opened' | 'refused';
  readonly outcome: 'opened' | 'refused' | 'inconclusive';
  /** What it was aimed at: `call bob-to-alice#1`, `identity alice`. */
  readonly asset: string;
  /** What a success means: `decrypt`, `impersonate`, `receive`, `rekey`. */
  readonly capability: string;
  /** Labels of the secrets and things it was done with. */
  readonly means: readonly string[];
  /** Why it came out as it did. */
  readonly because: string;
  /** Seconds of speech recovered; 0 when none. */
  readonly audioSeconds: number;
  /** The same attempt with a key that must open it; inconclusive when it could not be made. */
  readonly positiveControl: 'opened' | 'refused' | 'inconclusive';
  readonly positiveBecause: string;
  /** The same attempt with a key that must not. */
  readonly negativeControl: 'opened' | 'refused' | 'inconclusive';
  readonly negativeBecause: string;
}

declare module '../../../sim/trace.ts' {
  interface TraceEvents {
    'probe.result': ProbeOutcome;
    /** A probe that this run cannot make, and why. */
    'probe.not-made': { id: string; row: string; reason: string };
  }
}
