/**
 * A second judge, written from the documentation alone, has to come to the same ledger and the same verdicts of every shipped run as the first.
 * That it can object, and that it looks at the trace, is tested too: by reports and traces that were tampered with.
 */
import { setImmediate } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { omissionsOf } from '../../cli/verify/judge/declaration.ts';
import { altered, evenly, placesIn, replaced, without, type LooseEvent, type Path } from './doctoring.ts';
import { heard, type SecondOpinion } from '../../cli/verify/judge/hearing.ts';
import { opened, rows, type JsonObject } from '../../cli/verify/judge/json-text.ts';
import { likened, likeningsOf } from '../../cli/verify/judge/likeness.ts';
import { objectionsTo } from '../../cli/verify/judge/objections.ts';
import { catalogueOf, verdictsOf, type RunJudged } from '../../cli/verify/judge/sentence.ts';
import { suite } from './suite-run.ts';

/** Places of one kind that are tampered with, and results of probes that are taken out. */
const [PLACES, RESULTS] = [12, 30];
const whole = heard({ ...suite, traces: suite.traces.values() });

test('two judges agree on every ledger and every verdict of every shipped run', (t) => {
  t.deepEqual(objectionsTo(suite.report, whole.runs, whole.verdicts), []);
  t.true(rows(suite.report, 'scenarios').every((scenario) => rows(scenario, 'missing').length === 0));
  t.true(whole.runs.length >= 26);
  t.true(whole.runs.every(({ answers }) => answers.length > 5));
  t.true(whole.runs.flatMap(({ losses }) => losses).length > 60);
});

/** Reports that say one thing otherwise: each has to be objected to. */
function objectsToEach(t: ExecutionContext, places: readonly Path[], make: (old: unknown) => unknown): void {
  for (const place of evenly(places, PLACES)) {
    const other = opened(replaced(suite.report, place, make), 'report');
    if (objectionsTo(other, whole.runs, whole.verdicts).length === 0) t.fail(place.join('.'));
  }
  t.true(places.length > 0);
  t.log(`${places.length} places`);
}

const inReport = (...form: readonly string[]): readonly Path[] => placesIn(suite.report, form);
const placesBelow = (place: Path): readonly Path[] =>
  inReport(...RUN, 'exposure', '*').filter((row) => place.every((key, index) => row[index] === key));
const RUN = ['scenarios', '*', 'variants', '*'];
const anotherVerdict = (old: unknown): unknown => (old === 'pass' ? 'fail' : 'pass');

test('a verdict of a check that was changed is objected to', (t) => {
  objectsToEach(t, inReport(...RUN, 'checks', '*', 'verdict'), anotherVerdict);
  objectsToEach(t, inReport(...RUN, 'checks', '*', 'parts', '*', 'verdict'), anotherVerdict);
});

test('a verdict on several variants, or what a probe came to, that was changed is objected to', (t) => {
  objectsToEach(t, inReport('scenarios', '*', 'across', '*', 'verdict'), anotherVerdict);
  objectsToEach(t, inReport('scenarios', '*', 'across', '*', 'parts', '*', 'verdict'), anotherVerdict);
  objectsToEach(t, inReport(...RUN, 'checks', '*', 'probe', 'outcome'), () => 'inconclusive');
  objectsToEach(t, inReport(...RUN, 'checks', '*', 'probe', 'refusedAs'), () => 'because');
});

test('what is the same in all variants is so no more when one of them says otherwise, or is not known', (t) => {
  const NAME = 'baseline-call/same-on-each-network';
  const saidWith = (doctor: (trace: string) => string): string | undefined =>
    again('baseline-call/congested', doctor).verdicts.likened.find(({ name }) => name === NAME)?.finding;
  t.is(
    saidWith((trace) => trace),
    'pass',
  );
  const enumerated = resultOf('enum-masked');
  t.is(
    saidWith((trace) => altered(trace, enumerated, { data: { reason: 'blocked' } })),
    'fail',
  );
  t.is(
    saidWith((trace) => altered(trace, enumerated, { data: { positiveControl: 'refused' } })),
    'inconclusive',
  );
  const isCall = ({ type }: LooseEvent): boolean => type === 'handset.call-connected';
  t.is(
    saidWith((trace) => altered(trace, isCall, { data: { setupMs: 2100 } })),
    'fail',
  );
  const likenings = suite.shown.flatMap(likeningsOf);
  t.true(likenings.some(({ name }) => name === NAME));
  for (const likening of likenings)
    for (const lost of likening.variants) {
      const others = whole.runs.filter(({ scenario, variant }) => `${scenario}/${variant}` !== lost);
      t.is(likened(likening, others).finding, 'not-tested', `${likening.name} without ${lost}`);
    }
});

