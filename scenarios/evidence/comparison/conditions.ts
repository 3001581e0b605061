/** What two suites were made with, and whether their verdicts are measured by the same yardstick at all. */
import { canonicalJson, type JsonValue } from '../../../sim/canonical-json.ts';
import type { ScenarioResult, SuiteResult } from '../model.ts';
import { variantsOf } from './checks.ts';
import type { ClauseTextChange, ConditionChange } from './model.ts';
import { sideBySide } from './places.ts';

type Texts = ReadonlyMap<string, string>;

/** Seeds, versions and parameters that differ; a parameter of a run is told where the suite's own does not say it. */
export function conditionChanges(before: SuiteResult, after: SuiteResult): readonly ConditionChange[] {
  const suites = differences(suiteConditions(before), suiteConditions(after));
  const told = new Set(suites.map(changeKey));
  const [old, now] = [variantsOf(before), variantsOf(after)];
  const runs = [...old].flatMap(([place, variant]) => {
    const other = now.get(place);
    if (other === undefined) return [];
    return differences(parametersIn(variant.parameters), parametersIn(other.parameters))
      .filter((change) => !told.has(changeKey(change)))
      .map((change) => ({ ...change, name: `${change.name} of ${place}` }));
  });
  return [...suites, ...runs];
}

/** Why the same word may mean something else on the two sides. */
export function notComparable(
  before: SuiteResult,
  after: SuiteResult,
  texts: readonly ClauseTextChange[],
): readonly string[] {
  const clauses = new Set(texts.map(({ clause }) => clause)).size;
  const [old, now] = [variantsOf(before), variantsOf(after)];
  const both = [...old.keys()].some((place) => now.has(place));
  const declared = ({ deployment }: SuiteResult): string =>
    canonicalJson((deployment?.targets ?? []).map(({ name, value }): JsonValue => [name, value]));
  return [
    ...(both ? [] : ['no run is in both']),
    ...(clauses === 0 ? [] : [`the catalogue is another one: ${clauses} clauses differ`]),
    ...before.scenarios.flatMap((scenario) => {
      const other = after.scenarios.find(({ id }) => id === scenario.id);
      return other === undefined ? [] : otherFiles(scenario, other);
    }),
    ...(declared(before) === declared(after)
      ? []
      : ['the targets of the deployment differ, by which verdicts are given']),
    ...(before.plant === after.plant ? [] : ['a violation is planted in one of the two, or another one']),
  ];
}

/** A scenario of one name need not be one scenario: its file, or a procedure that it performs, may say something else. */
function otherFiles(one: ScenarioResult, other: ScenarioResult): readonly string[] {
  const digests = ({ performs }: ScenarioResult): Texts =>
    new Map(performs.map(({ name, sha256 }) => [name, sha256]));
  const procedures = differences(digests(one), digests(other));
  return [
    ...(one.sha256 === other.sha256
      ? []
      : [`${one.id} is made from another file: what its checks ask for may be something else`]),
    ...procedures.map(
      ({ name }) =>
        `${one.id} performs another procedure ${name}: what its steps and checks ask for may be something else`,
    ),
  ];
}

function suiteConditions(suite: SuiteResult): Texts {
  const { tool, seed, keySeed, plant, deployment, parameters } = suite;
  return new Map([
    ...Object.entries({ tool, seed, 'key seed': keySeed }),
    ...(plant === undefined ? [] : [['planted violation', plant] as const]),
    ...(deployment === undefined
      ? []
      : ([
          ['deployment', `${deployment.name} ${deployment.sha256}`],
          ['waivers as of', deployment.asOf],
          ...deployment.targets.map(({ name, value }) => [`target ${name}`, value] as const),
        ] as const)),
    ...parametersIn(Object.fromEntries(parameters.map(({ name, value }) => [name, value]))),
  ]);
}

function parametersIn(parameters: Readonly<Record<string, string>>): Texts {
  return new Map(Object.entries(parameters).map(([name, value]) => [`parameter ${name}`, value]));
}

function differences(before: Texts, after: Texts): readonly ConditionChange[] {
  return sideBySide(before, after).flatMap(([name, one, other]) =>
    one === other ? [] : [{ name, before: one ?? null, after: other ?? null }],
  );
}

function changeKey({ name, before, after }: ConditionChange): string {
  return JSON.stringify([name, before, after]);
}
