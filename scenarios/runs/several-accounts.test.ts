import test from 'ava';
import type { AnyTraceEvent, TraceEvent, TraceType } from '../../sim/trace.ts';
import { loadScreenplay, ONLY_VARIANT, resolveVariant } from '../language/index.ts';
import { SHIPPED_KINDS, vocabulary } from '../world/index.ts';
import { assets } from '../world/hall.fixture.ts';
import { ladderOf } from '../evidence/ladder.ts';
import { ladderTableOf } from './ladder-table.ts';
import { Performance } from './performance.ts';
import { orderOf } from './run-order.ts';
import { runScenario } from './run.ts';

/** Two organisations on one rendezvous server: each has its own CMS, and nothing of the keys of the other. */
const TWO_ACCOUNTS = `scenario: two-organisations
title: Two organisations on one CRS
begins: 2015-10-14T08:00:00Z
ends: "08:20"
world:
  accounts:
    red: { cms: red-cms }
    blue: { cms: blue-cms, crs: crs }
  users:
    alice: { number: "+447700900001", account: red, handset: { platform: android, version: "5.1" } }
    bob: { number: "+447700900002", account: red, handset: { platform: ios, version: "8.4" } }
    carol: { number: "+447700900003", account: blue, handset: { platform: android, version: "4.4" } }
    dave: { number: "+447700900004", account: blue, handset: { platform: ios, version: "9.0" } }
    erin: { number: "+447700900005", account: blue, handset: { platform: ios, version: "9.0" } }
    frank: { number: "+447700900006", account: red, handset: { platform: ios, version: "9.0" } }
  people: [red-cms-operator, blue-cms-operator, crs-admin]
  devices:
    red-cms: { kind: cms }
    blue-cms: { kind: cms }
    thief: { kind: attacker, taps: [carol-crs, dave-crs, alice-crs] }
    insider: { kind: attacker, controls: crs, colludes: carol, taps: [alice-crs, bob-crs] }
steps:
  - { at: "08:01", by: alice, on: alice-phone, type: "call bob --for 5s" }
  - { at: "08:02", by: carol, on: carol-phone, type: "call dave --for 5s" }
  - { at: "08:03", by: alice, on: alice-phone, type: "call carol --for 5s" }
  - { at: "08:04", by: dave, on: dave-phone, type: "call bob --for 5s" }
  - { at: "08:05", by: thief, type: "seize dave-phone --leave-it" }
  - { at: "08:06", by: crs-admin, on: crs, type: "block-user +447700900001" }
  - { at: "08:06:30", by: red-cms-operator, on: red-cms, type: "destroy-keys +447700900002" }
  - { at: "08:07", by: red-cms-operator, type: "take-blank next-disc" }
  - { at: "08:07:01", by: red-cms-operator, type: "insert next-disc red-cms" }
  - { at: "08:07:02", by: red-cms-operator, on: red-cms, type: "burn-disc" }
  - { at: "08:07:03", by: red-cms-operator, type: "eject red-cms" }
  - { at: "08:07:04", by: red-cms-operator, type: "carry next-disc crs-admin" }
  - { at: "08:07:05", by: crs-admin, type: "insert next-disc crs" }
  - { at: "08:07:06", by: crs-admin, on: crs, type: "load-disc" }
  - { at: "08:07:07", by: crs-admin, type: "eject crs" }
  - { at: "08:07:30", by: bob, on: bob-phone, type: "fetch" }
  - { at: "08:08", by: carol, on: carol-phone, type: "call erin --for 5s" }
  - { at: "08:09", by: crs-admin, on: crs, type: "delete-account red" }
  - { at: "08:10", by: erin, on: erin-phone, type: "call carol --for 5s" }
  - { at: "08:11", by: carol, on: carol-phone, type: "fetch" }
probes:
  - { id: their-month, row: dec-in, at: "08:05:30", by: thief, type: "decrypt carol-to-dave#1", predict: opened }
  - { id: as-dave, row: live-call, at: "08:05:31", by: thief, type: "call-as dave carol", predict: opened }
  - { id: into-red, row: live-call, at: "08:05:32", by: thief, type: "call-as dave alice", predict: refused }
  - { id: forged, row: forge, at: "08:05:33", by: thief, type: "forge dave bob --via dave", predict: refused }
  - { id: red-call, row: dec-in, at: "08:05:34", by: thief, type: "decrypt alice-to-bob#1", predict: refused }
  - { id: red-call-with-crs, row: dec-in, at: "08:05:35", by: insider, type: "decrypt alice-to-bob#1 --with crs", predict: refused }
  - { id: re-signed, row: crs-subst, at: "08:05:36", by: insider, type: "substitute identity alice bob", predict: refused }
  - { id: replayed, row: replay, at: "08:05:37", by: insider, type: "replay carol-to-dave#1", predict: refused }
expect:
  - { id: red-calls, see: handset.call-secure, where: { from: alice, to: bob }, times: 2 }
  - { id: blue-calls, see: handset.call-secure, where: { from: carol, to: dave }, times: 2 }
  - { id: blue-goes-on, see: handset.call-secure, where: { from: carol, to: erin }, times: 2 }
  - { id: blue-after-the-end-of-red, see: handset.call-secure, where: { from: erin, to: carol }, times: 2 }
  - { id: not-across, never: handset.call-secure, where: { from: alice, to: carol } }
  - { id: not-back, never: handset.call-secure, where: { from: dave, to: bob } }
  - { id: says-why, see: mikey.refused, where: { to: carol, claimed: alice, code: MIKEY_SIGNATURE }, before: "08:05" }
  - { id: says-why-too, see: mikey.refused, where: { to: bob, claimed: dave, code: MIKEY_SIGNATURE }, before: "08:05" }
`;

