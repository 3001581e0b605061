/** Where procedures are performed in every wrong way: small scenarios, each with checks of what would be lost, whoever forgot it and why. */

/** One procedure, where something hangs on it. */
export interface StakedProcedure {
  readonly procedure: string;
  /** The scenario without its variants; it performs the procedure as `it`. */
  readonly text: string;
  /** Pairs of steps of which the first loses something where it comes after the second, though nothing forbids it. */
  readonly apart: readonly (readonly [first: string, second: string])[];
  /** The last step that something hangs on: who stops there has lost nothing. */
  readonly last: string;
  /** How long a step may take besides without a loss, and how long it may not. */
  readonly short: string;
  readonly long: string;
  /** Steps of a variant in which what is waited for comes after its time. */
  readonly late: string;
}

const RECOVERY = `scenario: stolen-phone
title: A phone is stolen
begins: 2015-10-14T08:00:00Z
ends: "14:00"
world:
  users:
    alice: { number: "+447700900001", handset: { platform: android, version: "5.1" } }
    bob: { number: "+447700900002", handset: { platform: ios, version: "8.4" } }
  people: [cms-operator, crs-admin, mdm-admin]
  network: { profile: perfect }
  devices:
    thief: { kind: attacker }
steps:
  - { id: theft, at: "08:20", by: thief, type: "seize alice-phone" }
  - { id: report, at: "08:30", by: alice, type: "tell crs-admin my phone is gone" }
  - { id: it, after: reported, perform: client-recovery, user: alice }
  - { id: knocks, at: "13:30", by: thief, on: thief, type: "call-as alice bob" }
moments:
  reported: { first: person.told, by: alice, to: crs-admin }
expect:
  - { id: wiped, see: handset.wiped, where: { on: alice-phone }, within: 1h, of: reported }
  - { id: destroyed, see: cms.keys-destroyed, where: { user: alice }, within: 1h, of: reported }
  - { id: blocked, see: crs.user-blocked, where: { user: alice }, within: 1h, of: reported }
  - { id: looked-up, see: console.typed, where: { on: crs, line: status }, within: 2h, of: reported }
  - { id: log-read, see: crs.log-checked, within: 2h, of: reported }
  - { id: recorded, see: person.noted, where: { by: crs-admin }, within: 2h, of: reported }
`;

const UPDATE = `scenario: next-month
title: A month ends
begins: 2015-10-22T08:00:00Z
ends: "2015-11-01 06:00"
world:
  users:
    alice: { number: "+447700900001", handset: { platform: android, version: "5.1" } }
    bob: { number: "+447700900002", handset: { platform: ios, version: "8.4" } }
  people: [cms-operator, crs-admin]
  network: { profile: perfect }
steps:
  - { id: it, at: "2015-10-22 09:00", perform: monthly-update, month: "2015-11", disc: nov-disc }
expect:
  - { id: fetched, each: user, see: handset.keys-installed, where: { user: $user, source: package, period: "2015-11" }, times: 1 }
  - { id: in-time, every: handset.keys-installed, where: { source: package }, has: { leadHours: { at-least: 24 } } }
  - { id: read-first, every: crs.disc-loaded, has: { logChecked: true } }
  - { id: discs-accounted, see: audit.discs, where: { month: "2015-10", unaccounted: 0 }, times: 1 }
`;

/** Client recovery with a thief who knocks, and the monthly update with phones that need its keys. */
export const SCENES: readonly StakedProcedure[] = [
  {
    ...{ procedure: 'client-recovery', text: RECOVERY, apart: [], last: 'record', short: '5m', long: '3h' },
    late: '{ at: "08:25", by: thief, type: "shield alice-phone" }',
  },
  {
    ...{ procedure: 'monthly-update', text: UPDATE, last: 'destroy', short: '10m', long: '8d' },
    apart: [
      ['burn', 'eject'],
      ['load', 'out'],
      ['check-log', 'load'],
    ],
    late: '{ at: "2015-10-22 08:30", by: bob, type: "shield bob-phone" }, { at: "2015-10-26 08:00", by: bob, type: "shield bob-phone --off" }',
  },
];
