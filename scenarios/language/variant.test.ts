import test from 'ava';
import { EXAMPLE, EXAMPLE_VOCABULARY } from './example.fixture.ts';
import { loadScreenplay } from './load.ts';
import { ONLY_VARIANT, resolveVariant, variantsOf } from './variant.ts';

const MINUTE = 60_000_000;
const play = loadScreenplay(EXAMPLE, 'mine.yaml', EXAMPLE_VOCABULARY);

test('a variant that changes nothing plays the story as it is written', (t) => {
  const { variant, steps, probes, expect, parameters } = resolveVariant(play, 'block-first');
  t.deepEqual(variant, { name: 'block-first', title: 'Block, then wipe', reference: true });
  t.deepEqual(steps, play.steps);
  t.deepEqual(probes, play.probes);
  t.deepEqual(expect, play.expect);
  t.deepEqual(parameters, play.parameters);
});

test('a variant that shows what an error costs counts only for what it says that it shows', (t) => {
  const text = EXAMPLE.replace(
    'reference: false\n',
    'reference: false\n    check: { call-2: para-32.c1/calls }\n',
  );
  const erring = loadScreenplay(text, 'mine.yaml', EXAMPLE_VOCABULARY);
  const shownIn = (variant: string, of = erring): readonly string[] => {
    const { probes, expect } = resolveVariant(of, variant);
    return [...probes, ...expect].flatMap(({ id, parts }) => parts.map((part) => `${id}: ${part.id}`));
  };
  t.deepEqual(shownIn('wipe-first'), ['call-2: para-32.c1/calls']);
  t.deepEqual(shownIn('wipe-first', play), []);
  t.true(shownIn('block-first').includes('live-cut: para-32.c1/cut'));
});

test('a variant omits, changes and adds steps, and predicts otherwise', (t) => {
  const { variant, steps, probes, expect, parameters } = resolveVariant(play, 'wipe-first');
  t.false(variant.reference);
  t.deepEqual(
    steps.map(({ id }) => id),
    ['steps/1', 'steps/2', 'tell', 'wipe', 'wipe-first/1'],
  );
  const wipe = steps[3];
  t.deepEqual(wipe?.when, { kind: 'after', moment: 'reported', delay: 5 * MINUTE });
  t.deepEqual([wipe?.by, wipe?.on, wipe?.type], ['crs-admin', 'mdm', 'wipe bob-phone']);
  t.deepEqual([wipe?.clauses, wipe?.cue], [['para-30'], 'Wipe it.']);
  t.is(wipe?.typeWhere.line, 58);
  t.is(wipe?.where.line, 41, 'the step itself stays where it was declared');
  t.deepEqual(
    probes.map(({ predict }) => predict),
    ['opened', 'refused'],
  );
  t.is(expect.find(({ id }) => id === 'live-cut')?.notApplicable, 'no one blocks');
  t.is(expect.find(({ id }) => id === 'none-after')?.notApplicable, undefined);
  t.is(parameters['skew-limit'], 2 * 24 * 60 * MINUTE);
  t.is(parameters['crs-months'], 2, 'what a variant does not name stays');
});

test('a change of nothing but the time leaves the rest of a step', (t) => {
  const text = EXAMPLE.replace(/wipe: \{ after: reported \+ 5m.*\}/, 'wipe: { at: "09:00" }');
  const { steps } = resolveVariant(loadScreenplay(text, 'mine.yaml', EXAMPLE_VOCABULARY), 'wipe-first');
  t.deepEqual(steps[3], { ...play.steps[4], when: { kind: 'at', t: 60 * MINUTE } });
});

test('a variant that shows one difference makes only the probes it names', (t) => {
  const [first, second] = play.probes.map(({ id }) => id);
  const only = (reference: boolean, id: string | undefined): string =>
    `variants:\n  narrow: { title: "Narrow", reference: ${reference}, only: [${id}] }\n`;
  const withVariants = (variants: string): string => EXAMPLE.replace('variants:\n', variants);
  const narrow = loadScreenplay(withVariants(only(false, first)), 'mine.yaml', EXAMPLE_VOCABULARY);
  const { probes, expect } = resolveVariant(narrow, 'narrow');
  t.is(probes.find(({ id }) => id === first)?.notApplicable, undefined);
  t.regex(probes.find(({ id }) => id === second)?.notApplicable ?? '', /another variant measures it/);
  t.true(
    expect.every(({ notApplicable }) => notApplicable === undefined),
    'expectations cost nothing and stay',
  );

  const refused = (text: string): string | undefined =>
    t.throws(() => loadScreenplay(withVariants(text), 'mine.yaml', EXAMPLE_VOCABULARY)).message;
  t.regex(refused(only(true, first)) ?? '', /counts towards clauses makes every probe/);
  t.regex(refused(only(false, 'no-such-probe')) ?? '', /no probe has the id 'no-such-probe'/);
  const idle = `  narrow: { title: "N", reference: false, only: [${first}], predict: { ${second}: opened } }\n`;
  t.regex(refused(`variants:\n${idle}`) ?? '', new RegExp(`'${second}' is not among 'only'`));
});

