/**
 * Steps that wait for themselves: the block that comes after the block, or two of which each comes after the other. Nobody would ever type them, and
 * whatever is said of them would be inconclusive in every run, so the file is refused. Nothing is said of what something else may cause.
 */
import type { Moment, Screenplay, Step } from './screenplay.ts';
import { performedLines } from './procedures/performed-lines.ts';
import type { Reading } from './reading.ts';
import { resolveVariant, variantsOf } from './variant.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Reports the steps that wait, in some variant, for what only they could cause, directly or by a circle. */
export function checkWaiting(reading: Reading, screenplay: Screenplay, { causes = {} }: Vocabulary): void {
  const reported = new Set<string>();
  for (const { name } of variantsOf(screenplay)) {
    const { steps, moments, performs } = resolveVariant(screenplay, name);
    for (const { id, where, waitsFor } of stuckIn(steps, performedLines([{ performs }]), moments, causes)) {
      if (reported.has(id)) continue;
      reported.add(id);
      reading.problem(
        'SCENARIO_CANNOT_HOLD',
        where,
        `the step waits for '${waitsFor}', which in the variant '${name}' only a step can cause that waits for this one`,
        'Give one of the steps a time, or let it wait for something else.',
      );
    }
  }
}

type Stuck = Pick<Step, 'id' | 'where'> & { readonly waitsFor: string };

/** `performed`: lines of procedures, of which nothing is said here: they wait for each other, and for people. */
function stuckIn(
  steps: readonly Step[],
  performed: readonly string[],
  moments: readonly Moment[],
  causes: NonNullable<Vocabulary['causes']>,
): readonly Stuck[] {
  const leadsTo = (line: string, { pattern }: Moment): boolean =>
    causes[pattern.type] === line.trim().split(/\s+/)[0];
  const causesOf = ({ type }: Step, moment: Moment): boolean => leadsTo(type, moment);
  const typed = new Set<Step>();
  const comes = (moment: Moment | undefined): boolean =>
    moment === undefined ||
    moment.opening ||
    causes[moment.pattern.type] === undefined ||
    [...[...typed].map(({ type }) => type), ...performed].filter((line) => leadsTo(line, moment)).length >=
      Number(moment.occurrence);
  const momentOf = ({ when }: Step): Moment | undefined =>
    when.kind === 'at' ? undefined : moments.find(({ name }) => name === when.moment);
  for (let before = -1; before < typed.size;) {
    before = typed.size;
    for (const step of steps) if (comes(momentOf(step))) typed.add(step);
  }
  const left = steps.filter((step) => !typed.has(step));
  return left.flatMap((step) => {
    const moment = momentOf(step);
    // What nobody types at all may still be typed in a rehearsal; the step may say why it is not.
    if (moment === undefined || step.untyped !== undefined) return [];
    if (!left.some((other) => causesOf(other, moment))) return [];
    return [{ id: step.id, where: step.where, waitsFor: moment.name }];
  });
}
