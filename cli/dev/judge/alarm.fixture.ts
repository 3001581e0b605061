/** A small scenario for the test of the judge. Its checks hold all that happens in it, or next to nothing of it. */
import { loadScreenplay, type Screenplay } from '../../../scenarios/language/index.ts';
import { SHIPPED_KINDS, vocabulary } from '../../../scenarios/world/index.ts';

const STORY = `scenario: alarm
title: A phone is gone
begins: 2015-10-14T08:00:00Z
ends: "08:10"
world:
  users:
    alice: { number: "+447700900001", handset: { platform: android, version: "5.1" } }
    bob: { number: "+447700900002", handset: { platform: ios, version: "8.4" } }
    carol: { number: "+447700900003", handset: { platform: android, version: "4.4" } }
  people: [crs-admin]
  devices: { thief: { kind: attacker, taps: [alice-crs, bob-crs] } }
steps:
  - { at: "08:01", by: thief, type: "seize alice-phone" }
  # Alice asks for help.
  - { id: report, at: "08:02", by: alice, type: "tell crs-admin my phone is gone" }
  - id: block
    after: reported + 1m
    by: crs-admin
    on: crs
    type: "block-user +447700900001"
  - { id: weather, at: "08:03", by: bob, type: "note it rains", scenery: "nobody asks" }
moments:
  reported: { first: person.told, by: alice, to: crs-admin }
variants:
  quick: { title: "At once", steps: { block: { after: reported + 30s } } }
  late: { title: "Late", also: [], steps: { report: { at: "08:04" }, block: { after: reported + 2m } } }
  never: { title: "Never", reference: false, predict: { calls: opened }, steps: { block: omit }, not-applicable: { cut: "nobody is blocked" } }
`;

const STRONG = `probes:
  - { id: calls, row: live-call, at: "08:08", by: thief, on: thief, type: "call-as alice bob", predict: refused, reason: blocked, because: "she is blocked" }
expect:
  - { id: cut, see: crs.user-blocked, where: { user: alice }, within: 5m, of: reported }
  - { id: told, see: person.told, where: { by: alice } }
plants:
  - { plant: crs.block-refuses-handshake, fails: [calls] }
`;

/** Nobody waits for the moment, the block is anybody's, and the plant breaks what no check is about. */
const WEAK = `probes:
  - { id: calls, row: live-call, at: "08:08", by: thief, on: thief, type: "call-as alice bob", predict: refused, because: "she is blocked" }
expect:
  - { id: cut, see: crs.user-blocked, times: { at-most: 1 } }
  - { id: told, see: person.told }
plants:
  - { plant: crs.relays-media, fails: [told] }
`;

/** The scenario with its checks. */
export function alarm(checks: 'strong' | 'weak'): Screenplay {
  const unused = '  unused: { nth: { n: 1, of: person.told } }\n';
  const weakened = STORY.replace(', scenery: "nobody asks"', '').replace('moments:\n', `moments:\n${unused}`);
  const text = checks === 'strong' ? `${STORY}${STRONG}` : `${weakened}${WEAK}`;
  return loadScreenplay(text, `${checks}.yaml`, vocabulary(SHIPPED_KINDS));
}