/** A rendezvous server for each organisation; Carol's second phone is of hers, and the firewall is in front of it. */
const TWO_SERVERS = `scenario: two-servers
title: Two organisations with a CRS each
begins: 2015-10-14T08:00:00Z
ends: "08:12"
world:
  accounts:
    east: { cms: east-cms, crs: crs-east }
  users:
    alice: { number: "+447700900001", handset: { platform: android, version: "5.1" } }
    bob: { number: "+447700900002", handset: { platform: ios, version: "8.4" } }
    carol: { number: "+447700900003", account: east, handset: { platform: android, version: "4.4" } }
    dave: { number: "+447700900004", account: east, handset: { platform: ios, version: "9.0" } }
    erin: { number: "+447700900005", account: east, handset: { platform: ios, version: "9.0" } }
  people: [crs-admin, crs-east-admin, east-cms-operator]
  topology:
    firewall: { protects: crs-east, rules: [allow tcp 5061, "allow udp 49152-65535", allow tcp 22] }
    sites:
      abroad: { kind: visited }
  devices:
    crs-east: { kind: crs }
    east-cms: { kind: cms }
    thief: { kind: attacker, taps: [carol-crs-east, dave-crs-east, abroad-crs, abroad-crs-east, firewall-crs-east] }
    insider: { kind: attacker, controls: crs-east, taps: [carol-crs-east] }
steps:
  - { at: "08:01", by: alice, on: alice-phone, type: "call bob --for 5s" }
  - { at: "08:02", by: carol, on: carol-phone, type: "call dave --for 5s" }
  - { at: "08:03", by: alice, on: alice-phone, type: "call carol --for 5s" }
  - { at: "08:04", by: thief, type: "seize dave-phone --leave-it" }
  - { at: "08:05", by: bob, on: bob-phone, type: "roam abroad" }
  - { at: "08:06", by: dave, on: dave-phone, type: "roam abroad" }
  - { at: "08:07", by: alice, on: alice-phone, type: "call bob --for 5s" }
  - { at: "08:08", by: carol, on: carol-phone, type: "call dave --for 5s" }
  - { at: "08:09", by: crs-admin, on: crs, type: "reinstall" }
  - { at: "08:10", by: carol, on: carol-phone, type: "call erin --for 5s" }
probes:
  - { id: as-dave, row: live-call, at: "08:04:30", by: thief, type: "call-as dave carol", predict: opened }
  - { id: plays-east, row: rogue-crs, at: "08:04:31", by: thief, type: "impersonate-crs dave-phone dave", predict: opened }
  - { id: tells-them, row: enum, at: "08:04:32", by: thief, type: "enumerate dave", predict: refused }
  - { id: package, row: upd-fetch, at: "08:04:33", by: thief, type: "fetch-package dave 2015-10", predict: opened }
  - { id: ports, row: portscan, at: "08:04:34", by: thief, type: "scan-ports --crs crs-east", predict: opened }
  - { id: ports-of-the-other, row: portscan, at: "08:04:35", by: thief, type: "scan-ports --ports 22-23", predict: opened }
  - { id: relay, row: crs-media, at: "08:04:36", by: insider, type: "search-relay carol-to-dave#1", predict: refused }
  - { id: graph, row: meta, at: "08:04:37", by: insider, type: "call-graph", predict: opened }
expect:
  - { id: west, see: handset.call-secure, where: { from: alice, to: bob }, times: 4 }
  - { id: east, see: handset.call-secure, where: { from: carol, to: dave }, times: 4 }
  - { id: no-such-user, see: crs.call-refused, where: { on: crs, from: alice, status: 404 }, times: 1 }
  - { id: east-goes-on, see: handset.call-secure, where: { from: carol, to: erin }, times: 2 }
  - { id: through-a-relay, every: audit.media-path, has: { direct: 0 } }
`;

const loaded = (yaml: string) => loadScreenplay(yaml, 'several.yaml', vocabulary(SHIPPED_KINDS));

