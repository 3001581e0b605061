/** Where performances begin that have something in common with earlier ones, and that they come to the same. */
import test from 'ava';
import { hallOptionsOf, screenplayOf } from '../world/hall.fixture.ts';
import { resolveVariant } from '../language/index.ts';
import { Beginnings } from './beginnings.ts';
import type { PerformanceOptions } from './performance-options.ts';
import { Performance } from './performance.ts';
import { instanceOf, performing, type StepWords } from './procedures.fixture.ts';

const YAML = `moments:
  told: { first: person.told, by: alice, to: crs-admin }
  named: { first: trace.began, opening: included, variant: named }
steps:
  - { id: call, at: "08:01", by: alice, on: alice-phone, type: "call bob --for 3s" }
  - { id: seize, at: "09:02", by: thief, type: "seize alice-phone" }
  - { id: tell, at: "09:03", by: alice, type: "tell crs-admin my phone is gone" }
  - { id: block, after: told + 1m, by: crs-admin, on: crs, type: "block-user +447700900001" }
  - { id: wipe, after: told + 2m, by: mdm-admin, on: mdm, type: "wipe alice-phone" }
probes:
  - { id: p, row: live-call, at: "09:02:30", by: thief, type: "call-as alice bob", predict: opened, because: "it is held" }
  - { id: q, row: meta, after: told + 3m, by: insider, type: call-graph, predict: opened, because: "it routes them" }
`;
const HALL = { yaml: YAML, ends: '09:10' };
const OPTIONS = hallOptionsOf(HALL);
const MAIN = resolveVariant(screenplayOf(HALL), 'main');

type Change = Partial<Pick<typeof MAIN, 'steps' | 'probes' | 'moments' | 'parameters' | 'expect'>>;

/** The same scenario under another name, with something else in it. */
function variantOf(name: string, change: Change, more: Partial<PerformanceOptions> = {}): PerformanceOptions {
  const { moments } = OPTIONS.screenplay;
  const screenplay = {
    ...OPTIONS.screenplay,
    moments: moments.filter((moment) => moment.name !== 'named'),
    variant: { name, title: name, reference: false },
    ...change,
  };
  return { ...OPTIONS, screenplay, ...more };
}

function stepsWith(id: string, change: Partial<(typeof MAIN.steps)[number]>): Change {
  return { steps: MAIN.steps.map((step) => (step.id === id ? { ...step, ...change } : step)) };
}

function performed(options: PerformanceOptions, beginnings?: Beginnings): Performance {
  const performance = new Performance(options, beginnings?.find(options));
  performance.finish();
  beginnings?.remember(options, performance);
  return performance;
}

function outcomeOf({ world, typed, made, artefacts }: Performance) {
  const files = [...artefacts].map(([file, octets]) => [file, Buffer.from(octets).toString('hex')]);
  return { trace: world.trace.toNdjson(), typed, made: [...made], files };
}

const FIRST = variantOf('first', {});
const first = new Beginnings();
performed(FIRST, first);

/** What a performance has done when it begins: the steps and probes. */
function sharedOf(options: PerformanceOptions, beginnings = first): readonly string[] | undefined {
  return beginnings
    .find(options)
    ?.done.flatMap((done) =>
      'step' in done && typeof done.step === 'string' ? [done.step] : 'id' in done ? [done.id] : [],
    );
}

const LATER = { kind: 'at', t: 3_700_000_000 } as const;
const PARTINGS: readonly (readonly [name: string, options: PerformanceOptions, shared: readonly string[]])[] =
  [
    ['nothing is another', variantOf('second', {}), ['call', 'seize', 'p', 'tell', 'block', 'wipe', 'q']],
    [
      'a line after a moment is another',
      variantOf('second', stepsWith('wipe', { type: 'wipe bob-phone' })),
      ['call', 'seize', 'p', 'tell', 'block'],
    ],
    [
      'two lines change places',
      variantOf('second', stepsWith('wipe', { when: { kind: 'after', moment: 'told', delay: 1_000_000 } })),
      ['call', 'seize', 'p', 'tell'],
    ],
    ['a line comes later', variantOf('second', stepsWith('call', { when: LATER })), []],
    [
      'a line is not typed',
      variantOf('second', { steps: MAIN.steps.filter(({ id }) => id !== 'seize') }),
      ['call'],
    ],
    [
      'there is one more line',
      variantOf('second', {
        steps: [
          ...MAIN.steps,
          { ...(MAIN.steps[0] as (typeof MAIN.steps)[number]), id: 'more', when: LATER },
        ],
      }),
      ['call'],
    ],
    [
      'a probe is predicted to be refused',
      variantOf('second', {
        probes: MAIN.probes.map((probe) => ({ ...probe, predict: 'refused' as const })),
      }),
      ['call', 'seize'],
    ],
    [
      'the last probe is not made',
      variantOf('second', { probes: MAIN.probes.slice(0, 1) }),
      ['call', 'seize', 'p', 'tell', 'block', 'wipe'],
    ],
    [
      'something else is expected',
      variantOf('second', { expect: [] }),
      ['call', 'seize', 'p', 'tell', 'block', 'wipe', 'q'],
    ],
  ];
