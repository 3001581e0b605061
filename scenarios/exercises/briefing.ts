/** The briefing: what a trainee is told before the exercise begins. */
import type { Console } from '../../devices/console/index.ts';
import { formatDuration } from '../../sim/duration.ts';
import type { ResolvedScreenplay, When } from '../language/index.ts';
import { clockText } from './clock-text.ts';

/** Lines without newlines: role, times, consoles, and the cues of the role's own steps but not the lines to type. */
export function briefingOf(
  screenplay: ResolvedScreenplay,
  role: string,
  consoles: readonly Console[],
): readonly string[] {
  const { title, variant, begins, ends, world, steps } = screenplay;
  const own = steps.filter(({ by }) => by === role);
  const cues = own.flatMap(({ cue, when }) =>
    cue === undefined ? [] : [`  ${whenText(begins, when)}: ${cue}`],
  );
  const others = [...new Set([...world.users.map(({ name }) => name), ...world.people])].filter(
    (name) => name !== role,
  );
  const [main] = consoles;
  return [
    `You are ${role}.`,
    `The exercise: ${title}${variant.title === title ? '' : ` (${variant.title})`}.`,
    `It begins at ${clockText(begins, 0)} and ends ${ends === undefined ? 'one minute after the last thing that is due' : whenText(begins, ends)}.`,
    `Also there: ${others.join(', ')}. Each of them does what the screenplay says; what is yours is done only if you do it.`,
    'You can reach:',
    ...consoles.map(
      (console) => `  ${console.owner}: ${console.owner === role ? 'your own hands' : console.title}`,
    ),
    `A line goes to ${main?.owner ?? role}, or to your hands when only they know the command; @name before it says where.`,
    ...(cues.length === 0
      ? ['No cue is written for you: act on what you see and are told.']
      : ['Your cues:', ...cues]),
    `At the end you get a score: the verdicts of the scenario, how late you were with ${own.length === 1 ? 'the one line' : `the ${own.length} lines`} that it has for you, and what that exposed.`,
    'Type help for the commands, quit to end before the end.',
  ];
}

function whenText(begins: number, when: When): string {
  if (when.kind === 'at') return `at ${clockText(begins, when.t)}`;
  const after = when.delay === 0 ? '' : `${formatDuration(when.delay)} after `;
  return `${after === '' ? 'at ' : after}the moment '${when.moment}'`;
}
