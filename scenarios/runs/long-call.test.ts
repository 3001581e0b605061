/** A call of half an hour with a hole of thirteen minutes: what a run says of it. */
import test from 'ava';
import { measuresOf } from '../evidence/measures.ts';
import { loadScreenplay } from '../language/index.ts';
import { assets } from '../world/hall.fixture.ts';
import { SHIPPED_KINDS } from '../world/shipped-kinds.ts';
import { vocabulary } from '../world/vocabulary.ts';
import { orderOf } from './run-order.ts';
import { runScenario } from './run.ts';

const YAML = `scenario: long-call
title: A call with a hole
clauses: [para-2]
begins: 2015-10-14T08:00:00Z
ends: "08:45"
world:
  users:
    alice: { number: "+447700900001", handset: { platform: android, version: "5.1" } }
    bob: { number: "+447700900002", handset: { platform: ios, version: "8.4" } }
  people: [cms-operator, crs-admin, mdm-admin, net-admin]
  network: { profile: perfect }
steps:
  - { at: "08:02", by: alice, on: alice-phone, type: "call bob --for 35m" }
  - { at: "08:14", by: net-admin, on: net, type: "partition alice-phone | crs bob-phone" }
  - { at: "08:27", by: net-admin, on: net, type: "heal" }
expect:
  - { id: heard, see: handset.call-secure, times: 2 }
`;

test('phones that are out of step fail the run, are rated as what they heard, and are no sign of attack', (t) => {
  const screenplay = loadScreenplay(YAML, 'long-call.yaml', vocabulary(SHIPPED_KINDS));
  const order = orderOf(screenplay, { build: '0'.repeat(64), variant: 'main', seed: '1', parameters: {} });
  const { result, events } = runScenario(order, { assets, screenplay });
  t.deepEqual(
    result.checks.filter(({ verdict }) => verdict !== 'pass').map(({ id, verdict }) => `${id} ${verdict}`),
    ['phones-in-step fail'],
  );
  const measured = new Map(measuresOf(events).map(({ name, value }) => [name, value]));
  t.is(measured.get('packets replayed'), 0);
  t.is(measured.get('packets with a wrong tag'), 0);
  t.true((measured.get('packets out of step') ?? 0) > 60_000, `${measured.get('packets out of step')}`);
  t.true((measured.get('media loss') ?? 0) > 65, `${measured.get('media loss')} %`);
  const scores = events.flatMap(({ type, data }) =>
    type === 'handset.call-quality' && 'mos' in data ? [data.mos] : [],
  );
  t.deepEqual(scores, [1, 1]);
});
