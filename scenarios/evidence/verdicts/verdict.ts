/** All verdicts of a run: a pure function of the screenplay and a prefix of the trace. */
import { toMilliseconds } from '../../../sim/duration.ts';
import type { AnyTraceEvent, TraceEvent } from '../../../sim/trace.ts';
import type { ResolvedScreenplay } from '../../language/index.ts';
import { inconclusive, type CheckVerdict } from './check.ts';
import { judgeExpectation } from './expectation.ts';
import { bindMoments, type Bindings } from './moment.ts';
import { prefixOf } from './prefix.ts';
import { judgeProbe } from './probe.ts';

/** Where the moments of a run are, and what each of its checks came to. */
export interface RunVerdicts {
  readonly moments: Bindings;
  /** Probes, then expectations, each in the order of the file. */
  readonly checks: readonly CheckVerdict[];
}

/** What is judged of a screenplay; whatever has a check of procedures says what is performed. */
type Judged = Pick<ResolvedScreenplay, 'moments' | 'probes' | 'expect' | 'steps'> &
  Partial<Pick<ResolvedScreenplay, 'performs'>>;

/** Judges the checks of a screenplay that was resolved to one variant. */
export function judge(screenplay: Judged, events: readonly AnyTraceEvent[]): RunVerdicts {
  const prefix = prefixOf(events);
  const moments = bindMoments(screenplay.moments, prefix);
  const checks = [
    ...screenplay.probes.map((probe) => judgeProbe(probe, moments, prefix)),
    ...screenplay.expect.map((expectation) => judgeExpectation(expectation, screenplay, moments, prefix)),
  ];
  const late = prefix.events.find(isLate);
  return { moments, checks: late === undefined ? checks : checks.map((check) => discounted(check, late)) };
}

type LagEvent = TraceEvent<'live.lag'>;

function isLate(event: AnyTraceEvent): event is LagEvent {
  return event.type === 'live.lag' && !event.data.valid;
}

/** What a run that is not valid showed says nothing, for or against. */
function discounted(check: CheckVerdict, late: LagEvent): CheckVerdict {
  if (check.verdict === 'not-tested' || check.verdict === 'not-applicable') return check;
  const { p99, bound } = late.data;
  const why = `the run is not valid (lag p99 ${toMilliseconds(p99)} ms, bound ${toMilliseconds(bound)} ms); ${check.verdict} otherwise: ${check.why}`;
  const nothing = inconclusive('SCENARIO_RUN_LATE', why, true);
  const parts = check.parts.map(({ part }) => ({ part, verdict: nothing.verdict, why }));
  return { ...check, ...nothing, parts, evidence: [...check.evidence, late.n] };
}
