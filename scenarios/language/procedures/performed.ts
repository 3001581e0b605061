/**
 * A procedure as it is performed in one variant: every parameter is put in, every role is a person, and each step says what has to be settled before
 * it. This is all that whoever performs or recognises a procedure knows of it; the file that it was written in is not looked at again.
 */
import type { Micros } from '../../../sim/clock.ts';
import type { Where } from '../../../sim/errors.ts';
import type { Pattern } from '../event-pattern.ts';
import type { When } from '../when.ts';

/** One performance of one procedure. */
export interface PerformedProcedure {
  /** The id of the step that performs it. A nested one has the path, `recovery.reissue`; one of `for-each` is `recovery[alice]`. */
  readonly instance: string;
  /** The name of the procedure file. */
  readonly procedure: string;
  readonly title: string;
  /** The instance that performs it, for one that is nested. */
  readonly parent?: string;
  readonly where: Where;
  /** The clauses that it is of. */
  readonly source: readonly string[];
  /** Of a nested one: when its parent begins. It begins once `after` is met, too. */
  readonly begins: When;
  /** What must be settled in the parent before a nested one begins. */
  readonly after: readonly StepNeed[];
  /** Of a nested one: from the moment that `after` is met until it begins. */
  readonly takes: Micros;
  /** What has to be so before it begins; that one is not is a deviation, and no obstacle. */
  readonly given: readonly GivenBefore[];
  /** Steps that are lines or waits, in the order of the file; the nested procedures are performed procedures of their own. */
  readonly steps: readonly PerformedStep[];
  /** Where it is performed in another order than the prescribed one: what the book has one after the other, by what is waited for of each. */
  readonly book?: readonly string[];
  /** The id of the last step, or the instance of the last nested procedure, that is performed; what is left is abandoned. */
  readonly until?: string;
  /** Of a nested one: why the text of the document does not say it. */
  readonly hidden?: string;
  readonly optional: boolean;
  /** Why it is not performed at all: a `when` that does not hold. */
  readonly notApplicable?: string;
  /** Why it is not performed at all: it is optional, or a variant omits it. */
  readonly skipped?: string;
}

/** What must be settled before a step is due: a step of the same performance, or a nested procedure of it by its instance. */
export interface StepNeed {
  readonly step: string;
  /** prescribed: done, failed, skipped or not applicable, for the order may be broken; physical: done, for it cannot be otherwise. */
  readonly kind: 'prescribed' | 'physical';
}

/** One entry of `given`: what was seen before the procedure began. */
interface GivenBefore {
  readonly text: string;
  readonly pattern: Pattern;
  /** The person who has to know it: they were told, or it was theirs. */
  readonly knows?: string;
}

/** One line of a procedure, or a wait for what somebody else causes. */
export interface PerformedStep {
  /** `recovery.wipe` */
  readonly id: string;
  readonly where: Where;
  readonly by: string;
  readonly on?: string;
  /** Absent: nothing is typed, and `done` is waited for. */
  readonly type?: string;
  readonly typeWhere: Where;
  readonly clauses: readonly string[];
  readonly cue?: string;
  /** The code with which the line is refused, where it is meant to be. */
  readonly refused?: string;
  /** Why it is hidden: the text of the document does not say it. */
  readonly hidden?: string;
  readonly optional: boolean;
  readonly after: readonly StepNeed[];
  /** From the moment its needs are met until the line is typed. */
  readonly takes: Micros;
  /** The event by which it is done, whoever caused it: `step.typed` of this very step where nothing else is said. */
  readonly done: Pattern;
  /** After it was typed or, where nobody types it, after its needs were met. */
  readonly within?: Micros;
  /** Typed when it is not done within. */
  readonly otherwise: readonly PerformedStep[];
  /** A `when` that does not hold for these parameters. */
  readonly notApplicable?: string;
  /** It is optional and nobody asked for it, or a variant omits it. */
  readonly skipped?: string;
  /** Not typed when its performer noticed such an event. */
  readonly unless?: Pattern;
  /** Typed only once its performer noticed such an event. */
  readonly whenNoticed?: Pattern;
}
