/** All verdicts of a run: a pure function of the screenplay and a prefix of the trace. */
import type { AnyTraceEvent } from '../../sim/trace.ts';
import type { Screenplay } from '../screenplay/index.ts';
import type { CheckVerdict } from './check.ts';
import { judgeExpectation } from './expectation.ts';
import { bindMoments, type Bindings } from './moment.ts';
import { prefixOf } from './prefix.ts';
import { judgeProbe } from './probe.ts';

export interface RunVerdicts {
  readonly moments: Bindings;
  /** Probes, then expectations, each in the order of the file. */
  readonly checks: readonly CheckVerdict[];
}

/** Judges the checks of a screenplay that was resolved to one variant. */
export function judge(
  screenplay: Pick<Screenplay, 'moments' | 'probes' | 'expect'>,
  events: readonly AnyTraceEvent[],
): RunVerdicts {
  const prefix = prefixOf(events);
  const moments = bindMoments(screenplay.moments, prefix);
  return {
    moments,
    checks: [
      ...screenplay.probes.map((probe) => judgeProbe(probe, moments, prefix)),
      ...screenplay.expect.map((expectation) => judgeExpectation(expectation, moments, prefix)),
    ],
  };
}
