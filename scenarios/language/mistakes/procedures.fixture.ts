/** Mistakes in a procedure file, each as an edit of the example of procedures. */
import { meaning, structural, type Mistake } from './mistake.fixture.ts';

/** Those of form first, then those that take knowing the rest of the file, or what it performs. */
export const PROCEDURE_MISTAKES: readonly Mistake[] = [
  structural('SCENARIO_MISSING_KEY', 'title: Recovery\n', '', "needs 'title'"),
  structural('SCENARIO_UNKNOWN_KEY', 'purpose: A', '¤purpuse: A', "Did you mean 'purpose'?"),
  structural('SCENARIO_UNKNOWN_KEY', 'hidden: "the', '¤hiden: "the', "Did you mean 'hidden'?"),
  structural('SCENARIO_VALUE', 'user: { is: user }', 'user: { is: ¤usr }', "Did you mean 'user'?"),
  structural('SCENARIO_VALUE', 'is: [handset, code]', 'is: ¤[]', 'has no word'),
  structural(
    'SCENARIO_KEY_CONFLICT',
    'who: { is: person,',
    '¤who: { is: person, default: bob,',
    'has a default',
  ),
  structural('SCENARIO_DURATION', 'takes: 2m', 'takes: ¤2 minutes'),
  structural('SCENARIO_TYPE', 'optional: true, perform', 'optional: ¤"yes", perform'),
  structural('SCENARIO_NAME', 'id: record', 'id: ¤Record'),
  structural(
    'SCENARIO_MISSING_KEY',
    ', done: { see: person.told, where: { to: "{each}" } }',
    '',
    "or 'done'",
  ),
  structural('SCENARIO_KEY_CONFLICT', 'perform: settling,', 'perform: settling, ¤type: x,', 'is for a line'),
  {
    ...structural('SCENARIO_MISSING_KEY', 'done: { see: mdm.wiped,', 'done: ¤{ sea: mdm.wiped,'),
    codes: ['SCENARIO_MISSING_KEY', 'SCENARIO_UNKNOWN_KEY'],
  },
  meaning('PROCEDURE_FILE_NAME', 'procedure: recovery', 'procedure: ¤recover', "called 'recovery'"),
  meaning('SCENARIO_UNKNOWN_CLAUSE', 'source: [para-29', 'source: [¤para-99'),
  meaning('SCENARIO_DUPLICATE_ID', 'id: record', 'id: ¤block'),
  meaning('SCENARIO_NAME', 'id: record', 'id: ¤begun', 'moment of every procedure'),
  meaning(
    'SCENARIO_NAME',
    '  note: { is',
    '  ¤until: { is: text, default: x }\n  note: { is',
    'key of the language',
  ),
  meaning('SCENARIO_DUPLICATE_ID', 'mdm: mdm-admin\n', 'mdm: mdm-admin\n  ¤user: mdm-admin\n', 'already'),
  // Names in braces
  meaning('PROCEDURE_PLACEHOLDER', 'type: "wipe {phone}"', 'type: ¤"wipe {fone}"', "Did you mean 'phone'?"),
  meaning(
    'PROCEDURE_PLACEHOLDER',
    '"block-user {user.number}"',
    '¤"block-user {user.numbre}"',
    "Did you mean 'number'?",
  ),
  meaning(
    'PROCEDURE_PLACEHOLDER',
    '"block-user {user.number}"',
    '¤"block-user {phone.number}"',
    'only a user',
  ),
  meaning('PROCEDURE_PLACEHOLDER', 'type: "wipe {phone}"', 'type: ¤"wipe {phone"', 'holds no name'),
  meaning('PROCEDURE_PLACEHOLDER', `"tell {lead} no answer`, `¤"tell {lead} 'no {user}' answer`, 'in quotes'),
  meaning(
    'PROCEDURE_PLACEHOLDER',
    '{ user: "{user}" } } }\n  - { id: settle',
    '¤{ user: "{each}" } } }\n  - { id: settle',
    "'{each}'",
  ),
  meaning(
    'PROCEDURE_PLACEHOLDER',
    'when: { lost: [handset] }',
    'when: { ¤phone: [handset] }',
    'one of several words',
  ),
  meaning('SCENARIO_VALUE', 'when: { lost: [handset] }', 'when: { lost: [¤phone] }', 'handset, code'),
  meaning('SCENARIO_VALUE', 'for-each: months', 'for-each: ¤month', "Did you mean 'months'?"),
  meaning(
    'PROCEDURE_UNKNOWN_ROLE',
    'id: record, for-each: months, by: lead',
    'id: record, for-each: months, by: ¤leed',
    "Did you mean 'lead'?",
  ),
  meaning('PROCEDURE_UNKNOWN_ROLE', 'knows: lead', 'knows: ¤led', "Did you mean 'lead'?"),
  // Steps that other steps name
  meaning(
    'SCENARIO_UNKNOWN_STEP',
    'prescribed: [wipe, block]',
    'prescribed: ¤[wipe, blok]',
    "Did you mean 'block'?",
  ),
  meaning('PROCEDURE_ORDER', 'prescribed: [wipe, block]', 'prescribed: ¤[wipe, block, wipe]', 'twice'),
  meaning('SCENARIO_UNKNOWN_STEP', 'settle: [block] }', 'settle: ¤[blok] }', "Did you mean 'block'?"),
  meaning('SCENARIO_UNKNOWN_STEP', 'requires: { wipe:', 'requires: { ¤wype:', "Did you mean 'wipe'?"),
  meaning('SCENARIO_UNKNOWN_STEP', 'after: [settle]', 'after: [setle]', "Did you mean 'settle'?"),
  meaning(
    'PROCEDURE_ORDER',
    'settle: [block] }',
    'settle: [block], block: [settle] }',
    'wait for each other',
  ),
  // What is performed
  meaning('PROCEDURE_UNKNOWN', 'perform: settling', 'perform: ¤setling', "Did you mean 'settling'?"),
  meaning('PROCEDURE_ARGUMENT', ', words: "{note}"', '', "needs 'words'"),
  meaning('SCENARIO_UNKNOWN_KEY', 'words: "{note}"', 'words: "{note}", word: ¤x', "Did you mean 'words'?"),
  meaning('PROCEDURE_UNKNOWN_ROLE', 'cast: { clerk:', 'cast: { clark:', "Did you mean 'clerk'?"),
  meaning('SCENARIO_UNKNOWN_STEP', 'goes-on-after: say', 'goes-on-after: saye', "Did you mean 'say'?"),
  meaning('PROCEDURE_ARGUMENT', 'default: ["2015-10"]', 'default: ["2015-13"]', 'a list of months'),
  // What an event can be, and what a console takes
  meaning(
    'SCENARIO_UNKNOWN_EVENT',
    'done: { see: mdm.wiped',
    'done: { see: ¤mdm.wipd',
    "Did you mean 'mdm.wiped'?",
  ),
  meaning(
    'SCENARIO_UNKNOWN_FIELD',
    'where: { phone: "{phone}" }',
    'where: { ¤phne: "{phone}" }',
    "Did you mean 'phone'?",
  ),
  meaning(
    'SCENARIO_VALUE_UNKNOWN',
    'where: { phone: "{phone}" }',
    'where: { phone: ¤"{user}" }',
    'no device',
  ),
  meaning('SCENARIO_UNKNOWN_DEVICE', 'on: mdm\n', 'on: mdn\n', "Did you mean 'mdm'?"),
  meaning(
    'SCENARIO_UNKNOWN_COMMAND',
    'type: "wipe {phone}"',
    'type: ¤"wype {phone}"',
    "Did you mean 'wipe'?",
  ),
  meaning(
    'SCENARIO_UNKNOWN_PART',
    'check: para-29.c1/order',
    'check: ¤para-29.c1/odrer',
    "Did you mean 'para-29.c1/order'?",
  ),
  meaning(
    'SCENARIO_VALUE_UNKNOWN',
    'refused: CRS_BLOCKED',
    'refused: ¤CRS_BLOKED',
    "Did you mean 'CRS_BLOCKED'?",
  ),
  // Who knows of it
  meaning('PROCEDURE_TELEPATHY', 'wipe: [tell-mdm], ', '', "'wipe' of 'recovery' is for mdm-admin"),
  meaning(
    'PROCEDURE_TELEPATHY',
    'type: "tell {mdm} {phone} is lost"',
    'type: "tell {user} {phone} is lost"',
    'mdm-admin',
  ),
  meaning('PROCEDURE_TELEPATHY', 'id: warn, by: mdm', 'id: warn, by: lead', 'only {mdm} can have noticed'),
  // What it leaves
  meaning(
    'SCENARIO_UNKNOWN_MOMENT',
    'between: [block, settle.begun]',
    'between: [¤blok, settle.begun]',
    "Did you mean 'block'?",
  ),
  meaning('SCENARIO_UNKNOWN_STEP', 'given: block,', 'given: ¤blok,', "Did you mean 'block'?"),
  meaning('SCENARIO_DUPLICATE_ID', 'id: in-order', 'id: ¤nobody'),
];