test('a verdict of a part, a check or a clause of the catalogue that was changed is objected to', (t) => {
  objectsToEach(t, inReport('clauses', '*', 'verdict'), anotherVerdict);
  objectsToEach(t, inReport('clauses', '*', 'checks', '*', 'verdict'), anotherVerdict);
  objectsToEach(t, inReport('clauses', '*', 'checks', '*', 'parts', '*', 'verdict'), anotherVerdict);
});

test('a row of the ledger that was dropped or doubled is objected to', (t) => {
  objectsToEach(t, inReport(...RUN, 'exposure', '*'), () => undefined);
  const ledgers = inReport(...RUN, 'exposure').filter((place) => placesBelow(place).length > 0);
  objectsToEach(t, ledgers, (old) => (Array.isArray(old) ? [...old, ...old.slice(0, 1)] : old));
});

test('a run that only one judge knows is objected to', (t) => {
  objectsToEach(t, inReport(...RUN), () => undefined);
  t.not(objectionsTo(suite.report, whole.runs.slice(1), whole.verdicts).length, 0);
});

for (const key of [
  'fromEarliest',
  'from',
  'lastSuccess',
  'firstFailure',
  'audioSeconds',
  'spokenFrom',
  'spokenUntil',
])
  test(`a ledger with another ${key} is objected to`, (t) => {
    objectsToEach(t, inReport(...RUN, 'exposure', '*', key), (old) => Number(old) + 1);
  });

test('a ledger with other hours of impersonation is objected to', (t) => {
  const place = [...RUN, 'exposure', '*', 'impersonationHours'];
  objectsToEach(t, inReport(...place, 'atLeast'), (old) => Number(old) + 0.01);
  objectsToEach(t, inReport(...place, 'atMost'), (old) => Number(old) - 0.01);
  objectsToEach(t, inReport(...place), () => undefined);
});

for (const key of ['attacker', 'attack', 'route', 'asset', 'capability', 'refusedAs'])
  test(`a ledger with another ${key} is objected to`, (t) => {
    objectsToEach(t, inReport(...RUN, 'exposure', '*', key), (old) => `${String(old)} more`);
  });

/** What is said when the trace of one run is another one, or its scenario declares something else. */
function again(
  name: string,
  doctor: (trace: string) => string,
  shown = suite.shown,
): SecondOpinion & { readonly run: RunJudged } {
  const { runs } = heard({ ...suite, shown, traces: [doctor(suite.traces.get(name) ?? '')] });
  const [run] = runs;
  if (run === undefined) throw new Error('nothing was judged');
  const all = whole.runs.map((each) => (`${each.scenario}/${each.variant}` === name ? run : each));
  return {
    run,
    runs: all,
    verdicts: verdictsOf(
      all,
      { omissions: shown.flatMap(omissionsOf), likenings: shown.flatMap(likeningsOf) },
      catalogueOf(suite.clauses),
    ),
  };
}

const THEFT = 'client-compromise/wipe-destroy-block';
const BLOCKED = 'client-compromise/block-wipe-destroy';
const resultOf =
  (id: string) =>
  ({ type, data }: LooseEvent): boolean =>
    type === 'probe.result' && data['id'] === id;
const findingOf = ({ answers }: RunJudged, id: string): string | undefined =>
  answers.find((answer) => answer.id === id)?.finding;
const callsAsAlice = ({ losses }: RunJudged): RunJudged['losses'] =>
  losses.filter(({ attack, asset }) => attack === 'call-as' && asset === 'identity alice');

