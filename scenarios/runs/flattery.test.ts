/**
 * Scenarios that once got a better verdict than they deserve. Each is small, wrong in one way, and must not pass.
 */
import test from 'ava';
import { CATALOGUE } from '../catalogue/clauses.ts';
import type { ClauseResult, VariantResult } from '../evidence/model.ts';
import { loadScreenplay, type Screenplay } from '../language/index.ts';
import { screenplayOf, assets } from '../world/hall.fixture.ts';
import { INVARIANT_CHECKS } from '../world/invariants/index.ts';
import { SHIPPED_KINDS } from '../world/shipped-kinds.ts';
import { vocabulary } from '../world/vocabulary.ts';
import { orderOf } from './run-order.ts';
import { runScenario } from './run.ts';
import { suiteOf } from './suite.ts';
import { scenarioResultOf } from './scenario-result.ts';

interface Judged {
  readonly variant: VariantResult;
  readonly clauses: readonly ClauseResult[];
  readonly clause: (id: string) => ClauseResult;
}

/** A run of a scenario of one variant, and what it says of the clauses. */
function judged(screenplay: Screenplay): Judged {
  const order = orderOf(screenplay, { build: '0'.repeat(64), variant: 'main', seed: '1', parameters: {} });
  const { result: variant } = runScenario(order, { assets, screenplay });
  const about = { seed: '1', keySeed: '1', replay: 'x', parameters: {}, catalogue: CATALOGUE };
  const { clauses } = suiteOf([scenarioResultOf(screenplay, [variant])], about);
  return {
    variant,
    clauses,
    clause: (id) => {
      const found = clauses.find((clause) => clause.id === id);
      if (found === undefined) throw new Error(`there is no clause ${id}`);
      return found;
    },
  };
}

test('harm that was predicted is no protection: nobody is blocked, the thief calls as Alice', (t) => {
  const { variant, clause } = judged(
    screenplayOf({
      yaml: `steps:
  - { at: "08:01", by: thief, type: "seize alice-phone" }
probes:
  - { id: calls, row: live-call, at: "08:03", by: thief, type: "call-as alice bob", predict: opened, because: "I knew it", check: [para-32.c1/calls, para-40.c1/calls] }
`,
      ends: '08:05',
    }),
  );
  t.is(
    variant.checks.find(({ id }) => id === 'calls')?.verdict,
    'pass',
    'the prediction has its own verdict',
  );
  t.is(clause('para-32').verdict, 'fail');
  t.is(clause('para-40').verdict, 'fail');
  t.regex(clause('para-32').why, /para-32\.c1\/calls.*opened, and it has to be refused/);
});

test('a firewall that lets anybody reach the TLS port does not admit specific devices only', (t) => {
  const phones = 'alice-phone,bob-phone,carol-phone';
  const listed = `{ rules: ["allow tcp 5061 from ${phones}", "allow udp 49152-65535 from ${phones}"] }`;
  for (const [firewall, predict, part] of [
    ['standard', 'refused, reason: firewall', 'fail'],
    ['standard', 'opened, because: "an unlisted device reaches 5061"', 'fail'],
    [listed, 'refused, reason: firewall', 'pass'],
  ] as const) {
    const { clause } = judged(
      screenplayOf({
        world: `  topology: { firewall: ${firewall} }\n`,
        yaml: `probes:
  - { id: portscan, row: portscan, at: "08:03", by: thief, type: "scan-ports", predict: ${predict}, check: para-17-b2.c1/unlisted-tcp }
`,
        ends: '08:05',
      }),
    );
    const tested = clause('para-17-b2').checks.flatMap(({ parts }) =>
      parts.filter(({ verdict }) => verdict !== 'not-tested'),
    );
    t.deepEqual(
      tested.map(({ verdict }) => verdict),
      [part],
      `${firewall}, ${predict}`,
    );
    t.not(clause('para-17-b2').verdict, 'pass');
  }
});

