import test from 'ava';
import { placeOf } from '../../sim/errors.ts';
import { SCENARIO_CODES, ScreenplayError } from './errors.ts';
import { EXAMPLE, EXAMPLE_VOCABULARY } from './example.fixture.ts';
import { LIMITS } from './limits.ts';
import { loadScreenplay } from './load.ts';
import { MISTAKES } from './mistakes.fixture.ts';
import type { Mistake } from './mistakes/mistake.fixture.ts';

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function refusalOf(text: string): ScreenplayError {
  try {
    loadScreenplay(text, 'mine.yaml', EXAMPLE_VOCABULARY);
  } catch (error) {
    if (error instanceof ScreenplayError) return error;
    throw error;
  }
  throw new Error('the file was not refused');
}

/** The text of a mistake, and `line:column` of each mark. */
function edited({ from, to }: Mistake): { readonly text: string; readonly places: readonly string[] } {
  const marked = from === undefined ? to : EXAMPLE.replace(from, () => to);
  const places: string[] = [];
  let text = '';
  for (const [index, part] of marked.split('¤').entries()) {
    if (index > 0) {
      const lines = text.split('\n');
      places.push(`mine.yaml:${lines.length}:${(lines.at(-1) ?? '').length + 1}`);
    }
    text += part;
  }
  return { text, places };
}

test('the example loads, every part of it', (t) => {
  const play = loadScreenplay(EXAMPLE, 'mine.yaml', EXAMPLE_VOCABULARY);
  t.is(play.id, 'client-compromise');
  t.is(play.begins, Date.UTC(2015, 9, 14, 8));
  t.deepEqual(
    play.steps.map(({ scenery }) => scenery),
    [undefined, 'a thief', undefined, undefined, undefined],
  );
  t.deepEqual(play.ends, { kind: 'at', t: 21 * DAY + 4 * HOUR });
  t.deepEqual(play.parameters, { 'skew-limit': 10 * MINUTE, 'identity-check': 'required', 'crs-months': 2 });
  t.deepEqual(
    play.world.users.map(({ name, enrolled }) => [name, enrolled]),
    [
      ['alice', true],
      ['bob', true],
      ['carol', false],
      ['dave', true],
    ],
  );
  t.deepEqual(
    play.world.users.map(({ account }) => account),
    ['hq', 'hq', 'hq', 'field'],
  );
  t.deepEqual(
    play.world.accounts.map(({ name, cms, crs }) => [name, cms, crs]),
    [
      ['hq', 'cms', 'crs'],
      ['field', 'field-cms', 'east'],
    ],
  );
  t.is(play.world.topology.firewall?.protects, 'east');
  t.is(play.world.users[0]?.handset?.clock, 2 * MINUTE);
  t.is(play.world.devices[1]?.handset?.clock, -90 * SECOND);
  t.deepEqual(play.world.network.settings, { loss: 0.01 });
  t.deepEqual(play.world.network.links[0]?.settings, { delay: 20_000 });
  t.deepEqual(
    play.steps.map(({ id, when }) => [id, when]),
    [
      ['steps/1', { kind: 'at', t: 5 * MINUTE }],
      ['steps/2', { kind: 'at', t: 30 * MINUTE + 30 * SECOND }],
      ['tell', { kind: 'at', t: HOUR + 10 * MINUTE }],
      ['block', { kind: 'after', moment: 'reported', delay: 10 * MINUTE }],
      ['wipe', { kind: 'after', moment: 'reported', delay: 0 }],
    ],
  );
  t.deepEqual(play.steps[3]?.clauses, ['para-31', 'para-32']);
  t.deepEqual(
    play.moments.map(({ occurrence }) => occurrence),
    [1, 1, 2, 'last'],
  );
  t.deepEqual(play.moments[2]?.pattern.tests, [
    { field: 'seconds', test: { kind: 'range', atLeast: 5, atMost: 60 } },
  ]);
  t.deepEqual(play.moments[3]?.pattern.tests, [
    { field: 'identity', test: { kind: 'is-not', value: 'bob' } },
  ]);
  const [liveCut, noneAfter, , , once, some] = play.expect;
  t.deepEqual(liveCut?.kind === 'see' && liveCut.window, {
    from: { kind: 'after', moment: 'blocked', delay: 0 },
    to: { kind: 'after', moment: 'blocked', delay: SECOND },
    toIncluded: true,
  });
  t.deepEqual(noneAfter?.kind === 'never' && noneAfter.window, {
    from: { kind: 'after', moment: 'blocked', delay: MINUTE },
    toIncluded: false,
  });
  t.deepEqual(once?.kind === 'see' && once.times, { atLeast: 1, atMost: 1 });
  t.deepEqual(some?.kind === 'see' && some.window.from, { kind: 'at', t: 0 });
  t.is(play.probes[0]?.title, 'dec-out: decrypt alice-to-bob#1');
  t.is(play.probes[1]?.title, 'A call after the block');
  t.deepEqual(
    play.notTested[0]?.parts.map(({ id }) => id),
    ['para-12.c1/rate'],
  );
  t.deepEqual(
    play.probes[1]?.parts.map(({ id }) => id),
    ['para-32.c1/calls'],
  );
  t.deepEqual(play.plants[0]?.fails, ['none-after']);
});

