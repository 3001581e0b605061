import test from 'ava';
import { nextPeriod, parsePeriod, type Period, type TelNumber } from '../../network/mikey/index.ts';
import { encodePackage, wrapPackage } from '../media/index.ts';
import { NUMBERS, Testbed } from '../testbed.fixture.ts';

const HOURS = 3_600;
const DAYS = 24 * HOURS;

/** A package of the KMS for a number and month, under the update key of Alice or, without one, in clear. */
function packageOf(bed: Testbed, number: TelNumber, period: Period, wrapped: boolean): Uint8Array {
  const { escrow } = bed.cms;
  const psk = escrow.psksOf(number, [period]).at(-1);
  const updateKey = escrow.updateKeysOf(NUMBERS.alice).at(-1);
  if (psk === undefined || updateKey === undefined) throw new Error('a user has a credential');
  const content = { keys: escrow.keysOf(number, period), psk };
  return wrapped ? wrapPackage(content, updateKey) : encodePackage(content);
}

test('a package of another number or month is refused, however well it is made', (t) => {
  const bed = Testbed.enrolled({ parameters: { 'disc-protection': 'clear' } });
  const asked: Period[] = [];
  const served = (number: TelNumber, period: Period, wrapped: boolean): string | undefined => {
    bed.crs.packageTamper = (_number, month) => {
      asked.push(month);
      return packageOf(bed, number, period, wrapped);
    };
    const before = bed.events('handset.keys-refused', 'alice-phone').length;
    bed.type(bed.alice, 'fetch');
    bed.run(3);
    return bed.events('handset.keys-refused', 'alice-phone')[before]?.data.code;
  };
  const storage = bed.alice.extract();
  const [october, november, december] = ['2015-10', '2015-11', '2015-12'].map((text) => parsePeriod(text));
  if (october === undefined || november === undefined || december === undefined) return t.fail();
  for (const wrapped of [true, false]) {
    t.is(served(NUMBERS.carol, november, wrapped), 'HANDSET_OTHER_NUMBER');
    t.is(served(NUMBERS.alice, october, wrapped), 'HANDSET_OTHER_MONTH');
    t.is(served(NUMBERS.alice, december, wrapped), 'HANDSET_OTHER_MONTH');
  }
  t.deepEqual(new Set(asked), new Set([november]));
  t.deepEqual(bed.alice.extract(), storage, 'nothing was written');
  t.is(bed.last('handset.keys-refused')?.message, 'the package is of 2015-12, 2015-11 was asked for');
  t.is(served(NUMBERS.alice, november, true), undefined);
  t.deepEqual(bed.last('handset.keys-held', 'alice-phone')?.periods, ['2015-10', '2015-11']);
});

test('a package in clear is taken only where packages are carried in clear', (t) => {
  for (const [protection, code] of [
    ['wrapped', 'HANDSET_PACKAGE_IN_CLEAR'],
    ['clear', undefined],
  ] as const) {
    const bed = Testbed.enrolled({ parameters: { 'disc-protection': protection } });
    bed.crs.packageTamper = (number, month) => packageOf(bed, number, month, false);
    bed.type(bed.alice, 'fetch');
    bed.run(3);
    t.is(bed.last('handset.keys-refused', 'alice-phone')?.code, code);
    t.is(bed.last('handset.keys-installed', 'alice-phone')?.source, code ? 'QR code' : 'package');
    if (code !== undefined) t.is(bed.last('handset.keys-refused')?.reason, 'no-update-key');
  }
});

/** Alice's phone with keys of October and November, registered. */
function withTwoMonths(begins: string): Testbed {
  const bed = Testbed.enrolled({ begins });
  bed.carryDisc();
  bed.type(bed.alice, 'fetch');
  bed.run(5);
  return bed;
}

const identities = (bed: Testbed, since: number): readonly (string | undefined)[] =>
  bed
    .events('crs.session-opened')
    .slice(since)
    .map(({ data }) => data.identity.split('.').at(-1));

