import test from 'ava';
import { MINUTE } from '../../sim/clock.ts';
import { withTargets } from './declared-deadlines.ts';
import { ScreenplayError } from './errors.ts';
import { EXAMPLE, EXAMPLE_VOCABULARY } from './example.fixture.ts';
import { loadScreenplay } from './load.ts';
import { resolveVariant } from './variant.ts';

const HELD = EXAMPLE.replace(
  'within: 1s, of: blocked, check: para-32.c1/cut',
  'within: { target: block-cuts }, of: blocked, check: para-30.c1/soon',
);

const read = (text: string) => loadScreenplay(text, 'mine.yaml', EXAMPLE_VOCABULARY);
const resolved = (text: string) => resolveVariant(read(text), read(text).variants[0]?.name ?? '');
const windowOf = ({ expect }: Pick<ReturnType<typeof resolved>, 'expect'>) => {
  const found = expect.find(({ id }) => id === 'live-cut');
  return found?.kind === 'see' ? found.window : undefined;
};

test('a deadline that is a target is open until a deployment declares it', (t) => {
  const open = resolved(HELD);
  const from = { kind: 'after', moment: 'blocked', delay: 0 } as const;
  t.deepEqual(windowOf(open), { from, toIncluded: true, target: 'block-cuts' });
  t.deepEqual(windowOf(withTargets(open, new Map([['versions', MINUTE]]))), windowOf(open));
  t.deepEqual(windowOf(withTargets(open, new Map([['block-cuts', MINUTE]]))), {
    ...{ from, to: { kind: 'after', moment: 'blocked', delay: MINUTE }, toIncluded: true },
    target: 'block-cuts',
  });
});

test('a deadline of the scenario itself is no business of the deployment', (t) => {
  const own = resolved(EXAMPLE);
  t.deepEqual(withTargets(own, new Map([['block-cuts', MINUTE]])), own);
});

const refused = (text: string): readonly string[] => {
  try {
    read(text);
    return [];
  } catch (error) {
    if (!(error instanceof ScreenplayError)) throw error;
    return error.problems.map(({ code, message }) => `${code}: ${message}`);
  }
};

test('a part that needs a target is bound to nothing else, in variants and across them neither', (t) => {
  t.deepEqual(refused(HELD), []);
  const variant = (check: string) =>
    EXAMPLE.replace('    reference: false\n', `    reference: false\n    check: { ${check} }\n`);
  t.deepEqual(refused(variant('live-cut: para-32.c1/cut')), []);
  t.regex(
    refused(variant('live-cut: para-30.c1/soon')).join('\n'),
    /^SCENARIO_PART: 'para-30.c1\/soon' is shown against targets.block-cuts/,
  );
  t.deepEqual(
    refused(
      HELD.replace(
        '    reference: false\n',
        '    reference: false\n    check: { live-cut: para-30.c1/soon }\n',
      ),
    ),
    [],
  );
  const order = EXAMPLE.replace(
    'order: [reported, blocked],',
    'order: [reported, blocked], check: para-30.c1/soon,',
  );
  t.regex(refused(order).join('\n'), /^SCENARIO_(?:PART|DUPLICATE_KEY)/);
});

test('nothing but what is seen has a target for a deadline', (t) => {
  const never = EXAMPLE.replace(
    '- { id: live-cut, see: crs.session-closed,',
    '- { id: live-cut, never: crs.session-closed, given: { see: person.told },',
  ).replace('within: 1s, of: blocked, check: para-32.c1/cut', 'within: { target: block-cuts }, of: blocked');
  t.regex(refused(never).join('\n'), /SCENARIO_KEY_CONFLICT: a target is the latest time/);
});
