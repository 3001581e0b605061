/** The commands of the exercise itself. They are typed like any other line and leave no trace: they are not part of the drill. */
export const EXERCISE_COMMANDS = {
  help: { usage: 'help [command]', summary: 'Show what you can type, or one command in full' },
  screen: { usage: 'screen [console]', summary: 'Show the screen of a device that you can reach' },
  briefing: { usage: 'briefing', summary: 'Read the briefing again' },
  wait: {
    usage: 'wait <duration>',
    summary: 'Let time pass, at most until something is yours to do: wait 10m',
  },
  next: { usage: 'next', summary: 'Let time pass until something is yours to do or something reaches you' },
  skip: { usage: 'skip', summary: 'Leave undone what is yours to do now, so that next goes on' },
  pause: { usage: 'pause', summary: 'Stop the clock, where it runs by itself' },
  resume: { usage: 'resume', summary: 'Let it run again; so does an empty line' },
  quit: { usage: 'quit', summary: 'Leave now, and get the score; the rest is played on without you' },
} as const;

/** The first word of a line that is for the exercise and for no console. */
export type ExerciseCommand = keyof typeof EXERCISE_COMMANDS;

/** By the exact word; there are no abbreviations. */
export function isExerciseCommand(word: string): word is ExerciseCommand {
  return Object.hasOwn(EXERCISE_COMMANDS, word);
}

/** What a duration is written like. */
const DURATIONS =
  'whole numbers with units that fall, d, h, m, s and ms (days, hours, minutes, seconds, milliseconds): 90s, 10m, 1h 30m';

/** What to type in place of what is no duration. */
export const DURATIONS_FIX = `Write ${DURATIONS}.`;

/** A heading, a line for each command, its usage padded to one width, and the units of durations. */
export function exerciseHelp(): readonly string[] {
  const rows = Object.values(EXERCISE_COMMANDS);
  const width = Math.max(...rows.map(({ usage }) => usage.length));
  return [
    'The exercise',
    ...rows.map(({ usage, summary }) => `  ${usage.padEnd(width)}  ${summary}`),
    `  A duration is ${DURATIONS}.`,
  ];
}
