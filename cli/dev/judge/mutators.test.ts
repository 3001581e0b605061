/** The changes that the judge makes, as text. */
import test from 'ava';
import { parse } from 'yaml';
import { loadScreenplay, resolveVariant, type Screenplay } from '../../../scenarios/language/index.ts';
import { SHIPPED_KINDS, vocabulary } from '../../../scenarios/world/index.ts';
import { alarm } from './alarm.fixture.ts';
import type { ChangeKind } from './change.ts';
import { EVERYTHING, leavingOut } from './leave-out.ts';
import { misspelt } from './misspell-values.ts';
import { changesOf, tooMuchScenery, unplantedRules } from './mutators.ts';

const screenplay = alarm('strong');
const changes = changesOf(screenplay);
const made = (kind: ChangeKind): readonly string[] =>
  changes.filter((each) => each.kind === kind).map(({ at, what, line }) => `${line}: ${at}: ${what}`);

function changed(at: string, what: string): Screenplay {
  const text = changes.find((each) => each.at === at && each.what === what)?.text ?? '';
  return loadScreenplay(text, 'changed.yaml', vocabulary(SHIPPED_KINDS));
}

test('every step is left out, of the file and of its variants, but for scenery', (t) => {
  t.deepEqual(made('step'), [
    '13: step 1: left out',
    '15: step report: left out',
    '16: step block: left out',
    '25: variant quick, step block: left out',
    '26: variant late, step report: left out',
    '26: variant late, step block: left out',
  ]);
  const without = changed('step block', 'left out');
  t.deepEqual(
    without.steps.map(({ id }) => id),
    ['steps/1', 'report', 'weather'],
  );
  t.deepEqual(
    without.variants.map(({ steps }) => [...steps.keys()]),
    [[], ['report'], []],
  );
  const late = changed('variant late, step report', 'left out').variants[1];
  t.is(late?.steps.get('report'), 'omit');
});

test('lines stay where they are', (t) => {
  for (const { text, at, what } of changes)
    t.is(text.split('\n').length, screenplay.text.split('\n').length, `${at}: ${what}`);
  t.is(changed('step report', 'left out').steps[1]?.where.line, 16);
});

test('every value of a check is misspelt', (t) => {
  t.deepEqual(
    made('value').map((each) => each.replace(/^\d+: /, '')),
    [
      'expectation cut: crs.user-blocked -> crs.user-blockee',
      'expectation cut: reported -> reportee',
      'expectation cut: alice -> alicf',
      'expectation told: person.told -> person.tole',
      'expectation told: alice -> alicf',
      'moment reported: person.told -> person.tole',
      'moment reported: alice -> alicf',
      'moment reported: crs-admin -> crs-admio',
      'probe calls: live-call -> live-calm',
      'probe calls: thief -> thieg',
      'probe calls: thief -> thieg',
      'probe calls: blocked -> blockee',
      'probe calls: alice -> alicf',
      'probe calls: bob -> boc',
    ],
  );
  t.deepEqual(['2015-10', 'alice-to-bob#1', '"+447700900009"', '0x008C', 'true', 'z', '-'].map(misspelt), [
    '2015-11',
    'alice-to-boc#1',
    '"+447700900008"',
    '0x008D',
    'false',
    'a',
    undefined,
  ]);
});

test('two users change places, with their numbers and what is named after them', (t) => {
  t.deepEqual(
    made('user').map((each) => each.replace(/^\d+: /, '')),
    [
      'step 1: alice <-> bob',
      'step report: alice <-> bob',
      'step block: alice <-> bob',
      'probe calls: alice <-> bob',
      'probe calls: bob <-> carol',
      'expectation cut: alice <-> bob',
      'expectation told: alice <-> bob',
    ],
  );
  t.is(changed('step 1', 'alice <-> bob').steps[0]?.type, 'seize bob-phone');
  t.is(changed('step block', 'alice <-> bob').steps[2]?.type, 'block-user +447700900002');
  t.is(changed('probe calls', 'alice <-> bob').probes[0]?.type, 'call-as bob alice');
});

test('predictions are turned round, and a file without them is whole', (t) => {
  t.deepEqual(
    made('prediction').map((each) => each.replace(/^\d+: /, '')),
    ['probe calls: to be opened', 'variant never, probe calls: to be refused'],
  );
  const [probe] = changed('probe calls', 'to be opened').probes;
  t.deepEqual([probe?.predict, probe?.reason], ['opened', undefined]);
});

test('nothing happens, or nothing is tried', (t) => {
  const still = changes.find(({ at, what }) => at === 'variant late' && what === 'no steps at all');
  t.deepEqual(still?.leftOut, [EVERYTHING]);
  const { steps, performs } = leavingOut(resolveVariant(screenplay, 'late'), [EVERYTHING]);
  t.deepEqual([steps, performs], [[], []]);
  const untried = changed('variant late', 'no probes at all');
  t.deepEqual([untried.probes, untried.plants], [[], []]);
});

test('a file with too much scenery is refused', (t) => {
  t.regex(tooMuchScenery(screenplay) ?? '', /^strong\.yaml: 1 of 4 steps are scenery/);
  const { text } = screenplay;
  const plain = loadScreenplay(
    text.replace(', scenery: "nobody asks"', ''),
    'a.yaml',
    vocabulary(SHIPPED_KINDS),
  );
  t.is(tooMuchScenery(plain), undefined);
});

test('a rule that no scenario breaks is named', (t) => {
  t.false(unplantedRules([screenplay]).includes('crs.block-refuses-handshake'));
  t.true(unplantedRules([screenplay]).includes('crs.relays-media'));
});

test('all changes are YAML', (t) => {
  for (const { text, at } of changes) t.notThrows(() => parse(text), at);
});

test('the probes of a variant are changed where they are made, and left out with the others', (t) => {
  const probe =
    '{ id: own, row: live-call, at: "08:09", by: thief, on: thief, type: "call-as alice carol", predict: opened }';
  const text = screenplay.text.replace('never: {', `never: { probes: [${probe}],`);
  const made = changesOf(loadScreenplay(text, 'own.yaml', vocabulary(SHIPPED_KINDS)));
  const turned = made.filter(({ kind, at }) => kind === 'prediction' && at === 'probe own');
  t.deepEqual(
    turned.map(({ what, variants }) => [what, variants]),
    [['to be refused', ['never']]],
  );
  const untried = made.find(({ what }) => what === 'no probes at all')?.text ?? '';
  const left = loadScreenplay(untried, 'untried.yaml', vocabulary(SHIPPED_KINDS));
  t.deepEqual([left.probes, left.variants.flatMap(({ probes }) => probes)], [[], []]);
});
