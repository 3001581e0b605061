/** A phone that has no keys of the month on its clock: what brings it back, by how PSKs come, and what does not. */
import test from 'ava';
import { Testbed, type TestbedOptions } from '../testbed.fixture.ts';

const begun = (options: TestbedOptions = {}): Testbed =>
  Testbed.enrolled({ begins: '2015-10-31T20:00:00Z', answers: true, ...options });
const STATIC = { parameters: { 'psk-rotation': 'static' } } as const;

test('monthly PSKs: a disc that is loaded after midnight ends no outage, for the PSK that could fetch is in the package', (t) => {
  const bed = begun();
  bed.runTo('2015-11-01T00:20:00Z');
  t.is(bed.alice.service, 'awaitingNewKeys');
  bed.carryDisc('--month 2015-11');
  bed.type(bed.alice, 'restart');
  bed.run(3_600);
  t.is(bed.alice.service, 'awaitingNewKeys');
  t.is(bed.refusal(bed.alice, 'fetch'), 'HANDSET_NOT_REGISTERED');
  t.is(bed.refusal(bed.alice, 'call bob'), 'HANDSET_NOT_REGISTERED');
  bed.enrol(bed.alice);
  bed.run(5);
  t.is(bed.alice.service, 'registered', 'a manual key update ends it');
});

test('static PSKs: the phone registers without keys of the month, calls nobody, and is back when the disc is loaded', (t) => {
  const bed = begun(STATIC);
  bed.runTo('2015-11-01T00:20:00Z');
  t.is(bed.alice.service, 'registered');
  t.is(bed.last('handset.awaiting-keys', 'alice-phone')?.period, '2015-11', 'and says that it has no keys');
  t.is(bed.last('handset.package-none', 'alice-phone')?.period, '2015-12');
  t.is(bed.refusal(bed.alice, 'call bob'), 'HANDSET_NO_KEYS');
  bed.carryDisc('--month 2015-11');
  for (const phone of [bed.alice, bed.bob]) bed.type(phone, 'fetch');
  bed.run(5);
  t.is(bed.last('handset.keys-installed', 'alice-phone')?.source, 'package');
  bed.call(bed.alice, 'bob', '--for 3s');
  bed.run(10);
  t.is(bed.last('handset.call-ended', 'alice-phone')?.reason, 'hung-up');
});

test('static PSKs: a phone that was off for forty days fetches the keys of the month, and keeps its PSK', (t) => {
  const bed = begun(STATIC);
  bed.alice.shield(true);
  bed.runTo('2015-11-25T08:00:00Z');
  bed.carryDisc('--month 2015-12');
  bed.runTo('2015-12-10T08:00:00Z');
  t.not(bed.alice.service, 'registered');
  bed.alice.shield(false);
  bed.run(2 * 3_600);
  t.is(bed.alice.service, 'registered');
  t.deepEqual(bed.last('handset.keys-held', 'alice-phone')?.periods, ['2015-12']);
  const identities = bed
    .events('crs.session-opened')
    .filter(({ data }) => data.user === 'alice')
    .map(({ data }) => data.identity);
  t.is(new Set(identities).size, 1);
});

test('monthly PSKs: the phone that was off for ten days over the end of the month does not come back by itself, though the CRS has its month', (t) => {
  const bed = begun();
  bed.alice.shield(true);
  bed.run(60);
  bed.carryDisc('--month 2015-11');
  bed.runTo('2015-11-09T08:00:00Z');
  bed.alice.shield(false);
  bed.run(2 * 3_600);
  t.is(bed.alice.service, 'awaitingNewKeys');
});

test('static PSKs: whoever has the PSK of an unblocked user is let in after the month, and a blocked one is not', (t) => {
  const bed = begun(STATIC);
  const identity = bed.events('crs.session-opened').find(({ data }) => data.user === 'alice')?.data.identity;
  bed.runTo('2015-11-20T08:00:00Z');
  const held = bed.crs.accounts.credential(identity ?? '');
  t.not(held, undefined, 'trimming takes packages, and no PSK that is of no month');
  t.deepEqual(bed.crs.accounts.months, []);
  t.is(bed.alice.service, 'registered');
  bed.type(bed.crs, `block-user ${bed.contacts.numberOf('alice')}`);
  bed.run(120);
  t.is(bed.alice.service, 'refused');
});

test('static PSKs: the new PSK of a re-issue ends the old one in every month', (t) => {
  const bed = begun(STATIC);
  const identity = bed.events('crs.session-opened').find(({ data }) => data.user === 'alice')?.data.identity;
  bed.carryDisc('--month 2015-11');
  bed.type(bed.cms, `add-user ${bed.contacts.numberOf('alice')} alice --re-issue --reason lost`);
  bed.carryDisc('--month 2015-10 --changed');
  t.is(bed.crs.accounts.credential(identity ?? ''), undefined);
  bed.type(bed.alice, 'restart');
  bed.run(5);
  t.is(bed.alice.service, 'refused');
  t.is(bed.last('crs.handshake-refused')?.reason, 'stale-psk');
});
