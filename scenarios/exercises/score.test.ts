import test from 'ava';
import { MINUTE } from '../../sim/clock.ts';
import type { VariantResult } from '../runs/index.ts';
import { at, ownRun, playOut, rehearse, resultOfRehearsal } from './rehearsal.fixture.ts';

const BLOCK = 'block-user +447700900001';
const REFERENCE = ownRun();

type Script = readonly (readonly [minutes: number, line: string])[];

function played(role: string, script: Script): VariantResult {
  const rehearsal = rehearse(role);
  playOut(rehearsal, script);
  return resultOfRehearsal(rehearsal);
}

function scoreOf({ score }: VariantResult) {
  if (score === undefined) throw new Error('an exercise has a score');
  return score;
}

const verdictsOf = ({ checks }: VariantResult, ...ids: readonly string[]): readonly string[] =>
  checks.filter(({ id }) => ids.includes(id)).map(({ id, verdict, why }) => `${id} ${verdict}: ${why}`);

/** Without numbers of events. */
const untold = (why: string): string => why.replace(/event \d+/g, 'event n');

test('who does what the screenplay says when it says it has its verdicts, its exposure and its service', (t) => {
  const result = played('crs-admin', [
    [20, BLOCK],
    [21, 'check-log'],
  ]);
  const { lines, exposure, outage } = scoreOf(result);
  t.deepEqual(
    lines.map(({ step, verdict, due, typed }) => [step, verdict, (typed ?? 0) - (due ?? 0)]),
    [
      ['block', 'pass', 0],
      ['check', 'pass', 0],
    ],
  );
  // Lines of the role are no steps that the screenplay types; so events after them have other numbers.
  const comparable = (checks: VariantResult['checks']): readonly unknown[] =>
    checks
      .filter(({ id }) => !/^steps-typed|^exercise-/.test(id))
      .map((check) => ({ ...check, evidence: [], why: untold(check.why) }));
  t.deepEqual(comparable(result.checks), comparable(REFERENCE.checks));
  t.deepEqual(
    exposure.map(({ atMost, own }) => atMost - (own?.atMost ?? 0)),
    [0],
  );
  t.deepEqual(
    outage.map(({ user, beyond }) => [user, beyond]),
    [['alice', 0]],
  );
  t.deepEqual(verdictsOf(result, 'exercise-lines', 'exercise-service'), [
    'exercise-lines pass: lines typed: 2',
    'exercise-service pass: everybody could call whenever they could have by the screenplay',
  ]);
});

test('a late block shows as lateness, as a missed deadline, as failed checks and as exposure', (t) => {
  const result = played('crs-admin', [[50, '@crs block-user "+44 7700 900001"']]);
  const { lines, exposure } = scoreOf(result);
  t.like(lines[0], { due: 20 * MINUTE, typed: 50 * MINUTE });
  t.like(lines[0]?.deadlines[0], { check: 'user-blocked', late: 15 * MINUTE });
  t.deepEqual(
    exposure.map(({ asset, capability, line, atMost, own }) => [
      ...[asset, capability, line],
      (atMost - (own?.atMost ?? 0)) / MINUTE,
    ]),
    [['identity alice', 'place calls', 'block', 30]],
    'refused at nine, not at half past eight',
  );
  t.deepEqual(
    result.checks.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id),
    ['live-0830', 'user-blocked', 'exercise-lines'],
  );
});

test('an exposure is put down to the line that would have ended it, not to those that were late after it', (t) => {
  const result = played('crs-admin', [
    [50, BLOCK],
    [52, 'check-log'],
  ]);
  t.deepEqual(
    scoreOf(result).exposure.map(({ line }) => line),
    ['block'],
  );
  t.deepEqual(verdictsOf(result, 'exercise-lines'), ['exercise-lines pass: lines typed: 2'], 'late is typed');
});

test('who does nothing fails: each line that was due is a fail, and everything is open to the end', (t) => {
  const result = played('crs-admin', []);
  const { lines, exposure } = scoreOf(result);
  t.deepEqual(
    lines.map(({ step, verdict }) => [step, verdict]),
    [
      ['block', 'fail'],
      ['check', 'fail'],
    ],
  );
  t.deepEqual(
    exposure.map(({ line }) => line),
    ['block'],
    'looking at the log would have ended nothing',
  );
});

test('who leaves at once is judged by what came of it, to the end of the screenplay', (t) => {
  const rehearsal = rehearse('crs-admin');
  rehearsal.advanceTo(at(5));
  rehearsal.leave();
  rehearsal.finish();
  const left = resultOfRehearsal(rehearsal);
  const stayed = played('crs-admin', []);
  t.is(scoreOf(left).left, at(5));
  for (const part of ['lines', 'exposure', 'outage'] as const)
    t.deepEqual(
      scoreOf(left)[part].map((each) => ({ ...each, times: [] })),
      scoreOf(stayed)[part].map((each) => ({ ...each, times: [] })),
      `the ${part} of who leaves are those of who sits there`,
    );
  t.deepEqual(
    left.checks.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id),
    ['live-0830', 'live-0900', 'user-blocked', 'exercise-lines'],
  );
});

test('early is early, and a refused line answers nothing', (t) => {
  const result = played('crs-admin', [
    [16, 'block-user'],
    [17, BLOCK],
    [18, 'check-log'],
    [45, 'check-log'],
  ]);
  t.deepEqual(
    scoreOf(result).lines.map(({ step, due = 0, typed = 0 }) => [step, (typed - due) / MINUTE]),
    [
      ['block', -3],
      ['check', -3],
    ],
  );
});

test('a service that is dead is no success: whoever was cut off counts, with who did it', (t) => {
  const result = played('crs-admin', [
    [2, 'block-user +447700900002'],
    [20, BLOCK],
    [21, 'check-log'],
    [32, 'unblock-user +447700900002'],
  ]);
  const bob = scoreOf(result).outage.find(({ user }) => user === 'bob');
  t.is(bob?.own, 0);
  const minutes = (bob?.beyond ?? 0) / MINUTE;
  t.true(minutes >= 30 && minutes < 95, `cut off for ${minutes} minutes`);
  t.like(bob?.times[0], { from: at(2), why: 'blocked', by: 'crs-admin' });
  t.regex(verdictsOf(result, 'exercise-service').join(), /^exercise-service fail: bob could not call for \d/);
});

test('nobody is blamed for what the screenplay does as well, nor for a few minutes', (t) => {
  const result = played('crs-admin', [
    [17, BLOCK],
    [19, 'block-user +447700900003'],
    [19.5, 'unblock-user +447700900003'],
    [21, 'check-log'],
  ]);
  const { outage } = scoreOf(result);
  t.is(outage.find(({ user }) => user === 'alice')?.beyond, 0, 'she had no phone any more');
  t.true((outage.find(({ user }) => user === 'carol')?.beyond ?? 0) > 0, 'it is told');
  t.regex(verdictsOf(result, 'exercise-service').join(), /^exercise-service pass: carol could not call for/);
});

test('a role that the screenplay has no line for has none to miss', (t) => {
  const result = played('cms-operator', []);
  t.deepEqual(verdictsOf(result, 'exercise-lines'), ['exercise-lines not-applicable: no line was due']);
});

test('whoever plays the attacker is not blamed for what the examiner tries in their name', (t) => {
  const { exposure, lines } = scoreOf(played('thief', [[26, 'seize alice-phone']]));
  t.deepEqual(
    lines.map(({ step, verdict }) => [step, verdict]),
    [['theft', 'pass']],
  );
  t.deepEqual(
    exposure.filter(({ line }) => line !== undefined),
    [],
  );
});
