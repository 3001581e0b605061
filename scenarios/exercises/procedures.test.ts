/** Exercises in which procedures are performed: what is due to the person is cued, and counts, however they do it. */
import test from 'ava';
import { MINUTE } from '../../sim/clock.ts';
import { wordsOf } from '../../devices/console/index.ts';
import { proceduresOf } from '../evidence/procedures/index.ts';
import { scored } from '../evidence/score/index.ts';
import type { VariantResult } from '../evidence/model.ts';
import { Performance } from '../runs/index.ts';
import { instanceOf, procedureOptions, recoveryWith, seen } from '../runs/procedures.fixture.ts';
import { Rehearsal } from './rehearsal.ts';

function rehearse(): Rehearsal {
  const { played: _nobody, ...options } = procedureOptions(recoveryWith({ block: { cue: 'Block Alice.' } }));
  return new Rehearsal({ ...options, role: 'crs-admin' });
}

function resultOf(performance: Performance) {
  const { world, ends } = performance;
  const { performs } = world.options.screenplay;
  const procedures = proceduresOf(performs, world.record.events, performance.facts);
  return { events: world.record.events, result: { exposure: [], ends, moments: {}, procedures, checks: [] } };
}

test('what a procedure wants of the person is cued when its turn comes, and not before', (t) => {
  const rehearsal = rehearse();
  rehearsal.advanceTo(8 * MINUTE);
  t.deepEqual(
    rehearsal.takeMessages().map(({ kind, text }) => `${kind}: ${text}`),
    ['notice: alice tells you: my phone is gone', 'cue: Say something to another person'],
  );
  rehearsal.advanceTo(12 * MINUTE);
  t.deepEqual(rehearsal.takeMessages(), [], 'the next waits for what they have not done');
  rehearsal.enter('tell mdm-admin please wipe the phone');
  rehearsal.enter('tell cms-operator destroy the keys of alice');
  rehearsal.advanceTo(20 * MINUTE);
  t.true(rehearsal.takeMessages().some(({ text }) => text === 'Block Alice.'));
});

test('what is done before its turn is not cued, and is no duty any more', (t) => {
  const rehearsal = rehearse();
  rehearsal.advanceTo(7 * MINUTE);
  rehearsal.enter('block-user "+44 7700 900001"');
  rehearsal.enter('tell mdm-admin wipe it');
  rehearsal.enter('tell cms-operator destroy them');
  rehearsal.advanceTo(15 * MINUTE);
  const messages = rehearsal.takeMessages();
  t.false(messages.some(({ text }) => text === 'Block Alice.'));
  t.true(
    messages.some(({ kind }) => kind === 'cue'),
    'what comes after it is',
  );
});

test('what is typed before the procedure that it is a step of has its turn is done, and what waits for it is cued', (t) => {
  const cue = 'Find out which months the CRS holds.';
  const performs = [
    instanceOf(
      'recovery',
      {
        tell: { by: 'crs-admin', type: 'tell mdm-admin alice-phone is lost' },
        'find-out': { by: 'crs-admin', on: 'crs', type: 'status', cue, after: ['block'] },
      },
      { begins: { kind: 'after', moment: 'reported', delay: MINUTE } },
    ),
    instanceOf(
      'recovery.block',
      {
        block: {
          ...{ by: 'crs-admin', on: 'crs', type: 'block-user +447700900001' },
          done: seen('crs.user-blocked', { user: 'alice' }),
        },
      },
      {
        ...{ parent: 'recovery', takes: 2 * MINUTE },
        after: [{ step: 'recovery.tell', kind: 'prescribed' }],
      },
    ),
  ];
  const { played: _nobody, ...options } = procedureOptions(performs);
  const rehearsal = new Rehearsal({ ...options, role: 'crs-admin' });
  rehearsal.advanceTo(7 * MINUTE);
  rehearsal.enter('block-user +447700900001');
  rehearsal.enter('tell mdm-admin wipe the phone of alice');
  rehearsal.advanceTo(20 * MINUTE);
  const cues = rehearsal.takeMessages().filter(({ kind }) => kind === 'cue');
  t.is(cues.at(-1)?.text, cue);
  rehearsal.enter('status');
  rehearsal.finish();
  const { events, result } = resultOf(rehearsal.performance);
  const said = events.flatMap(({ type, data }) =>
    type === 'procedure.step-done' || type === 'procedure.begun' || type === 'procedure.ended'
      ? `${type} ${'step' in data ? data.step : data.instance}`
      : [],
  );
  t.deepEqual(said, [
    'procedure.begun recovery',
    'procedure.step-done recovery.block.block',
    'procedure.step-done recovery.tell',
    'procedure.begun recovery.block',
    'procedure.ended recovery.block',
    'procedure.step-done recovery.find-out',
    'procedure.ended recovery',
  ]);
  t.is(events.filter(({ type }) => type === 'crs.user-blocked').length, 1, 'it is not done twice');
  t.true(result.procedures.every(({ steps }) => steps.every(({ outcome }) => outcome === 'done')));
});

test('nothing of an option is done before its turn: what looks alike may be something else', (t) => {
  const performs = [
    instanceOf('recovery', { tell: { by: 'crs-admin', type: 'tell mdm-admin alice-phone is lost' } }),
    instanceOf(
      'recovery.anew',
      { log: { by: 'crs-admin', on: 'crs', type: 'check-log', done: seen('crs.log-checked') } },
      {
        ...{ parent: 'recovery', optional: true, takes: 2 * MINUTE },
        after: [{ step: 'recovery.tell', kind: 'prescribed' }],
      },
    ),
  ];
  const { played: _nobody, ...options } = procedureOptions(performs);
  const rehearsal = new Rehearsal({ ...options, role: 'crs-admin' });
  rehearsal.advanceTo(3 * MINUTE);
  rehearsal.enter('check-log');
  rehearsal.enter('tell mdm-admin wipe the phone of alice');
  rehearsal.advanceTo(8 * MINUTE);
  const done = rehearsal.performance.world.record.events.filter(({ type }) => type === 'procedure.step-done');
  t.deepEqual(
    done.map(({ data }) => 'step' in data && data.step),
    ['recovery.tell'],
  );
});

test('steps of procedures count in the score: done is done, however that was, and what was due and is not is a fail', (t) => {
  const own = new Performance(procedureOptions());
  own.finish();
  const rehearsal = rehearse();
  rehearsal.advanceTo(8 * MINUTE);
  for (const line of ['tell mdm-admin wipe it', 'tell cms-operator now', 'block-user +447700900001'])
    rehearsal.enter(line);
  rehearsal.finish();
  const { events, result } = resultOf(rehearsal.performance);
  const { screenplay } = rehearsal.performance.world.options;
  const { score } = scored(result as unknown as VariantResult, screenplay, {
    events,
    own: resultOf(own),
    wordsOf,
  });
  const verdicts = new Map(score?.lines.map(({ step, verdict }) => [step, verdict]));
  t.is(verdicts.get('recovery.tell-mdm'), 'pass');
  t.is(verdicts.get('recovery.block'), 'pass');
  t.is(verdicts.get('recovery.record'), 'fail');
  t.is(verdicts.get('recovery.reading.look'), 'fail');
  t.is(verdicts.get('recovery.reading.check'), 'not-tested', 'its turn never came');
});
