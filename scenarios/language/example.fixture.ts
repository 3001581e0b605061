/** A scenario that uses the whole language, and a small vocabulary for it: what the tests and the fuzzer work on. */
import type { Vocabulary } from './vocabulary.ts';

const MINUTE = 60_000_000;

/** A small vocabulary made up for tests: it knows all that the example names, and is not that of the shipped kinds. */
export const EXAMPLE_VOCABULARY: Vocabulary = {
  parameters: {
    'skew-limit': {
      kind: 'duration',
      default: 10 * MINUTE,
      min: 1_000_000,
      max: 10_080 * MINUTE,
      summary: 'How far clocks may differ',
      source: 'RFC 3830 5.4',
    },
    'identity-check': {
      kind: 'choice',
      default: 'required',
      choices: ['required', 'off'],
      summary: 'Whether the CRS compares identities',
      source: 'open',
    },
    'keep-ssv': { kind: 'boolean', default: false, summary: 'Whether the app keeps the SSV', source: 'open' },
    'crs-months': {
      kind: 'integer',
      default: 2,
      min: 1,
      max: 12,
      summary: 'Months on the CRS',
      source: 'para-27',
    },
    'loss-limit': {
      kind: 'number',
      default: 0.5,
      min: 0,
      max: 1,
      summary: 'Loss that is tolerated',
      source: 'open',
    },
    'operator-note': { kind: 'text', default: '', summary: 'A note for the report', source: 'open' },
  },
  clauses: ['para-2', 'para-12', 'para-29', 'para-30', 'para-31', 'para-32'],
  parts: new Map(
    (
      [
        { id: 'para-2.c1/sealed', by: 'expectation', rows: [] },
        { id: 'para-2.c1/opened', by: 'probe', rows: ['dec-in', 'dec-out'], outcome: 'refused' },
        { id: 'para-12.c1/rate', by: 'probe', rows: ['vbr'], outcome: 'refused' },
        { id: 'para-29.c1/order', by: 'expectation', rows: [] },
        { id: 'para-30.c1/soon', by: 'expectation', rows: [] },
        { id: 'para-32.c1/cut', by: 'expectation', rows: [] },
        { id: 'para-32.c1/calls', by: 'probe', rows: ['live-call'], outcome: 'refused' },
      ] as const
    ).map((part) => [part.id, part]),
  ),
  targets: {
    'block-cuts': { kind: 'duration', needed: ['para-30.c1/soon'] },
    versions: { kind: 'words', needed: [] },
  },
  standingChecks: [{ id: 'no-cable', title: 'nobody plugs in a cable', never: 'cms.cable-plugged' }],
  opportunities: {
    'cms.cable-plugged': [{ type: 'person.told' }],
    'crs.call-connected': [{ type: 'crs.session-closed', same: { from: 'user' } }],
    'mikey.accepted': [{ type: 'crs.session-closed', same: { identity: 'user' } }, { type: 'person.told' }],
  },
  causes: { 'crs.user-blocked': 'block-user', 'person.told': 'tell' },
  reasons: ['blocked', 'no-rsk'],
  rows: ['dec-in', 'dec-out', 'live-call', 'vbr'],
  knownEvents: [
    'person.told',
    'crs.user-blocked',
    'crs.session-closed',
    'crs.call-connected',
    'mikey.accepted',
  ],
  eventFields: {
    'person.told': ['by', 'to', 'text'],
    'crs.user-blocked': ['user', 'number', 'period', 'disc', 'code', 'again'],
    'mikey.accepted': ['dataType', 'paramsId', 'identity'],
  },
  valueDomains: {
    user: 'user',
    by: 'person',
    'person.told.to': 'person',
    'crs.call-connected.from': 'user',
    period: 'month',
    number: 'number',
    disc: 'thing',
    code: 'code',
    again: 'flag',
    dataType: 'count',
    'mikey.accepted.identity': ['alice', 'bob'],
  },
  codes: ['CRS_BLOCKED'],
  places: ['world'],
  plants: ['crs.block-ignored'],
  profiles: ['perfect', '3g'],
  linkSettings: {
    delay: { kind: 'duration', default: 0, summary: 'One-way delay', source: 'netem' },
    loss: { kind: 'number', default: 0, min: 0, max: 1, summary: 'Probability of loss', source: 'netem' },
  },
  kinds: {
    handset: {
      attacks: false,
      linked: true,
      settings: {
        owner: { kind: 'text', names: 'user', default: '', summary: 'Whose phone it is', source: 'open' },
      },
      commands: ['call', 'scan'],
    },
    crs: {
      standing: 'crs',
      several: true,
      attacks: false,
      linked: false,
      settings: {},
      commands: ['block-user', 'load'],
    },
    cms: { standing: 'cms', several: true, attacks: false, linked: false, offline: true, settings: {} },
    mdm: { standing: 'mdm', attacks: false, linked: true, settings: {}, commands: ['wipe'] },
    attacker: {
      attacks: true,
      linked: true,
      settings: {
        position: {
          kind: 'choice',
          default: 'remote',
          choices: ['remote', 'near'],
          summary: 'Where it is',
          source: 'open',
        },
        victim: { kind: 'text', names: 'user', default: '', summary: 'Whom it is after', source: 'open' },
      },
      commands: ['decrypt', 'call'],
    },
  },
  personCommands: ['tell', 'seize'],
};

