import test from 'ava';
import { ScreenplayError } from '../errors.ts';
import { loadScreenplay } from '../load.ts';
import { resolveVariant, type ResolvedScreenplay } from '../variant.ts';
import { PERFORMING, PROCEDURES, PROCEDURE_VOCABULARY, RECOVERY, SETTLING } from './example.fixture.ts';
import type { PerformedProcedure, PerformedStep } from './performed.ts';

const MINUTE = 60_000_000;

function loaded(text = PERFORMING, recovery = RECOVERY): ReturnType<typeof loadScreenplay> {
  const sources = new Map(PROCEDURES);
  sources.set('recovery', { name: 'recovery', file: 'procedures/recovery.yaml', text: recovery });
  return loadScreenplay(text, 'mine.yaml', PROCEDURE_VOCABULARY, sources);
}

const play = loaded();
function loadProblems(text: string): readonly string[] {
  try {
    loaded(text);
  } catch (error) {
    if (error instanceof ScreenplayError) return error.problems.map(({ code }) => code);
    throw error;
  }
  return [];
}

const of = (variant: string): ResolvedScreenplay => resolveVariant(play, variant);

function instance({ performs }: ResolvedScreenplay, name: string): PerformedProcedure {
  const found = performs.find((each) => each.instance === name);
  if (found === undefined) throw new Error(`no instance ${name}`);
  return found;
}

function step(screenplay: ResolvedScreenplay, id: string): PerformedStep {
  const found = screenplay.performs.flatMap(({ steps }) => steps).find((each) => each.id === id);
  if (found === undefined) throw new Error(`no step ${id}`);
  return found;
}

const needs = ({ after }: Pick<PerformedStep, 'after'>): readonly string[] =>
  after.map((each) => `${each.kind} ${each.step}`);

test('a procedure is performed as often as the scenario says, and those inside it', (t) => {
  t.deepEqual(
    of('by-the-book').performs.map((each) => each.instance),
    ['first', 'first.settle', 'second', 'second.settle', 'round[alice]', 'round[bob]'],
  );
  t.deepEqual(
    play.procedures.map(({ name, file }) => [name, file]),
    [
      ['recovery', 'procedures/recovery.yaml'],
      ['settling', 'procedures/settling.yaml'],
    ],
  );
});

test('people and things are put in, each as one word that is never read again', (t) => {
  const book = of('by-the-book');
  t.is(step(book, 'first.block').type, 'block-user +447700900001');
  t.is(step(book, 'first.record[2015-10]').type, `tell alice 2015-10 'in '"'"'a'"'"' taxi'`);
  t.is(step(book, 'first.wipe').on, 'mdm');
  t.is(step(book, 'first.wipe').cue, 'Wipe alice-phone.');
  t.is(step(book, 'second.block').by, 'deputy');
  const braces = loaded(PERFORMING.replace('"in \'a\' taxi"', '"--force"'));
  t.is(step(resolveVariant(braces, 'by-the-book'), 'first.settle.say').type, "tell alice '--force'");
  const once = loaded(
    PERFORMING.replace('words: done', 'words: done').replace('note: "in \'a\' taxi", ', ''),
  );
  t.is(step(resolveVariant(once, 'by-the-book'), 'first.settle.say').type, "tell alice 'it is gone'");
});

test('a step waits for what it requires, and for what comes before it in the prescribed order', (t) => {
  t.deepEqual(needs(step(of('by-the-book'), 'first.wipe')), ['physical first.tell-mdm']);
  t.deepEqual(needs(step(of('by-the-book'), 'first.block')), ['prescribed first.wipe']);
  t.deepEqual(needs(step(of('block-first'), 'first.wipe')), [
    'physical first.tell-mdm',
    'prescribed first.block',
  ]);
  t.deepEqual(needs(step(of('block-first'), 'first.block')), []);
  const nested = instance(of('by-the-book'), 'first.settle');
  t.deepEqual(needs(nested), ['physical first.block', 'prescribed first.wipe']);
  t.deepEqual([nested.parent, nested.begins], ['first', { kind: 'after', moment: 'first.begun', delay: 0 }]);
  // What follows a nested procedure may go on before its end.
  t.deepEqual(needs(step(of('by-the-book'), 'first.record[2015-10]')), ['prescribed first.settle.say']);
});

test('what is performed for each of several is performed for one after the other', (t) => {
  const book = of('by-the-book');
  t.deepEqual(instance(book, 'round[alice]').begins, { kind: 'after', moment: 'second', delay: 0 });
  t.deepEqual(instance(book, 'round[bob]').begins, { kind: 'after', moment: 'round[alice]', delay: 0 });
  // What is only waited for is waited for at once.
  t.deepEqual(needs(step(book, 'first.hear[bob]')), []);
  t.is(step(book, 'first.hear[bob]').type, undefined);
});