test('a clock set over the end of the month makes the phone choose its keys again, forward and back', (t) => {
  const bed = withTwoMonths('2015-10-31T23:50:00Z');
  const before = bed.events('crs.session-opened').length;
  bed.type(bed.alice, `set-clock ${10 * 60}`);
  t.is(bed.alice.period, parsePeriod('2015-11'));
  t.is(bed.alice.service, 'connecting', 'at once, not when a timer comes round');
  bed.run(5);
  t.is(bed.alice.service, 'registered', 'the CRS lets it in: it is within the skew limit');
  t.deepEqual(identities(bed, before), ['2015-11']);
  bed.type(bed.alice, `set-clock ${-10 * 60}`);
  t.is(bed.alice.service, 'connecting');
  bed.run(5);
  t.is(bed.alice.service, 'registered');
  t.deepEqual(identities(bed, before), ['2015-11', '2015-10']);
  bed.runTo('2015-11-01T00:00:05Z');
  t.deepEqual(identities(bed, before), ['2015-11', '2015-10', '2015-11'], 'and the month still begins');
});

test('a phone whose clock was set back is out of service when it has no keys of that month, and comes back', (t) => {
  const bed = Testbed.enrolled({ begins: '2015-11-02T08:00:00Z' });
  bed.type(bed.alice, `set-clock ${-5 * DAYS}`);
  bed.run(1);
  t.is(bed.alice.service, 'awaitingNewKeys');
  t.is(bed.last('handset.awaiting-keys', 'alice-phone')?.period, '2015-10');
  bed.type(bed.alice, `set-clock ${5 * DAYS}`);
  bed.run(5);
  t.is(bed.alice.service, 'registered');
});

test('a clock set within the month changes nothing', (t) => {
  const bed = Testbed.enrolled();
  const sessions = bed.events('crs.session-opened').length;
  bed.type(bed.alice, `set-clock ${2 * DAYS}`);
  bed.type(bed.alice, `set-clock ${-3 * DAYS}`);
  bed.run(60);
  t.is(bed.alice.service, 'registered');
  t.is(bed.events('crs.session-opened').length, sessions);
});

test('a clock set over the end of the month in a call changes the session after it', (t) => {
  const bed = Testbed.enrolled({ begins: '2015-10-31T23:50:00Z', answers: true });
  bed.carryDisc();
  for (const phone of [bed.alice, bed.bob]) bed.type(phone, 'fetch');
  bed.run(5);
  bed.call(bed.alice, 'bob', '--for 30s');
  const before = bed.events('crs.session-opened').length;
  bed.type(bed.alice, `set-clock ${10 * 60}`);
  bed.run(5);
  t.is(bed.alice.line, 'inCall');
  t.deepEqual(identities(bed, before), []);
  bed.run(40);
  t.is(bed.last('handset.call-ended', 'alice-phone')?.reason, 'hung-up');
  t.deepEqual(identities(bed, before), ['2015-11']);
});

test('old keys go on day 3 of the phone, once, however often its clock is set to and fro', (t) => {
  const bed = withTwoMonths('2015-10-31T23:50:00Z');
  const removed = () => bed.events('handset.keys-removed', 'alice-phone').map(({ data }) => data.period);
  for (let n = 0; n < 3; n++) {
    bed.type(bed.alice, `set-clock ${12 * HOURS}`);
    bed.type(bed.alice, `set-clock ${-12 * HOURS}`);
  }
  bed.runTo('2015-11-02T23:59:00Z');
  t.deepEqual(removed(), []);
  const held = bed.events('handset.keys-held', 'alice-phone').length;
  bed.runTo('2015-11-03T00:01:00Z');
  t.deepEqual(removed(), ['2015-10']);
  t.is(bed.events('handset.keys-held', 'alice-phone').length, held + 1);
  bed.type(bed.alice, `set-clock ${-5 * DAYS}`);
  bed.run(5);
  t.is(bed.alice.service, 'awaitingNewKeys', 'what has gone stays gone');
});

test('a phone that never had keys follows its clock in silence', (t) => {
  const bed = new Testbed({ begins: '2015-10-31T23:50:00Z' });
  bed.type(bed.alice, `set-clock ${3 * DAYS}`);
  bed.run(5 * DAYS);
  t.is(bed.alice.service, 'notEnrolled');
  t.is(bed.alice.period, nextPeriod(parsePeriod('2015-10')));
  t.deepEqual(bed.events('handset.keys-held'), []);
});