/** The text of a valid scenario file that uses every form of the language at least once. */
export const EXAMPLE = `# Every part of the language, once.
scenario: client-compromise
title: A handset is stolen at the station
clauses: [para-29, para-30]
begins: 2015-10-14T08:00:00Z
ends: "2015-11-04 12:00"
parameters: { skew-limit: 10m, identity-check: required, crs-months: 2 }

world:
  users:
    alice: { number: "+447700900001", handset: { platform: android, version: "5.1", clock: "+2m" }, enrolled: true }
    bob: { number: "+447700900002", handset: { platform: ios, version: "8.4" } }
    carol: { number: "+447700900003", enrolled: false }
    dave: { number: "+447700900004", account: field, handset: { platform: android, version: "4.4" } }
  people: [cms-operator, crs-admin, mdm-admin]
  accounts:
    field: { cms: field-cms, crs: east }
  network:
    profile: 3g
    loss: 0.01
    links:
      alice-crs: { profile: perfect, delay: 20ms }
  topology:
    firewall: { default: deny, rules: [allow tcp 5061, "allow udp 49152-65535 from tunnel"], protects: east }
    sites:
      abroad: { kind: visited, loss: 0.05 }
      tunnel: { kind: vpn }
    at: { alice-phone: abroad, spare: home }
  devices:
    thief: { kind: attacker, taps: [alice-crs, bob-crs, abroad-crs], victim: bob, position: near }
    spare: { kind: handset, platform: android, version: "5.1", clock: "-90s", owner: bob }
    crs: { kind: crs }
    east: { kind: crs }
    field-cms: { kind: cms }

steps:
  - { at: "08:05", by: alice, on: alice-phone, type: "call bob --for 40s", clause: para-12, cue: "Call Bob." }
  - { at: "08:30:30", by: thief, type: "seize alice-phone", scenery: "a thief" }
  - { id: tell, at: "+1h 10m", by: alice, type: "tell crs-admin my phone is gone" }
  - { id: block, after: reported + 10m, by: crs-admin, on: crs, type: "block-user +447700900001", clause: [para-31, para-32] }
  - { id: wipe, after: reported, by: mdm-admin, on: mdm, type: "wipe alice-phone" }

moments:
  reported: { first: person.told, by: alice, to: crs-admin }
  blocked: { first: crs.user-blocked, on: crs }
  second-call: { nth: { n: 2, of: crs.call-connected }, seconds: { at-least: 5, at-most: 60 } }
  last-accepted: { last: mikey.accepted, identity: { is-not: bob } }

variants:
  block-first:
    title: Block, then wipe
  wipe-first:
    title: Only wiped
    reference: false
    parameters: { skew-limit: 2d }
    steps:
      block: omit
      wipe: { after: reported + 5m, by: crs-admin, on: mdm, type: "wipe bob-phone", clause: para-30, cue: "Wipe it." }
    also:
      - { at: "2015-10-15 09:00", by: thief, on: thief, type: "call bob" }
    predict: { dec-out-1: opened }
    not-applicable: { live-cut: "no one blocks" }

probes:
  - { id: dec-out-1, row: dec-out, at: "08:40", by: thief, on: thief, type: "decrypt alice-to-bob#1", predict: refused, because: "sealed to bob" }
  - { id: call-2, row: live-call, after: blocked + 1m, by: thief, on: thief, type: "call bob", predict: refused, reason: blocked, title: A call after the block, check: para-32.c1/calls }

not-tested:
  - { row: vbr, reason: "needs a VBR codec", check: para-12.c1/rate }

expect:
  - { id: live-cut, see: crs.session-closed, where: { user: alice }, within: 1s, of: blocked, check: para-32.c1/cut }
  - { id: none-after, never: crs.call-connected, where: { from: alice }, after: blocked + 1m, check: para-32.c1/cut }
  - { id: all-sakke, every: mikey.accepted, has: { dataType: 26 }, check: para-2.c1/sealed }
  - { id: in-order, order: [reported, blocked], check: para-29.c1/order, title: Told before blocked }
  - { id: once, see: crs.user-blocked, times: 1, before: last-accepted }
  - { id: some, see: crs.call-connected, times: { at-least: 1, at-most: 9 }, between: ["08:00", reported] }
  - { id: by-table, never: mikey.accepted, where: { identity: bob } }
  - { id: by-event, never: crs.user-blocked, given: { see: person.told, where: { to: alice } }, where: { again: true } }
  - { id: by-step, never: crs.session-closed, given: wipe }
  - { id: each-told, each: user, see: person.told, where: { by: $user } }
  - { id: calls-alike, across: [block-first, wipe-first], verdicts: [some, call-2], check: para-2.c1/sealed }

plants:
  - { plant: crs.block-ignored, fails: [none-after] }
`;
