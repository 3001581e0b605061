/**
 * A short exercise for tests: Alice's phone is stolen, and the administrator of the CRS is to block her. Carol is whom a probe takes for
 * its positive control.
 */
import { MINUTE, type Micros } from '../../sim/clock.ts';
import { loadQrReader } from '../../devices/zxing/qr-reader.ts';
import {
  orderOf,
  outcomeOf,
  resolvedFor,
  runScenario,
  runSeed,
  type ScoredRun,
  type VariantResult,
} from '../runs/index.ts';
import { loadScreenplay, type Screenplay } from '../language/index.ts';
import { vocabulary, type Assets, SHIPPED_KINDS } from '../world/index.ts';
import { Rehearsal, type RehearsalOptions } from './rehearsal.ts';

/** The scenario as YAML, for tests that write it to a file. */
export const STOLEN_PHONE_TEXT = `
scenario: stolen-phone
title: A phone is stolen
begins: 2015-10-14T08:00:00Z
ends: "09:30"
world:
  users:
    alice: { number: "+447700900001", handset: { platform: android, version: "5.1" } }
    bob: { number: "+447700900002", handset: { platform: ios, version: "8.4" } }
    carol: { number: "+447700900003", handset: { platform: android, version: "4.4" } }
  people: [cms-operator, crs-admin, mdm-admin]
  network: { profile: perfect }
  devices:
    thief: { kind: attacker, taps: [alice-crs, bob-crs] }
steps:
  - { id: call, at: "08:01", by: bob, on: bob-phone, type: "call alice --for 5s" }
  - { id: theft, at: "08:10", by: thief, type: "seize alice-phone" }
  - { id: report, at: "08:15", by: alice, type: "tell crs-admin my phone is gone", cue: "Tell somebody that your phone is gone." }
  - { id: wipe, after: reported + 1m, by: mdm-admin, on: mdm, type: "wipe alice-phone" }
  - { id: block, after: reported + 5m, by: crs-admin, on: crs, type: "block-user +447700900001", cue: "Block Alice on the CRS." }
  - { id: check, after: reported + 6m, by: crs-admin, on: crs, type: check-log }
moments:
  reported: { first: person.told, by: alice, to: crs-admin }
  blocked: { first: crs.user-blocked, user: alice }
probes:
  - { id: live-0812, row: live-call, at: "08:12", by: thief, on: thief, type: "call-as alice bob", predict: opened, because: "nothing is blocked yet" }
  - { id: live-0830, row: live-call, at: "08:30", by: thief, on: thief, type: "call-as alice bob", predict: refused, because: "she is blocked" }
  - { id: live-0900, row: live-call, at: "09:00", by: thief, on: thief, type: "call-as alice bob", predict: refused, because: "she is blocked" }
expect:
  - { id: user-blocked, see: crs.user-blocked, where: { user: alice }, within: 20m, of: reported }
`;

/** The same as it is loaded, with the shipped kinds of devices. */
export const STOLEN_PHONE: Screenplay = loadScreenplay(
  STOLEN_PHONE_TEXT,
  'stolen-phone.yaml',
  vocabulary(SHIPPED_KINDS),
);

/** The seed of the suite, and its key seed; a run's own seed is derived from it. */
export const SEED = '42';

/** Silent people and the real QR reader. */
export const ASSETS: Assets = { readQr: await loadQrReader(), speech: [], kinds: SHIPPED_KINDS };

/** What decides a run of the exercise. */
export const REQUEST = { screenplay: STOLEN_PHONE, seed: SEED, keySeed: SEED, parameters: {} };

/** Begins the exercise as one role, in its only variant; options replace those of the fixture. */
export function rehearse(role: string, options: Partial<RehearsalOptions> = {}): Rehearsal {
  return new Rehearsal({
    role,
    screenplay: resolvedFor(REQUEST, 'main'),
    seed: runSeed(SEED, STOLEN_PHONE.id),
    keySeed: SEED,
    assets: ASSETS,
    tool: 'calldrill 0.1.0',
    broken: [],
    ...options,
  });
}

/** Minutes since the exercise began at eight. */
export function at(minutes: number): Micros {
  return minutes * MINUTE;
}

/** Types lines at their minutes, then runs to the end. */
export function playOut(
  rehearsal: Rehearsal,
  script: readonly (readonly [minutes: number, line: string])[],
): void {
  for (const [minutes, line] of script) {
    rehearsal.advanceTo(at(minutes));
    rehearsal.enter(line);
  }
  rehearsal.finish();
}

/** The model of a rehearsal that is over. */
export function resultOfRehearsal(rehearsal: Rehearsal): VariantResult {
  own ??= outcomeOfRun();
  return outcomeOf(REQUEST, rehearsal.performance, own).result;
}

/** The screenplay's own run, which exercises are measured against. */
let own: ScoredRun | undefined;

/** The screenplay's own run, or one of what somebody typed. */
export function ownRun(typed?: Rehearsal['played']): VariantResult {
  return outcomeOfRun(typed).result;
}

function outcomeOfRun(typed?: Rehearsal['played']) {
  const order = orderOf(STOLEN_PHONE, {
    build: '0'.repeat(64),
    variant: 'main',
    seed: SEED,
    parameters: {},
    ...(typed === undefined ? {} : { typed }),
  });
  return runScenario(order, { assets: ASSETS, screenplay: STOLEN_PHONE });
}