test('every node knows its place', (t) => {
  const play = loadScreenplay(EXAMPLE, 'mine.yaml', EXAMPLE_VOCABULARY);
  const lines = EXAMPLE.split('\n');
  const written = play.expect.filter(({ id }) => id !== 'no-cable' && id !== 'steps-typed');
  for (const { where, id } of [...play.steps, ...play.probes, ...written])
    t.true((lines[(where.line ?? 0) - 1] ?? '').slice((where.column ?? 0) - 1).startsWith('{'), id);
  for (const { where, name } of [...play.moments, ...play.variants, ...play.world.users])
    t.true((lines[(where.line ?? 0) - 1] ?? '').slice((where.column ?? 0) - 1).startsWith(`${name}:`), name);
  const { typeWhere } = play.steps[0] ?? {};
  t.true(
    (lines[(typeWhere?.line ?? 0) - 1] ?? '').slice((typeWhere?.column ?? 0) - 1).startsWith('"call bob'),
  );
});

for (const [index, mistake] of MISTAKES.entries()) {
  const title = `mistake ${index + 1}: ${mistake.codes.join(', ')}: ${mistake.to.slice(0, 60).trim()}`;
  test(title, (t) => {
    const { from } = mistake;
    if (from !== undefined) t.is(EXAMPLE.split(from).length, 2, 'the edit fits in one place');
    const { text, places } = edited(mistake);
    const { problems } = refusalOf(text);
    t.deepEqual(
      problems.map(({ code }) => code),
      mistake.codes.map(String),
      problems.map(({ message }) => message).join('\n'),
    );
    // A missing key of the whole file has no place of its own.
    if (places.length > 0)
      t.deepEqual(
        problems.map(({ where }) => placeOf(where)),
        places,
      );
    const [first] = problems;
    t.true(`${first?.message} ${first?.fix}`.includes(mistake.says ?? ''), `${first?.message} ${first?.fix}`);
  });
}

test('every code of the table but those of the caller has a mistake that reaches it', (t) => {
  const reached = new Set<string>(MISTAKES.flatMap(({ codes }) => codes));
  // It carries the others.
  const others = ['SCENARIO_INVALID'];
  t.deepEqual(
    Object.keys(SCENARIO_CODES).filter((code) => !reached.has(code)),
    others,
  );
});

test('a refusal reads well without its list', (t) => {
  const error = refusalOf('title: ""\n');
  t.is(error.code, 'SCENARIO_INVALID');
  t.is(error.message, "mine.yaml:1:1: the scenario needs 'scenario' (and 3 more)");
  t.is(error.fix, "Add 'scenario'.");
  t.deepEqual(error.where, { file: 'mine.yaml', line: 1, column: 1 });
  t.is(new ScreenplayError('x.yaml', []).message, 'x.yaml is invalid');
});

test('problems come in the order of the file and are bounded', (t) => {
  const steps = Array.from({ length: 300 }, () => '  - { at: "9", by: nobody, type: tell }').join('\n');
  const { problems } = refusalOf(EXAMPLE.replace('steps:\n', `steps:\n${steps}\n`));
  t.is(problems.length, LIMITS.problems);
  const places = problems.map(({ where }) => (where.line ?? 0) * 1000 + (where.column ?? 0));
  t.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
  );
});