test('a result of a probe matters: a trace without it is judged otherwise', async (t) => {
  const results = [...suite.traces].flatMap(([name, trace]) =>
    [...trace.matchAll(/"type":"probe\.result","on":"[^"]*","cause":\d+,"data":\{"id":"([^"]*)"/g)].map(
      ([, id = '']) => ({ name, id }),
    ),
  );
  t.true(results.length > 200);
  for (const { name, id } of evenly(results, RESULTS)) {
    const { run, runs, verdicts } = again(name, (old) => without(old, resultOf(id)));
    t.is(findingOf(run, id), 'inconclusive');
    const objections = objectionsTo(suite.report, runs, verdicts);
    t.true(
      objections.some(({ place, kind }) => place === name && kind === 'check'),
      `${name}/${id}`,
    );
    await setImmediate();
  }
});

test('without its only success there is no loss, and whoever reports one is contradicted', (t) => {
  const { run, runs, verdicts } = again(BLOCKED, (trace) => without(trace, resultOf('live-call-before')));
  t.is(callsAsAlice(run).length, 0);
  const objections = objectionsTo(suite.report, runs, verdicts);
  t.true(
    objections.some(
      ({ kind, what, found }) =>
        kind === 'exposure' && what.startsWith('thief | call-as') && found === undefined,
    ),
  );
});

test('a loss begins when the attacker got the last of what it took', (t) => {
  const isTheft = ({ type, on }: LooseEvent): boolean => type === 'custody.seized' && on === 'thief';
  const [before] = callsAsAlice(again(THEFT, (trace) => trace).run);
  const [after] = callsAsAlice(again(THEFT, (trace) => altered(trace, isTheft, { later: 60_000_000 })).run);
  t.is(after?.possibleSince, (before?.possibleSince ?? 0) + 60_000_000);
  const [never] = callsAsAlice(again(THEFT, (trace) => without(trace, isTheft)).run);
  t.is(never?.possibleSince, 0);
});

test('a refusal ends a loss only by the same path, with good controls, and not when it was typed', (t) => {
  const after = resultOf('live-call-after');
  const endedBy = (doctor: (trace: string) => string): number | undefined =>
    callsAsAlice(again(THEFT, doctor).run)[0]?.ended?.at;
  t.is(
    endedBy((trace) => trace),
    1_560_900_000_000,
  );
  // What the thief types meanwhile is refused too, and for the same reason: only the next probe ends it.
  const next = 1_735_320_000_000;
  t.is(
    endedBy((trace) => without(trace, after)),
    next,
  );
  t.is(
    endedBy((trace) => altered(trace, after, { data: { positiveControl: 'refused' } })),
    next,
  );
  t.is(
    endedBy((trace) => altered(trace, after, { data: { negativeControl: 'opened' } })),
    next,
  );
  t.is(
    endedBy((trace) => altered(trace, after, { data: { route: 'account:carol' } })),
    next,
  );
  t.is(
    endedBy((trace) => altered(trace, after, { data: { needs: ['psk'] } })),
    next,
  );
});

test('what opens again after a refusal is another loss, possible since that refusal', (t) => {
  const open = { data: { outcome: 'opened', reason: null, means: [] } };
  const { run } = again(THEFT, (trace) => altered(trace, resultOf('live-call-unblocked'), open));
  t.like(callsAsAlice(run), {
    length: 2,
    1: { possibleSince: 1_560_900_000_000, firstSuccess: 1_735_320_000_000 },
  });
});

test('a part fails for another reason, when its probe opens, and says nothing without controls', (t) => {
  const part = 'para-32.c1/calls';
  const sentence = (data: JsonObject, shown = suite.shown): readonly unknown[] => {
    const doctor = (trace: string): string => altered(trace, resultOf('live-call-after'), { data });
    const { verdicts, run } = again(THEFT, doctor, shown);
    return [
      findingOf(run, 'live-call-after'),
      ...[part, 'para-32.c1', 'para-32'].map((id) => verdicts.sentences.get(id)),
    ];
  };
  t.deepEqual(sentence({}), ['pass', 'pass', 'not-tested', 'not-tested']);
  t.deepEqual(sentence({ reason: 'no-psk' }), ['fail', 'fail', 'fail', 'fail']);
  t.deepEqual(sentence({ outcome: 'opened' }), ['fail', 'fail', 'fail', 'fail']);
  t.deepEqual(sentence({ positiveControl: 'refused' }), Array(4).fill('inconclusive'));
  // Predicted or not: what opens under a protecting check is a failure of the clause.
  const predicted = suite.shown.map((each) => {
    const place = each['id'] === 'client-compromise' ? rows(each, 'probes') : [];
    const at = place.findIndex(({ id }) => id === 'live-call-after');
    return at < 0
      ? each
      : opened(
          replaced(each, ['probes', at, 'predict'], () => 'opened'),
          'shown',
        );
  });
  t.deepEqual(sentence({ outcome: 'opened', predict: 'opened' }, predicted), [
    'pass',
    'fail',
    'fail',
    'fail',
  ]);
});

test('nothing is passed that could not have been seen, or whose moment never came', (t) => {
  const knocks = ({ type, data }: LooseEvent): boolean =>
    type === 'crs.handshake-refused' && data['user'] === 'alice';
  t.is(findingOf(again(THEFT, (trace) => without(trace, knocks)).run, 'nobody-registers'), 'inconclusive');
  const blocks = ({ type }: LooseEvent): boolean => type === 'crs.user-blocked';
  const { run } = again(THEFT, (trace) => without(trace, blocks));
  t.is(findingOf(run, 'nobody-registers'), 'inconclusive');
  t.is(findingOf(run, 'user-blocked'), 'fail');
});
