/** One expectation for each user, without copying. */
import test from 'ava';
import { EXAMPLE, EXAMPLE_VOCABULARY } from './example.fixture.ts';
import { loadScreenplay } from './load.ts';

const load = (entry: string) =>
  loadScreenplay(EXAMPLE.replace('expect:\n', `expect:\n  - ${entry}\n`), 'mine.yaml', EXAMPLE_VOCABULARY);

test('it is there for everybody who has a phone, with their names in it', (t) => {
  const play = load(
    '{ id: seen, each: user, see: crs.user-blocked, where: { user: $user }, title: "$user, $number" }',
  );
  const users = play.world.users.filter(({ handset }) => handset !== undefined);
  t.true(users.length > 1);
  t.deepEqual(
    play.expect.flatMap((each) =>
      each.kind === 'see' && each.id.startsWith('seen')
        ? [[each.id, each.title, each.pattern.tests[0]?.test]]
        : [],
    ),
    users.map(({ name, number }) => [`seen-${name}`, `${name}, ${number}`, { kind: 'is', value: name }]),
  );
});

test('a variant makes its own for everybody too', (t) => {
  const entry =
    '{ id: cut, each: user, see: crs.user-blocked, where: { user: $user }, check: para-32.c1/cut }';
  const { variants, world } = loadScreenplay(
    EXAMPLE.replace('    title: Only wiped\n', `    title: Only wiped\n    expect: [${entry}]\n`),
    'mine.yaml',
    EXAMPLE_VOCABULARY,
  );
  t.deepEqual(
    variants.flatMap(({ expect }) => expect.map(({ id, parts }) => [id, parts.length])),
    world.users.flatMap(({ name, handset }) => (handset === undefined ? [] : [[`cut-${name}`, 1]])),
  );
});

test('one that names nobody, or is for each of something else, is refused', (t) => {
  t.throws(() => load('{ id: seen, each: user, see: crs.user-blocked }'), {
    message: /nothing here says \$user/,
  });
  t.throws(() => load('{ id: seen, each: device, see: crs.user-blocked, where: { user: $user } }'), {
    message: /'each' cannot be 'device'/,
  });
});

test('where nobody has a phone no check would come of it, so it is refused', (t) => {
  const text = `scenario: empty
title: Nobody is here
begins: 2015-10-14T08:00:00Z
world: { people: [crs-admin] }
expect:
  - { id: seen, each: user, see: crs.user-blocked, where: { user: $user } }
`;
  t.throws(() => loadScreenplay(text, 'mine.yaml', EXAMPLE_VOCABULARY), {
    message: /nobody here has a phone/,
  });
});
