/** Clocks that are wrong: what each device goes by its own for, and what a step, a drift or a zone does to it. */
import test from 'ava';
import { parsePeriod } from '../network/mikey/index.ts';
import { cmsKind } from './cms/kind.ts';
import { crsKind } from './crs/kind.ts';
import { parseQrPayload } from './media/index.ts';
import { handsetKind } from './handset/kind.ts';
import { RealTimeClock } from './hardware/index.ts';
import { NUMBERS, Testbed } from './testbed.fixture.ts';

const DAYS = 24 * 3_600;

test('codes and discs of a CMS are of the month on its clock', (t) => {
  const bed = Testbed.enrolled();
  t.deepEqual(bed.type(bed.cms, `set-clock ${20 * DAYS}`), [
    'The clock is 1728000 s ahead of what it was. The month is 2015-11.',
  ]);
  t.is(parseQrPayload(bed.codeOf(NUMBERS.alice)).keys.period, parsePeriod('2015-11'));
  bed.carryDisc();
  t.is(bed.last('cms.disc-burnt')?.period, '2015-12');
  t.deepEqual(bed.last('cms.clock-set'), { bySeconds: 20 * DAYS, period: '2015-11' });
});

test('a CRS whose clock runs ahead refuses the month that is in force, and removes it', (t) => {
  const bed = Testbed.enrolled();
  bed.carryDisc();
  bed.type(bed.crs, `set-clock ${20 * DAYS}`);
  bed.run(1);
  t.deepEqual(bed.crs.accounts.months, ['2015-11']);
  bed.run(120);
  t.is(bed.alice.service, 'refused');
  t.is(bed.last('crs.handshake-refused')?.reason, 'wrong-month');
});

test('a CRS whose clock is set back lets in nobody of this month, and everybody when it is put right', (t) => {
  const bed = Testbed.enrolled({ begins: '2015-11-02T08:00:00Z' });
  bed.type(bed.crs, `set-clock ${-5 * DAYS}`);
  bed.type(bed.alice, 'restart');
  bed.run(5);
  t.is(bed.alice.service, 'refused');
  bed.type(bed.crs, `set-clock ${5 * DAYS}`);
  bed.run(120);
  t.is(bed.alice.service, 'registered');
  t.deepEqual(bed.crs.accounts.months, ['2015-11'], 'what is of a month to come is not over');
});

test('the end of a month comes again on a CRS whose clock was set back over it', (t) => {
  const bed = Testbed.enrolled({ begins: '2015-10-31T20:00:00Z' });
  bed.carryDisc();
  bed.runTo('2015-11-01T08:00:00Z');
  t.deepEqual(bed.crs.accounts.months, ['2015-11']);
  bed.type(bed.crs, `set-clock ${-DAYS}`);
  bed.carryDisc('--month 2015-10');
  t.deepEqual(bed.crs.accounts.months, ['2015-10', '2015-11']);
  bed.runTo('2015-11-02T00:00:00Z');
  t.deepEqual(bed.crs.accounts.months, ['2015-10', '2015-11'], 'its own midnight is 24 hours late');
  bed.runTo('2015-11-02T00:20:00Z');
  t.deepEqual(bed.crs.accounts.months, ['2015-11']);
});

test('a phone takes the month by UTC, or by local time, and is then ahead by its zone in summer', (t) => {
  const at = (monthBy: string, zoneMinutes: number) => {
    const bed = Testbed.enrolled({
      begins: '2015-08-31T22:00:00Z',
      answers: true,
      parameters: { 'month-by': monthBy },
      phones: { alice: { zoneMinutes } },
    });
    bed.carryDisc();
    for (const phone of [bed.alice, bed.bob]) bed.type(phone, 'fetch');
    bed.run(5);
    bed.runTo('2015-08-31T23:30:00Z');
    const here = [bed.alice.period, bed.alice.service];
    bed.runTo('2015-09-01T00:30:00Z');
    return [...here, bed.alice.period, bed.bob.period];
  };
  t.deepEqual(at('utc', 60), ['2015-08', 'registered', '2015-09', '2015-09']);
  t.deepEqual(at('local-time', 0), ['2015-08', 'registered', '2015-09', '2015-09']);
  t.deepEqual(at('local-time', 60), ['2015-09', 'refused', '2015-09', '2015-09']);
});

test('the CRS refuses who is a month ahead by local time, and the phone that is called refuses where it does not', (t) => {
  const bed = Testbed.enrolled({
    begins: '2015-08-31T22:30:00Z',
    answers: true,
    parameters: { 'month-by': 'local-time', 'psk-rotation': 'static' },
    phones: { alice: { zoneMinutes: 60 } },
  });
  bed.carryDisc();
  for (const phone of [bed.alice, bed.bob]) bed.type(phone, 'fetch');
  bed.run(5);
  bed.runTo('2015-08-31T23:30:00Z');
  t.is(bed.alice.service, 'registered');
  bed.call(bed.alice, 'bob');
  t.like(bed.last('mikey.refused', 'bob-phone'), { code: 'MIKEY_PERIOD_MISMATCH', reason: 'wrong-month' });
});

test('a clock that drifts is off by more every day, on each kind of device that has one', (t) => {
  const bed = new Testbed({ phones: { alice: { clockDriftPpm: 100_000 } }, begins: '2015-10-30T00:00:00Z' });
  bed.runTo('2015-10-31T20:00:00Z');
  t.is(bed.alice.period, parsePeriod('2015-11'), 'four hours early, of forty-eight');
  t.is(bed.bob.period, parsePeriod('2015-10'));
  for (const { settings } of [cmsKind, crsKind, handsetKind])
    t.like(settings.drift, { kind: 'integer', default: 0 });
  const right = { beginsUnixMs: bed.ports.begins, driftPpm: -100_000 };
  const slow = new RealTimeClock(new Testbed().clock, right);
  t.is(slow.driftPpm, -100_000);
});
