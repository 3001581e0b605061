import test from 'ava';
import { HOUR, MINUTE } from '../sim/clock.ts';
import type { ExposureBar } from '../scenarios/evidence/model.ts';
import { htmlReport } from './html/page.ts';
import { SAMPLE } from './sample.fixture.ts';
import { terminalReport } from './terminal.ts';
import {
  exposureFrom,
  exposureLength,
  exposureUntil,
  notProbed,
  pathOf,
  remarkOf,
  yieldOf,
} from './exposure.ts';

const BEGINS = Date.UTC(2015, 9, 14, 23);
const BAR: ExposureBar = {
  asset: 'identity alice',
  capability: 'impersonate',
  fromEarliest: 10 * MINUTE,
  from: 20 * MINUTE,
  lastSuccess: 50 * MINUTE,
  firstFailure: HOUR + MINUTE,
  ...{ attacker: 'thief', attack: 'call-as', route: 'own-account', needs: ['psk', 'ssk'] },
  ...{ means: [], sources: [], audioSeconds: 0, tries: ['p'], controlled: true, refusedAs: 'blocked' },
};
const { firstFailure: _, refusedAs: __, ...OPEN } = BAR;

test('an exposure is at least from first to last success, at most between the failures around them', (t) => {
  t.is(exposureLength(BAR), 'at least 30m, at most 51m');
  t.is(exposureFrom(BEGINS, BAR), '2015-10-14 23:10:00Z to 23:20:00Z');
  t.is(exposureUntil(BEGINS, BAR), '2015-10-14 23:50:00Z to 2015-10-15 00:01:00Z (blocked)');
});

test('an open exposure says so and has no upper bound', (t) => {
  t.is(exposureLength(OPEN), 'at least 30m, still open at the end');
  t.is(exposureUntil(BEGINS, OPEN), 'last success 2015-10-14 23:50:00Z');
});

test('a known beginning is one time', (t) => {
  t.is(exposureFrom(BEGINS, { ...BAR, fromEarliest: BAR.from }), '2015-10-14 23:20:00Z');
});

test('recovered speech is in seconds, impersonation in hours, and what was not got is not said', (t) => {
  t.deepEqual(yieldOf(BAR), []);
  const impersonationHours = { atLeast: 0.5, atMost: 0.85 };
  t.deepEqual(yieldOf({ ...BAR, audioSeconds: 39.98, impersonationHours }), [
    '39.98 s of speech',
    '0.50 h to 0.85 h of impersonation',
  ]);
  t.deepEqual(yieldOf({ ...BAR, impersonationHours: { atLeast: 1 } }), ['1.00 h or more of impersonation']);
});

test('the path says what was tried, which way, and with which kinds of means', (t) => {
  t.is(pathOf(BAR), 'call-as by own-account, with psk, ssk');
  t.is(pathOf({ ...BAR, needs: [] }), 'call-as by own-account');
});

test('what was typed says that it had no controls, and recordings when they were spoken', (t) => {
  t.is(remarkOf(BEGINS, BAR), undefined);
  t.is(remarkOf(BEGINS, { ...BAR, controlled: false }), 'typed, without controls');
  t.is(
    remarkOf(BEGINS, { ...BAR, spokenFrom: 0, spokenUntil: MINUTE }),
    'said 2015-10-14 23:00:00Z to 23:01:00Z',
  );
});

test('what was not probed is neither open nor closed, and is named everywhere', (t) => {
  const [scenario] = SAMPLE.scenarios;
  const [variant] = scenario?.variants ?? [];
  if (scenario === undefined || variant === undefined) return t.fail();
  t.deepEqual(notProbed(variant), []);
  const checks = variant.checks.map((check) => {
    const { probe: _, ...unmade } = check;
    return { ...unmade, verdict: 'not-tested' as const };
  });
  const unprobed = { ...variant, checks };
  const [first = ''] = notProbed(unprobed);
  t.true(notProbed(unprobed).length > 1 && first !== '');
  const suite = { ...SAMPLE, scenarios: [{ ...scenario, variants: [unprobed] }] };
  const style = {
    colour: false,
    unicode: true,
    columns: 100,
    page: 'x',
    listNotTested: false,
    details: true,
  };
  t.regex(terminalReport(suite, style), new RegExp(`not probed: ${first}, `));
  t.regex(
    htmlReport(suite, { events: () => [], files: new Map() }),
    /Not probed, so neither open nor closed: <a /,
  );
  const none = { ...suite, scenarios: [{ ...scenario, variants: [{ ...unprobed, exposure: [] }] }] };
  t.regex(
    htmlReport(none, { events: () => [], files: new Map() }),
    /none found <span class="muted">\d+ not probed/,
  );
});