test('what a scenario may leave out is empty', (t) => {
  const play = loadScreenplay(
    'scenario: small\ntitle: Small\nbegins: "2016-02-29T23:59:59Z"\nworld: { devices: { spare: { kind: crs2 } } }\n'.replace(
      'devices: { spare: { kind: crs2 } }',
      'people: []',
    ),
    'small.yaml',
    EXAMPLE_VOCABULARY,
  );
  t.is(play.ends, undefined);
  t.deepEqual([play.steps, play.probes, play.variants, play.moments, play.plants], [[], [], [], [], []]);
  t.like(play.expect, [{ id: 'no-cable', kind: 'never', pattern: { type: 'cms.cable-plugged' } }]);
  const standing = play.world.accounts.map(({ name, cms, crs }) => [name, cms, crs]);
  t.deepEqual(standing, [['hq', 'cms', 'crs']]);
  t.deepEqual(play.world, {
    users: [],
    people: [],
    accounts: play.world.accounts,
    network: { settings: {}, links: [] },
    topology: { sites: [], at: new Map() },
    devices: [],
  });
});

test('the end may be counted from a moment', (t) => {
  const play = loadScreenplay(
    EXAMPLE.replace('ends: "2015-11-04 12:00"', 'ends: { after: blocked + 1h }'),
    'mine.yaml',
    EXAMPLE_VOCABULARY,
  );
  t.deepEqual(play.ends, { kind: 'after', moment: 'blocked', delay: HOUR });
});

test('a part that is refused as a whole makes no second problem where it is named', (t) => {
  const codes = (from: string, to: string): readonly string[] =>
    refusalOf(EXAMPLE.replace(from, () => to)).problems.map(({ code }) => code);
  t.deepEqual(codes('blocked: { first: crs.user-blocked, on: crs }', 'blocked: []'), ['SCENARIO_TYPE']);
  t.deepEqual(codes('spare: { kind: handset,', 'spare: { kind: handst,'), ['SCENARIO_UNKNOWN_KIND']);
  t.deepEqual(codes('handset: { platform: android, version: "5.1", clock: "+2m" }', 'handset: {}'), [
    'SCENARIO_MISSING_KEY',
    'SCENARIO_MISSING_KEY',
  ]);
  t.deepEqual(codes('begins: 2015-10-14T08:00:00Z', 'begins: soon'), ['SCENARIO_INSTANT']);
  t.deepEqual(codes('world:\n', 'world: []\nwas:\n')[0], 'SCENARIO_TYPE');
  t.deepEqual(codes('by: alice, type: "tell crs-admin my phone is gone"', 'type: 1'), [
    'SCENARIO_MISSING_KEY',
    'SCENARIO_QUOTE',
  ]);
});

test('two links of one name are refused', (t) => {
  const to = 'b-crs: { kind: vpn }';
  const { problems } = refusalOf(
    EXAMPLE.replace('tunnel: { kind: vpn }', to)
      .replace('tunnel', 'b-crs')
      .replace('thief: {', 'alice-b: {')
      .replaceAll(/by: thief|on: thief/g, (each) => each.replace('thief', 'alice-b')),
  );
  t.deepEqual(
    problems.map(({ code, message }) => [code, message]),
    [['SCENARIO_DUPLICATE_ID', "there would be two links 'alice-b-crs'"]],
  );
});

test('a CMS that no account names is fine', (t) => {
  const text = EXAMPLE.replace(
    'field-cms: { kind: cms }',
    'field-cms: { kind: cms }\n    late: { kind: cms }',
  );
  t.notThrows(() => loadScreenplay(text, 'mine.yaml', EXAMPLE_VOCABULARY));
});

test('a file nested deep enough to end the process is refused', (t) => {
  for (const opening of ['[', '{a: ', '- ', '? ', 'a: '])
    for (const times of [20_000, 200_000])
      t.regex(
        refusalOf(opening.repeat(times)).problems[0]?.code ?? '',
        /^SCENARIO_TOO_(?:DEEP|LARGE)$/,
        opening,
      );
});
