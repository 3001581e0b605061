/** Procedures that use the whole language, and a scenario that performs them: what the tests and the fuzzer work on. */
import { EXAMPLE_VOCABULARY } from '../example.fixture.ts';
import type { Vocabulary } from '../vocabulary.ts';
import type { ProcedureSources } from './source.ts';

/** The small vocabulary of tests, with what procedures look at. */
export const PROCEDURE_VOCABULARY: Vocabulary = {
  ...EXAMPLE_VOCABULARY,
  knownEvents: [...EXAMPLE_VOCABULARY.knownEvents, 'mdm.wiped'],
  eventFields: { ...EXAMPLE_VOCABULARY.eventFields, 'mdm.wiped': ['phone'] },
  valueDomains: { ...EXAMPLE_VOCABULARY.valueDomains, 'mdm.wiped.phone': 'device' },
};

/** Everything that can stand in a procedure file, at least once. */
export const RECOVERY = `# Every part of the language, once.
procedure: recovery
title: Recovery
purpose: A phone is made useless.
source: [para-29, para-30]

parameters:
  user: { is: user }
  phone: { is: handset, default: "{user.phone}" }
  lost: { is: [handset, code], default: handset }
  note: { is: text, default: "it is gone" }
  months: { is: months, default: ["2015-10"] }
  who: { is: person, optional: true }

roles:
  lead: "{user.crs}-admin"
  mdm: mdm-admin

given:
  - { knows: lead, see: person.told, where: { by: "{user}" }, text: "{lead} was told" }

prescribed: [wipe, block]
requires: { wipe: [tell-mdm], settle: [block] }

steps:
  - { id: tell-mdm, hidden: "the text is silent", by: lead, type: "tell {mdm} {phone} is lost", takes: 2m, when: { lost: handset } }
  - id: wipe
    by: mdm
    on: mdm
    type: "wipe {phone}"
    when: { lost: [handset] }
    clause: para-30
    cue: "Wipe {phone}."
    done: { see: mdm.wiped, where: { phone: "{phone}" } }
    within: 15m
    otherwise: [{ id: warn, by: mdm, type: "tell {lead} no answer from {phone}" }]
    check: para-29.c1/order
  - { id: block, by: lead, on: "{user.crs}", type: "block-user {user.number}", done: { see: crs.user-blocked, where: { user: "{user}" } } }
  - { id: settle, optional: true, perform: settling, user: "{user}", words: "{note}", cast: { clerk: "{lead}" }, with: [again], goes-on-after: say, after: [wipe] }
  - { id: record, for-each: months, by: lead, type: "tell {user} {each} {note}", after: [settle], refused: CRS_BLOCKED }
  - { id: hear, for-each: users, by: lead, done: { see: person.told, where: { to: "{each}" } }, unless: { see: crs.session-closed }, when-noticed: { see: person.told } }

leaves:
  - { id: nobody, never: crs.call-connected, where: { from: "{user}" }, given: block, between: [block, settle.begun] }
  - { id: in-order, order: [block, settle] }
`;

/** What the recovery performs in turn. */
export const SETTLING = `procedure: settling
title: Settling
parameters: { user: { is: user }, words: { is: text } }
roles: { clerk: crs-admin }
steps:
  - { id: say, by: clerk, type: "tell {user} {words}" }
  - { id: again, optional: true, by: clerk, type: "tell {user} {words} again" }
leaves:
  - { id: told, see: person.told, where: { to: "{user}" }, after: say }
`;

/** Both, by name. */
export const PROCEDURES: ProcedureSources = new Map(
  Object.entries({ recovery: RECOVERY, settling: SETTLING }).map(([name, text]) => [
    name,
    { name, file: `procedures/${name}.yaml`, text },
  ]),
);

/** A scenario that performs the recovery twice, and the settling for everybody. */
export const PERFORMING = `scenario: performing
title: A recovery
begins: 2015-10-14T08:00:00Z
world:
  users:
    alice: { number: "+447700900001", handset: { platform: android, version: "5.1" } }
    bob: { number: "+447700900002", handset: { platform: ios, version: "8.4" } }
    carol: { number: "+447700900003" }
  people: [crs-admin, mdm-admin, deputy]
steps:
  - { id: report, at: "08:30", by: alice, type: "tell crs-admin it is gone" }
  - { id: first, after: told + 10m, perform: recovery, user: alice, note: "in 'a' taxi", with: [settle], steps: { wipe: { takes: 3m } } }
  - { id: second, after: first.block + 5m, perform: recovery, user: bob, lost: code, cast: { lead: deputy } }
  - { id: round, after: second, perform: settling, for-each: users, user: "{each}", words: done }
moments:
  told: { first: person.told, by: alice }
expect:
  - { id: one-by-one, order: [first.begun, first.wipe, first, "round[bob].say"] }
  - { id: not-twice, never: crs.session-closed, given: first.block }
variants:
  by-the-book: { title: By the book }
  block-first: { title: Block first, steps: { first: { order: [block, wipe] }, first.wipe: { takes: 30m, by: crs-admin } } }
  not-wiped: { title: Not wiped, reference: false, steps: { first.wipe: omit, second: { values: { lost: handset } } }, not-applicable: { first/wipe: "that is the error" } }
  half-way: { title: Half way, reference: false, steps: { first: { until: block }, round: omit } }
plants:
  - { plant: crs.block-ignored, fails: [first/nobody] }
`;
