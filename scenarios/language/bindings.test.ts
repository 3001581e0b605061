/** Which checks show a part, taken from a screenplay: those that apply, in the variants where they do, with what they must notice. */
import test from 'ava';
import { bindingsOf, type PartBinding } from './bindings.ts';
import { EXAMPLE, EXAMPLE_VOCABULARY } from './example.fixture.ts';
import { loadScreenplay } from './load.ts';

const bound = (text: string): ReadonlyMap<string, readonly PartBinding[]> =>
  bindingsOf([loadScreenplay(text, 'example.yaml', EXAMPLE_VOCABULARY)]);

const scenario = 'client-compromise';
const NONE_AFTER: PartBinding = {
  ...{ scenario, check: 'none-after', kind: 'expectation' },
  ...{ variants: ['block-first'], plants: ['crs.block-ignored'] },
};

test('a part is bound by its checks, each with its variants and with what it must notice', (t) => {
  const bindings = bound(EXAMPLE);
  t.deepEqual(bindings.get('para-32.c1/cut'), [{ ...NONE_AFTER, check: 'live-cut', plants: [] }, NONE_AFTER]);
  t.deepEqual(
    bindings.get('para-2.c1/sealed')?.map(({ check, kind, variants }) => [check, kind, variants]),
    [
      ['all-sakke', 'expectation', ['block-first']],
      ['calls-alike', 'across', []],
    ],
  );
  t.is(bindings.get('para-32.c1/calls')?.[0]?.kind, 'probe');
});

test('a row that is not tested shows nothing, and neither does a check that applies nowhere', (t) => {
  t.false(bound(EXAMPLE).has('para-12.c1/rate'));
  const idle = EXAMPLE.replace(
    '    title: Block, then wipe\n',
    '    title: Block, then wipe\n    not-applicable: { live-cut: "x", none-after: "x", by-step: "x" }\n',
  );
  t.not(idle, EXAMPLE);
  t.false(bound(idle).has('para-32.c1/cut'));
  t.true(bound(idle).has('para-32.c1/calls'));
});

test('a variant that shows what an error costs shows the parts that it names itself', (t) => {
  const costs = EXAMPLE.replace(
    '    predict: { dec-out-1: opened }\n',
    '    predict: { dec-out-1: opened }\n    check: { none-after: para-32.c1/cut }\n',
  );
  t.not(costs, EXAMPLE);
  t.deepEqual(bound(costs).get('para-32.c1/cut')?.at(-1), {
    ...NONE_AFTER,
    variants: ['block-first', 'wipe-first'],
  });
});
