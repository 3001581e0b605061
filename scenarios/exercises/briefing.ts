/**
 * The briefing: what a trainee is told before the exercise begins. It says who they are and what they look after, and nothing of what will
 * happen: neither the title of the scenario nor its cues, which come when they are due.
 */
import type { Console } from '../../devices/console/index.ts';
import type { ResolvedScreenplay } from '../language/index.ts';
import { clockText } from './clock-text.ts';

/** Lines without newlines: role, times, consoles, and how the exercise goes. */
export function briefingOf(
  { begins, ends, world }: ResolvedScreenplay,
  role: string,
  consoles: readonly Console[],
): readonly string[] {
  const others = [...new Set([...world.users.map(({ name }) => name), ...world.people])].filter(
    (name) => name !== role,
  );
  const [main] = consoles;
  const end = ends?.kind === 'at' ? ` and ends at ${clockText(begins, ends.t)}` : '';
  return [
    `You are ${role}.`,
    `The exercise begins at ${clockText(begins, 0)}${end}.`,
    `Also there: ${others.join(', ')}. Each of them does what is theirs; what is yours is done only if you do it.`,
    'You can reach:',
    ...consoles.map(
      (console) => `  ${console.owner}: ${console.owner === role ? 'your own hands' : console.title}`,
    ),
    `A line goes to ${main?.owner ?? role}, or to your hands when only they know the command; @name before it says where.`,
    'Act on what you see and are told. What is yours to do is also told when it is due; you may do it sooner.',
    'At the end you get a score: the verdicts, how late you were with what was yours, what that exposed, and who could not call.',
    'Type help for the commands, quit to leave before the end.',
  ];
}
