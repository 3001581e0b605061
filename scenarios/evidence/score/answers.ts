/**
 * Which typed line answered which step of the screenplay. A trainee need not type it letter by letter: the same command on the
 * same console with the same words counts, whatever its options, however a number is spaced, and whatever words are said to somebody.
 */
import type { Micros } from '../../../sim/clock.ts';
import type { AnyTraceEvent, TraceEvent } from '../../../sim/trace.ts';
import type { Step } from '../../language/index.ts';

/** A line that the screenplay has for a role, with its time in this run. */
export interface PlannedStep {
  readonly step: Step;
  /** When the screenplay has it; absent when its moment never came. */
  readonly due: Micros | undefined;
}

/** A line that somebody typed, and the code when it was refused. */
export interface PlayedLine {
  readonly typed: TraceEvent<'console.typed'>;
  readonly refused: string | undefined;
}

/** A planned line and what the person typed for it: a line that was taken, or refused as its step says. */
export interface Answer extends PlannedStep {
  /** The line that answered it; absent when none did. */
  readonly typed: TraceEvent<'console.typed'> | undefined;
}

/** How consoles split a line into words; what cannot be split makes it throw. */
export type LineSplitter = (line: string) => readonly { readonly text: string; readonly quoted: boolean }[];

/** Words by which a command is known; the rest of them is what somebody says in their own words. */
const FREE_WORDS: Readonly<Record<string, number>> = { tell: 2, note: 1 };

/** Lines that those who were played typed at `since` or later. */
export function playedLines(
  events: readonly AnyTraceEvent[],
  roles: readonly string[],
  since: Micros,
): readonly PlayedLine[] {
  const refused = new Map(
    events.flatMap((event) =>
      event.type === 'console.refused' ? [[event.cause, event.data.code] as const] : [],
    ),
  );
  return events.flatMap((event) =>
    event.type === 'console.typed' && roles.includes(event.data.by) && event.t >= since
      ? [{ typed: event, refused: refused.get(event.n) }]
      : [],
  );
}

/**
 * Each line answers the step that was due last when it was typed, or, when none was yet, the one that is due first. So a step
 * that was left out does not shift all that follow it.
 */
export function answersOf(
  planned: readonly PlannedStep[],
  lines: readonly PlayedLine[],
  wordsOf: LineSplitter,
): readonly Answer[] {
  const answers = new Map<Step, TraceEvent<'console.typed'>>();
  for (const { typed, refused } of lines) {
    const act = actOf(typed.on, typed.data.line, wordsOf);
    if (act === undefined) continue;
    const open = planned
      .filter(
        ({ step }) =>
          !answers.has(step) &&
          step.by === typed.data.by &&
          wantedCode(step) === refused &&
          actOf(step.on ?? step.by, step.type, wordsOf) === act,
      )
      .sort((a, b) => dueOf(a) - dueOf(b));
    const chosen = open.findLast((each) => dueOf(each) <= typed.t) ?? open[0];
    if (chosen !== undefined) answers.set(chosen.step, typed);
  }
  return planned.map(({ step, due }) => ({ step, due, typed: answers.get(step) }));
}

/** The code that the line of a step is refused with; undefined when it is taken. */
function wantedCode({ refused }: Step): string | undefined {
  return refused === 'none' ? undefined : refused;
}

function dueOf({ due }: PlannedStep): Micros {
  return due ?? Infinity;
}

/** What a line does on a console, options left out: equal texts are the same act. Undefined when it cannot be split into words. */
export function actOf(on: string, line: string, wordsOf: LineSplitter): string | undefined {
  let words: ReturnType<LineSplitter>;
  try {
    words = wordsOf(line);
  } catch {
    return undefined;
  }
  const options = words.findIndex(({ text, quoted }) => !quoted && text.startsWith('--'));
  const kept = options < 0 ? words : words.slice(0, options);
  const known = FREE_WORDS[kept[0]?.text ?? ''] ?? kept.length;
  return JSON.stringify([on, ...kept.slice(0, known).map(({ text }) => text.replaceAll(' ', ''))]);
}
