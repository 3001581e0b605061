/**
 * What a CMS makes comes from the key seed and from nothing else; all other chance, and the keys of calls, come from the seed. A
 * trace has a fingerprint of every secret: one that was drawn from the wrong seed would change, or stay, when it must not.
 */
import test from 'ava';
import { Secret, type SecretKind } from '../../sim/secret.ts';
import type { AnyTraceEvent } from '../../sim/trace.ts';
import { loadScreenplay, variantsOf } from '../language/index.ts';
import { SHIPPED_KINDS, vocabulary } from '../world/index.ts';
import { assets } from '../world/hall.fixture.ts';
import { orderOf, type OrderWishes } from './run-order.ts';
import { runScenario } from './run.ts';

/** Two CMSs, a user added again, an update key that is destroyed, two months on discs, and calls over links that lose packets. */
const YAML = `scenario: two-seeds
title: Two organisations
begins: 2015-10-14T08:00:00Z
ends: "08:12"
world:
  accounts:
    red: { cms: red-cms }
    blue: { cms: blue-cms, crs: crs }
  users:
    alice: { number: "+447700900001", account: red, handset: { platform: android, version: "5.1" } }
    bob: { number: "+447700900002", account: red, handset: { platform: ios, version: "8.4" } }
    carol: { number: "+447700900003", account: blue, handset: { platform: android, version: "4.4" } }
  people: [red-cms-operator, blue-cms-operator, crs-admin]
  network: { profile: 3g }
  devices:
    red-cms: { kind: cms }
    blue-cms: { kind: cms }
steps:
  - { at: "08:01", by: alice, on: alice-phone, type: "call bob --for 5s" }
  - { at: "08:02", by: red-cms-operator, on: red-cms, type: "add-user +447700900001 alice" }
  - { at: "08:03", by: red-cms-operator, on: red-cms, type: "destroy-keys +447700900002" }
  - { at: "08:04", by: red-cms-operator, type: "take-blank next-disc" }
  - { at: "08:05", by: red-cms-operator, type: "insert next-disc red-cms" }
  - { at: "08:06", by: red-cms-operator, on: red-cms, type: "burn-disc" }
  - { at: "08:07", by: red-cms-operator, type: "eject red-cms" }
  - { id: last, at: "08:08", by: bob, on: bob-phone, type: "call alice --for 5s" }
expect:
  - { id: called, see: handset.call-secure, times: 4 }
variants:
  twice: { title: The same again }
  static-psk: { title: PSKs that do not rotate, parameters: { psk-rotation: static } }
`;

const screenplay = loadScreenplay(YAML, 'two-seeds.yaml', vocabulary(SHIPPED_KINDS));
const [first = '', ...others] = variantsOf(screenplay).map(({ name }) => name);

function run(wishes: Partial<OrderWishes>) {
  const order = orderOf(screenplay, {
    build: '0'.repeat(64),
    variant: first,
    seed: '1',
    parameters: {},
    ...wishes,
  });
  return runScenario(order, { assets, screenplay });
}

const OF_A_CMS: ReadonlySet<SecretKind> = new Set([
  'KSAK',
  'z_T',
  'SSK',
  'RSK',
  'PSK',
  'update key',
  'key package',
]);

