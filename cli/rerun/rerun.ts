/**
 * Evidence run again: from its own scenario, procedures, deployment, seeds and lines, under limits, and compared octet for octet with all that is there.
 * It is the same program that made it, so this shows that nothing was changed and nothing left out; whether verdicts follow from the traces is
 * for the judge of the verifier.
 */
import { CalldrillError } from '../../sim/errors.ts';
import { textOf } from '../../scenarios/host/index.ts';
import { parseSuite, type SuiteResult } from '../../scenarios/runs/index.ts';
import type { Context } from '../context.ts';
import { modelOf, replayedBy, writeReports } from '../run/evidence.ts';
import { performSuites, type PerformedSuite } from '../run/suites.ts';
import { PLAN_FILE, shardIn, writeWholePlan } from '../shards/whole-plan.ts';
import { verifyError } from '../verify/errors.ts';
import { evidenceBelow, type EvidenceFiles } from '../verify/evidence-files.ts';
import { BESIDE, REPORT } from '../verify/files.ts';
import { hasSources, readSources, type Sources } from '../verify/sources.ts';
import { failed, faultOf, notVerified, type VerifyResult } from '../verify/verify-result.ts';
import { suitesIn } from '../verify/verify.ts';
import { ComparedFolder } from './compared-folder.ts';
import { withinLimits, type RerunLimits } from './limits.ts';
import { orderAgain, type SuiteAgain } from './order-again.ts';

const OF = 'rerun';
/** What compares two runs, of which the evidence has one. */
const SETTLED: readonly string[] = ['plant', 'exercise'];
/** Runs of a suite that are made again, at most. */
const RUNS_MAX = 10_000;
/** What says of a run only that this machine, or these limits, did not let it come to its end. */
const UNFINISHED =
  /^(?:RUN_(?:MEMORY_FULL|ENDED|SILENT)|HOST_(?:MEMORY|WEBASSEMBLY)|VERIFY_(?:TIME|MEMORY)_LIMIT)$/;

/** Runs every suite of the evidence again, all of them within the limits. Throws CLI_INTERRUPTED. */
export function rerunEvidence(
  evidence: EvidenceFiles,
  limits: RerunLimits,
  context: Context,
): Promise<readonly VerifyResult[]> {
  return context.interruptible((outer) =>
    withinLimits(limits, outer, async (signal) => {
      const results: VerifyResult[] = [];
      for (const below of suitesIn(evidence)) {
        const part = below === '' ? evidence : evidenceBelow(evidence, below);
        const result = await rerunSuite(part, { limits, signal, context });
        results.push(below === '' ? result : { ...result, of: `${below}: ${result.of}` });
      }
      return results;
    }),
  );
}

interface RerunSurroundings {
  readonly limits: RerunLimits;
  readonly signal: AbortSignal;
  readonly context: Context;
}

async function rerunSuite(evidence: EvidenceFiles, surroundings: RerunSurroundings): Promise<VerifyResult> {
  const read = await readEvidence(evidence, surroundings.context);
  if ('came' in read) return read;
  try {
    return await performedAgain(evidence, read, surroundings);
  } catch (thrown) {
    if (thrown instanceof CalldrillError && UNFINISHED.test(thrown.code)) return notVerified(OF, thrown);
    throw thrown;
  }
}

/** A suite that can be run again. */
interface Rerunnable {
  readonly suite: SuiteResult;
  readonly again: SuiteAgain;
}

