/** The verdict on one check of a run, as far as a prefix of its trace decides it. */
import type { Where } from '../../../sim/errors.ts';
import type { AnyTraceEvent, EventNumber, TraceEvent } from '../../../sim/trace.ts';
import type { PartWords } from '../../language/index.ts';
import type { CheckResult, PartFinding } from '../model.ts';
import type { VerdictCode } from './errors.ts';

/** A check's result as reports have it, and whether it is final. */
export interface CheckVerdict extends Omit<CheckResult, 'probe'> {
  /** True when no longer prefix of the same run can change it, but for the end of a live run that was not valid. */
  readonly decided: boolean;
  /** Why it is inconclusive. */
  readonly code?: VerdictCode;
  /** For a probe that was made: its result, with the time. */
  readonly result?: TraceEvent<'probe.result'>;
}

/** What a rule finds out about its check. */
export type Finding = Pick<CheckVerdict, 'verdict' | 'decided' | 'code' | 'why' | 'evidence' | 'result'>;

/** A final pass; `why` and the events say what it rests on. */
export function passed(why: string, evidence: readonly AnyTraceEvent[]): Finding {
  return { verdict: 'pass', decided: true, why, evidence: numbersOf(evidence) };
}

/** A final failure; `why` and the events say what broke the check. */
export function failed(why: string, evidence: readonly AnyTraceEvent[]): Finding {
  return { verdict: 'fail', decided: true, why, evidence: numbersOf(evidence) };
}

/** For what could not be tried in this run, with the reason; it is final, and never counts as a pass. */
export function notTested(why: string, evidence: readonly AnyTraceEvent[]): Finding {
  return { verdict: 'not-tested', decided: true, why, evidence: numbersOf(evidence) };
}

/** `decided` is true when the rest of the run cannot change it. */
export function inconclusive(
  code: VerdictCode,
  why: string,
  decided: boolean,
  evidence: readonly AnyTraceEvent[] = [],
): Finding {
  return { verdict: 'inconclusive', decided, code, why, evidence: numbersOf(evidence) };
}

/** What a finding says of a part that the check is bound to. */
export type PartJudge = (part: PartWords, finding: Finding) => Omit<PartFinding, 'part'>;

/** For a check that is seen or not seen: what it comes to is what the part comes to. */
const alike: PartJudge = (_, { verdict, why }) => ({ verdict, why });

/** The finding about a check and its parts, or that the check does not apply to this variant. */
export function verdictOn(
  kind: CheckVerdict['kind'],
  check: {
    readonly id: string;
    readonly title: string;
    readonly parts: readonly PartWords[];
    readonly where: Where;
    readonly notApplicable?: string;
  },
  find: () => Finding,
  judgePart: PartJudge = alike,
): CheckVerdict {
  const { id, title, where, notApplicable } = check;
  const finding: Finding =
    notApplicable === undefined
      ? find()
      : { verdict: 'not-applicable', decided: true, why: notApplicable, evidence: [] };
  const parts = check.parts.map((part) => ({
    part: part.id,
    ...(notApplicable === undefined ? judgePart : alike)(part, finding),
  }));
  return { id, kind, title, parts, source: sourceOf(where), ...finding };
}

/** `theft.yaml:40`: where it was written, without the column. */
export function sourceOf({ file, line }: Where): string {
  return [file, line].filter((each) => each !== undefined).join(':');
}

function numbersOf(events: readonly AnyTraceEvent[]): readonly EventNumber[] {
  return events.map(({ n }) => n);
}
