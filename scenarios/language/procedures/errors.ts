/** What can be wrong with a procedure and with how a scenario performs one, beyond what can be wrong with any file of the language. */

/** The PROCEDURE_ codes with what each means and what to write instead. */
export const PROCEDURE_CODES = {
  PROCEDURE_UNKNOWN: {
    summary: 'No procedure of this name is shipped or stands in the folder procedures/ beside the scenario.',
    fix: 'Use a procedure that is there, or put the file of your own into procedures/.',
  },
  PROCEDURE_FILE_NAME: {
    summary: 'A procedure has another name than its file, so nobody would find it.',
    fix: 'Give the file the name of the procedure: client-recovery.yaml.',
  },
  PROCEDURE_RECURSION: {
    summary: 'A procedure performs itself, directly or through others.',
    fix: 'Take one of the performances out.',
  },
  PROCEDURE_PLACEHOLDER: {
    summary: 'Braces hold what is no parameter, role or property of one, or stand where they cannot.',
    fix: 'Write the name of a parameter or a role, such as {user}, or a property of a user: {user.number}.',
  },
  PROCEDURE_ARGUMENT: {
    summary:
      'A procedure is performed with a value that its parameter cannot have, or without one that it needs.',
    fix: 'Give each parameter without a default a value of its type.',
  },
  PROCEDURE_UNKNOWN_ROLE: {
    summary: 'A procedure has no such role.',
    fix: 'Use a role that the procedure declares under roles.',
  },
  PROCEDURE_ORDER: {
    summary:
      'An order names other steps than the prescribed one, breaks what a step requires, or goes in a circle.',
    fix: 'Name each step of the prescribed order once, and none before a step that it requires.',
  },
  PROCEDURE_NOTHING_ASKED: {
    summary: 'An empty `with` takes nothing away: no optional step is asked for at this place.',
    fix: 'Take it out, or name the optional steps that are performed. It is for a variant, where the scenario has a `with` at the same address.',
  },
  PROCEDURE_TELEPATHY: {
    summary: 'Somebody acts in a procedure whom nobody told or brought anything.',
    fix: 'Let somebody tell them or carry something to them first, and name that step under requires; where the text is silent, it is a hidden step.',
  },
  PROCEDURE_TOO_LARGE: {
    summary: 'The procedures of a scenario perform more steps than any drill has.',
    fix: 'Perform fewer procedures in one scenario.',
  },
} as const;
