/** The console: one grammar for the script, the trainee, the replay and the API. */
export {
  command,
  flag,
  option,
  optional,
  positional,
  rest,
  usageOf,
  type Command,
  type Positional,
  type Reply,
} from './command.ts';
export { Console, nearest } from './console.ts';
export { CONSOLE_CODES } from './errors.ts';
export { choice, DURATION, integer, nameOf, TEXT, type Kind } from './kind.ts';
export { quoted } from './quoted.ts';
export { LINE_LENGTH_MAX, wordsOf, type Word } from './words.ts';
