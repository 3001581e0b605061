/**
 * What can be wrong with a scenario file. Each problem points at a line and a column and says what to write instead; a file
 * with problems is refused as a whole, with all of them at once (`ScreenplayError`).
 */
import { CalldrillError, errorsOf, placeOf } from '../../sim/errors.ts';
import { PROCEDURE_CODES } from './procedures/errors.ts';

/** The SCENARIO_ codes with what each means and what to write instead. */
export const SCENARIO_CODES = {
  SCENARIO_INVALID: {
    summary: 'A scenario file or a deployment file has problems; each is listed with its place.',
    fix: 'Mend the problems that are listed.',
  },
  SCENARIO_TOO_LARGE: {
    summary: 'A scenario file, or a list in it, is larger than the language allows.',
    fix: 'Split the scenario into several files.',
  },
  SCENARIO_TOO_DEEP: {
    summary: 'Maps and lists are nested deeper than any scenario needs.',
    fix: 'Follow the form of the shipped scenarios.',
  },
  SCENARIO_YAML: { summary: 'The file is not readable YAML 1.2.', fix: 'Mend the YAML at this place.' },
  SCENARIO_TAB: { summary: 'A line is indented with a tab.', fix: 'Indent with blanks.' },
  SCENARIO_DOCUMENTS: {
    summary: 'The file does not hold exactly one YAML document.',
    fix: 'Put one scenario in one file.',
  },
  SCENARIO_ALIAS: {
    summary: 'The file uses a YAML anchor or alias.',
    fix: 'Write the value out; what differs between runs belongs in `variants`.',
  },
  SCENARIO_MERGE_KEY: { summary: 'The file uses a YAML merge key (<<).', fix: 'Write the keys out.' },
  SCENARIO_TAG: {
    summary: 'The file uses a YAML tag or directive.',
    fix: 'Leave it out; the language knows the type of each value.',
  },
  SCENARIO_KEY: { summary: 'A key of a map is not a plain word.', fix: 'Use a word as the key.' },
  SCENARIO_UNKNOWN_KEY: {
    summary: 'The language has no such key here.',
    fix: 'Look the key up in the scenario language reference.',
  },
  SCENARIO_MISSING_KEY: { summary: 'A key that is needed is missing.', fix: 'Add the key.' },
  SCENARIO_DUPLICATE_KEY: {
    summary: 'A key is given twice in one map.',
    fix: 'Keep one of the two.',
  },
  SCENARIO_KEY_CONFLICT: {
    summary: 'Two keys cannot stand together, or one needs another.',
    fix: 'Keep the one that is meant.',
  },
  SCENARIO_TYPE: {
    summary: 'A value has the wrong YAML type.',
    fix: 'Write a value of the type that is expected.',
  },
  SCENARIO_QUOTE: {
    summary: 'A text is not quoted, and YAML readers would take it for something else.',
    fix: 'Quote it.',
  },
  SCENARIO_VALUE: { summary: 'A value is outside what is allowed.', fix: 'Write one of the allowed values.' },
  SCENARIO_TEXT: {
    summary: 'A text is too long or holds characters that do not print.',
    fix: 'Shorten it, or take the characters out.',
  },
  SCENARIO_NAME: {
    summary: 'A name or id is not in kebab case, or one that Windows keeps for a device.',
    fix: 'Use lower-case letters, digits and single hyphens, beginning with a letter: crs-admin. On Windows con, nul, aux, com1 and the like are no names of folders.',
  },
  SCENARIO_NUMBER: {
    summary: 'A phone number is not in international form.',
    fix: 'Write + and 7 to 15 digits, quoted: "+447700900001".',
  },
  SCENARIO_DURATION: {
    summary: 'A duration cannot be read.',
    fix: 'Write whole numbers with units that fall: 250ms, 90s, 10m, 2h, 3d, 1h 30m.',
  },
  SCENARIO_INSTANT: {
    summary: 'A date and time cannot be read.',
    fix: 'Write UTC as 2015-10-14T08:00:00Z.',
  },
  SCENARIO_WHEN: {
    summary: 'A time of a step, probe, end or window cannot be read or cannot be.',
    fix: 'Write "08:05", "2015-11-01 00:05", "+2d 10m", or a moment: reported + 10m.',
  },
  SCENARIO_DUPLICATE_ID: {
    summary: 'Two things have the same name.',
    fix: 'Rename one of the two.',
  },
  SCENARIO_UNKNOWN_PERSON: {
    summary: 'No person or attacker of this name takes part.',
    fix: 'Add the name to world.people or world.users.',
  },
  SCENARIO_UNKNOWN_DEVICE: {
    summary: 'The world has no such device.',
    fix: 'Add the device to world.devices, or the handset to its user.',
  },
  SCENARIO_UNKNOWN_KIND: {
    summary: 'There is no such kind of device.',
    fix: 'Use one of the kinds that `calldrill list` shows.',
  },
  SCENARIO_STANDING_DEVICE: {
    summary: 'Every world has one device of this kind, and no second one.',
    fix: 'Leave it out, and use the one that is there: mdm.',
  },
  SCENARIO_UNKNOWN_ACCOUNT: {
    summary: 'The world has no such account.',
    fix: 'Declare it under world.accounts, or leave it out: the account of every world is hq.',
  },
  SCENARIO_SHARED_CMS: {
    summary: 'Two accounts name the same CMS. On a CRS an account is bound to one CMS, and a CMS has one.',
    fix: 'Declare a CMS for each account: world.devices: { field-cms: { kind: cms } }.',
  },
  SCENARIO_UNKNOWN_LINK: {
    summary: 'The world has no such link.',
    fix: 'A link is named after a user or a device and its CRS: alice-crs.',
  },
  SCENARIO_UNKNOWN_SITE: {
    summary: 'The topology has no such site.',
    fix: 'Declare it under world.topology.sites, or write home.',
  },
  SCENARIO_TAP_IN_TUNNEL: {
    summary: "A tap is put on a phone's link to a VPN, which nobody on the way can read.",
    fix: 'Tap the link from the VPN to the CRS, where the tunnel has ended: vpn-crs.',
  },
  SCENARIO_CMS_ATTACHED: {
    summary: 'A CMS is given a place on the network.',
    fix: 'Take it out: a CMS has no network, and what leaves it is carried.',
  },
  SCENARIO_UNKNOWN_PROFILE: {
    summary: 'There is no such network profile.',
    fix: 'Use one of the profiles that `calldrill list` shows.',
  },
  SCENARIO_UNKNOWN_COMMAND: {
    summary: 'The console that a line is typed on has no such command.',
    fix: 'Type `help` on the console to see its commands.',
  },
  SCENARIO_UNKNOWN_MOMENT: { summary: 'No such moment is declared.', fix: 'Declare it under moments.' },
  SCENARIO_UNKNOWN_STEP: {
    summary: 'No step has this id.',
    fix: 'Give the step an id; a variant names steps by id only.',
  },
  SCENARIO_UNKNOWN_CHECK: {
    summary: 'No probe or expectation has this id.',
    fix: 'Use the id of a probe or an expectation.',
  },
  SCENARIO_UNKNOWN_VARIANT: {
    summary: 'The scenario has no such variant.',
    fix: 'Use one of its variants.',
  },
  SCENARIO_UNKNOWN_ROW: {
    summary: 'The probe matrix has no such row.',
    fix: 'Use a row of the catalogue of probes.',
  },
  SCENARIO_UNKNOWN_CLAUSE: {
    summary: 'The catalogue of clauses has no such clause.',
    fix: 'Use the id of a clause, such as para-32.',
  },
  SCENARIO_UNKNOWN_REASON: {
    summary: 'There is no such reason for which an attack is refused.',
    fix: 'Use a code of the list, such as blocked: calldrill list --reasons names them.',
  },
  SCENARIO_VALUE_UNKNOWN: {
    summary: 'Nothing in this scenario can have the value that a check or moment looks for.',
    fix: 'Write a user, device, month, code or word that such an event can have.',
  },
  SCENARIO_UNKNOWN_PART: {
    summary: 'No check of the catalogue has such a part.',
    fix: 'Use the id of a part, such as para-32.c1/calls: calldrill list --parts names them.',
  },
  SCENARIO_PART: {
    summary: 'A check cannot show this part of the catalogue.',
    fix: 'Bind what shows it: a probe of one of its rows, or an expectation, as the part says.',
  },
  SCENARIO_NO_GIVEN: {
    summary:
      'A `never` does not say what shows that it could have been otherwise, and nothing is known that does.',
    fix: 'Add `given`: an event or a step that is the opportunity, such as given: { see: crs.call-refused } or given: thief-calls.',
  },
  SCENARIO_GIVEN: {
    summary: 'What is given for a `never` is about somebody or something else.',
    fix: 'Give an opportunity of whoever the `never` is about, or leave the field out of `given`: it is taken from the `never`.',
  },
  SCENARIO_CANNOT_HOLD: {
    summary: 'An order, a window, a comparison or a step that waits cannot be in any run.',
    fix: 'Name two moments that can come one after the other, put the earlier time first, or let the step wait for something else.',
  },
  SCENARIO_UNKNOWN_EVENT: {
    summary: 'No room writes events of this type to the trace.',
    fix: 'Use a type of the trace reference, such as crs.user-blocked.',
  },
  SCENARIO_UNKNOWN_FIELD: {
    summary: 'Events of this type have no such field.',
    fix: 'Use a field of the event, or `on` for the device it happened on.',
  },
  SCENARIO_UNKNOWN_PARAMETER: {
    summary: 'There is no such parameter.',
    fix: 'Use a parameter of the deployment.',
  },
  SCENARIO_UNKNOWN_PLANT: {
    summary: 'There is no such planted violation.',
    fix: 'Use one of the plants that `calldrill list` shows.',
  },
  SCENARIO_UNKNOWN_TARGET: {
    summary: 'The catalogue asks for no such target.',
    fix: 'Use one of the targets of docs/deployment.md.',
  },
} as const;

/** All codes of the language: those of scenario files, and those of procedures. */
export const LANGUAGE_CODES = { ...SCENARIO_CODES, ...PROCEDURE_CODES };

/** The name of one row of the tables of mistakes in scenario and procedure files. */
export type ScenarioCode = keyof typeof LANGUAGE_CODES;

/** Makes an error of one of these codes; the fix is that of the table unless a better one is known at the place. */
export const scenarioError = errorsOf(LANGUAGE_CODES);

/** A scenario file that is refused: one error that carries every problem found, in the order of the file. */
export class ScreenplayError extends CalldrillError<'SCENARIO_INVALID'> {
  readonly problems: readonly CalldrillError[];

  constructor(file: string, problems: readonly CalldrillError[]) {
    const first = problems[0];
    const rest = problems.length - 1;
    const more = rest === 0 ? '' : ` (and ${rest} more)`;
    super(
      'SCENARIO_INVALID',
      first === undefined ? `${file} is invalid` : `${placeOf(first.where)}: ${first.message}${more}`,
      first?.fix ?? SCENARIO_CODES.SCENARIO_INVALID.fix,
      { where: first?.where ?? { file } },
    );
    this.problems = problems;
  }
}
