/** The commands of the exercise itself. They are typed like any other line and leave no trace: they are not part of the drill. */
export const EXERCISE_COMMANDS = {
  help: { usage: 'help [command]', summary: 'Show what you can type, or one command in full' },
  screen: { usage: 'screen [console]', summary: 'Show the screen of a device that you can reach' },
  briefing: { usage: 'briefing', summary: 'Read the briefing again' },
  wait: { usage: 'wait <duration>', summary: 'Let time pass: wait 10m' },
  next: { usage: 'next', summary: 'Let time pass until something is yours to do or something reaches you' },
  quit: { usage: 'quit', summary: 'End the exercise now, and get the score' },
} as const;

/** The first word of a line that is for the exercise and for no console. */
export type ExerciseCommand = keyof typeof EXERCISE_COMMANDS;

/** By the exact word; there are no abbreviations. */
export function isExerciseCommand(word: string): word is ExerciseCommand {
  return Object.hasOwn(EXERCISE_COMMANDS, word);
}

/** A heading and a line for each command, its usage padded to one width. */
export function exerciseHelp(): readonly string[] {
  const rows = Object.values(EXERCISE_COMMANDS);
  const width = Math.max(...rows.map(({ usage }) => usage.length));
  return ['The exercise', ...rows.map(({ usage, summary }) => `  ${usage.padEnd(width)}  ${summary}`)];
}
