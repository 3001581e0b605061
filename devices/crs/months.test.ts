/** What the end of a month takes from a server, by the choices of the deployment; and what a disc out of turn leaves. */
import test from 'ava';
import { parsePeriod } from '../../network/mikey/index.ts';
import { readFlashImage } from '../hardware/index.ts';
import { NUMBERS, Testbed } from '../testbed.fixture.ts';

const OCTOBER = parsePeriod('2015-10');
const ALICE = NUMBERS.alice;

/** Alice's phone with October and November, on the last evening of October. */
function lastEvening(parameters: Readonly<Record<string, string | number | boolean>> = {}): Testbed {
  const bed = Testbed.enrolled({ begins: '2015-10-31T20:00:00Z', answers: true, parameters });
  bed.carryDisc('--month 2015-11');
  for (const phone of [bed.alice, bed.bob]) bed.type(phone, 'fetch');
  bed.run(5);
  return bed;
}

test('the month that is over is removed when the skew limit has passed, or stays where nobody removes it', (t) => {
  const trimmed = lastEvening();
  trimmed.runTo('2015-11-01T00:09:59Z');
  t.deepEqual(trimmed.crs.accounts.months, ['2015-10', '2015-11']);
  trimmed.runTo('2015-11-01T00:10:01Z');
  t.deepEqual(trimmed.crs.accounts.months, ['2015-11']);
  t.is(trimmed.crs.accounts.packageOf(ALICE, OCTOBER), undefined);
  const kept = lastEvening({ 'month-removal': 'off' });
  kept.runTo('2015-11-05T08:00:00Z');
  t.deepEqual(kept.crs.accounts.months, ['2015-10', '2015-11']);
  t.not(kept.crs.accounts.packageOf(ALICE, OCTOBER), undefined);
  t.deepEqual(kept.last('crs.months-held')?.beyond, 1, 'and it says how many are too many');
  t.is(kept.events('crs.month-removed').length, 0);
  kept.type(kept.crs, 'remove-month 2015-10');
  t.deepEqual(kept.crs.accounts.months, ['2015-11'], 'a hand still can');
});

test('a month too far ahead is not held, whatever becomes of the old ones', (t) => {
  for (const removal of ['on', 'off']) {
    const bed = lastEvening({ 'month-removal': removal });
    bed.carryDisc('--month 2015-12');
    t.deepEqual(bed.crs.accounts.months, ['2015-10', '2015-11'], removal);
  }
  const twelve = lastEvening({ 'crs-months': 3 });
  twelve.carryDisc('--month 2015-12');
  t.deepEqual(twelve.crs.accounts.months, ['2015-10', '2015-11', '2015-12']);
});

test('a call across midnight: its sessions are cut when the month is over, or go on', (t) => {
  const across = (ends: string) => {
    const bed = lastEvening({ 'sessions-at-month-end': ends });
    bed.runTo('2015-10-31T23:58:00Z');
    bed.call(bed.alice, 'bob');
    bed.runTo('2015-11-01T00:09:00Z');
    t.deepEqual([bed.alice.line, bed.bob.line], ['inCall', 'inCall'], 'midnight itself ends nothing');
    bed.runTo('2015-11-01T00:20:00Z');
    const closed = bed.events('crs.session-closed').filter(({ data }) => data.reason === 'month ended');
    return { bed, lines: [bed.alice.line, bed.bob.line], closed: closed.length };
  };
  const cut = across('cut');
  t.deepEqual(cut.lines, ['inCall', 'inCall'], 'it goes on in sessions of November');
  t.is(cut.closed, 2);
  t.regex(cut.bed.last('crs.session-opened')?.identity ?? '', /\.2015-11$/);
  t.is(cut.bed.events('crs.call-moved').length, 2);
  const kept = across('kept');
  t.deepEqual(kept.lines, ['inCall', 'inCall']);
  t.is(kept.closed, 0);
  const keys = kept.bed.events('srtp.keyed').map(({ data }) => data.tek.fingerprint);
  t.is(new Set(keys).size, 2, 'one key for each direction, before midnight and after');
  t.is(kept.bed.events('mikey.sent').length, 1);
  kept.bed.type(kept.bed.alice, 'hang-up');
  kept.bed.run(10);
  t.is(
    kept.bed.last('crs.session-opened')?.identity.split('.').at(-1),
    '2015-11',
    'the next session is of November',
  );
});

test('a disc out of turn for this month only, when the next is loaded: the old PSK opens the door in the next', (t) => {
  const bed = lastEvening();
  const old = bed.crs.accounts.credentials.filter(({ number }) => number === ALICE);
  bed.type(bed.cms, `add-user ${ALICE} alice --re-issue --reason lost`);
  bed.carryDisc('--month 2015-10 --changed');
  const held = bed.crs.accounts.credentials.filter(({ number }) => number === ALICE);
  t.deepEqual(
    old.map(({ identity }) => held.some((each) => each.identity === identity)),
    [false, true],
    'that of November is the old one',
  );
  bed.runTo('2015-11-01T00:00:30Z');
  t.is(bed.alice.service, 'registered', 'so the phone that was lost goes on');
});

test('the mark of a change goes with the first disc: the second one that is burnt of the changed is empty', (t) => {
  const bed = lastEvening();
  bed.type(bed.cms, `add-user ${ALICE} alice --re-issue --reason lost`);
  bed.carryDisc('--month 2015-10 --changed');
  t.deepEqual(bed.last('cms.disc-burnt')?.users, ['alice']);
  bed.carryDisc('--month 2015-11 --changed');
  t.deepEqual(bed.last('cms.disc-burnt')?.users, []);
  bed.carryDisc('--month 2015-11');
  t.deepEqual(bed.last('cms.disc-burnt')?.users, ['alice', 'bob', 'carol'], 'all users are the way out');
});

test('identities that were trimmed and those that were superseded are told apart', (t) => {
  const bed = lastEvening();
  const [october] = bed.crs.accounts.credentials.filter(({ number }) => number === NUMBERS.carol);
  const [alices] = bed.crs.accounts.credentials.filter(({ number }) => number === ALICE);
  bed.type(bed.cms, `add-user ${ALICE} alice --re-issue --reason lost`);
  bed.carryDisc('--month 2015-10 --changed');
  bed.runTo('2015-11-02T08:00:00Z');
  t.is(bed.crs.accounts.formerOf(october?.identity ?? '')?.end, 'month removed');
  t.is(bed.crs.accounts.formerOf(alices?.identity ?? '')?.end, 'replaced');
});

test('static PSKs stay on the disk when the packages of their month go', (t) => {
  const names = (rotation: string): readonly string[] => {
    const bed = lastEvening({ 'psk-rotation': rotation });
    bed.runTo('2015-11-02T08:00:00Z');
    return [...readFlashImage(bed.crs.extract()).live.keys()].filter((name) => name.includes('/2015-10/'));
  };
  t.deepEqual(names('monthly'), []);
  const left = names('static').map((name) => name.slice(0, name.indexOf('/')));
  t.deepEqual(left.sort(), ['identity', 'identity', 'identity', 'psk', 'psk', 'psk']);
});
