/** Every shipped scenario held against the probe matrix of the catalogue: what its file says, and what comes of it in a run. */
import test from 'ava';
import type { Screenplay } from '../language/index.ts';
import { Beginnings } from '../runs/beginnings.ts';
import { orderOf } from '../runs/run-order.ts';
import { runScenario } from '../runs/run.ts';
import { assets } from '../world/hall.fixture.ts';
import type { ProbeOutcome } from '../world/probes/events.ts';
import {
  differencesInFile,
  differencesInRun,
  madeRows,
  MATRIX,
  rowsOf,
  type MadeRow,
  type MatrixRow,
} from './matrix.fixture.ts';
import { MISSING_ROWS } from './missing-rows.fixture.ts';
import { shippedScreenplays } from './shipped.fixture.ts';

/** Runs take their time where others work too. */
const RUN_LIMIT_MS = 600_000;
const SHIPPED = shippedScreenplays();

/** The catalogue has no probe for them: nothing is attacked in them. */
const WITHOUT_ROWS: readonly string[] = ['ios-fips', 'other-voip-app'];

test('the matrix has every row of the catalogue once, a reason for each refusal, and names each scenario that is shipped', (t) => {
  t.is(MATRIX.length, 400);
  t.is(new Set(MATRIX.map(({ scenario, id }) => `${scenario}/${id}`)).size, 400);
  for (const { scenario, id, predict, reason } of MATRIX)
    t.is(predict === 'refused', reason !== undefined, `${scenario}/${id}`);
  for (const { id } of SHIPPED) t.is(rowsOf(id).length > 0, !WITHOUT_ROWS.includes(id), id);
});

test('each row of a shipped scenario is there, or stands among those that are missing', (t) => {
  for (const screenplay of SHIPPED) {
    const matrix = rowsOf(screenplay.id);
    const made = new Set(madeRows(screenplay, matrix).map(({ row }) => row.id));
    const missing = matrix.filter(({ id }) => !made.has(id)).map(({ id }) => id);
    t.deepEqual(missing, Object.keys(MISSING_ROWS[screenplay.id] ?? {}), screenplay.id);
    // What is missing is in every report: nobody reads this table. Where the same attack is tried otherwise, it is named.
    const tried = new Set(screenplay.probes.map(({ row }) => row));
    for (const { id, row } of matrix.filter((each) => missing.includes(each.id))) {
      const told = screenplay.notTested.filter((each) => each.row === row);
      t.true(
        told.some(({ reason }) => !tried.has(row) || reason.includes(id)),
        `${screenplay.id}/${id} is not under not-tested`,
      );
    }
    t.log(`${screenplay.id}: ${made.size} of ${matrix.length} rows`);
  }
  const shipped = SHIPPED.map(({ id }) => id);
  t.deepEqual(
    Object.keys(MISSING_ROWS).filter((id) => !shipped.includes(id)),
    [],
    'nothing is missing of what is not shipped',
  );
});

for (const screenplay of SHIPPED) {
  const matrix = rowsOf(screenplay.id);
  test(`${screenplay.id}: each row says what the matrix says, in every variant in which it is made`, (t) => {
    t.deepEqual(differencesInFile(screenplay, matrix), []);
  });

  const made = firstMade(screenplay, matrix);
  for (const name of new Set(made.map(({ variant }) => variant)))
    test.serial(`${screenplay.id}/${name}: each row comes to what the matrix says, by its path`, (t) => {
      t.timeout(RUN_LIMIT_MS);
      const outcomes = outcomesOf(screenplay, name);
      const differences = made
        .filter(({ variant }) => variant === name)
        .flatMap(({ row }) => {
          const outcome = outcomes.get(row.id);
          return outcome === undefined
            ? [`${name}/${row.id}: was not made`]
            : differencesInRun(name, outcome, row);
        });
      t.deepEqual(differences, []);
    });
}

test('a row that differs in anything is named, with both values', (t) => {
  const screenplay = SHIPPED.find(({ id }) => id === 'baseline-call');
  const [row] = rowsOf('baseline-call').filter(({ id }) => id === 'enum-masked');
  if (screenplay === undefined || row === undefined) return t.fail('there is no such row');
  const differs = (change: Partial<MatrixRow>): readonly string[] =>
    differencesInFile(screenplay, [{ ...row, ...change }])
      .filter((each) => each.startsWith('home-wifi/'))
      .map((each) => each.slice('home-wifi/enum-masked: '.length));
  t.deepEqual(differs({}), []);
  t.deepEqual(differs({ row: 'meta' }), ['row is enum, and in the matrix meta']);
  t.deepEqual(differs({ path: { ...row.path, attack: 'call-graph' } }), [
    'command is enumerate, and in the matrix call-graph',
  ]);
  t.deepEqual(differs({ predict: 'opened' }), ['prediction is refused, and in the matrix opened']);
  t.deepEqual(differs({ reason: 'no-psk' }), ['reason is same-answer, and in the matrix no-psk']);
  t.deepEqual(differs({ parameters: new Map([['unknown-identity', 'alert']]) }), [
    'unknown-identity is as-wrong-key, and in the matrix alert',
  ]);
  t.deepEqual(differs({ parameters: new Map([['skew-limit', '48h']]) }), [
    'skew-limit is 10m, and in the matrix 2d',
  ]);
  t.deepEqual(differs({ parameters: new Map([['no-such', 'on']]) }), [
    'no-such is no parameter, and in the matrix on',
  ]);
  t.deepEqual(madeRows(screenplay, [{ ...row, id: 'no-such' }]), []);
});

