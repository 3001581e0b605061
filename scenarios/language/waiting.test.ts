/** Steps that wait for what only they could cause. */
import test from 'ava';
import { codeOf } from '../../devices/testbed.fixture.ts';
import { EXAMPLE, EXAMPLE_VOCABULARY } from './example.fixture.ts';
import { loadScreenplay } from './load.ts';

const load =
  (...edits: readonly (readonly [string, string])[]) =>
  () =>
    loadScreenplay(
      edits.reduce((text, [from, to]) => text.replace(from, to), EXAMPLE),
      'mine.yaml',
      EXAMPLE_VOCABULARY,
    );
const BLOCK = 'id: block, after: reported + 10m';
const TELL = 'id: tell, at: "+1h 10m"';
const refused = (
  t: { throws: (made: () => unknown, wanted: object) => unknown },
  made: () => unknown,
): unknown =>
  t.throws(made, { code: 'SCENARIO_INVALID', message: /only a step can cause that waits for this one/ });

test('a step that waits for itself is refused, and so are two that wait for each other', (t) => {
  t.notThrows(load());
  refused(t, load([BLOCK, 'id: block, after: blocked + 10m']));
  refused(t, load([TELL, 'id: tell, after: blocked + 10m']));
  t.is(codeOf(load([TELL, 'id: tell, after: reported'])), 'SCENARIO_INVALID');
});

test('each of them is named, and what waits for them, once', (t) => {
  const error = t.throws(load([TELL, 'id: tell, after: blocked'])) as {
    problems?: readonly { message: string }[];
  };
  t.deepEqual(
    error.problems?.map(({ message }) => /'(\w+)'/.exec(message)?.[1]),
    ['blocked', 'reported', 'reported'],
    'tell, block and wipe',
  );
});

test('another step that can cause it, the opening, or what is no line at all, is enough', (t) => {
  const more = 'steps:\n  - { at: "09:00", by: bob, type: "tell crs-admin too" }\n';
  t.notThrows(load([TELL, 'id: tell, after: blocked'], ['steps:\n', more]));
  t.notThrows(
    load(
      [TELL, 'id: tell, after: blocked'],
      ['first: crs.user-blocked, on', 'first: crs.user-blocked, opening: included, on'],
    ),
  );
  t.notThrows(load([TELL, 'id: tell, after: second-call']));
});

test('the second of a kind takes two steps that can be typed', (t) => {
  const second: readonly [string, string] = ['first: person.told, by', 'nth: { n: 2, of: person.told }, by'];
  const again = 'steps:\n  - { after: reported, by: bob, type: "tell crs-admin again" }\n';
  refused(t, load(second, ['steps:\n', again]));
  const too = 'steps:\n  - { at: "09:00", by: bob, type: "tell crs-admin too" }\n';
  t.notThrows(load(second, ['steps:\n', too]));
});

test('a step that says why it is not typed may wait in vain, and so may one that nobody types the cause of', (t) => {
  t.notThrows(
    load(
      [BLOCK, 'id: block, untyped: "nobody was told", after: blocked'],
      ['by: crs-admin, on: mdm, type: "wipe bob-phone"', 'by: crs-admin, on: mdm, type: "wipe bob-phone"'],
    ),
  );
  t.notThrows(
    load([TELL, 'id: tell, scenery: x, at: "+1h 10m"'], ['tell crs-admin my', 'seize alice-phone']),
  );
});

test('what a variant changes counts in that variant', (t) => {
  t.throws(load(['      block: omit\n', '      tell: { after: blocked }\n']), {
    message: /in the variant 'wipe-first'/,
  });
});
