/** Counts and orders of verdicts, and the one line that says how a suite went. Every renderer takes them from here. */
import {
  isNotMade,
  isWhole,
  VERDICTS,
  type CheckResult,
  type ClauseResult,
  type DeploymentCheck,
  type MissingRun,
  type PartResult,
  type ScenarioResult,
  type SuiteResult,
  type VariantResult,
  type Verdict,
} from '../scenarios/evidence/model.ts';
import { notProbed } from './exposure.ts';

/** The verdicts from `fail` to `pass`: the order in which a reader has to see them. */
export const WORST_FIRST: readonly Verdict[] = [...VERDICTS].reverse();

/** Orders by verdict, worst first; equals keep their order. */
export function worstFirst(a: { readonly verdict: Verdict }, b: { readonly verdict: Verdict }): number {
  return VERDICTS.indexOf(b.verdict) - VERDICTS.indexOf(a.verdict);
}

/** True for what a person has to look at. */
export function needsAttention({ verdict }: { readonly verdict: Verdict }): boolean {
  return verdict === 'fail' || verdict === 'inconclusive';
}

/** How often each verdict occurs; those that do not occur are 0. */
export type Counts = Readonly<Record<Verdict, number>>;

/** Counts whatever has a verdict: checks, or clauses. */
export function countVerdicts(judged: Iterable<{ readonly verdict: Verdict }>): Counts {
  const counts = { pass: 0, waived: 0, 'not-applicable': 0, 'not-tested': 0, inconclusive: 0, fail: 0 };
  for (const { verdict } of judged) counts[verdict]++;
  return counts;
}

/** `94 pass, 2 fail`: the verdicts that occur, pass first, then the worst. */
export function countsText(counts: Counts): string {
  const order: readonly Verdict[] = ['pass', ...WORST_FIRST.filter((verdict) => verdict !== 'pass')];
  const parts = order
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) => `${counts[verdict]} ${verdict}`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}