test('a phone is powered off in the variant in which somebody switched it off before the probe, and in no other', (t) => {
  const screenplay = SHIPPED.find(({ id }) => id === 'missed-rekey');
  const rows = rowsOf('missed-rekey');
  const differs = (id: string, state: string): readonly string[] =>
    rows
      .filter((row) => row.id === id)
      .flatMap((row) =>
        screenplay === undefined
          ? ['it is not there']
          : differencesInFile(screenplay, [{ ...row, parameters: new Map([['phone-state', state]]) }]),
      )
      .filter((each) => /(switched-off|offline-14).*phone-state/.test(each));
  t.deepEqual(differs('dec-prev-powered-off', 'powered-off'), []);
  t.deepEqual(differs('dec-prev-powered-off', 'unlocked'), [
    'switched-off/dec-prev-powered-off: phone-state is powered-off, and in the matrix unlocked',
  ]);
  t.deepEqual(differs('honest-call-manual', 'powered-off'), [
    'offline-14/honest-call-manual: phone-state is unlocked, and in the matrix powered-off',
    'switched-off/honest-call-manual: phone-state is unlocked, and in the matrix powered-off',
  ]);
});

test('a run in which a row comes to something else is named, with both values', (t) => {
  const screenplay = SHIPPED.find(({ id }) => id === 'baseline-call');
  const [row] = rowsOf('baseline-call').filter(({ id }) => id === 'enum-masked');
  const outcome = screenplay && outcomesOf(screenplay, 'home-wifi').get('enum-masked');
  if (outcome === undefined || row === undefined) return t.fail('there is no such row');
  const differs = (change: Partial<ProbeOutcome>): readonly string[] =>
    differencesInRun('home-wifi', { ...outcome, ...change }, row).map((each) => each.slice(23));
  t.deepEqual(differs({}), []);
  t.deepEqual(differs({ outcome: 'opened' }), ['outcome is opened, and in the matrix refused']);
  t.deepEqual(differs({ outcome: 'inconclusive' }), ['outcome is inconclusive, and in the matrix refused']);
  t.deepEqual(differs({ reason: null }), ['reason is none, and in the matrix same-answer']);
  t.deepEqual(differs({ attack: 'call-graph' }), ['attack is call-graph, and in the matrix enumerate']);
  t.deepEqual(differs({ route: 'crs' }), ['route is crs, and in the matrix outside']);
  t.deepEqual(differs({ needs: ['psk'] }), ['means is psk, and in the matrix psk-identity']);
  t.deepEqual(differs({ positiveControl: 'refused' }), [
    'positive control is refused, and in the matrix opened',
  ]);
  t.deepEqual(differs({ negativeControl: 'opened' }), [
    'negative control is opened, and in the matrix refused',
  ]);
});

/** Each row in the first variant that makes it: what comes of it in others is held there by the prediction, which is the same. */
function firstMade(screenplay: Screenplay, matrix: readonly MatrixRow[]): readonly MadeRow[] {
  const made = madeRows(screenplay, matrix);
  return made.filter(({ row }, index) => made.findIndex((each) => each.row === row) === index);
}

const beginnings = new Map<string, Beginnings>();
const performed = new Map<string, ReadonlyMap<string, ProbeOutcome>>();

/** What came of the probes of a variant; each variant is run once. */
function outcomesOf(screenplay: Screenplay, variant: string): ReadonlyMap<string, ProbeOutcome> {
  const key = `${screenplay.id}/${variant}`;
  const known = performed.get(key);
  if (known !== undefined) return known;
  const shared = beginnings.get(screenplay.id) ?? new Beginnings();
  beginnings.set(screenplay.id, shared);
  const order = orderOf(screenplay, { build: '0'.repeat(64), variant, seed: '42', parameters: {} });
  const { events } = runScenario(order, { assets, screenplay, beginnings: shared });
  const found = new Map(
    events.flatMap((event) => (event.type === 'probe.result' ? [[event.data.id, event.data] as const] : [])),
  );
  performed.set(key, found);
  return found;
}
