/** For the tests of rules: a bed that keeps all of them beside one that breaks the one in question. */
import type { ExecutionContext } from 'ava';
import type { RuleName } from './rules.ts';
import { Testbed, type TestbedOptions } from './testbed.fixture.ts';

/** What can be observed when a rule is kept, and when it alone is broken. */
export function compare(
  t: ExecutionContext,
  rule: RuleName,
  observe: (bed: Testbed) => unknown,
  { kept, broken }: { kept: unknown; broken: unknown },
  options: TestbedOptions = {},
): void {
  t.deepEqual(observe(Testbed.enrolled({ answers: true, ...options })), kept, `${rule} kept`);
  t.deepEqual(
    observe(Testbed.enrolled({ answers: true, ...options, broken: [rule] })),
    broken,
    `${rule} broken`,
  );
}