/** `1 scenario`, `3 scenarios`. */
export function numbered(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/** The clause of a part: `para-11` of `para-11.c2/wrong-psk`. */
export function clauseOf(part: string): string {
  return part.replace(/\.c\d+(?:\/.*)?$/, '');
}

/** How much of something was tried so that it says yes or no. */
interface Covered {
  readonly tested: number;
  readonly of: number;
}

/** How much of the catalogue a suite covers; a check or clause counts when all its parts were tested. */
interface Coverage {
  readonly clauses: Covered;
  readonly checks: Covered;
  readonly parts: Covered;
}

/** Counts by the parts, for only they are ever tried. */
export function coverageOf(clauses: readonly ClauseResult[]): Coverage {
  const checks = clauses.flatMap((clause) => clause.checks);
  const parts = checks.flatMap((check) => check.parts);
  const covered = <Thing>(
    things: readonly Thing[],
    partsOf: (thing: Thing) => readonly PartResult[],
  ): Covered => ({
    tested: things.filter((thing) => isWhole(partsOf(thing))).length,
    of: things.length,
  });
  return {
    clauses: covered(clauses, (clause) => clause.checks.flatMap((check) => check.parts)),
    checks: covered(checks, (check) => check.parts),
    parts: covered(parts, (part) => [part]),
  };
}

/** `tested: 31 of 349 parts, 9 of 139 checks, 3 of 90 clauses` */
export function coverageText(clauses: readonly ClauseResult[]): string {
  const coverage = coverageOf(clauses);
  const one = ({ tested, of }: Covered, noun: string): string => `${tested} of ${numbered(of, noun)}`;
  return `tested: ${one(coverage.parts, 'part')}, ${one(coverage.checks, 'check')}, ${one(coverage.clauses, 'clause')}`;
}

/** A check with the run it belongs to, with no run when it compares several, with no scenario when it is of the deployment. */
export interface PlacedCheck {
  readonly scenario?: ScenarioResult;
  readonly variant?: VariantResult;
  readonly check: Pick<CheckResult, 'id' | 'title' | 'verdict' | 'why' | 'source'>;
}

/** Every check of the suite in its order, with the scenario and the variant it was made in; what compares variants comes behind them, the deployment last. */
export function placedChecks(suite: SuiteResult): PlacedCheck[] {
  const placed: PlacedCheck[] = suite.scenarios.flatMap((scenario) => [
    ...scenario.variants.flatMap((variant) => variant.checks.map((check) => ({ scenario, variant, check }))),
    ...scenario.across.map((check) => ({ scenario, check })),
  ]);
  return [...placed, ...deploymentChecks(suite).map((check) => ({ check }))];
}

/** What the deployment declares and what became of its waivers; none without a deployment. */
export function deploymentChecks({ deployment }: SuiteResult): readonly DeploymentCheck[] {
  return deployment === undefined ? [] : [...deployment.declares, ...deployment.waivers];
}

/** The checks that need attention, worst first. */
export function troubledChecks(suite: SuiteResult): PlacedCheck[] {
  return placedChecks(suite)
    .filter(({ check }) => needsAttention(check))
    .sort((a, b) => worstFirst(a.check, b.check));
}

/** `scenario/variant/check`, `scenario/check` or `deployment/check`: how clauses name the checks that decided them. */
export function placeOfCheck({ scenario, variant, check }: PlacedCheck): string {
  return [scenario?.id ?? 'deployment', ...(variant === undefined ? [] : [variant.name]), check.id].join('/');
}

/** A run that came to no end, with the scenario it belongs to. */
export interface PlacedMissing {
  readonly scenario: ScenarioResult;
  readonly run: MissingRun;
}

/** The runs that failed: no report may look as if they had not been asked for. */
export function missingRuns(suite: SuiteResult): PlacedMissing[] {
  return suite.scenarios.flatMap((scenario) => scenario.missing.map((run) => ({ scenario, run })));
}

/** `2 runs failed and 1 was not made`: how many are missing, and how they came to be. */
export function lossesText(suite: SuiteResult, failing = 'failed'): string {
  const runs = missingRuns(suite).map(({ run }) => run);
  const idle = runs.filter(isNotMade).length;
  const failed = runs.length - idle;
  const were = `${idle === 1 ? 'was' : 'were'} not made`;
  if (failed === 0) return `${numbered(idle, 'run')} ${were}`;
  return `${numbered(failed, 'run')} ${failing}${idle === 0 ? '' : ` and ${idle} ${were}`}`;
}

/** `shard 2 of 3, 40 of 120 runs`; undefined of a suite that is no part of another. */
export function shardText({ shard }: SuiteResult): string | undefined {
  return shard && `shard ${shard.number} of ${shard.of}, ${shard.runs} of ${numbered(shard.whole, 'run')}`;
}

/** `RUN_MEMORY_FULL: it took more memory than a run may`: what ended a run that is missing. */
export function missingText({ code, why }: MissingRun): string {
  return `${code}: ${why}`;
}

/** The numbers that the first line of every report is made of. */
export interface SuiteTally {
  readonly scenarios: number;
  readonly variants: number;
  readonly checks: number;
  readonly counts: Counts;
  readonly exposures: number;
  /** Probes that were not made: what they would have opened is not among the exposures. */
  readonly unprobed: number;
  /** Runs that failed, and so are not among the variants. */
  readonly missing: number;
  /** The worst verdict of any check, inconclusive at best while a run is missing; `pass` for none. */
  readonly worst: Verdict;
}

/** Counts checks of all variants, reference or not, those that compare variants, and those of the deployment; missing runs have none, and keep the worst from being a pass. */
export function tallyOf(suite: SuiteResult): SuiteTally {
  const variants = suite.scenarios.flatMap((scenario) => scenario.variants);
  const checks = placedChecks(suite).map(({ check }) => check);
  const counts = countVerdicts(checks);
  const missing = missingRuns(suite).length;
  const occurs = (verdict: Verdict): boolean =>
    counts[verdict] > 0 || (verdict === 'inconclusive' && missing > 0);
  return {
    scenarios: suite.scenarios.length,
    variants: variants.length,
    checks: checks.length,
    counts,
    exposures: variants.reduce((sum, { exposure }) => sum + exposure.length, 0),
    unprobed: variants.reduce((sum, variant) => sum + notProbed(variant).length, 0),
    missing,
    worst: WORST_FIRST.find(occurs) ?? 'pass',
  };
}

/** `3 scenarios, 14 variants, 96 checks: 94 pass, 2 fail; 5 exposures, 3 probes not made`. Of a suite that is a shard, or not complete, that comes first. */
export function headlineOf(suite: SuiteResult): string {
  const tally = tallyOf(suite);
  const run = [
    numbered(tally.scenarios, 'scenario'),
    numbered(tally.variants, 'variant'),
    numbered(tally.checks, 'check'),
  ].join(', ');
  const missing = tally.missing === 0 ? '' : `NOT COMPLETE, ${missingCount(tally)}: `;
  const unprobed = tally.unprobed === 0 ? '' : `, ${numbered(tally.unprobed, 'probe')} not made`;
  const shard = shardText(suite);
  const part = shard === undefined ? '' : `NOT THE WHOLE, ${shard}: `;
  return `${part}${missing}${run}: ${countsText(tally.counts)}; ${numbered(tally.exposures, 'exposure')}${unprobed}`;
}

/** `94 pass, 2 fail, 1 run missing`: how a suite went, in the fewest words. */
export function resultText(suite: SuiteResult): string {
  const tally = tallyOf(suite);
  const counts = countsText(tally.counts);
  const shard = shardText(suite);
  const part = shard === undefined ? '' : ` (${shard})`;
  return `${tally.missing === 0 ? counts : `${counts}, ${missingCount(tally)}`}${part}`;
}

function missingCount({ missing }: SuiteTally): string {
  return `${numbered(missing, 'run')} missing`;
}
