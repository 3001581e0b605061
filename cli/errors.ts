/** What can be wrong with a command line, with what it names, and with where results go. */
import { errorsOf } from '../sim/errors.ts';

/** The CLI_ codes with what each means and what to type instead. */
export const CLI_CODES = {
  CLI_NO_COMMAND: { summary: 'No command was given.', fix: 'Type `calldrill --help` to see the commands.' },
  CLI_UNKNOWN_COMMAND: {
    summary: 'There is no such command.',
    fix: 'Type `calldrill --help` to see the commands.',
  },
  CLI_UNKNOWN_OPTION: {
    summary: 'The command has no such option.',
    fix: 'Type `calldrill <command> --help` to see its options.',
  },
  CLI_OPTION_VALUE: {
    summary: 'An option lacks its value, has one too many, or cannot take this one.',
    fix: 'Type `calldrill <command> --help` to see what the option takes.',
  },
  CLI_OPTION_REPEATED: {
    summary: 'An option that has one value is given twice.',
    fix: 'Keep the one that is meant.',
  },
  CLI_OPTION_CONFLICT: {
    summary: 'Two options, or an option and what the command works on, do not go together.',
    fix: 'Leave one of them out.',
  },
  CLI_OPERANDS: {
    summary: 'The command works on more, fewer or other things than it was given.',
    fix: 'Type `calldrill <command> --help` to see what it works on.',
  },
  CLI_UNKNOWN_SCENARIO: {
    summary: 'There is no such shipped scenario.',
    fix: 'Type `calldrill list` to see them; a file of your own ends in .yaml.',
  },
  CLI_UNKNOWN_PROCEDURE: {
    summary: 'There is no such shipped procedure, or the file is none.',
    fix: 'Type `calldrill show --procedures` to see them; a file of your own ends in .yaml.',
  },
  CLI_UNKNOWN_VARIANT: {
    summary: 'None of the chosen scenarios has such a variant.',
    fix: 'Type `calldrill list` to see the variants.',
  },
  CLI_UNKNOWN_PARAMETER: {
    summary: 'There is no such parameter.',
    fix: 'Type `calldrill list --parameters` to see them.',
  },
  CLI_UNKNOWN_CLAUSE: {
    summary: 'The catalogue has no such clause, check or part.',
    fix: 'Type `calldrill list --clauses` or `calldrill list --parts` to see them.',
  },
  CLI_UNKNOWN_PLANT: {
    summary: 'There is no such planted violation.',
    fix: 'Type `calldrill list --plants` to see them.',
  },
  CLI_SCENARIO_TWICE: {
    summary: 'Two of the chosen scenarios have the same id, so their results would share a folder.',
    fix: 'Run them one at a time, or rename one of them.',
  },
  CLI_NOTHING_CHOSEN: {
    summary: 'What was asked for leaves nothing to run.',
    fix: 'Loosen --grep or --variant, or name other scenarios; `calldrill list` shows them.',
  },
  CLI_LAST_RESULTS: {
    summary: 'The results do not say of every run that did not pass how to make it again.',
    fix: 'Name with --out the folder that a run of one seed wrote; whatever else is there has a replay line of its own.',
  },
  CLI_NONE_FAILED: {
    summary:
      'Nothing is there to run again: no run of the last results failed, is inconclusive or is missing.',
    fix: 'Run without --last-failed.',
  },
  CLI_UNKNOWN_BASELINE: {
    summary: 'There are no kept results of that name.',
    fix: 'Keep some with `calldrill run --out baselines/<name>`, or name the folder that has them with --baselines.',
  },
  CLI_NOT_ALIKE: {
    summary:
      'Of what is to be compared, joined or printed, something has one suite for each of many seeds and something has one.',
    fix: 'Name the folder of one seed: results/1.',
  },
  CLI_OUT_FOREIGN: {
    summary: 'The folder for results holds something that calldrill did not write.',
    fix: 'Choose another folder with --out, or move what is in it away.',
  },
  CLI_OUT_WRITE: {
    summary: 'Results cannot be written.',
    fix: 'Check that the folder may be written and that the disk has room, or choose another with --out.',
  },
  CLI_OUT_MOUNT: {
    summary: 'The folder for results is a mount point, which cannot be renamed.',
    fix: 'Choose a folder inside it with --out.',
  },
  CLI_OUTPUT: {
    summary: 'What is printed cannot be written, to a file or to whatever else standard output leads to.',
    fix: 'Check that the disk has room, or print elsewhere. A results folder that was named before stands.',
  },
  CLI_RESUME: {
    summary:
      'The folder is neither what is left of a run or exercise of this build that was cut off, nor results of which something was not made.',
    fix: 'Name the hidden folder that was told when it was cut off, or begin anew.',
  },
  CLI_REPLAY: {
    summary: 'The file does not say how to run again what it is of.',
    fix: 'Take the report.json of a result, or a recording of typed lines.',
  },
  CLI_INPUT_BASE64: {
    summary: 'The input is neither Base64 nor the octets of a message.',
    fix: 'Give the Base64 of one I_MESSAGE; white space and the words `a=key-mgmt:mikey` before it do no harm.',
  },
  CLI_INPUT_HEX: {
    summary: 'A value is not hexadecimal octets of the right number.',
    fix: 'Write two hexadecimal digits an octet, without separators.',
  },
  CLI_INPUT_SENDER: {
    summary: 'The message does not name the identity that its signature is to be verified for.',
    fix: 'Give the identifier octets with --id: YYYY-MM, a zero, tel:+number, a zero, in hexadecimal.',
  },
  CLI_INTERRUPTED: {
    summary:
      'The run was interrupted; no results were written, and earlier results are as they were. Of `run`, runs that were finished are kept.',
    fix: 'Run it again, or go on with the line that is told.',
  },
} as const;

/** Makes an error of one of the CLI_ codes; the fix is that of the table unless the place knows a better one. */
export const cliError = errorsOf(CLI_CODES);