for (const [name, options, shared] of PARTINGS) {
  test(`when ${name}, the beginning is shared up to there, and the run is what it is by itself`, (t) => {
    t.deepEqual(sharedOf(options), shared);
    t.deepEqual(
      outcomeOf(new Performance(options, first.find(options)))
        .trace.split('\n')[0]
        ?.includes('"second"'),
      true,
    );
    const beginnings = new Beginnings();
    performed(FIRST, beginnings);
    t.deepEqual(outcomeOf(performed(options, beginnings)), outcomeOf(performed(options)));
  });
}

const OTHERS: readonly (readonly [name: string, options: PerformanceOptions])[] = [
  ['a parameter', variantOf('second', { parameters: { 'answer-delay': 1_000_000 } })],
  ['the seed', variantOf('second', {}, { seed: '2' })],
  ['the key seed', variantOf('second', {}, { keySeed: '2' })],
  ['a broken rule', variantOf('second', {}, { broken: ['crs.block-is-exact'] })],
  ['who is played', variantOf('second', {}, { played: ['bob'] })],
  ['whether probes are made', variantOf('second', {}, { probes: false })],
  ['the tool', variantOf('second', {}, { tool: 'another' })],
  ['the speech', variantOf('second', {}, { assets: { ...OPTIONS.assets } })],
  ['a moment', variantOf('second', { moments: [] })],
  ['that it is heard', variantOf('second', {}, { heard: true })],
  ['that it is captured', variantOf('second', {}, { capture: { secrets: false } })],
];
for (const [name, options] of OTHERS) {
  test(`nothing is shared when ${name} is another`, (t) => t.is(first.find(options), undefined));
}

const MINUTES = 60_000_000;
const say = (word: string, after: readonly string[] = []): StepWords => ({
  ...{ by: 'crs-admin', type: `tell alice ${word}`, takes: 1_000_000, after },
});

/** The scenario with a procedure that is early, and one that is late and has these steps. */
function performingTwo(name: string, late: Readonly<Record<string, StepWords>>): PerformanceOptions {
  const options = variantOf(name, {});
  const of = (instance: string, minute: number, steps: Readonly<Record<string, StepWords>>) =>
    instanceOf(instance, steps, { begins: { kind: 'at', t: minute * MINUTES } });
  const performs = [of('early', 2, { hello: say('hello') }), of('late', 61, late)];
  return { ...options, screenplay: performing(options.screenplay, performs) };
}

test('a beginning is shared until a procedure begins that is performed in another way', (t) => {
  const beginnings = new Beginnings();
  performed(performingTwo('first', { one: say('one'), two: say('two', ['one']) }), beginnings);
  for (const [name, steps] of Object.entries({
    'another word': { one: say('one'), two: say('three', ['one']) },
    'another order': { one: say('one', ['two']), two: say('two') },
    'left out': { one: say('one'), two: { ...say('two', ['one']), skipped: 'it is omitted' } },
  })) {
    const options = performingTwo('second', steps);
    t.deepEqual(sharedOf(options, beginnings), ['call', 'early.hello'], name);
    t.deepEqual(outcomeOf(performed(options, beginnings)), outcomeOf(performed(options)), name);
  }
  t.is(beginnings.find(performingTwo('second', { one: say('one') })), undefined, 'there is a step less');
});

test('nothing is shared when somebody who watches heeds which variant it is', (t) => {
  const { moments } = OPTIONS.screenplay;
  const beginnings = new Beginnings();
  performed(variantOf('named', { moments }), beginnings);
  t.is(beginnings.find(variantOf('second', { moments })), undefined);
  t.not(beginnings.find(variantOf('named', { moments })), undefined);
});

test('the order of runs changes nothing, and a branch can be branched from', (t) => {
  const variants = [
    FIRST,
    ...PARTINGS.map(([, options], n) => ({
      ...options,
      screenplay: { ...options.screenplay, variant: { name: `v${n}`, title: '', reference: false } },
    })),
  ].slice(0, 5);
  const alone = variants.map((options) => outcomeOf(performed(options)));
  for (const order of [
    [0, 1, 2, 3, 4],
    [4, 2, 3, 1, 0],
  ]) {
    const beginnings = new Beginnings();
    for (const at of order) {
      const options = variants[at] as PerformanceOptions;
      t.deepEqual(outcomeOf(performed(options, beginnings)), alone[at]);
    }
  }
});

test('only the last performances are remembered, and no more octets than may be', (t) => {
  const beginnings = new Beginnings(2);
  const performance = performed(FIRST);
  const kept = (name: string): PerformanceOptions => variantOf('first', {}, { tool: name });
  for (const name of ['a', 'b']) beginnings.remember(kept(name), performance);
  t.not(beginnings.find(kept('a')), undefined);
  beginnings.remember(kept('c'), performance);
  t.is(beginnings.size, 2);
  t.deepEqual(
    ['a', 'b', 'c'].map((name) => beginnings.find(kept(name)) === undefined),
    [false, true, false],
  );
  const small = new Beginnings(8, 1000);
  small.remember(kept('a'), performance);
  t.is(small.size, 0);
});