test('a scenario without variants has one, of reference', (t) => {
  const text = 'scenario: small\ntitle: Small\nbegins: 2015-10-14T08:00:00Z\nworld: {}\n';
  const small = loadScreenplay(text, 'small.yaml', EXAMPLE_VOCABULARY);
  t.deepEqual(
    variantsOf(small).map(({ name, reference }) => [name, reference]),
    [[ONLY_VARIANT, true]],
  );
  t.is(resolveVariant(small, ONLY_VARIANT).variant.title, 'Small');
});

test('a variant that does not exist is refused with the one that was meant', (t) => {
  const code = 'SCENARIO_UNKNOWN_VARIANT';
  const near = t.throws(() => resolveVariant(play, 'wipe-frist'));
  t.like(near, { code, fix: "Did you mean 'wipe-first'?" });
  const far = t.throws(() => resolveVariant(play, 'x'));
  t.like(far, { code, fix: 'It has: block-first, wipe-first.' });
});

test('a variant has expectations of its own, which no other has, and which show what they say', (t) => {
  const text = EXAMPLE.replace(
    'reference: false\n',
    'reference: false\n    expect: [{ id: bare, see: crs.user-blocked, check: para-2.c1/sealed }]\n',
  );
  const own = loadScreenplay(text, 'mine.yaml', EXAMPLE_VOCABULARY);
  const checksOf = (variant: string) => resolveVariant(own, variant).expect.filter(({ id }) => id === 'bare');
  t.deepEqual(checksOf('block-first'), []);
  t.deepEqual(
    checksOf('wipe-first').map(({ kind, parts }) => [kind, parts.map(({ id }) => id)]),
    [['see', ['para-2.c1/sealed']]],
  );
  const twice = text.replace('id: bare,', 'id: steps-typed,');
  t.throws(() => loadScreenplay(twice, 'mine.yaml', EXAMPLE_VOCABULARY), {
    message: /'steps-typed' is the id of a check of every run/,
  });
});

test('a variant has probes of its own, which it makes beside those that it names', (t) => {
  const probe =
    '{ id: own, row: live-call, at: "08:30", by: thief, on: thief, type: "call bob", predict: refused, reason: blocked, check: para-32.c1/calls }';
  // Without the comparison, for which each check has to apply to each variant.
  const apart = EXAMPLE.replace(/^.*calls-alike.*\n/m, '');
  const withOwn = (only: string, id = 'own'): string =>
    apart
      .replace('reference: false\n', `reference: false\n    probes: [${probe.replace('own', id)}]\n${only}`)
      .replace('predict: { dec-out-1: opened }', 'predict: {}');
  const own = loadScreenplay(withOwn('    only: []\n'), 'mine.yaml', EXAMPLE_VOCABULARY);
  const probesOf = (variant: string) => resolveVariant(own, variant).probes;
  const known = play.probes.map(({ id }) => id);
  t.deepEqual(
    probesOf('block-first').map(({ id }) => id),
    known,
    'no other variant has them',
  );
  t.deepEqual(
    probesOf('wipe-first').map(({ id, notApplicable, parts }) => [
      id,
      notApplicable === undefined,
      parts.map((part) => part.id),
    ]),
    [...known.map((id) => [id, false, []]), ['own', true, ['para-32.c1/calls']]],
  );
  const refused = (text: string): string =>
    t.throws(() => loadScreenplay(text, 'mine.yaml', EXAMPLE_VOCABULARY)).message;
  t.regex(refused(withOwn('    only: [own]\n')), /no probe has the id 'own'/, 'it is made anyway');
  t.regex(refused(withOwn('', 'call-2')), /'call-2' is the id of/, 'an id is used once');
});
