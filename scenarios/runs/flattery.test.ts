/**
 * Scenarios that once got a better verdict than they deserve. Each is small, wrong in one way, and must not pass.
 */
import test from 'ava';
import { CATALOGUE } from '../catalogue/clauses.ts';
import type { ClauseResult, VariantResult } from '../evidence/model.ts';
import { screenplayOf, assets } from '../world/hall.fixture.ts';
import { orderOf } from './run-order.ts';
import { runScenario, scenarioResultOf, suiteOf } from './run.ts';

/** A run of the hall's scenario with these parts, and what it says of the clauses. */
function judged(
  yaml: string,
  ends: string,
): { variant: VariantResult; clause: (id: string) => ClauseResult } {
  const screenplay = screenplayOf({ yaml, ends });
  const order = orderOf(screenplay, { build: '0'.repeat(64), variant: 'main', seed: '1', parameters: {} });
  const { result: variant } = runScenario(order, { assets, screenplay });
  const about = { seed: '1', keySeed: '1', replay: 'x', parameters: {}, catalogue: CATALOGUE };
  const { clauses } = suiteOf([scenarioResultOf(screenplay, [variant])], about);
  return {
    variant,
    clause: (id) => {
      const found = clauses.find((clause) => clause.id === id);
      if (found === undefined) throw new Error(`there is no clause ${id}`);
      return found;
    },
  };
}

test('harm that was predicted is no protection: nobody is blocked, the thief calls as Alice', (t) => {
  const { variant, clause } = judged(
    `steps:
  - { at: "08:01", by: thief, type: "seize alice-phone" }
probes:
  - { id: calls, row: live-call, at: "08:03", by: thief, type: "call-as alice bob", predict: opened, because: "I knew it", check: [para-32.c1/calls, para-40.c1/calls] }
`,
    '08:05',
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