function judged(yaml: string, plant?: string): readonly string[] {
  const screenplay = loaded(yaml);
  const wishes = { build: '0'.repeat(64), variant: ONLY_VARIANT, seed: '1', parameters: {} };
  const order = orderOf(screenplay, { ...wishes, ...(plant === undefined ? {} : { plant }) });
  return runScenario(order, { assets, screenplay }).result.checks.flatMap(({ id, verdict, why }) =>
    verdict === 'pass' ? [] : `${id} ${verdict}: ${why}`,
  );
}

/** Probes take time, and not every test is about them. */
function withoutProbes(yaml: string): string {
  return yaml.replace(/^probes:\n(?: {2}.*\n)*/m, '');
}

function performed(yaml: string): Performance {
  const screenplay = resolveVariant(loaded(withoutProbes(yaml)), ONLY_VARIANT);
  const options = { screenplay, seed: '1', keySeed: '1', assets, tool: 'test', broken: [], played: [] };
  const performance = new Performance(options);
  performance.finish();
  return performance;
}

const accounts = performed(TWO_ACCOUNTS);
const servers = performed(TWO_SERVERS);

function of<Type extends TraceType>(
  events: readonly AnyTraceEvent[],
  type: Type,
): readonly TraceEvent<Type>[] {
  const found: TraceEvent<Type>[] = [];
  for (const event of events) if (isOfType(event, type)) found.push(event);
  return found;
}

function isOfType<Type extends TraceType>(
  event: { readonly type: TraceType },
  type: Type,
): event is TraceEvent<Type> {
  return event.type === type;
}

test('two accounts on one CRS: calls within each work, calls across are refused, and what is done to one leaves the other', (t) => {
  t.deepEqual(judged(TWO_ACCOUNTS), []);
});

test('two CRSs: each has its users, its relay, its links and its attackers', (t) => {
  t.deepEqual(judged(TWO_SERVERS), []);
});

test('media that goes past the relays is found wherever it goes', (t) => {
  const failed = judged(withoutProbes(TWO_SERVERS), 'crs.relays-media').join('\n');
  t.regex(failed, /^through-a-relay fail/m);
});

test('a disc of a CMS serves the users of its account, and a user of the other one keeps their month', (t) => {
  const { world, typed } = accounts;
  const { events } = world.trace;
  t.deepEqual(
    typed.flatMap(({ refused }) => refused ?? []),
    [],
  );
  t.deepEqual(
    of(events, 'cms.disc-burnt').map(({ on, data }) => [on, data.users.join(' ')]),
    [
      ['red-cms', 'alice bob frank'],
      ['blue-cms', 'carol dave erin'],
      ['red-cms', 'alice bob frank'],
    ],
  );
  t.deepEqual(
    of(events, 'crs.package-served').map(({ data }) => data.user),
    ['bob'],
  );
  t.deepEqual(
    of(events, 'crs.package-refused')
      .map(({ data }) => [data.user, data.reason])
      .at(-1),
    ['carol', 'not held'],
  );
});

test('who administers what follows from the names of the devices', (t) => {
  const { world } = servers;
  t.deepEqual(
    [...world.offices],
    [
      ['crs-admin', 'crs'],
      ['crs-east-admin', 'crs-east'],
      ['cms-operator', 'cms'],
      ['east-cms-operator', 'east-cms'],
      ['mdm-admin', 'mdm'],
      ['net-admin', 'net'],
    ],
  );
  t.true(world.people.includes('east-cms-operator'));
});

test('the ladder draws each message at the CRS that it goes through', (t) => {
  const { world } = servers;
  const messages = ladderOf(world.trace.events, ladderTableOf(SHIPPED_KINDS)).filter(({ label }) =>
    label.startsWith('INVITE'),
  );
  t.deepEqual(
    messages.slice(0, 4).map(({ from, to }) => [from, to]),
    [
      ['alice', 'crs'],
      ['crs', 'bob'],
      ['carol', 'crs-east'],
      ['crs-east', 'dave'],
    ],
  );
});

test('an insider of one CRS does nothing on the other', (t) => {
  const { world } = servers;
  for (const line of [
    'substitute content alice bob',
    'serve-package alice 2015-10',
    'search-relay alice-to-bob#1',
  ])
    t.throws(() => world.type('insider', 'insider', line), { code: 'ATTACK_NO_CRS' }, line);
});

test('what a scenario says of CMSs and CRSs that there are not is refused where it stands', (t) => {
  const codesOf = (from: string, to: string): readonly string[] => {
    try {
      loaded(TWO_SERVERS.replace(from, () => to));
      return [];
    } catch (error) {
      const { problems = [] } = error as { problems?: readonly { code: string; fix: string }[] };
      return problems.map(({ code, fix }) => `${code}: ${fix}`);
    }
  };
  t.deepEqual(codesOf('controls: crs-east', 'controls: crs-eats'), [
    "SCENARIO_UNKNOWN_DEVICE: Did you mean 'crs-east'?",
  ]);
  t.deepEqual(codesOf('controls: crs-east', 'controls: nothing'), []);
  t.regex(codesOf('crs: crs-east', 'crs: crs-west')[0] ?? '', /^SCENARIO_UNKNOWN_DEVICE/);
});
