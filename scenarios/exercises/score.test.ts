import test from 'ava';
import { MINUTE } from '../../sim/clock.ts';
import { scoreOf, scoreText, type Score } from './index.ts';
import { ownRun, playOut, rehearse, resultOfRehearsal, STOLEN_PHONE } from './rehearsal.fixture.ts';

const BLOCK = 'block-user +447700900001';
const REFERENCE = ownRun();

function scored(script: readonly (readonly [minutes: number, line: string])[]): Score {
  const rehearsal = rehearse('crs-admin');
  playOut(rehearsal, script);
  return scoreOf(rehearsal, resultOfRehearsal(rehearsal), REFERENCE);
}

function textOf(score: Score): string {
  return scoreText(score, STOLEN_PHONE.begins).join('\n');
}

/** Without numbers of events. */
const untold = (why: string): string => why.replace(/event \d+/g, 'event n');

test('who does what the screenplay says when it says it has its verdicts and its exposure', (t) => {
  const score = scored([
    [20, BLOCK],
    [21, 'check-log'],
  ]);
  t.deepEqual(
    score.cues.map(({ step, late, exposed }) => [step.id, late, exposed.length]),
    [
      ['block', 0, 0],
      ['check', 0, 0],
    ],
  );
  // Lines of the role are no steps that the screenplay types; so events after them have other numbers.
  const comparable = (checks: typeof score.checks): readonly unknown[] =>
    checks
      .filter(({ id }) => id !== 'steps-typed')
      .map((check) => ({ ...check, evidence: [], why: untold(check.why) }));
  t.deepEqual(comparable(score.checks), comparable(REFERENCE.checks));
  t.deepEqual(
    score.exposure.map(({ atMost, reference }) => atMost - (reference?.atMost ?? 0)),
    [0],
  );
  t.regex(
    textOf(score),
    /typed 2015-10-14 08:20:00Z: in time\n {4}deadline of user-blocked: met, 15m before it/,
  );
});

test('a late block shows as lateness, as a missed deadline, as failed checks and as exposure', (t) => {
  const score = scored([[50, '@crs block-user "+44 7700 900001"']]);
  const [block, check] = score.cues;
  t.like(block, { due: 20 * MINUTE, typed: 50 * MINUTE, late: 30 * MINUTE });
  t.like(block?.deadlines[0], { check: 'user-blocked', late: 15 * MINUTE });
  t.is(block?.exposed.length, 1);
  const [exposure] = block?.exposed ?? [];
  t.is(
    (exposure?.atMost ?? 0) - (exposure?.reference?.atMost ?? 0),
    30 * MINUTE,
    'refused at nine, not at half past eight',
  );
  t.like(exposure?.bar, { asset: 'identity alice', capability: 'place calls' });
  t.is(check?.typed, undefined);
  t.deepEqual(
    score.checks.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id),
    ['live-0830', 'user-blocked'],
  );
  const text = textOf(score);
  for (const part of [
    '30m late',
    'deadline of user-blocked: missed by 15m',
    'exposed by the delay: identity alice, place calls: 30m longer',
    'due 2015-10-14 08:21:00Z, never typed',
    'Verdicts: 6 pass, 2 fail',
    'refused 2015-10-14 09:00:00Z',
  ])
    t.true(text.includes(part), `${part} in\n${text}`);
});

test('an exposure is put down to the line that would have ended it, not to those that were late after it', (t) => {
  const score = scored([
    [50, BLOCK],
    [52, 'check-log'],
  ]);
  t.deepEqual(
    score.cues.map(({ step, late, exposed }) => [step.id, (late ?? 0) / MINUTE, exposed.length]),
    [
      ['block', 30, 1],
      ['check', 31, 0],
    ],
  );
  t.is(textOf(score).match(/exposed by the delay/g)?.length, 1);
});

test('who never blocks leaves everything open to the end', (t) => {
  const score = scored([]);
  const [block, check] = score.cues;
  t.is(block?.typed, undefined);
  t.is(block?.exposed.length, 1);
  t.deepEqual(check?.exposed, [], 'looking at the log would have ended nothing');
  t.true(textOf(score).includes('still possible at the end'));
});

test('early is early, and a refused line answers nothing', (t) => {
  const score = scored([
    [16, 'block-user'],
    [17, BLOCK],
    [18, 'check-log'],
    [45, 'check-log'],
  ]);
  t.deepEqual(
    score.cues.map(({ step, late }) => [step.id, (late ?? 0) / MINUTE]),
    [
      ['block', -3],
      ['check', -3],
    ],
  );
  t.true(textOf(score).includes('3m early'));
});

test('what ended before anything was due says so', (t) => {
  const rehearsal = rehearse('crs-admin');
  rehearsal.stop();
  const text = textOf(scoreOf(rehearsal, resultOfRehearsal(rehearsal), REFERENCE));
  t.true(text.includes('not due before the end, never typed'));
  t.true(text.includes('  none'));
  const bystander = rehearse('cms-operator');
  bystander.stop();
  t.true(
    textOf(scoreOf(bystander, resultOfRehearsal(bystander), REFERENCE)).includes(
      'the screenplay has none for you',
    ),
  );
});