/** Or what became of it, where it cannot. */
async function readEvidence(evidence: EvidenceFiles, context: Context): Promise<Rerunnable | VerifyResult> {
  const { vocabulary } = context.library;
  let [suite, sources]: [SuiteResult | undefined, Sources | undefined] = [undefined, undefined];
  try {
    suite = parseSuite(textOf(evidence.read(REPORT), REPORT), REPORT);
    if (!hasSources(evidence)) return notVerified(OF, 'the folder has not what it was made from');
    sources = readSources(evidence, suite, vocabulary);
  } catch (thrown) {
    faultOf(thrown);
    return notVerified(OF, `as ${suite === undefined ? 'the report' : 'sources'} failed`);
  }
  if (sources.faults.length > 0) return notVerified(OF, 'as sources failed');
  const runs = suite.scenarios.flatMap(({ variants }) => variants);
  if (runs.some(({ schedule }) => schedule !== undefined))
    return notVerified(OF, 'the run was on real sockets, which nobody runs again octet for octet');
  if (runs.length > RUNS_MAX)
    return notVerified(OF, verifyError('VERIFY_TOO_MUCH', `it has more than ${RUNS_MAX} runs`));
  const build = await context.build();
  if (build !== sources.made.build)
    return notVerified(
      OF,
      verifyError(
        'VERIFY_OTHER_BUILD',
        `it was made by the build ${sources.made.build.slice(0, 12)} of ${suite.tool}, and this is ${build.slice(0, 12)}: a rerun proves nothing octet for octet`,
      ),
    );
  try {
    return { suite, again: await orderAgain(evidence, { suite, sources }, vocabulary) };
  } catch (thrown) {
    return failed(OF, [faultOf(thrown)]);
  }
}

async function performedAgain(
  evidence: EvidenceFiles,
  { suite, again }: Rerunnable,
  { limits: { threads, memoryMib }, signal, context }: RerunSurroundings,
): Promise<VerifyResult> {
  const folder = new ComparedFolder(evidence);
  const options = { threads, memoryMib, signal, folder, tells: !context.json };
  for await (const performed of performSuites([again.request], options, context)) {
    const [error] = performed.errors;
    if (error instanceof CalldrillError && UNFINISHED.test(error.code)) return notVerified(OF, error);
    if (error !== undefined) return failed(OF, [`a run that is in the report fails: ${error.message}`]);
    if (folder.differences.length > 0) return failed(OF, folder.differences);
    const missing = suite.scenarios.flatMap((scenario) => scenario.missing).length;
    if (missing > 0)
      return notVerified(OF, `${missing} runs failed at that time; what the others left is the same`);
    reportAgain(performed, { suite, again, folder }, context);
  }
  const faults = [
    ...folder.differences,
    ...folder.leftOver(BESIDE).map((path) => `${path} is there, and a rerun does not make it`),
  ];
  if (faults.length > 0) return failed(OF, faults);
  const runs = suite.scenarios.flatMap(({ variants }) => variants).length;
  const why = `${runs} runs made again: all ${folder.count} files are the same, octet for octet`;
  return { of: OF, came: 'verified', why, faults };
}

/** Writes the reports as the command did that made them. */
function reportAgain(
  performed: PerformedSuite,
  { suite: { replay }, again, folder }: Rerunnable & { readonly folder: ComparedFolder },
  { library }: Context,
): void {
  const { request, whole, typedFile, baseline, oscalVersion } = again;
  const scenarios =
    request.typed === undefined
      ? performed.scenarios
      : performed.scenarios.map((scenario) => replayedBy(scenario, replay));
  const model = modelOf({ request, scenarios }, replay, library.clauses);
  const rest = { build: performed.build, typedFile, baseline, oscalVersion };
  if (whole === undefined) return writeReports(folder, model, { request, ...rest });
  const { plan, plans } = whole;
  folder.write(new Map([[PLAN_FILE, writeWholePlan(plan)]]));
  writeReports(folder, { ...model, shard: shardIn(plan) }, { request: { ...request, plans }, ...rest });
}

/** Results that only a rerun can settle, once one did: whether a plant was caught, and what an exercise was worth. */
export function settledBy(
  again: readonly VerifyResult[],
  results: readonly VerifyResult[],
): readonly VerifyResult[] {
  const made = new Set(again.filter(({ came }) => came === 'verified').map(({ of }) => of));
  return results.map((result) => {
    const [, below = '', of = ''] = /^(.*: |)(\w+)$/.exec(result.of) ?? [];
    return SETTLED.includes(of) && made.has(`${below}${OF}`)
      ? { of: result.of, came: 'verified', why: 'both runs were made again', faults: [] }
      : result;
  });
}
