/** What can be wrong with taking part in an exercise. What a console refuses has the console's own codes. */
import { errorsOf } from '../../sim/errors.ts';

/** The REHEARSAL_ codes with what each means and what to type instead. */
export const REHEARSAL_CODES = {
  REHEARSAL_UNKNOWN_ROLE: {
    summary: 'Nobody of this name takes part in the scenario.',
    fix: 'Name a user, an administrator, an operator or an attacker of the scenario.',
  },
  REHEARSAL_OUT_OF_REACH: {
    summary: 'The role cannot reach this console.',
    fix: 'Type `help` to see what you can reach.',
  },
  REHEARSAL_FORM: {
    summary: 'A command of the exercise itself was not given what it takes.',
    fix: 'Type `help` to see the commands of the exercise.',
  },
  REHEARSAL_LINE_TOO_LONG: {
    summary: 'The line is longer than any console takes.',
    fix: 'Type a shorter line.',
  },
  REHEARSAL_TOO_MANY_LINES: {
    summary: 'More lines were typed than an exercise keeps.',
    fix: 'Type quit to end the exercise; what was typed so far is kept.',
  },
  REHEARSAL_PAUSED: {
    summary: 'The clock of the exercise stands.',
    fix: 'Press Enter, or type resume, to let it run again.',
  },
  REHEARSAL_OVER: { summary: 'The exercise is over.', fix: 'Start it again to go on.' },
} as const;

/** Makes an error of one of the REHEARSAL_ codes; the fix is that of the table unless another is given. */
export const rehearsalError = errorsOf(REHEARSAL_CODES);
