/**
 * The lines of a screenplay against a trace: each is typed, and taken unless its step says with which code it is refused. A drill whose
 * lines were not typed, or were refused without anybody noticing, has drilled something else than it says.
 *
 * Lines of those who are played are not looked at: what they type is for the score to judge.
 */
import type { TraceEvent } from '../../../sim/trace.ts';
import type { Step } from '../../language/index.ts';
import { failed, inconclusive, passed, sourceOf, type Finding } from './check.ts';
import { eventsOf, type Prefix } from './prefix.ts';

/** Steps that are named in one verdict. */
const NAMED_MAX = 5;

/** What a step says in a variant to take back the code of the scenario. */
const TAKEN = 'none';

type Typed = TraceEvent<'step.typed'>;

/**
 * A line that was refused, or taken, against what its step says fails it; one that was not typed leaves it open. Whether lines of procedures,
 * `performed`, had to be typed is for those to say: somebody may have done already what they are for.
 */
export function judgeSteps(steps: readonly Step[], prefix: Prefix, performed: readonly Step[] = []): Finding {
  const { opened } = prefix;
  const typed = new Map<string, Typed>();
  for (const event of eventsOf(prefix, 'step.typed'))
    if (!typed.has(event.data.step)) typed.set(event.data.step, event);
  if (opened === undefined)
    return prefix.ended
      ? inconclusive('SCENARIO_STEP_UNTYPED', 'the run ended in its opening', true)
      : inconclusive('SCENARIO_NOT_YET', 'the opening is not over', false);
  const { played } = opened.data;
  const ours = steps.filter(({ by }) => !played.includes(by));
  const theirs = performed.filter(({ id, by }) => !played.includes(by) && typed.has(id));
  if (ours.length + theirs.length === 0)
    return { verdict: 'not-applicable', decided: true, why: 'the screenplay types no line', evidence: [] };
  // What is said of a wrong line names the others as well, so it is said when there can be no more of them.
  if (!prefix.ended)
    return inconclusive('SCENARIO_NOT_YET', `lines typed so far: ${typed.size} of ${ours.length}`, false);

  const wrong = [...ours, ...theirs].flatMap((step) => {
    const event = typed.get(step.id);
    if (event === undefined) return [];
    const why = faultOf(step, event);
    return why === undefined ? [] : [{ event, why }];
  });
  if (wrong.length > 0)
    return failed(
      listed(wrong.map(({ why }) => why)),
      wrong.slice(0, NAMED_MAX).map(({ event }) => event),
    );

  const missing = ours.filter(({ id, untyped }) => untyped === undefined && !typed.has(id));
  if (missing.length > 0)
    return inconclusive(
      'SCENARIO_STEP_UNTYPED',
      listed(missing.map((step) => `${nameOf(step)} was never typed`)),
      true,
    );
  const left = ours.filter(({ id }) => !typed.has(id)).length;
  return passed(
    `lines typed: ${typed.size}, each taken or refused as its step says${left === 0 ? '' : `; ${left} wait for what did not happen, as their steps say`}`,
    [...typed.values()].slice(0, 1),
  );
}

/** Why a line is not as its step says; undefined when it is. */
function faultOf(step: Step, { data: { refused } }: Typed): string | undefined {
  const { untyped } = step;
  const wanted = step.refused === TAKEN ? null : (step.refused ?? null);
  if (untyped !== undefined) return `${nameOf(step)} was typed, though it says that it is not: ${untyped}`;
  if (refused === wanted) return undefined;
  if (refused === null) return `${nameOf(step)} was taken, and it says that it is refused: ${wanted}`;
  return wanted === null
    ? `${nameOf(step)} was refused: ${refused}`
    : `${nameOf(step)} was refused: ${refused}, and it says ${wanted}`;
}

/** `step 'block' (theft.yaml:40)`. */
function nameOf({ id, where }: Step): string {
  return `step '${id}' (${sourceOf(where)})`;
}

function listed(all: readonly string[]): string {
  const more = all.length - NAMED_MAX;
  return `${all.slice(0, NAMED_MAX).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}