test('a step is done by its event, or by its line where it says nothing', (t) => {
  const book = of('by-the-book');
  t.deepEqual(step(book, 'first.wipe').done, {
    type: 'mdm.wiped',
    tests: [{ field: 'phone', test: { kind: 'is', value: 'alice-phone' } }],
  });
  const typed = (id: string, refused: string | null): unknown => ({
    type: 'step.typed',
    tests: [
      { field: 'step', test: { kind: 'is', value: id } },
      { field: 'refused', test: { kind: 'is', value: refused } },
    ],
  });
  t.deepEqual(step(book, 'first.tell-mdm').done, typed('first.tell-mdm', null));
  t.deepEqual(step(book, 'first.record[2015-10]').done, typed('first.record[2015-10]', 'CRS_BLOCKED'));
  t.deepEqual(
    step(book, 'first.wipe').otherwise.map(({ id, type }) => [id, type]),
    [['first.wipe.warn', 'tell crs-admin no answer from alice-phone']],
  );
});

test('who has to know of what is given was told', (t) => {
  t.deepEqual(instance(of('by-the-book'), 'first').given, [
    {
      text: 'crs-admin was told',
      knows: 'crs-admin',
      pattern: {
        type: 'person.told',
        tests: [
          { field: 'by', test: { kind: 'is', value: 'alice' } },
          { field: 'to', test: { kind: 'is', value: 'crs-admin' } },
        ],
      },
    },
  ]);
});

test('what does not apply, was not asked for or is omitted says why', (t) => {
  const book = of('by-the-book');
  t.regex(step(book, 'second.wipe').notApplicable ?? '', /^lost is code/);
  t.is(instance(book, 'first.settle').skipped, undefined);
  t.regex(instance(book, 'second.settle').skipped ?? '', /optional/);
  t.is(step(book, 'second.settle.say').skipped, instance(book, 'second.settle').skipped);
  // The procedure itself asks for an option of what it performs.
  t.is(step(book, 'first.settle.again').skipped, undefined);
  t.regex(step(book, 'round[bob].again').skipped ?? '', /optional/);
  t.is(step(of('not-wiped'), 'first.wipe').skipped, 'it is omitted');
  t.is(step(of('not-wiped'), 'second.wipe').notApplicable, undefined);
  t.is(instance(of('half-way'), 'first').until, 'first.block');
  t.is(instance(of('half-way'), 'round[bob]').skipped, 'it is omitted');
});

test('a scenario and its variants change how long a line takes and who types it', (t) => {
  t.is(step(of('by-the-book'), 'first.wipe').takes, 3 * MINUTE);
  t.is(step(of('by-the-book'), 'second.tell-mdm').takes, 2 * MINUTE);
  t.deepEqual(
    [step(of('block-first'), 'first.wipe').takes, step(of('block-first'), 'first.wipe').by],
    [30 * MINUTE, 'crs-admin'],
  );
});

test('every step is a moment, and so are the beginning and the end of a procedure', (t) => {
  const found = (name: string): unknown => {
    const moment = play.moments.find((each) => each.name === name);
    return moment && [moment.pattern.type, moment.pattern.tests[0]?.test];
  };
  t.deepEqual(found('first.block'), ['procedure.step-done', { kind: 'is', value: 'first.block' }]);
  t.deepEqual(found('first'), ['procedure.ended', { kind: 'is', value: 'first' }]);
  t.deepEqual(found('first.settle.begun'), ['procedure.begun', { kind: 'is', value: 'first.settle' }]);
  t.is(found('round'), undefined);
});

test('what a procedure leaves is expected of the scenario, in the words of the performance', (t) => {
  const expected = (variant: string, id: string) => of(variant).expect.find((each) => each.id === id);
  const nobody = expected('by-the-book', 'first/nobody');
  t.like(nobody, {
    kind: 'never',
    window: {
      from: { kind: 'after', moment: 'first.block', delay: 0 },
      to: { kind: 'after', moment: 'first.settle.begun', delay: 0 },
    },
    given: { kind: 'events', patterns: [{ type: 'console.typed' }] },
  });
  // Where nobody asked for the settling the window does not end with it, and an order with it means nothing.
  const open = expected('by-the-book', 'second/nobody');
  t.deepEqual(open?.kind === 'never' ? open.window : undefined, {
    from: { kind: 'after', moment: 'second.block', delay: 0 },
    toIncluded: false,
  });
  t.regex(expected('by-the-book', 'second/in-order')?.notApplicable ?? '', /second\.settle/);
  t.is(expected('by-the-book', 'first/in-order')?.notApplicable, undefined);
  t.regex(expected('by-the-book', 'second.settle/told')?.notApplicable ?? '', /optional/);
});

