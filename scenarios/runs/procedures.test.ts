/** Procedures that are performed: when their lines are due, what is said of them, and that it does not matter who types. */
import test from 'ava';
import type { AnyTraceEvent } from '../../sim/trace.ts';
import type { PerformanceOptions } from './performance-options.ts';
import { Performance } from './performance.ts';
import { clockOf, procedureOptions, recoveryWith, seen, type RecoveryChange } from './procedures.fixture.ts';

function eventsOf(options: PerformanceOptions): readonly AnyTraceEvent[] {
  const performance = new Performance(options);
  performance.finish();
  return performance.world.record.events;
}

/** What is said of procedures, one line each. */
function toldOf(events: readonly AnyTraceEvent[]): readonly string[] {
  return events
    .filter(({ type }) => type.startsWith('procedure.') && type !== 'procedure.time-come')
    .map((event) => {
      const { instance, step, reason, by, late, given, after, needs } = event.data as Record<string, unknown>;
      const more = [by ?? reason ?? given ?? after, late === true ? 'late' : '', needs].filter(
        (each) => each !== undefined && each !== null && each !== '',
      );
      return [clockOf(event.t), event.type.slice('procedure.'.length), step ?? instance, ...more].join(' ');
    });
}

const WHOLE = [
  '6:00 begun recovery',
  '8:00 step-done recovery.tell-mdm crs-admin',
  '9:00 step-done recovery.tell-cms crs-admin',
  '11:00 step-done recovery.wipe',
  '12:00 step-done recovery.destroy cms-operator',
  '13:00 step-done recovery.block crs-admin',
  '13:20 begun recovery.reading',
  '14:00 step-done recovery.record crs-admin',
  '14:20 step-done recovery.reading.look crs-admin',
  '15:20 step-done recovery.reading.check crs-admin',
  '15:20 ended recovery.reading',
  '15:20 ended recovery',
  '16:20 begun round[alice]',
  '16:20 begun round[bob]',
  '16:30 step-done round[alice].ask crs-admin',
  '16:30 step-done round[bob].ask crs-admin',
  '16:40 step-done round[alice].answer alice',
  '16:40 ended round[alice]',
  '16:40 step-done round[bob].answer bob',
  '16:40 ended round[bob]',
];

test('each line is due so long after what it waits for is done', (t) => {
  t.deepEqual(toldOf(eventsOf(procedureOptions())), WHOLE);
});

test('what does not come in time has failed, somebody says so, and the rest goes on', (t) => {
  const told = toldOf(eventsOf(procedureOptions(recoveryWith(), { shielded: true })));
  t.deepEqual(told.slice(3, 6), [
    '16:00 step-failed recovery.wipe late',
    '16:30 step-done recovery.warn mdm-admin',
    '17:00 step-done recovery.destroy cms-operator',
  ]);
  t.true(told.includes('20:20 ended recovery'), told.join('\n'));
});

/** What is said of the recovery itself, with a change of it. */
function toldWith(
  change: RecoveryChange,
  more: Parameters<typeof recoveryWith>[1] = {},
  options: Parameters<typeof procedureOptions>[1] = {},
): readonly string[] {
  return toldOf(eventsOf(procedureOptions(recoveryWith(change, more), options)));
}

test('what a variant leaves out is said, and what only waited for its turn goes on', (t) => {
  const told = toldWith({ destroy: { skipped: 'the variant omits it' } });
  t.is(told[1], '6:00 skipped recovery.destroy the variant omits it');
  t.true(told.includes('12:00 step-done recovery.block crs-admin'), told.join('\n'));
  t.false(told.some((each) => each.includes('step-done recovery.destroy')));
});

test('what cannot be done without what is missing is not performed', (t) => {
  const told = toldWith({ 'tell-mdm': { skipped: 'the variant omits it' } });
  t.deepEqual(told.slice(0, 3), [
    '6:00 begun recovery',
    '6:00 skipped recovery.tell-mdm the variant omits it',
    '6:00 step-failed recovery.wipe needs recovery.tell-mdm',
  ]);
  t.is(told[3], '7:00 step-done recovery.tell-cms crs-admin', 'its turn comes');
  t.false(told.some((each) => each.includes('recovery.warn')));
  t.true(told.some((each) => each.endsWith(' ended recovery')));
});

