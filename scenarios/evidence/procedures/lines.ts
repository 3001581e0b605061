/** The lines of procedures as steps of the screenplay, for whoever types, looks for or scores a line and does not mind where it is from. */
import type { PerformedProcedure, PerformedStep, ResolvedScreenplay, Step } from '../../language/index.ts';

/** All lines of a screenplay: those of its own steps, and those of the procedures that it performs. */
export function linesOf({
  steps,
  performs,
}: Pick<ResolvedScreenplay, 'steps' | 'performs'>): readonly Step[] {
  return performs.length === 0 ? steps : [...steps, ...performedLines(performs)];
}

/** Lines that were made of what is performed: whoever asks again gets the same, for a step is known by what it is. */
const made = new WeakMap<readonly PerformedProcedure[], readonly Step[]>();

/** Every line that is performed, those that are taken in the place of another among them. When each is due hangs on what happens. */
export function performedLines(performs: readonly PerformedProcedure[]): readonly Step[] {
  const known = made.get(performs);
  if (known !== undefined) return known;
  const lines = performs.flatMap(({ instance, steps }) => steps.flatMap((step) => linesFrom(step, instance)));
  made.set(performs, lines);
  return lines;
}

function linesFrom(step: PerformedStep, instance: string): readonly Step[] {
  const { id, where, by, on, type, typeWhere, clauses, cue, refused, takes, otherwise } = step;
  const own: readonly Step[] =
    type === undefined
      ? []
      : [
          {
            ...{ id, where, by, type, typeWhere, clauses },
            when: { kind: 'after', moment: `${instance}.begun`, delay: takes },
            ...(on === undefined ? {} : { on }),
            ...(cue === undefined ? {} : { cue }),
            ...(refused === undefined ? {} : { refused }),
          },
        ];
  return [...own, ...otherwise.flatMap((each) => linesFrom(each, instance))];
}