test('a step that shows a part has to be done in time, and is never taken for done where it is omitted', (t) => {
  const check = (variant: string, id = 'first/wipe') => of(variant).expect.find((each) => each.id === id);
  t.like(check('by-the-book'), {
    kind: 'see',
    title: 'Recovery: wipe within 15m',
    parts: [{ id: 'para-29.c1/order' }],
    pattern: {
      type: 'procedure.step-done',
      tests: [
        { field: 'step', test: { kind: 'is', value: 'first.wipe' } },
        { field: 'late', test: { kind: 'is', value: false } },
      ],
    },
    times: { atLeast: 1 },
  });
  t.is(check('by-the-book')?.notApplicable, undefined);
  t.regex(check('by-the-book', 'second/wipe')?.notApplicable ?? '', /^lost is code/);
  t.is(check('not-wiped')?.notApplicable, 'that is the error');
  const silent = loaded(PERFORMING.replace(', not-applicable: { first/wipe: "that is the error" }', ''));
  const omitted = resolveVariant(silent, 'not-wiped').expect.find(({ id }) => id === 'first/wipe');
  t.is(omitted?.notApplicable, undefined);
  t.is(omitted?.kind, 'see');
});

test('a line of a procedure is an opportunity as it is typed in the variant, and none where it is left out', (t) => {
  const given = (screenplay: ResolvedScreenplay): unknown => {
    const found = screenplay.expect.find(({ id }) => id === 'not-twice');
    return found?.kind === 'never' ? found.given : undefined;
  };
  t.like(given(of('by-the-book')), { kind: 'events', patterns: [{ type: 'console.typed' }] });
  const text = PERFORMING.replace('first.wipe: omit', 'first.block: omit').replace(
    'first/wipe: "that',
    'first/nobody: "that',
  );
  t.deepEqual(given(resolveVariant(loaded(text), 'not-wiped')), { kind: 'step', step: 'first.block' });
});

test('what a variant performs beside the rest is performed there only, and is patched and checked there', (t) => {
  const text = PERFORMING.replace(
    'steps: { first: { until: block }, round: omit }',
    'steps: { first: { until: block }, round: omit }, also: [{ id: third, at: "11:30", perform: recovery, user: alice, note: x, steps: { wipe: { takes: 45m } } }]',
  );
  const third = loaded(text);
  const own = resolveVariant(third, 'half-way');
  t.deepEqual(
    own.performs.map((each) => each.instance).filter((each) => !each.startsWith('round')),
    ['first', 'first.settle', 'second', 'second.settle', 'third', 'third.settle'],
  );
  t.is(step(own, 'third.wipe').takes, 45 * MINUTE);
  t.true(own.expect.some(({ id }) => id === 'third/wipe'));
  const book = resolveVariant(third, 'by-the-book');
  t.false(book.performs.some(({ instance }) => instance.startsWith('third')));
  t.false(book.expect.some(({ id }) => id.startsWith('third/')));
  const twice = loadProblems(text.replace('id: third,', 'id: first,'));
  t.true(twice.includes('SCENARIO_DUPLICATE_ID'), twice.join());
  t.deepEqual(
    loadProblems(
      text.replace('perform: recovery, user: alice, note', 'perform: recovery, usr: alice, note'),
    ).slice(0, 1),
    ['PROCEDURE_ARGUMENT'],
  );
  // What is looked at ahead is complained of once.
  t.deepEqual(loadProblems(text.replace('also: [{', 'also: 5, more: [{')), [
    'SCENARIO_TYPE',
    'SCENARIO_UNKNOWN_KEY',
  ]);
});

test('a step may wait for what a procedure types, and for what comes of it', (t) => {
  const text = PERFORMING.replace(
    'moments:',
    '  - { id: last, after: blocked, by: alice, type: "tell bob x" }\nmoments:\n  blocked: { first: crs.user-blocked }',
  );
  t.notThrows(() => loaded(text));
});

test('a procedure that performs itself is refused, at whatever remove', (t) => {
  const sources = new Map(PROCEDURES);
  sources.set('settling', {
    ...{ name: 'settling', file: 'procedures/settling.yaml' },
    text: SETTLING.replace(
      '  - { id: say',
      '  - { id: loop, perform: recovery, user: "{user}" }\n  - { id: say',
    ),
  });
  const error = t.throws(() => loadScreenplay(PERFORMING, 'mine.yaml', PROCEDURE_VOCABULARY, sources), {
    instanceOf: ScreenplayError,
  });
  t.true(error?.problems.some(({ code }) => code === 'PROCEDURE_RECURSION'));
  t.regex(error?.problems[0]?.message ?? '', /performs/);
});