test('what does not apply is nothing to wait for', (t) => {
  const told = toldWith({ wipe: { notApplicable: 'a code is in no MDM' } });
  t.is(told[1], '6:00 not-applicable recovery.wipe a code is in no MDM');
  t.true(told.includes('10:00 step-done recovery.destroy cms-operator'), told.join('\n'));
});

test('a line that is refused has failed, and so has what cannot be without it', (t) => {
  const told = toldWith({ block: { type: 'block-user 12' } });
  const failed = told.findIndex((each) => each.includes('step-failed recovery.block'));
  t.is(told[failed], '13:00 step-failed recovery.block refused');
  t.is(told[failed + 1], '13:00 step-failed recovery.record needs recovery.block');
  t.true(told.includes('13:20 begun recovery.reading'), 'its turn had come');
});

test('a line that is to be refused is done when it is', (t) => {
  const refused = {
    refused: 'CONSOLE_MISSING',
    done: seen('step.typed', { step: 'recovery.block', refused: 'CONSOLE_MISSING' }),
  };
  const told = toldWith({ block: { type: 'block-user', ...refused } });
  t.true(told.includes('13:00 step-done recovery.block crs-admin'), told.join('\n'));
});

test('what comes behind the last step that is performed is given up', (t) => {
  const told = toldWith({}, { until: 'recovery.destroy' });
  t.deepEqual(told.slice(-2), [
    '12:00 step-done recovery.destroy cms-operator',
    '12:00 abandoned recovery recovery.destroy',
  ]);
});

test('what is given and not met is a deviation, and no obstacle', (t) => {
  const given = [{ text: 'somebody was let in', pattern: seen('crs.user-unblocked') }];
  const told = toldWith({}, { given });
  t.deepEqual(told.slice(0, 2), ['6:00 begun recovery', '6:00 given-not-met recovery somebody was let in']);
  t.true(told.includes('15:20 ended recovery'));
  // What happens to everybody in the opening was so; that somebody was told of it is another matter.
  const burnt = { text: 'a disc was loaded', pattern: seen('crs.disc-loaded') };
  t.false(toldWith({}, { given: [burnt] }).some((each) => each.includes('given-not-met')));
  const told2 = toldWith({}, { given: [{ ...burnt, knows: 'cms-operator' }] });
  t.true(told2.some((each) => each.includes('given-not-met')));
});

test('nobody acts on what they were not told', (t) => {
  // The file says that the operator waits for nobody, and nobody tells them.
  const change = { destroy: { needs: [], after: [] }, 'tell-cms': { skipped: 'the variant omits it' } };
  const told = toldWith(change);
  t.false(
    told.some((each) => each.includes('recovery.destroy')),
    told.join('\n'),
  );
  t.true(
    toldWith({ destroy: { needs: [], after: [] } }).includes('10:00 step-done recovery.destroy cms-operator'),
  );
});

test('a branch reads what its performer noticed, and nothing else', (t) => {
  const acknowledged = seen('mdm.wipe-acknowledged');
  const change = { by: 'mdm-admin', on: 'mdm', type: 'orders', after: ['wipe'], takes: 3 * 60_000_000 };
  const unless = { record: { ...change, needs: [], unless: acknowledged } };
  t.true(
    toldWith(unless).includes(
      '11:00 not-applicable recovery.record mdm-admin has noticed that it is not needed',
    ),
  );
  t.true(toldWith(unless, {}, { shielded: true }).includes('19:00 step-done recovery.record mdm-admin'));
  const noticed = { record: { ...change, needs: [], whenNoticed: acknowledged } };
  t.true(toldWith(noticed).includes('14:00 step-done recovery.record mdm-admin'));
  t.false(toldWith(noticed, {}, { shielded: true }).some((each) => each.includes('recovery.record')));
  // The administrator of the CRS does not see what shows on the MDM.
  const elsewhere = {
    record: {
      ...change,
      by: 'crs-admin',
      type: 'note it is wiped',
      on: 'crs-admin',
      needs: [],
      whenNoticed: acknowledged,
    },
  };
  t.false(toldWith(elsewhere).some((each) => each.includes('recovery.record')));
});

test('a role that forgets a line does not do the step', (t) => {
  const told = toldWith({}, {}, { broken: ['administrator.blocks-user'] });
  t.false(told.some((each) => each.includes('recovery.block') || each.includes('ended recovery')));
});