/** Nothing is done, and what is never seen, or was done before anybody began, is held against many parts. */
const VACUOUS = `scenario: vacuous
title: Nothing is done
begins: 2015-10-14T08:00:00Z
ends: "08:03"
world:
  users:
    alice: { number: "+447700900001", handset: { platform: android, version: "5.1" } }
    bob: { number: "+447700900002", handset: { platform: ios, version: "8.4" } }
  people: [crs-admin, cms-operator, dso]
  devices: { thief: { kind: attacker } }
steps:
  - { at: "08:01", by: cms-operator, type: "note we thought about it" }
expect:
  - { id: a, never: crs.call-routed, where: { from: alice }, check: [para-32.c3/others-go-on, para-32.c4/new-psk] }
  - { id: b, see: cms.user-added, check: [para-38.c1/new-secrets, para-41.c2/disc-first] }
  - { id: c, see: handset.keys-installed, times: { at-least: 2 }, check: para-42.c1/user-works }
  - { id: d, never: crs.user-unblocked, check: [para-16-b2.c1/mapped, para-47.c1/told, para-37.c1/other-account] }
probes:
  - { id: p, row: live-call, at: "08:02", by: thief, type: "call-as alice bob", predict: refused, reason: blocked, because: "blocked by the CRS", check: [para-32.c1/calls, para-40.c1/calls] }
`;

const vacuous = (yaml: string): Judged =>
  judged(loadScreenplay(yaml, 'vacuous.yaml', vocabulary(SHIPPED_KINDS)));

test('nothing is done: nothing that nobody tried is kept out', (t) => {
  const { variant, clauses } = vacuous(VACUOUS);
  const verdictOf = (id: string) => variant.checks.find((check) => check.id === id)?.verdict;
  t.deepEqual(['a', 'd', 'p'].map(verdictOf), ['inconclusive', 'inconclusive', 'inconclusive']);
  t.deepEqual(['b', 'c'].map(verdictOf), ['fail', 'fail'], 'the opening does not count');
  t.regex(variant.checks.find(({ id }) => id === 'a')?.why ?? '', /nothing shows that it could have been/);
  const parts = clauses.flatMap(({ checks }) => checks.flatMap((check) => check.parts));
  t.deepEqual(
    parts.filter(({ verdict }) => verdict === 'pass').map(({ id }) => id),
    [],
  );
});

test('the standing checks pass on what the opening does, and on nothing where nothing is made', (t) => {
  const standing = ({ variant }: Judged): readonly unknown[] =>
    variant.checks
      .filter(({ id }) =>
        ['cms-offline', ...INVARIANT_CHECKS.map((check) => check.id), 'phones-in-step'].includes(id),
      )
      .map(({ verdict }) => verdict);
  t.deepEqual(new Set(standing(vacuous(VACUOUS))), new Set(['pass']));
  const empty = VACUOUS.replaceAll('" } }\n', '" }, enrolled: false }\n');
  t.is(standing(vacuous(empty))[0], 'inconclusive', 'nobody comes near the CMS');
});

test('an attack that is typed as a step counts as exposure, from the theft on and not before', (t) => {
  const { variant } = judged(
    screenplayOf({
      yaml: `steps:
  - { at: "08:02", by: bob, on: bob-phone, type: "call alice --for 10s" }
  - { id: theft, at: "08:03", by: thief, type: "seize alice-phone --leave-it" }
  - { at: "08:04", by: thief, type: "call-as alice bob" }
  - { at: "08:06", by: thief, type: "decrypt bob-to-alice#1" }
`,
      ends: '08:08',
    }),
  );
  const theft = variant.typed.find(({ line }) => line.startsWith('seize'))?.time ?? 0;
  const found = variant.exposure.map(
    ({ capability, controlled, audioSeconds, fromEarliest, firstFailure }) => ({
      ...{ capability, controlled, heard: audioSeconds > 15, since: fromEarliest === theft, firstFailure },
    }),
  );
  t.deepEqual(found, [
    { capability: 'place calls', controlled: false, heard: false, since: true, firstFailure: undefined },
    { capability: 'hear', controlled: false, heard: true, since: true, firstFailure: undefined },
  ]);
  const heard = variant.exposure.find(({ capability }) => capability === 'hear');
  t.true((heard?.spokenFrom ?? Infinity) < theft, 'what was said before the theft is open too');
});
