/** Whether results that are a part of something larger are the part that they say: with the plan, the shard, and every run of it. */
import { isNotMade, type SuiteResult } from '../../scenarios/evidence/model.ts';
import type { Vocabulary } from '../../scenarios/language/index.ts';
import { ofPlan, orderFaults, planFaults, plannedSettings } from '../shards/plan-faults.ts';
import { parseWholePlan, PLAN_FILE } from '../shards/whole-plan.ts';
import type { EvidenceFiles } from './evidence-files.ts';
import { readAllSources } from './sources.ts';
import { failed, faultOf, verifiedUnless, type VerifyResult } from './verify-result.ts';

/** No result for results that are a whole, and neither have a plan nor say that they are a shard. */
export function verifyPlan(
  evidence: EvidenceFiles,
  suite: SuiteResult,
  vocabulary: Vocabulary,
): readonly VerifyResult[] {
  const { shard, replay } = suite;
  if (!evidence.paths.includes(PLAN_FILE))
    return shard !== undefined || / --shard[ =]/.test(replay)
      ? [failed('plan', [`the report is of a shard, and ${PLAN_FILE} is missing`])]
      : [];
  try {
    const plan = parseWholePlan(evidence.read(PLAN_FILE), PLAN_FILE);
    const settings = plannedSettings(plan, readAllSources(evidence, vocabulary), vocabulary);
    const { shards, of, runs } = plan;
    const made = suite.scenarios.flatMap((each) => [
      ...each.variants,
      ...each.missing.filter((run) => !isNotMade(run)),
    ]).length;
    return [
      verifiedUnless(
        'plan',
        [...planFaults(plan, suite), ...orderFaults(plan, settings)].map(ofPlan),
        `shard ${shards.join(', ')} of ${of}, with ${made} of ${runs.length} runs: not the whole`,
      ),
    ];
  } catch (thrown) {
    return [failed('plan', [faultOf(thrown)])];
  }
}
