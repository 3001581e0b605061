/**
 * Mistakes that authors make, each as an edit of the example. A ¤ in the edit marks where the problem must be reported. The
 * tests of the loader and of the schema both run over this list.
 */
import type { ScenarioCode } from './errors.ts';

export interface Mistake {
  /** A piece of the example that is there once; absent to replace the whole file. */
  readonly from?: string;
  /** What stands there instead. As many ¤ as codes, in the order of the file. */
  readonly to: string;
  readonly codes: readonly ScenarioCode[];
  /** A part of the first problem's message or fix. */
  readonly says?: string;
  /** True when the schema finds it too. */
  readonly schema: boolean;
}

const structural = (code: ScenarioCode, from: string, to: string, says?: string): Mistake => ({
  from,
  to,
  codes: [code],
  schema: true,
  ...(says === undefined ? {} : { says }),
});

/** A mistake that only the loader can see. */
const meaning = (code: ScenarioCode, from: string, to: string, says?: string): Mistake => ({
  ...structural(code, from, to, says),
  schema: false,
});

/** Needs nothing else. */
const SMALL = `scenario: small
title: Small
begins: 2015-10-14T08:00:00Z
world: {}
`;

export const MISTAKES: readonly Mistake[] = [
  // Keys
  structural('SCENARIO_UNKNOWN_KEY', 'plants:', '¤plant:', "Did you mean 'plants'?"),
  structural('SCENARIO_UNKNOWN_KEY', 'cue: "Call Bob."', '¤qxyz: 1', 'Known here: '),
  structural('SCENARIO_UNKNOWN_KEY', '  network:\n', '  ¤netwrk:\n', "Did you mean 'network'?"),
  structural('SCENARIO_UNKNOWN_KEY', '{ nth: { n: 2,', '{ nth: { ¤m: 1, n: 2,'),
  structural('SCENARIO_UNKNOWN_KEY', 'times: 1, before', '¤tims: 1, before', "Did you mean 'times'?"),
  structural('SCENARIO_UNKNOWN_KEY', 'delay: 20ms', '¤dely: 20ms', "Did you mean 'delay'?"),
  meaning('SCENARIO_UNKNOWN_KEY', 'position: near', '¤postion: near', "Did you mean 'position'?"),
  structural(
    'SCENARIO_UNKNOWN_KEY',
    'platform: ios,',
    'platform: ios, ¤clok: "+1s",',
    "Did you mean 'clock'?",
  ),
  // A user is with an account, not with a CMS, and only a phone's clock can be wrong.
  structural('SCENARIO_UNKNOWN_KEY', 'enrolled: false', '¤cms: cms, enrolled: false', 'handset, enrolled.'),
  structural(
    'SCENARIO_KEY_CONFLICT',
    'platform: ios,',
    'platform: ios, ¤owner: carol,',
    "'bob-phone' has no 'owner'",
  ),
  structural(
    'SCENARIO_UNKNOWN_KEY',
    'east: { kind: crs }',
    'east: { kind: crs, ¤clock: "+1s" }',
    'Known here: kind.',
  ),
  structural('SCENARIO_UNKNOWN_KEY', 'crs: east }', '¤csr: east }', "Did you mean 'crs'?"),
  structural(
    'SCENARIO_MISSING_KEY',
    'field: { cms: field-cms, crs: east }',
    'field: ¤{ crs: east }',
    "'cms'",
  ),
  structural('SCENARIO_UNKNOWN_KEY', 'position: near', '¤clock: "+1s"', 'Known here: '),
  structural('SCENARIO_MISSING_KEY', 'title: A handset is stolen at the station\n', '', "needs 'title'"),
  structural(
    'SCENARIO_MISSING_KEY',
    '{ id: tell, at: "+1h 10m", by: alice,',
    '¤{ id: tell, at: "+1h 10m",',
    "Add 'by'.",
  ),
  structural('SCENARIO_MISSING_KEY', '{ at: "08:05", by', '¤{ by', "'at' or 'after'"),
  structural('SCENARIO_MISSING_KEY', 'seconds: { at-least: 5, at-most: 60 }', 'seconds: ¤{}', 'at-least'),
  structural('SCENARIO_MISSING_KEY', 'times: { at-least: 1, at-most: 9 }', 'times: ¤{}', 'at-least'),
  structural(
    'SCENARIO_MISSING_KEY',
    'every: mikey.accepted, has: { dataType: 26 }',
    'every: mikey.accepted',
    "Add 'has'",
  ),
  meaning('SCENARIO_DUPLICATE_KEY', 'title: A handset is', 'title: Twice\n¤title: A handset is', 'twice'),
  structural(
    'SCENARIO_KEY_CONFLICT',
    'at: "08:05", by',
    'at: "08:05", ¤after: reported, by',
    "Keep one of 'at' or 'after'.",
  ),
  structural('SCENARIO_KEY_CONFLICT', 'wipe: { after: reported', 'wipe: { at: "08:50", ¤after: reported'),
  structural(
    'SCENARIO_KEY_CONFLICT',
    'see: crs.session-closed',
    'see: crs.session-closed, ¤never: crs.session-closed',
  ),
  structural(
    'SCENARIO_KEY_CONFLICT',
    'first: crs.user-blocked',
    'first: crs.user-blocked, ¤last: crs.user-blocked',
  ),
  structural(
    'SCENARIO_KEY_CONFLICT',
    'after: blocked + 1m, clause',
    'after: blocked + 1m, ¤of: blocked, clause',
  ),
  structural('SCENARIO_KEY_CONFLICT', '{ is-not: bob }', '¤{ is-not: bob, at-least: 1 }'),
  structural(
    'SCENARIO_KEY_CONFLICT',
    '    reference: false\n',
    '    reference: false\n    ¤world: {}\n',
    'cannot change the world',
  ),
  meaning('SCENARIO_KEY_CONFLICT', 'enrolled: false', 'enrolled: ¤true', 'no handset'),
  structural(
    'SCENARIO_UNKNOWN_KEY',
    'order: [reported, blocked],',
    'order: [reported, blocked], ¤where: { user: alice },',
  ),
  meaning('SCENARIO_KEY', 'clauses: [para-29, para-30]', '¤1: x', 'a number'),
  meaning('SCENARIO_KEY', 'clauses: [para-29, para-30]', '? ¤[a, b]\n: x', 'a list'),
  // Types
  structural('SCENARIO_TYPE', 'title: A handset is stolen at the station', 'title: ¤[a]', 'is a list'),
  structural('SCENARIO_TYPE', 'title: A handset is stolen at the station', 'title:¤', 'is empty'),
  structural('SCENARIO_TYPE', 'fails: [none-after]', 'fails: ¤{ none-after: 1 }', 'must be a list'),
  structural(
    'SCENARIO_TYPE',
    'alice: { number: "+447700900001"',
    'carl: ¤text\n    alice: { number: "+447700900001"',
    'text',
  ),
  structural('SCENARIO_TYPE', 'enrolled: true', 'enrolled: ¤"true"', 'Write true or false'),
  structural('SCENARIO_TYPE', 'enrolled: true', 'enrolled: ¤yes', 'YAML 1.2'),
  structural('SCENARIO_TYPE', 'crs-months: 2', 'crs-months: ¤"2"', 'whole number'),
  structural('SCENARIO_TYPE', 'n: 2', 'n: ¤two', 'whole number'),
  structural('SCENARIO_TYPE', 'where: { user: alice }', 'where: { user: ¤[alice] }', 'single value'),
  { to: '¤- a\n- b\n', codes: ['SCENARIO_TYPE'], says: 'must be a map', schema: true },
  { to: '¤true\n', codes: ['SCENARIO_TYPE'], says: 'is a boolean', schema: true },
  // Quotes
  structural(
    'SCENARIO_QUOTE',
    'number: "+447700900002"',
    'number: ¤+447700900002',
    'Quote it: "+447700900002".',
  ),
  structural('SCENARIO_QUOTE', 'version: "8.4"', 'version: ¤8.4', 'Quote it: "8.4".'),
  structural('SCENARIO_QUOTE', 'title: A handset is stolen at the station', 'title: ¤true'),
  meaning('SCENARIO_QUOTE', 'at: "08:05"', 'at: ¤08:05', 'Quote it: "08:05".'),
  meaning('SCENARIO_QUOTE', 'identity-check: required', 'identity-check: ¤off', 'Quote it: "off".'),
  meaning('SCENARIO_QUOTE', 'ends: "2015-11-04 12:00"', 'ends: ¤2015-11-04 12:00'),
  meaning('SCENARIO_QUOTE', 'is-not: bob', 'is-not: ¤+447700900002'),
  meaning('SCENARIO_QUOTE', 'is-not: bob', 'is-not: ¤NO'),
  meaning('SCENARIO_QUOTE', 'is-not: bob', 'is-not: ¤1_000'),
  // Values
  structural('SCENARIO_VALUE', 'title: A handset is stolen at the station', 'title: ¤""', 'empty text'),
  structural('SCENARIO_VALUE', 'platform: ios', 'platform: ¤oss', "Did you mean 'ios'?"),
  structural('SCENARIO_VALUE', 'version: "8.4"', 'version: ¤"eight"'),
  structural('SCENARIO_VALUE', 'predict: refused, because', 'predict: ¤closed, because', 'opened, refused'),
  structural('SCENARIO_VALUE', 'crs-months: 2', 'crs-months: ¤13', 'from 1 to 12'),
  structural('SCENARIO_VALUE', 'n: 2', 'n: ¤0'),
  structural('SCENARIO_VALUE', 'n: 2', 'n: ¤1.5', 'digits only'),
  meaning('SCENARIO_VALUE', 'n: 2', 'n: ¤0x2', 'digits only'),
  structural('SCENARIO_VALUE', 'loss: 0.01', 'loss: ¤1.01', 'from 0 to 1'),
  structural('SCENARIO_TYPE', 'crs-months: 2 }', 'crs-months: 2, operator-note: ¤{} }', 'must be text'),
  structural('SCENARIO_TYPE', 'crs-months: 2 }', 'crs-months: 2, keep-ssv: ¤1 }', 'true or false'),
  structural('SCENARIO_KEY_CONFLICT', 'within: 1s, of: blocked', 'within: 1s, of: blocked, ¤after: blocked'),
  structural(
    'SCENARIO_TYPE',
    'links:\n      alice-crs: { profile: perfect, delay: 20ms }',
    'links: { alice-crs: ¤[] }',
    'must be a map',
  ),
  meaning('SCENARIO_VALUE', 'skew-limit: 10m', 'skew-limit: ¤10ms', 'Write 1s to 7d.'),
  meaning('SCENARIO_VALUE', 'at-least: 5, at-most: 60', 'at-least: 5, at-most: ¤4', 'less than'),
  structural('SCENARIO_VALUE', 'times: 1, before', 'times: ¤0, before', '1 or more'),
  structural('SCENARIO_VALUE', 'order: [reported, blocked]', 'order: ¤[reported]', 'two moments'),
  structural('SCENARIO_VALUE', 'between: ["08:00", reported]', 'between: ¤["08:00"]', 'two times or moments'),
  structural('SCENARIO_VALUE', 'has: { dataType: 26 }', 'has: ¤{}'),
  structural('SCENARIO_VALUE', 'fails: [none-after]', 'fails: ¤[]', 'shows nothing'),
  structural('SCENARIO_VALUE', 'block: omit', 'block: ¤skip', 'omit'),
  // Texts
  structural('SCENARIO_TEXT', 'title: A handset is stolen at the station', `title: ¤${'x'.repeat(201)}`),
  meaning('SCENARIO_TEXT', 'title: A handset is stolen at the station', 'title: ¤"ring \\a"', 'print'),
  meaning('SCENARIO_TEXT', 'title: A handset is stolen at the station', 'title: ¤"\\u202eabc"', 'print'),
  meaning('SCENARIO_TEXT', 'title: A handset is stolen at the station', 'title: ¤"\\ud800"', 'print'),
  structural('SCENARIO_TEXT', 'clauses: [para-29, para-30]', `¤${'k'.repeat(201)}: 1`),
  // Names, numbers, durations, instants, times
  structural('SCENARIO_NAME', 'scenario: client-compromise', 'scenario: ¤Client_Compromise', 'hyphens'),
  structural('SCENARIO_NAME', 'scenario: client-compromise', `scenario: ¤${'x'.repeat(65)}`, '64'),
  structural('SCENARIO_NAME', 'second-call: {', '¤Second-call: {'),
  structural('SCENARIO_NUMBER', '"+447700900002"', '¤"07700900002"', '+447700900001'),
  structural('SCENARIO_DURATION', 'skew-limit: 10m', 'skew-limit: ¤10', 'Write a unit: 10s'),
  structural('SCENARIO_DURATION', 'skew-limit: 10m', 'skew-limit: ¤ten minutes'),
  structural('SCENARIO_DURATION', 'clock: "+2m"', 'clock: ¤"2m"', '-1h'),
  structural('SCENARIO_DURATION', 'within: 1s', 'within: ¤1 second'),
  structural('SCENARIO_INSTANT', '2015-10-14T08:00:00Z', '¤2015-10-14T08:00:00+01:00', 'UTC'),
  meaning('SCENARIO_INSTANT', '2015-10-14T08:00:00Z', '¤2015-02-29T08:00:00Z'),
  structural('SCENARIO_WHEN', 'at: "08:30:30"', 'at: ¤"8:30"', 'not a time'),
  meaning('SCENARIO_WHEN', 'at: "08:30:30"', 'at: ¤"24:00"', 'not a time'),
  meaning('SCENARIO_WHEN', 'at: "08:30:30"', 'at: ¤"07:59"', 'before the scenario begins'),
  meaning('SCENARIO_WHEN', 'at: "08:30:30"', 'at: ¤"2015-11-05 08:00"', 'Let it end later'),
  structural(
    'SCENARIO_WHEN',
    'ends: "2015-11-04 12:00"',
    'ends: ¤reported+2m',
    'Write ends: { after: reported + 2m }.',
  ),
  structural(
    'SCENARIO_WHEN',
    'ends: "2015-11-04 12:00"',
    'ends: ¤blocked',
    'Write ends: { after: blocked }.',
  ),
  structural('SCENARIO_WHEN', 'at: "08:30:30"', 'at: ¤blocked', 'Write after: blocked in place of at.'),
  structural('SCENARIO_WHEN', 'at: "08:30:30"', 'at: ¤noon', 'not a time'),
  structural('SCENARIO_WHEN', 'at: "+1h 10m"', 'at: ¤"+1 hour"', 'not a duration'),
  structural('SCENARIO_WHEN', 'after: reported + 10m', 'after: ¤reported - 10m', 'before its moment'),
  structural('SCENARIO_WHEN', 'after: reported + 10m', 'after: ¤reported+10m', ' + '),
  meaning('SCENARIO_WHEN', 'after: reported + 10m', 'after: ¤last-accepted', 'when the run is over'),
  // Names that must be known
  meaning(
    'SCENARIO_DUPLICATE_ID',
    '- { at: "2015-10-15 09:00"',
    '- { id: ¤block, at: "2015-10-15 09:00"',
    'the step in line 40',
  ),
  meaning('SCENARIO_DUPLICATE_ID', '- { id: once,', '- { id: ¤dec-out-1,', 'the probe in line'),
  meaning(
    'SCENARIO_DUPLICATE_ID',
    'people: [cms-operator,',
    'people: [¤alice,',
    "'alice' is the name of line",
  ),
  meaning('SCENARIO_DUPLICATE_ID', '- { id: once,', '- { id: ¤no-cable,', 'a check of every run'),
  meaning('SCENARIO_DUPLICATE_ID', 'people: [cms-operator,', 'people: [¤mdm,', 'the mdm of every world'),
  meaning('SCENARIO_DUPLICATE_ID', ' crs: { kind: crs }', ' ¤crs: { kind: cms }', 'the crs of every world'),
  meaning('SCENARIO_UNKNOWN_ACCOUNT', 'account: field', 'account: ¤feild', "Did you mean 'field'?"),
  meaning('SCENARIO_UNKNOWN_ACCOUNT', 'enrolled: false', 'account: ¤east, enrolled: false', 'is hq'),
  meaning('SCENARIO_UNKNOWN_DEVICE', 'cms: field-cms', 'cms: ¤feld-cms', "Did you mean 'field-cms'?"),
  meaning('SCENARIO_UNKNOWN_DEVICE', 'cms: field-cms', 'cms: ¤east', "'east' is a device of kind crs"),
  meaning('SCENARIO_UNKNOWN_DEVICE', 'crs: east }', 'crs: ¤esat }', "Did you mean 'east'?"),
  meaning('SCENARIO_UNKNOWN_DEVICE', 'crs: east }', 'crs: ¤alice-phone }', 'of kind handset'),
  meaning('SCENARIO_UNKNOWN_DEVICE', 'protects: east', 'protects: ¤field-cms', 'of kind cms'),
  meaning('SCENARIO_SHARED_CMS', 'field: { cms: field-cms', '¤field: { cms: cms', "the CMS of 'hq', cms"),
  meaning(
    'SCENARIO_SHARED_CMS',
    'field: { cms: field-cms, crs: east }',
    'field: { cms: field-cms }\n    ¤other: { cms: field-cms, crs: east }',
    "the CMS of 'field', field-cms",
  ),
  meaning('SCENARIO_UNKNOWN_LINK', 'taps: [alice-crs,', 'taps: [¤alice-east,'),
  meaning(
    'SCENARIO_DUPLICATE_ID',
    'bob: { number: "+447700900002"',
    '¤bob: { number: "+447700900001"',
    "the number of 'alice'",
  ),
  meaning(
    'SCENARIO_UNKNOWN_PERSON',
    'by: crs-admin, on: crs',
    'by: ¤crs-admim, on: crs',
    "Did you mean 'crs-admin'?",
  ),
  meaning(
    'SCENARIO_UNKNOWN_DEVICE',
    'on: crs, type: "block',
    'on: ¤crss, type: "block',
    "Did you mean 'crs'?",
  ),
  meaning('SCENARIO_UNKNOWN_DEVICE', 'on: alice-phone,', 'on: ¤alice,', 'Leave `on` out'),
  meaning('SCENARIO_STANDING_DEVICE', ' crs: { kind: crs }', ' ¤mdm-b: { kind: mdm }', "is 'mdm'"),
  meaning('SCENARIO_UNKNOWN_PERSON', 'by: crs-admin, on: crs,', 'by: ¤crs, on: crs,', "'crs' is a device"),
  meaning('SCENARIO_UNKNOWN_PERSON', 'victim: bob', 'victim: ¤bobb', "Did you mean 'bob'?"),
  meaning('SCENARIO_UNKNOWN_PERSON', 'victim: bob', 'victim: ¤crs-admin', 'there is no user'),
  meaning('SCENARIO_UNKNOWN_KIND', 'kind: attacker', 'kind: ¤atacker', "Did you mean 'attacker'?"),
  meaning('SCENARIO_UNKNOWN_LINK', 'taps: [alice-crs,', 'taps: [¤alice-phone-crs,'),
  meaning('SCENARIO_TAP_IN_TUNNEL', 'bob-crs, abroad-crs]', 'bob-crs, ¤alice-tunnel]', 'vpn-crs'),
  meaning('SCENARIO_CMS_ATTACHED', 'bob-crs, abroad-crs]', 'bob-crs, ¤cms-crs]', 'plug-cable cms'),
  meaning('SCENARIO_CMS_ATTACHED', 'alice-crs: { profile', '¤cms-crs: { profile', 'plug-cable cms'),
  meaning('SCENARIO_CMS_ATTACHED', 'at: { alice-phone: abroad', 'at: { ¤cms: abroad', 'carried'),
  meaning('SCENARIO_UNKNOWN_DEVICE', 'at: { alice-phone: abroad', 'at: { ¤alice-phon: abroad', 'alice-phone'),
  meaning('SCENARIO_UNKNOWN_SITE', 'alice-phone: abroad', 'alice-phone: ¤abrod', "Did you mean 'abroad'?"),
  meaning('SCENARIO_DUPLICATE_ID', 'tunnel: { kind', '¤alice: { kind', "'alice' is the name of line"),
  meaning('SCENARIO_DUPLICATE_ID', 'tunnel: { kind', '¤home: { kind', 'has not roamed'),
  structural('SCENARIO_VALUE', 'kind: visited', 'kind: ¤visit', "Did you mean 'visited'?"),
  structural('SCENARIO_VALUE', 'default: deny', 'default: ¤drop', 'allow, deny'),
  structural(
    'SCENARIO_VALUE',
    '{ default: deny, rules: [allow tcp 5061, "allow udp 49152-65535 from tunnel"], protects: east }',
    '¤open',
    'standard',
  ),
  meaning(
    'SCENARIO_UNKNOWN_LINK',
    'alice-crs: { profile',
    '¤alic-crs: { profile',
    "Did you mean 'alice-crs'?",
  ),
  meaning('SCENARIO_UNKNOWN_PROFILE', 'profile: 3g', 'profile: ¤4g', "Did you mean '3g'?"),
  meaning(
    'SCENARIO_UNKNOWN_COMMAND',
    'type: "call bob --for 40s"',
    'type: ¤"cal bob --for 40s"',
    "Did you mean 'call'?",
  ),
  meaning('SCENARIO_UNKNOWN_COMMAND', 'type: "tell crs-admin', 'type: ¤"yell crs-admin', 'a person'),
  meaning(
    'SCENARIO_UNKNOWN_MOMENT',
    'after: reported + 10m',
    'after: ¤report + 10m',
    "Did you mean 'reported'?",
  ),
  meaning('SCENARIO_UNKNOWN_MOMENT', 'of: blocked', 'of: ¤block'),
  meaning('SCENARIO_UNKNOWN_MOMENT', 'order: [reported,', 'order: [¤told,'),
  meaning('SCENARIO_UNKNOWN_STEP', 'block: omit', '¤blok: omit', "Did you mean 'block'?"),
  meaning('SCENARIO_UNKNOWN_CHECK', 'predict: { dec-out-1', 'predict: { ¤live-cut', 'no probe'),
  meaning(
    'SCENARIO_UNKNOWN_CHECK',
    'not-applicable: { live-cut',
    'not-applicable: { ¤life-cut',
    "Did you mean 'live-cut'?",
  ),
  meaning('SCENARIO_UNKNOWN_CHECK', 'fails: [none-after]', 'fails: [¤none]'),
  meaning('SCENARIO_UNKNOWN_ROW', 'row: dec-out', 'row: ¤dec-ot', "Did you mean 'dec-out'?"),
  meaning('SCENARIO_UNKNOWN_CLAUSE', 'clauses: [para-29,', 'clauses: [¤para-99,'),
  meaning('SCENARIO_UNKNOWN_CLAUSE', 'clause: para-32 }\n  - { id: all', 'clause: ¤para-33 }\n  - { id: all'),
  meaning(
    'SCENARIO_UNKNOWN_EVENT',
    'first: person.told',
    'first: ¤person.tell',
    "Did you mean 'person.told'?",
  ),
  meaning('SCENARIO_UNKNOWN_EVENT', 'never: crs.call-connected', 'never: ¤crs.call-conected'),
  meaning(
    'SCENARIO_UNKNOWN_FIELD',
    'has: { dataType: 26 }',
    'has: { ¤datatype: 26 }',
    "Did you mean 'dataType'?",
  ),
  meaning('SCENARIO_UNKNOWN_FIELD', 'by: alice, to: crs-admin }', '¤bye: alice, to: crs-admin }'),
  meaning('SCENARIO_UNKNOWN_PARAMETER', '{ skew-limit: 10m', '{ ¤skew: 10m'),
  meaning(
    'SCENARIO_UNKNOWN_PLANT',
    'plant: crs.block-ignored',
    'plant: ¤crs.block-ignord',
    "Did you mean 'crs.block-ignored'?",
  ),
  // YAML
  meaning(
    'SCENARIO_YAML',
    'people: [cms-operator, crs-admin, mdm-admin]',
    'people: [cms-operator\n  ¤network:',
  ),
  meaning('SCENARIO_TAB', '  people: [cms', '¤\tpeople: [cms'),
  meaning('SCENARIO_ALIAS', 'clauses: [para-29, para-30]', 'clauses: ¤&list [para-29, para-30]'),
  meaning('SCENARIO_ALIAS', 'clauses: [para-29, para-30]', 'clauses: ¤*list'),
  meaning('SCENARIO_MERGE_KEY', 'clauses: [para-29, para-30]', '¤<<: { clauses: [para-29] }'),
  meaning('SCENARIO_TAG', 'clauses: [para-29, para-30]', 'clauses: ¤!!seq [para-29, para-30]'),
  { to: `¤%YAML 1.1\n---\n${SMALL}`, codes: ['SCENARIO_TAG'], schema: false },
  { to: `${SMALL}¤---\na: 1\n`, codes: ['SCENARIO_DOCUMENTS'], schema: false },
  { to: '¤', codes: ['SCENARIO_DOCUMENTS'], says: 'empty', schema: true },
  { to: '¤# only a comment\n', codes: ['SCENARIO_DOCUMENTS'], schema: true },
  { to: `¤# ${'x'.repeat(1 << 20)}`, codes: ['SCENARIO_TOO_LARGE'], says: 'octets', schema: false },
  { to: `¤${'\n'.repeat(200_001)}`, codes: ['SCENARIO_TOO_LARGE'], says: 'tokens', schema: false },
  {
    to: `${SMALL}steps: ¤[${'0, '.repeat(2000)}0]\n`,
    codes: ['SCENARIO_TOO_LARGE'],
    says: '2001 entries',
    schema: true,
  },
  { to: `a: ${'['.repeat(15)}[¤x]${']'.repeat(15)}\n`, codes: ['SCENARIO_TOO_DEEP'], schema: false },
  // Several at once, and one mistake that is not reported twice
  {
    from: 'number: "+447700900002", handset: { platform: ios,',
    to: 'number: ¤"0", handset: { platform: ¤symbian,',
    codes: ['SCENARIO_NUMBER', 'SCENARIO_VALUE'],
    schema: true,
  },
];
