/** What the judge makes of a scenario that performs procedures, and what it says of it. */
import test from 'ava';
import { loadScreenplay, ScreenplayError, type ProcedureSource } from '../../../scenarios/language/index.ts';
import { assets } from '../../../scenarios/world/hall.fixture.ts';
import { SHIPPED_KINDS, vocabulary } from '../../../scenarios/world/index.ts';
import type { Change, ChangeKind } from './change.ts';
import { both } from './court.ts';
import { loss } from './loss.fixture.ts';
import { changesOf } from './mutators.ts';
import { JudgeOfChanges, type ChangeFate } from './trial.ts';

const strong = changesOf(loss('strong'));
const weak = changesOf(loss('weak'));

const named = ({ at, what }: Change): string => `${at}: ${what}`;
const made = (kind: ChangeKind): readonly string[] => strong.filter((each) => each.kind === kind).map(named);

function fatesOf(changes: readonly Change[]): ReadonlyMap<string, ChangeFate> {
  const judge = new JudgeOfChanges(assets);
  return new Map(
    changes.map((change) => {
      let fate: ChangeFate | undefined;
      for (const variant of change.variants)
        if (fate === undefined || fate.is === 'survived' || fate.is === 'void')
          fate = both(fate, judge.fateOf({ change, variant }));
      return [named(change), fate ?? { is: 'broken', by: ['it is tried nowhere'] }];
    }),
  );
}

test('each line of a procedure is left out where it is performed, with what a variant changes of it; a step that waits is none', (t) => {
  t.deepEqual(made('step'), [
    'step loss: left out',
    'step call: left out',
    'variant slowly, step loss.block: left out',
    'variant half-way, step loss: left out',
    'procedure cut-off, step report: left out',
    'procedure cut-off, step tell: left out',
    'procedure cut-off, step block: left out',
    'procedure cut-off, step look: left out',
    'procedure cut-off, step write: left out',
  ]);
  const places = strong.filter(({ procedure }) => procedure !== undefined).map(({ file }) => file);
  t.deepEqual([...new Set(places)], ['cut-off.yaml']);
});

test('the file of a procedure without a step says nothing of it any more', (t) => {
  const block = strong.find((each) => named(each) === 'procedure cut-off, step block: left out')?.procedure;
  t.notRegex(block?.text ?? 'block', /\bid: block|\[block|, block/);
  t.is(block?.text.split('\n').length, weak.at(-1)?.procedures[0]?.text.split('\n').length);
  const again = block ?? ({ name: '', file: '', text: '' } satisfies ProcedureSource);
  const text = loss('weak').text.replace('loss.block', 'loss.tell');
  // Whoever required it requires what it did; `leaves` alone names it yet.
  const error = t.throws(() =>
    loadScreenplay(text, 'loss.yaml', vocabulary(SHIPPED_KINDS), new Map([[again.name, again]])),
  );
  t.true(error instanceof ScreenplayError);
  if (error instanceof ScreenplayError)
    t.deepEqual(
      error.problems.map(({ code }) => code),
      ['SCENARIO_UNKNOWN_MOMENT'],
    );
});

test('what a procedure is performed with is misspelt, and users in it change places; a text is whatever somebody says, and a new thing has any name', (t) => {
  const values = made('value').filter((each) => each.includes('step '));
  t.deepEqual(values, [
    'step loss: cut-off -> cut-ofg',
    'step loss: alice -> alicf',
    'step loss: deputy -> deputz',
    'step loss: look -> lool',
    'variant half-way, step loss: tell -> telm',
  ]);
  t.true(made('value').includes('expectation tried: call -> calm'));
  t.deepEqual(
    made('user').filter((each) => each.startsWith('step')),
    ['step loss: alice <-> bob', 'step call: alice <-> bob'],
  );
});

test('nothing is performed in an empty world', (t) => {
  const judge = new JudgeOfChanges(assets);
  const still = strong.filter(({ kind, what }) => kind === 'empty' && what === 'no steps at all');
  t.is(still.length, 3);
  for (const change of still) {
    const [variant = ''] = change.variants;
    t.is(judge.fateOf({ change, variant }).is, 'noticed', variant);
  }
});

test('checks of each step notice whatever is left out of a procedure or misspelt', (t) => {
  const ofSteps = strong.filter(
    ({ kind, at }) => kind === 'step' || (kind === 'value' && at.includes('step ')),
  );
  const fates = fatesOf(ofSteps);
  const others = [...fates].filter(([, { is }]) => is !== 'noticed' && is !== 'refused');
  t.deepEqual(others, []);
  // Nobody told the deputy: the loader knows that.
  const untold = fates.get('procedure cut-off, step tell: left out');
  t.is(untold?.is, 'refused');
  t.true(untold?.by.includes('PROCEDURE_TELEPATHY'));
  t.is(fates.get('procedure cut-off, step look: left out')?.is, 'noticed');
});

test('where nothing asks for them, steps of a procedure that are left out are called out, and so is the whole of it', (t) => {
  const fates = fatesOf(weak.filter(({ kind }) => kind === 'step'));
  const survivors = [...fates].filter(([, { is }]) => is === 'survived').map(([name]) => name);
  t.true(survivors.includes('procedure cut-off, step look: left out'), survivors.join('\n'));
  t.true(survivors.includes('procedure cut-off, step write: left out'), survivors.join('\n'));
});

test('what survived in one variant is not void because another does not do it', (t) => {
  const survived = { is: 'survived', by: [] } as const;
  t.is(both(survived, { is: 'void', by: [] }).is, 'survived');
  t.is(both({ is: 'void', by: [] }, survived).is, 'survived');
  t.is(both(survived, { is: 'noticed', by: ['x'] }).is, 'noticed');
});
