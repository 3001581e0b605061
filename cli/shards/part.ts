/**
 * One results folder that is a part of a plan: a shard, or several that were joined. It is read as `verify` reads it, and refused where its manifest does not hold or
 * where the plan, the report and the sources that are in it do not say the same: of what is joined nobody can tell afterwards where it came from.
 */
import { textOf } from '../../scenarios/host/index.ts';
import { parseSuite, TOOL, type SuiteResult } from '../../scenarios/runs/index.ts';
import type { Context } from '../context.ts';
import type { RunSettings } from '../run/settings.ts';
import { folderEvidence, type EvidenceFiles } from '../verify/evidence-files.ts';
import { REPORT, requireWhole, verifyFiles } from '../verify/files.ts';
import { verifyTraces } from '../verify/traces.ts';
import { readAllSources } from '../verify/sources.ts';
import { shardError } from './errors.ts';
import { ofPlan, orderFaults, planFaults, plannedSettings } from './plan-faults.ts';
import { parseWholePlan, PLAN_FILE, type WholePlan } from './whole-plan.ts';

/** A part that was read. */
export interface PlanPart {
  /** Where it is. */
  readonly name: string;
  readonly plan: WholePlan;
  readonly suite: SuiteResult;
  readonly evidence: EvidenceFiles;
}

/** Throws SHARD_NONE, SHARD_PLAN, VERIFY_NO_RESULTS, VERIFY_NOT_WHOLE, VERIFY_TOO_MUCH, the SUITE_ codes. */
export function readPart(name: string): PlanPart {
  const evidence = folderEvidence(name);
  if (!evidence.paths.includes(PLAN_FILE)) throw shardError('SHARD_NONE', `${name} has no ${PLAN_FILE}`);
  requireWhole(verifyFiles(evidence), name);
  const plan = parseWholePlan(evidence.read(PLAN_FILE), name);
  const suite = parseSuite(textOf(evidence.read(REPORT), REPORT), REPORT);
  requireWhole(verifyTraces(evidence, suite), name);
  refuse(name, planFaults(plan, suite));
  return { name, plan, suite, evidence };
}

/**
 * What the plan of a part asks for, from the sources that are beside it, so that nothing but the folder is needed. Every order is made again and has to have the digest of
 * the plan. Throws SHARD_BUILD, SHARD_PLAN, and what loading sources throws.
 */
export async function settingsOfPart(
  { name, plan, evidence }: PlanPart,
  context: Context,
): Promise<RunSettings> {
  const build = await context.build();
  if (plan.build !== build || plan.tool !== TOOL)
    throw shardError(
      'SHARD_BUILD',
      `${name} is of ${plan.tool}, build ${plan.build.slice(0, 12)}, and this is ${TOOL}, build ${build.slice(0, 12)}`,
    );
  const { vocabulary } = context.library;
  const sources = readAllSources(evidence, vocabulary);
  refuse(name, sources.faults);
  const settings = plannedSettings(plan, sources, vocabulary);
  refuse(name, orderFaults(plan, settings));
  return { ...settings, threads: context.threads };
}

function refuse(name: string, [fault]: readonly string[]): void {
  if (fault !== undefined) throw shardError('SHARD_PLAN', `${name}: ${ofPlan(fault)}`);
}
