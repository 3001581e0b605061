/**
 * Probes against a trace: was the prediction right, and can the answer be trusted? The two controls are made with every
 * attempt; when one misbehaves the attempt says nothing, whatever it came out as.
 */
import type { TraceEvent } from '../../../sim/trace.ts';
import type { Probe } from '../../language/index.ts';
import {
  failed,
  inconclusive,
  notTested,
  passed,
  verdictOn,
  type CheckVerdict,
  type Finding,
  type PartJudge,
} from './check.ts';
import '../../world/probes/events.ts';
import type { ProbeOutcome } from '../../world/probes/events.ts';
import type { Bindings } from './moment.ts';
import { eventsOf, type Prefix } from './prefix.ts';

/** Looks for the probe's result, then for why it was not made; inconclusive with a code when there is neither. */
export function judgeProbe(probe: Probe, bindings: Bindings, prefix: Prefix): CheckVerdict {
  const find = (): Finding => {
    const result = eventsOf(prefix, 'probe.result').find(({ data }) => data.id === probe.id);
    if (result !== undefined) return { ...judgeResult(result, probe), result };
    const notMade = eventsOf(prefix, 'probe.not-made').find(({ data }) => data.id === probe.id);
    return notMade === undefined
      ? unmade(probe, bindings, prefix)
      : notTested(notMade.data.reason, [notMade]);
  };
  return verdictOn('probe', probe, find, judgePart);
}

/**
 * A part says itself what the probe has to come to, whatever the scenario predicted: a prediction that harm would come true is no
 * protection.
 */
const judgePart: PartJudge = ({ outcome: wanted, reason: named }, { verdict, why, result }) => {
  if (result === undefined || (verdict !== 'pass' && verdict !== 'fail')) return { verdict, why };
  const { outcome, reason, because } = result.data;
  if (outcome !== wanted)
    return {
      verdict: 'fail',
      why: `${outcome}, and it has to be ${wanted ?? 'shown otherwise'}: ${because}`,
    };
  if (outcome === 'refused' && named !== undefined && reason !== named)
    return {
      verdict: 'fail',
      why: `refused as ${reason ?? 'unknown'}, and it has to be ${named}: ${because}`,
    };
  return { verdict: 'pass', why: `${outcome}: ${because}` };
};

/** True when the right key opened and the wrong one did not. */
export function isTrusted({ positiveControl, negativeControl }: ProbeOutcome): boolean {
  return positiveControl === 'opened' && negativeControl === 'refused';
}

/** The prediction is the scenario's: that of the trace is what was predicted when it ran. */
function judgeResult(
  result: TraceEvent<'probe.result'>,
  { predict, reason }: Pick<Probe, 'predict' | 'reason'>,
): Finding {
  const { data } = result;
  const { outcome, because } = data;
  if (outcome === 'inconclusive')
    return inconclusive('SCENARIO_PROBE_UNCLEAR', `no outcome: ${because}`, true, [result]);
  if (!isTrusted(data))
    return inconclusive('SCENARIO_PROBE_CONTROL', `${outcome}, but ${mistrustOf(data)}`, true, [result]);
  if (outcome !== predict) return failed(`${outcome}, though ${predict} was predicted: ${because}`, [result]);
  if (outcome === 'refused' && reason !== undefined && data.reason !== reason)
    return failed(`refused as ${data.reason ?? 'unknown'}, though ${reason} was predicted: ${because}`, [
      result,
    ]);
  return passed(`${outcome}, as predicted: ${because}`, [result]);
}

/** What is wrong with the controls, and why. */
function mistrustOf(result: ProbeOutcome): string {
  const { positiveControl, positiveBecause, negativeControl, negativeBecause } = result;
  const told = (key: string, was: ProbeOutcome['positiveControl'], because: string): string =>
    was === 'inconclusive' ? `${key} could not be tried (${because})` : `${key} was ${was} (${because})`;
  return [
    ...(positiveControl === 'opened' ? [] : [told('the right key', positiveControl, positiveBecause)]),
    ...(negativeControl === 'refused' ? [] : [told('a wrong key', negativeControl, negativeBecause)]),
  ].join(' and ');
}

function unmade(probe: Probe, bindings: Bindings, prefix: Prefix): Finding {
  if (!prefix.ended) return inconclusive('SCENARIO_NOT_YET', 'the probe has not been made yet', false);
  if (probe.when.kind === 'after' && !bindings.has(probe.when.moment))
    return inconclusive(
      'SCENARIO_MOMENT_NEVER',
      `the probe waits for '${probe.when.moment}', which never happened`,
      true,
    );
  return inconclusive('SCENARIO_PROBE_NEVER', 'the run ended without the probe', true);
}