test('there is an end to how much is performed', (t) => {
  const sources = new Map(PROCEDURES);
  const names = Array.from({ length: 14 }, (_, at) => `level-${at}`);
  for (const [at, name] of names.entries()) {
    const next = names[at + 1];
    const inside = next === undefined ? 'by: who, type: "tell crs-admin x"' : `perform: ${next}`;
    const text = `procedure: ${name}\ntitle: Level\nroles: { who: crs-admin }\nsteps:\n  - { id: a, ${inside} }\n  - { id: b, ${inside} }\n`;
    sources.set(name, { name, file: `${name}.yaml`, text });
  }
  const text = PERFORMING.replace(
    'perform: settling, for-each: users, user: "{each}", words: done',
    'perform: level-0',
  );
  const error = t.throws(
    () =>
      loadScreenplay(text.replace('"round[bob].say"', 'second'), 'mine.yaml', PROCEDURE_VOCABULARY, sources),
    { instanceOf: ScreenplayError },
  );
  t.true(error?.problems.some(({ code }) => code === 'PROCEDURE_TOO_LARGE'));
});

test('what comes for none of several is passed over, and what follows waits for what comes before', (t) => {
  const text = `procedure: gap
title: Gap
parameters: { months: { is: months, default: [] } }
roles: { who: crs-admin }
steps:
  - { id: a, by: who, type: "tell crs-admin x" }
  - { id: b, for-each: months, by: who, type: "tell crs-admin {each}" }
  - { id: c, by: who, type: "tell crs-admin x" }
`;
  const sources = new Map([...PROCEDURES, ['gap', { name: 'gap', file: 'gap.yaml', text }]]);
  const waitsOf = (months: string): readonly string[] => {
    const screenplay = loadScreenplay(
      PERFORMING.replace(
        'moments:',
        `  - { id: gap, at: "08:01", perform: gap, months: [${months}] }\nmoments:`,
      ),
      'mine.yaml',
      PROCEDURE_VOCABULARY,
      sources,
    );
    const { performs } = resolveVariant(screenplay, 'by-the-book');
    const steps = performs.find(({ instance }) => instance === 'gap')?.steps ?? [];
    return steps.find(({ id }) => id === 'gap.c')?.after.map(({ step }) => step) ?? [];
  };
  t.deepEqual(waitsOf('2015-11, 2015-12'), ['gap.b[2015-11]', 'gap.b[2015-12]']);
  t.deepEqual(waitsOf(''), ['gap.a']);
});

test('an empty `with` takes away what the scenario asks for, and is refused where there is nothing to take away', (t) => {
  const problemsOf = (from: string, to: string): readonly string[] => {
    t.is(PERFORMING.split(from).length, 2, from);
    return loadProblems(PERFORMING.replace(from, to));
  };
  const halfWay = 'steps: { first: { until: block }, round: omit }';
  t.deepEqual(problemsOf(halfWay, 'steps: { first: { until: block, with: [] }, round: omit }'), []);
  const taken = loaded(PERFORMING.replace(halfWay, 'steps: { first: { with: [] } }'));
  const performed = resolveVariant(taken, 'half-way').performs.find(
    (each) => each.instance === 'first.settle',
  );
  t.is(performed?.skipped, 'it is optional, and nobody asked for it');
  for (const [from, to] of [
    ['user: bob, lost: code,', 'user: bob, lost: code, with: [],'],
    [halfWay, 'steps: { second: { with: [] } }'],
    [halfWay, 'steps: { first.settle: { with: [] } }'],
    ['steps: { wipe: { takes: 3m } }', 'steps: { settle: { with: [] } }'],
  ] as const)
    t.deepEqual(problemsOf(from, to), ['PROCEDURE_NOTHING_ASKED'], to);
  const copies = PERFORMING.replace(
    'user: "{each}", words: done',
    'user: "{each}", words: done, with: [again]',
  );
  const patched = (steps: string): string => copies.replace(halfWay, `steps: { ${steps} }`);
  t.deepEqual(loadProblems(patched('"round[alice]": { with: [] }')), []);
  t.deepEqual(loadProblems(patched('round: { with: [] }')), []);
});

test('one id is one performance: that two variants have it is said once, whatever else is wrong with the second', (t) => {
  const twice = (first: string, second: string): readonly string[] =>
    loadProblems(
      PERFORMING.replace(
        '  block-first: { title: Block first,',
        `  again: { title: Again, also: [{ id: third, at: "10:00", perform: recovery, user: alice${first} }] }\n` +
          `  block-first: { title: Block first, also: [{ id: third, at: "10:10", perform: recovery, user: alice${second} }],`,
      ),
    );
  t.deepEqual(twice('', ''), ['SCENARIO_DUPLICATE_ID']);
  t.deepEqual(twice('', ', with: [setle], usr: bob'), ['SCENARIO_DUPLICATE_ID']);
  t.deepEqual(twice(', with: [setle]', ', with: [setle]'), [
    'SCENARIO_UNKNOWN_STEP',
    'SCENARIO_DUPLICATE_ID',
  ]);
});
