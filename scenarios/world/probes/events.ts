/** What probes add to the trace, which no device writes: verdicts rest on it. */

import type { Reason } from '../../../devices/reason.ts';

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
  /** The path that was tried: the attack, the way it went, and the kinds of means that it uses, held or not. Empty when it was no attack. */
  readonly attack: string;
  readonly route: string;
  readonly needs: readonly string[];
  /** What it was aimed at: `recorded calls of 2015-10 to alice`, `identity alice`. */
  readonly asset: string;
  /** What a success means: `hear`, `place calls`, `fetch`. */
  readonly capability: string;
  /** The user whose loss it is, and the call; null when there is none. */
  readonly victim: string | null;
  readonly call: string | null;
  /** The first obstacle of a refusal, and all others; null and empty otherwise. */
  readonly reason: Reason | null;
  readonly missing: readonly Reason[];
  /** Labels of the secrets that it was done with, as the custody of the attacker has them. */
  readonly means: readonly string[];
  /** Links, servers and users that it took, of those that the attacker has from the start. */
  readonly sources: readonly string[];
  /** Why it came out as it did. */
  readonly because: string;
  /** Seconds of speech recovered; 0 when none. */
  readonly audioSeconds: number;
  /** The same attempt with a key that must open it; inconclusive when it could not be made. */
  readonly positiveControl: 'opened' | 'refused' | 'inconclusive';
  readonly positiveBecause: string;
  readonly positiveReason: Reason | null;
  /** The same attempt with a key that must not. */
  readonly negativeControl: 'opened' | 'refused' | 'inconclusive';
  readonly negativeBecause: string;
  readonly negativeReason: Reason | null;
}

declare module '../../../sim/trace.ts' {
  interface TraceEvents {
    'probe.result': ProbeOutcome;
    /** A probe that this run cannot make, and why. */
    'probe.not-made': { id: string; row: string; reason: string };
  }
}
