/** Days that iPhones ran what was not validated, or not the newest, counted by the days that have ended. */
import test from 'ava';
import { DAY, HOUR, type Micros } from '../../../sim/clock.ts';
import { traceOf, type Happening } from '../../evidence/verdicts/story.fixture.ts';
import { PlatformDays } from './platform-days.ts';

/** 2015-10-01, eight o'clock. */
const BEGINS: Micros = 1_443_686_400_000_000;
/** Time of the run to a time of a day of October. */
const at = (day: number, hour: number): Micros => (day - 1) * DAY + (hour - 8) * HOUR;

function daysOf(...happenings: readonly Happening[]): unknown {
  const witness = new PlatformDays({ begins: BEGINS });
  let state = witness.initial;
  let said: unknown;
  for (const event of traceOf(...happenings)) {
    if (!witness.heeds(event.type)) continue;
    const testimony = witness.take(state, event);
    state = testimony.state;
    said = testimony.says?.[0]?.data ?? said;
  }
  return said;
}

const installed: Happening = [0, 'handset.installed', { platform: 'ios', version: '8.4' }, 'bob-phone'];
const old: Happening = [
  0,
  'mdm.version-released',
  { platform: 'ios', version: '8.4', validated: true },
  'mdm',
];
const released: Happening = [
  at(5, 9),
  'mdm.version-released',
  { platform: 'ios', version: '9.0', validated: false },
  'mdm',
];
const updated = (day: number, platform = 'ios'): Happening => [
  at(day, 9),
  'handset.system-updated',
  { platform, before: '8.4', version: '9.0' },
  'bob-phone',
];
const filed = (day: number, decision: string, until: string): Happening => [
  at(day, 10),
  'notice.filed',
  { by: 'accreditor', kind: 'platform', platform: 'ios', version: '9.0', decision, until },
  'accreditor',
];
const reviewed = (day: number): Happening => [
  at(day, 9),
  'register.reviewed',
  { by: 'accreditor' },
  'accreditor',
];

test('a day counts by what was so when it ended, and is covered by a decision that was filed by then and has not ended', (t) => {
  const wait = daysOf(installed, old, released, filed(6, 'wait', '2015-10-07'), reviewed(10));
  t.deepEqual(wait, { unvalidated: 0, unvalidatedGap: 0, unpatched: 5, unpatchedGap: 3 });
  const upgrade = daysOf(
    installed,
    old,
    released,
    filed(6, 'upgrade', '2015-10-31'),
    updated(6),
    reviewed(10),
  );
  t.deepEqual(upgrade, { unvalidated: 4, unvalidatedGap: 0, unpatched: 1, unpatchedGap: 1 });
});

test('a decision for the one covers no day of the other', (t) => {
  const waited = daysOf(installed, old, released, filed(5, 'wait', '2015-10-31'), updated(6), reviewed(10));
  t.deepEqual(waited, { unvalidated: 4, unvalidatedGap: 4, unpatched: 1, unpatchedGap: 0 });
});

test('what is validated, what is wiped and what is no iPhone is not counted', (t) => {
  const validated: Happening = [
    at(8, 9),
    'mdm.version-validated',
    { platform: 'ios', version: '9.0' },
    'mdm',
  ];
  t.like(daysOf(installed, old, released, updated(6), validated, reviewed(20)), { unvalidated: 2 });
  const wiped: Happening = [at(8, 9), 'handset.wiped', { user: 'bob' }, 'bob-phone'];
  t.like(daysOf(installed, old, released, updated(6), wiped, reviewed(20)), { unvalidated: 2 });
  const android: Happening = [0, 'handset.installed', { platform: 'android', version: '5.1' }, 'bob-phone'];
  t.deepEqual(daysOf(android, old, released, updated(6, 'android'), reviewed(20)), {
    ...{ unvalidated: 0, unvalidatedGap: 0, unpatched: 0, unpatchedGap: 0 },
  });
  t.is(daysOf(installed, reviewed(20)), undefined, 'where no release was entered nothing is said');
});
