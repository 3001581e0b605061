/**
 * What differs between two suites, as plain data: what people and programs are shown is made from this. Whatever got worse is told as such, and so
 * is evidence that is there no more: a check that nobody makes any longer must not look like one that passes.
 */
import type { Micros } from '../../../sim/clock.ts';
import type { ExposureBar, Verdict } from '../model.ts';

/**
 * How a verdict changed. `regression`: it is worse. `lost`: something was tried, and now nothing is known. `new-pass`: it passes now. Whatever else
 * changed is `other`.
 */
export type VerdictTurn = 'regression' | 'lost' | 'new-pass' | 'other';

/** A check, a part of one, a clause, or a part of a clause that came to something else. */
export interface VerdictChange {
  /** `scenario/variant/check`, `scenario/check`, `deployment/check`, with the part behind it where it is of one; `para-11`, `para-11.c2/wrong-psk`. */
  readonly place: string;
  readonly kind: VerdictTurn;
  /** Null where there was none, or is none. */
  readonly before: Verdict | null;
  readonly after: Verdict | null;
  /** One sentence: what was seen now, or why nothing was. */
  readonly why: string;
}

/**
 * How a path of the exposure ledger changed. `unproven`: it is gone, or shorter, and what had shown it was not tried again, so nothing says that
 * it is shut. `gone`: each attempt that opened it was made again, and refused.
 */
export type ExposureKind = 'new' | 'longer' | 'unproven' | 'gone' | 'shorter' | 'other';

/** One path by which an attacker could do something, then and now. */
export interface ExposureChange {
  /** `scenario/variant` */
  readonly place: string;
  readonly kind: ExposureKind;
  /** What identifies it, as of either side. */
  readonly path: Pick<ExposureBar, 'asset' | 'capability' | 'attacker' | 'attack' | 'route' | 'needs'>;
  readonly before: ExposureBar | null;
  readonly after: ExposureBar | null;
  /** `speech 40 s -> 52 s`: what grew first. */
  readonly why: readonly string[];
}

/** Something that the two were made with: a seed, a parameter, a version. */
export interface ConditionChange {
  /** `seed`, `parameter skew-limit`, `parameter skew-limit of baseline-call/home-wifi`. */
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** A clause of the catalogue that says something else, is new, or is gone. */
export interface ClauseTextChange {
  readonly clause: string;
  /** `words`, `modality`, `class`, `checks`; `clause` where all of it is new or gone. */
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** A run that only one of the two has. */
export interface RunChange {
  /** `scenario/variant` */
  readonly place: string;
  readonly kind: 'new' | 'gone' | 'failed' | 'finished';
  /** Code and message of the error, where the run failed. */
  readonly why: string;
}

/** An event of a trace, with what led to it. */
export interface DivergedEvent {
  readonly n: number;
  readonly t: Micros;
  readonly type: string;
  readonly on: string;
  /** Its data as JSON, cut where it is long. */
  readonly data: string;
  /** `console.typed on alice-phone`: its causes, the nearest first. */
  readonly because: readonly string[];
}

/**
 * The first event of two traces that is not in both. Events are the same when type, device and data are, and so are the events that led to
 * them: numbers do not count, so one event more does not make all that follow others.
 */
export interface Divergence {
  /** `changed`: both have one there, with other data. `time`: the same event at another time. */
  readonly kind: 'changed' | 'only-before' | 'only-after' | 'time';
  readonly before: DivergedEvent | null;
  readonly after: DivergedEvent | null;
  /** Names of the fields that differ. */
  readonly fields: readonly string[];
}

/** A run whose trace is another. */
export interface TraceChange {
  /** `scenario/variant` */
  readonly place: string;
  /** Null where nobody could look: `why` says so. */
  readonly divergence: Divergence | null;
  readonly why: string;
}

/** `worse` before all else; then what cannot be compared, for then nobody knows; `same` is said only when nothing whatever differs. */
export type ComparisonOutcome = 'worse' | 'not-comparable' | 'not-worse' | 'same';

/** All that differs between two suites, of which one came before the other. */
export interface SuiteComparison {
  readonly outcome: ComparisonOutcome;
  /** Why verdicts of the two do not say the same, sentence by sentence; what could be compared by name is compared nevertheless. */
  readonly notComparable: readonly string[];
  readonly conditions: readonly ConditionChange[];
  readonly clauseTexts: readonly ClauseTextChange[];
  readonly runs: readonly RunChange[];
  readonly checks: readonly VerdictChange[];
  readonly clauses: readonly VerdictChange[];
  readonly exposures: readonly ExposureChange[];
  /** Runs whose traces are the same, octet for octet, and those whose are not. */
  readonly sameTraces: number;
  readonly traces: readonly TraceChange[];
}
