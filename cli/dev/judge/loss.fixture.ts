/** A small scenario that performs a procedure, for the test of the judge: with checks of all that is done in it, or with none. */
import { loadScreenplay, type Screenplay } from '../../../scenarios/language/index.ts';
import { SHIPPED_KINDS, vocabulary } from '../../../scenarios/world/index.ts';

const CUT_OFF = `procedure: cut-off
title: A user is cut off
parameters:
  user: { is: user }
  where: { is: text, default: "in a taxi" }
  form: { is: thing, default: form-1 }
roles: { lead: crs-admin, second: deputy }
prescribed: [block, look]
requires:
  tell: [report]
  block: [tell]
  look: [block]
  write: [block]
  again: [block]
steps:
  - { id: report, by: "{user}", type: "tell {lead} I left my phone {where}" }
  - { id: tell, hidden: "the text does not say who blocks", by: lead, type: "tell {second} block {user.number}" }
  - id: block
    by: second
    on: "{user.crs}"
    type: "block-user {user.number}"
    done: { see: crs.user-blocked, where: { user: "{user}" } }
  - { id: look, optional: true, by: second, on: "{user.crs}", type: users }
  - { id: write, by: second, type: "note {user} is blocked", after: [look] }
  - { id: again, optional: true, by: second, on: "{user.crs}", type: users, after: [block] }
leaves:
  - { id: nobody-calls, never: crs.call-routed, where: { from: "{user}" }, after: block }
`;

const LOSS = `scenario: loss
title: A phone is left in a taxi
begins: 2015-10-14T08:00:00Z
ends: "08:40"
world:
  users:
    alice: { number: "+447700900001", handset: { platform: android, version: "5.1" } }
    bob: { number: "+447700900002", handset: { platform: ios, version: "8.4" } }
  people: [crs-admin, deputy]
steps:
  - { id: loss, at: "08:10", perform: cut-off, user: alice, where: "on a train", form: form-7, cast: { second: deputy }, with: [look] }
  - { id: call, at: "08:30", by: alice, on: alice-phone, type: "call bob --for 5s", refused: HANDSET_NOT_REGISTERED }
expect:
CHECKS
variants:
  at-once: { title: "As it should be" }
  slowly: { title: "The deputy takes ten minutes", steps: { loss.block: { takes: 10m } } }
  half-way: { title: "She stops", reference: false, steps: { loss: { until: tell }, call: omit }HALF }
`;

const CHECKS = {
  strong: `  - { id: in-order, order: [loss.report, loss.tell, loss.block, loss.look], title: "reported, told, blocked" }
  - { id: cut-off, see: crs.user-blocked, where: { user: alice }, before: "08:30" }
  - { id: written, see: person.noted, where: { on: deputy }, within: 1h, of: loss.look }
  - { id: tried, see: console.refused, where: { on: alice-phone }, caused-by: call }`,
  weak: '  - { id: cut-off, see: crs.user-blocked }',
};
/** What is expected of the variant in which nobody blocks. */
const HALF = {
  strong: ', expect: [{ id: half, see: person.told, where: { to: deputy } }]',
  weak: '',
};

/** The scenario with its checks, and the procedure that it performs. */
export function loss(checks: keyof typeof CHECKS): Screenplay {
  const procedure = { name: 'cut-off', file: 'cut-off.yaml', text: CUT_OFF };
  const sources = new Map([[procedure.name, procedure]]);
  const text = LOSS.replace('CHECKS', CHECKS[checks]).replace('HALF', HALF[checks]);
  return loadScreenplay(text, `${checks}.yaml`, vocabulary(SHIPPED_KINDS), sources);
}
