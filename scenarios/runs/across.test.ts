/** What several variants have in common, of real runs: the same verdicts on each network, unless a device of one of them breaks its promise. */
import test from 'ava';
import { assets, screenplayOf } from '../world/hall.fixture.ts';
import { mergeSuites } from '../evidence/merge-suites.ts';
import type { VariantResult } from '../evidence/model.ts';
import { orderOf } from './run-order.ts';
import { runScenario } from './run.ts';
import { suiteOf } from './suite.ts';
import { scenarioResultOf } from './scenario-result.ts';

const screenplay = screenplayOf({
  ends: '08:05',
  yaml: `steps:
  - { at: "08:01", by: alice, on: alice-phone, type: "call bob --for 5s" }
probes:
  - { id: read, row: tls-passive, at: "08:02:30", by: thief, on: thief, type: "read-signalling alice", predict: refused }
expect:
  - { id: secure, see: handset.call-secure, times: 2 }
  - { id: alike, across: variants, verdicts: all, apart: { measure: "set-up time, median", by: 100 }, check: para-8.c1/same-verdicts }
variants:
  near: { title: near }
  far: { title: far, parameters: { network-profile: roaming-far } }
  odd: { title: odd, reference: false, parameters: { skew-limit: 1m } }
`,
});

const run = (variant: string, plant?: string): VariantResult => {
  const wishes = { variant, seed: '1', parameters: {}, ...(plant === undefined ? {} : { plant }) };
  return runScenario(orderOf(screenplay, { build: '0'.repeat(64), ...wishes }), { assets, screenplay })
    .result;
};
const [near, far, broken] = [run('near'), run('far'), run('far', 'handset.encrypts-media')];
const partOf = (...variants: readonly VariantResult[]) =>
  suiteOf([scenarioResultOf(screenplay, variants)], {
    ...{ seed: '1', keySeed: '1', replay: 'x', parameters: {} },
    catalogue: [
      {
        ...{ id: 'para-8', paraphrase: '', modality: 'inform', class: 'executable' },
        checks: [
          {
            ...{ id: 'para-8.c1', stance: 'states' },
            parts: [{ id: 'para-8.c1/same-verdicts', what: '', by: 'expectation', rows: [] }],
          },
        ],
      },
    ],
  });
const saidOf = ({ scenarios, clauses }: ReturnType<typeof partOf>): readonly unknown[] => [
  ...scenarios.flatMap(({ across }) => across.map(({ verdict }) => verdict)),
  ...clauses.map(({ verdict }) => verdict),
];

test('the same verdicts on each network show it, and a network that was not tried does not', (t) => {
  t.deepEqual(saidOf(partOf(near, far)), ['pass', 'pass']);
  t.deepEqual(saidOf(partOf(near)), ['not-tested', 'not-tested']);
});

test('a device that keeps its promise on one network only is noticed', (t) => {
  const suite = partOf(near, broken);
  t.deepEqual(saidOf(suite), ['fail', 'fail']);
  t.regex(suite.scenarios[0]?.across[0]?.why ?? '', /^secure is pass in 'near' and fail in 'far'/);
});

test('reports of single networks are joined to what they show together, and judged anew', (t) => {
  t.deepEqual(saidOf(mergeSuites([partOf(far), partOf(near)])), ['pass', 'pass']);
  t.deepEqual(saidOf(mergeSuites([partOf(near), partOf(broken)])), ['fail', 'fail']);
});
