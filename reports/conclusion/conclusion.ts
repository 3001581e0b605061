/**
 * The conclusion of a suite in sentences: did it come out as it must, what stayed open although everybody kept to the procedures, what was not looked at;
 * then, scenario by scenario, what was protected and which order or error cost what; then the clauses. Each sentence is made of numbers and names of the
 * result and carries what it was made of. It judges nothing and has no adjective: what is long or bad is for whoever declared a target.
 */
import type { ScenarioResult, SuiteResult } from '../../scenarios/evidence/model.ts';
import { clausesByModality } from './clauses.ts';
import { errorCosts, orderCosts } from './cost.ts';
import { exposedOf } from './exposed.ts';
import { keptBy } from './kept.ts';
import { shardText } from '../tally.ts';
import { answerOf, outcomeOf } from './outcome.ts';
import type { ConclusionLine } from './conclusion-line.ts';
import { unseenOf } from './unseen.ts';

/** What a scenario shows, in sentences. */
export interface ScenarioConclusion {
  readonly scenario: Pick<ScenarioResult, 'id' | 'title'>;
  readonly sentences: readonly ConclusionLine[];
}

/** The sentences of a suite, by the question that they answer. */
export interface Conclusion {
  /** `As predicted`, `No` or `Not shown`, and what was lost all the same: the page in a line. */
  readonly headline: string;
  readonly outcome: readonly ConclusionLine[];
  readonly exposed: readonly ConclusionLine[];
  readonly unseen: readonly ConclusionLine[];
  readonly scenarios: readonly ScenarioConclusion[];
  readonly clauses: readonly ConclusionLine[];
}

/** Made of the result and of nothing else. */
export function conclusionOf(suite: SuiteResult): Conclusion {
  const exposed = exposedOf(suite);
  const shard = shardText(suite);
  return {
    headline: `${shard === undefined ? '' : `Of ${shard}: `}${answerOf(suite)}. ${exposed[0].text}`,
    outcome: outcomeOf(suite),
    exposed,
    unseen: unseenOf(suite),
    scenarios: suite.scenarios.map((scenario) => ({
      scenario: { id: scenario.id, title: scenario.title },
      sentences: [...keptBy(scenario), ...orderCosts(scenario), ...errorCosts(scenario)],
    })),
    clauses: clausesByModality(suite),
  };
}

/** All of its sentences, in their order. */
export function sentencesOf({
  outcome,
  exposed,
  unseen,
  scenarios,
  clauses,
}: Conclusion): readonly ConclusionLine[] {
  return [...outcome, ...exposed, ...unseen, ...scenarios.flatMap(({ sentences }) => sentences), ...clauses];
}
