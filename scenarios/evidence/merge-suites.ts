/**
 * Joins the reports of parts of a suite, which may have been run on different machines, to the report of the whole. Clauses are judged
 * again over all runs: a clause that passed in one part fails if a check of another part does.
 *
 * In which order and in which groups parts are joined makes no difference. Scenarios stand in the order of their ids, variants in that of
 * their file. Whether all parts are there is not known here: `cli/shards/` has the plan.
 */
import { byCodeUnit, canonicalJson, type JsonValue } from '../../sim/canonical-json.ts';
import type { ScenarioResult, SuiteResult, WaiverTerms } from './model.ts';
import { variantTwice } from './parse-suite.ts';
import { suiteError } from './suite-errors.ts';
import { catalogueOf, judgeAcross, judgeClauses, Waivers } from './verdicts/index.ts';

/** The suite of all parts. Throws SUITE_DIFFERS for parts that are not of one suite, SUITE_VARIANT_TWICE. */
export function mergeSuites(parts: readonly [SuiteResult, ...SuiteResult[]]): SuiteResult {
  const [{ shard: _shard, ...first }, ...others] = parts;
  for (const other of others) requireSame(first, other);
  const groups = new Map<string, ScenarioResult[]>();
  for (const scenario of parts.flatMap(({ scenarios }) => scenarios)) {
    const group = groups.get(scenario.id);
    if (group === undefined) groups.set(scenario.id, [scenario]);
    else group.push(scenario);
  }
  const waivers = new Waivers(first.deployment?.waivers.map(termsOf), first.deployment?.asOf);
  const joinedScenarios = [...groups]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([, group]) => group.reduce(joined))
    .map(inOrder);
  const scenarios = waivers.appliedToScenarios(joinedScenarios);
  const twice = variantTwice({ scenarios });
  if (twice !== undefined) throw suiteError('SUITE_VARIANT_TWICE', `two reports have ${twice}`);
  const lines = new Set(parts.flatMap(({ replay }) => replay.split('\n')));
  const { deployment } = first;
  const clauses = judgeClauses(first.clauses, scenarios, { declares: deployment?.declares ?? [], waivers });
  return {
    ...first,
    ...(deployment === undefined ? {} : { deployment: { ...deployment, waivers: waivers.results(clauses) } }),
    scenarios,
    clauses,
    replay: [...lines].sort(byCodeUnit).join('\n'),
  };
}

/** What a suite is, apart from its runs and what was judged of them. */
function headOf({
  version,
  tool,
  seed,
  keySeed,
  plant,
  revealsKeys,
  parameters,
  clauses,
  deployment,
}: SuiteResult): Record<string, unknown> {
  const catalogue = catalogueOf(clauses);
  // What became of waivers depends on the runs of a part.
  const declared = deployment && { ...deployment, waivers: deployment.waivers.map(termsOf) };
  return {
    version,
    tool,
    seed,
    keySeed,
    plant,
    revealsKeys,
    parameters,
    clauses: catalogue,
    deployment: declared,
  };
}

function termsOf(waiver: WaiverTerms): WaiverTerms {
  const { kind, covers, owner, reason, adviser, date, expires, source } = waiver;
  return { kind, covers, owner, reason, adviser, date, expires, source };
}

/** What a scenario is, apart from its runs. */
function scenarioHead({
  id,
  title,
  file,
  sha256,
  performs,
  declares,
  across,
  notTested,
}: ScenarioResult): Record<string, unknown> {
  // What comes of comparing variants depends on which of them a part has.
  const compared = across.map((each) => ({
    ...each,
    ...{ verdict: undefined, was: undefined, why: undefined, parts: each.parts.map(({ part }) => part) },
  }));
  return { id, title, file, sha256, performs, declares, across: compared, notTested };
}

function requireSame(first: SuiteResult, other: SuiteResult): void {
  const difference = differenceOf(headOf(first), headOf(other));
  if (difference !== undefined) throw suiteError('SUITE_DIFFERS', `two reports have another ${difference}`);
}

function joined(scenario: ScenarioResult, other: ScenarioResult): ScenarioResult {
  const difference = differenceOf(scenarioHead(scenario), scenarioHead(other));
  if (difference !== undefined)
    throw suiteError('SUITE_DIFFERS', `two reports have another ${difference} of scenario '${scenario.id}'`);
  return {
    ...scenario,
    variants: [...scenario.variants, ...other.variants],
    missing: [...scenario.missing, ...other.missing],
  };
}

function inOrder(scenario: ScenarioResult): ScenarioResult {
  const { declares } = scenario;
  const byPlace = (a: { readonly name: string }, b: { readonly name: string }): number =>
    declares.indexOf(a.name) - declares.indexOf(b.name) || byCodeUnit(a.name, b.name);
  const runs = { variants: scenario.variants.toSorted(byPlace), missing: scenario.missing.toSorted(byPlace) };
  return { ...scenario, ...runs, across: scenario.across.map((each) => judgeAcross(each, runs)) };
}

/** The first key whose values differ. */
function differenceOf(
  one: Readonly<Record<string, unknown>>,
  other: Readonly<Record<string, unknown>>,
): string | undefined {
  const written = (value: unknown): string => canonicalJson({ value } as { value: JsonValue });
  return Object.keys(one).find((key) => written(one[key]) !== written(other[key]));
}
