/** The judge itself, on a small scenario: what weak checks let through, strong checks must notice. */
import test from 'ava';
import { assets } from '../../../scenarios/world/hall.fixture.ts';
import { SHIPPED_KINDS } from '../../../scenarios/world/index.ts';
import { alarm } from './alarm.fixture.ts';
import type { Change } from './change.ts';
import type { TriedChange } from './court.ts';
import { changesOf } from './mutators.ts';
import { refusedTogether } from './refused-together.ts';
import { linesOf, reportOf } from './report.ts';
import { JudgeOfChanges, type ChangeFate } from './trial.ts';

function triedIn(changes: readonly Change[]): readonly TriedChange[] {
  const judge = new JudgeOfChanges(assets);
  return changes.map((change, index) => {
    let fate: ChangeFate = { is: 'survived', by: [] };
    const variants: string[] = [];
    for (const variant of change.variants) {
      if (fate.is !== 'survived') break;
      fate = judge.fateOf({ change, variant });
      variants.push(variant);
    }
    return { number: index + 1, change, fate, variants };
  });
}

const strong = triedIn(changesOf(alarm('strong')));
const weak = triedIn(changesOf(alarm('weak')));

const named = ({ change: { kind, at, what } }: TriedChange): string => `${kind}: ${at}: ${what}`;
const fated = (tried: readonly TriedChange[], is: ChangeFate['is']): readonly string[] =>
  tried.filter(({ fate }) => fate.is === is).map(named);

test("strong checks notice every step, value and rule; whom a thief calls is nobody's business", (t) => {
  t.deepEqual(fated(strong, 'survived'), ['user: probe calls: bob <-> carol']);
  t.deepEqual(fated(strong, 'broken'), []);
  t.deepEqual(fated(strong, 'void'), []);
  const known = { kind: 'user', scenario: 'alarm', at: 'probe calls', what: 'bob <-> carol' } as const;
  const report = reportOf({ tried: strong, known: [{ ...known, reason: 'any' }], faults: [], seconds: 1 });
  t.true(report.holds);
});

test('what is refused with others is refused alone, for the same', (t) => {
  const changes = new Map(strong.map(({ number, change }) => [number, change]));
  const together = refusedTogether(changes, SHIPPED_KINDS);
  const alone = new Map(strong.map(({ number, fate }) => [number, fate]));
  for (const [number, codes] of together) t.deepEqual(alone.get(number), { is: 'refused', by: codes });
  const values = strong.filter(({ change, fate }) => change.kind === 'value' && fate.is === 'refused');
  t.true(together.size * 10 >= values.length * 8, `${together.size} of ${values.length}`);
});

test('weak checks are called out', (t) => {
  const survivors = fated(weak, 'survived');
  for (const survivor of [
    'step: step weather: left out',
    'value: moment unused: 1 -> 2',
    'plant: plant crs.relays-media: broken; must fail told',
  ])
    t.true(survivors.includes(survivor), `${survivor} is not among ${survivors.join('\n')}`);
  t.false(reportOf({ tried: weak, known: [], faults: [], seconds: 1 }).holds);
});

test('a run that breaks is no catch, and fails the judge', (t) => {
  const [change] = changesOf(alarm('strong')).filter(({ kind }) => kind === 'step');
  if (change === undefined) return t.fail('there is a step');
  const judge = new JudgeOfChanges({
    ...assets,
    get speech(): never {
      throw new TypeError('planted');
    },
  });
  const fate = judge.fateOf({ change, variant: 'quick' });
  t.is(fate.is, 'broken');
  t.regex(fate.by[0] ?? '', /TypeError: planted/);
  const report = reportOf({
    tried: [{ number: 1, change, fate, variants: ['quick'] }],
    known: [],
    faults: [],
    seconds: 1,
  });
  t.false(report.holds);
  t.is(report.kinds[0]?.broken, 1);
});

test('a survivor is printed with its place, its change and the variants that were run', (t) => {
  const lines = linesOf(reportOf({ tried: weak, known: [], faults: [], seconds: 1 }));
  const number = weak.find((each) => named(each) === 'step: step weather: left out')?.number ?? 0;
  t.true(
    lines.includes(`survived ${number} step: weak.yaml:21: step weather: left out (quick, late, never)`),
    lines.join('\n'),
  );
  t.is(lines.at(-1), 'FAILS in 1 s');
});

test('a survivor with a reason is known; a reason for what is noticed is stale', (t) => {
  const [survivor] = weak.filter(({ change, fate }) => change.kind === 'user' && fate.is === 'survived');
  const [noticed] = strong.filter(({ change, fate }) => change.kind === 'user' && fate.is === 'noticed');
  if (survivor === undefined || noticed === undefined) return t.fail('both are there');
  const { scenario, at, what } = survivor.change;
  const entry = { kind: 'user', scenario, at, what, reason: 'it is the same' } as const;
  t.true(reportOf({ tried: [survivor], known: [entry], faults: [], seconds: 1 }).holds);
  t.false(reportOf({ tried: [survivor], known: [], faults: [], seconds: 1 }).holds);
  const stale = [{ ...entry, at: noticed.change.at, what: noticed.change.what }];
  const report = reportOf({ tried: [noticed], known: stale, faults: [], seconds: 1 });
  t.deepEqual(report.stale, stale);
  t.false(report.holds);
});