/** Every secret in a trace, by its label: those of the CMSs, and the others. */
function secretsOf(events: readonly AnyTraceEvent[]): { readonly cms: Labels; readonly calls: Labels } {
  const cms = new Map<string, Secret>();
  const calls = new Map<string, Secret>();
  const visit = (value: unknown): void => {
    if (value instanceof Secret) (OF_A_CMS.has(value.kind) ? cms : calls).set(value.label, value);
    else if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  for (const { data } of events) visit(data);
  return { cms, calls };
}

type Labels = ReadonlyMap<string, Secret>;

const common = (a: Labels, b: Labels): readonly string[] => [...a.keys()].filter((label) => b.has(label));
const kindsOf = (labels: Labels): readonly string[] =>
  [...new Set([...labels.values()].map(({ kind }) => kind))].sort();
const identitiesOf = (events: readonly AnyTraceEvent[]): readonly unknown[] =>
  events.flatMap((event) => (event.type === 'cms.user-added' ? event.data.pskIdentity : []));

const base = run({ seed: '1', keySeed: 'k' });
const otherChance = run({ seed: '2', keySeed: 'k' });
const otherKeys = run({ seed: '1', keySeed: 'l' });

test('one key seed under two seeds: every key and credential of a CMS is the same, and no key of a call is', (t) => {
  const [here, there] = [secretsOf(base.events), secretsOf(otherChance.events)];
  t.deepEqual(kindsOf(here.cms), [...OF_A_CMS].sort());
  t.deepEqual([...there.cms.keys()].sort(), [...here.cms.keys()].sort());
  t.deepEqual(identitiesOf(otherChance.events), identitiesOf(base.events));
  t.true(['SSV', 'TEK'].every((kind) => kindsOf(here.calls).includes(kind)));
  t.deepEqual(common(here.calls, there.calls), []);
  t.not(otherChance.result.traceDigest, base.result.traceDigest);
});

test('one seed under two key seeds: no key or credential of a CMS is the same, and all that calls draw is', (t) => {
  const [here, there] = [secretsOf(base.events), secretsOf(otherKeys.events)];
  t.deepEqual(common(here.cms, there.cms), []);
  t.deepEqual(
    identitiesOf(otherKeys.events).filter((identity) => identitiesOf(base.events).includes(identity)),
    [],
  );
  const drawn = ({ calls }: { readonly calls: Labels }): readonly string[] =>
    [...calls.values()].filter(({ kind }) => kind === 'SSV').map(({ label }) => label);
  t.true(drawn(here).length > 0);
  t.deepEqual(drawn(there), drawn(here));
});

test('verdicts are the same whatever the key seed', (t) => {
  const verdicts = ({ result }: typeof base): readonly string[] =>
    result.checks.map(({ id, verdict }) => `${id} ${verdict}`);
  t.deepEqual(verdicts(otherKeys), verdicts(base));
  t.true(verdicts(base).includes('called pass'));
});

test('each CMS has keys of its own, and no two users and no two months share one', (t) => {
  const { cms } = secretsOf(base.events);
  t.deepEqual(
    [...cms.values()].filter(({ kind }) => kind === 'KSAK').map(({ owner }) => owner),
    ['cms', 'red-cms', 'blue-cms'],
  );
  // A label has whose secret it is and its fingerprint: the same octets for two owners would be one fingerprint under two labels.
  const labels = [...cms.keys()];
  t.is(new Set(labels.map((label) => label.replace(/\(.*\)/, ''))).size, labels.length);
});

test('all variants of a scenario, and all scenarios, have the same keys under one key seed', (t) => {
  const { cms } = secretsOf(base.events);
  const made = [...cms.keys()].filter((label) => /^(KSAK|z_T|[RS]SK|update key)/.test(label)).sort();
  for (const variant of others) {
    const again = secretsOf(run({ variant, keySeed: 'k' }).events);
    t.deepEqual(
      common(cms, again.cms)
        .filter((label) => made.includes(label))
        .sort(),
      made,
      variant,
    );
  }
  const renamed = loadScreenplay(YAML.replace('two-seeds', 'renamed'), 'x.yaml', vocabulary(SHIPPED_KINDS));
  const order = orderOf(renamed, {
    build: '0'.repeat(64),
    variant: first,
    seed: '1',
    keySeed: 'k',
    parameters: {},
  });
  const elsewhere = runScenario(order, { assets, screenplay: renamed });
  t.deepEqual([...secretsOf(elsewhere.events).cms.keys()], [...cms.keys()]);
  t.deepEqual(common(secretsOf(elsewhere.events).calls, secretsOf(base.events).calls), []);
});

test('chance is of the seed and the scenario: a variant that changes nothing is the same run', (t) => {
  const twice = run({ variant: 'twice', keySeed: 'k' });
  const rest = ({ trace }: typeof base): string => trace.slice(trace.indexOf('\n'));
  t.is(rest(twice), rest(base));
});

test('what is remembered of other runs changes no octet', (t) => {
  // The first run of this process made everything; this one finds most of it again.
  const warm = run({ seed: '1', keySeed: 'k' });
  t.is(warm.trace, base.trace);
});
