/** What a re-issue makes anew, what it leaves, and that the ledger has all of it. */
import test from 'ava';
import { parsePeriod } from '../../network/mikey/index.ts';
import { parseQrPayload } from '../media/index.ts';
import { NUMBERS, Testbed } from '../testbed.fixture.ts';

const ALICE = `add-user ${NUMBERS.alice} alice`;
const AGAIN = `${ALICE} --re-issue --reason "phone lost" --request REQ-7`;

/** Codes of Alice before and after a re-issue. */
function codes(parameters: Readonly<Record<string, string>> = {}) {
  const bed = new Testbed({ parameters });
  bed.type(bed.cms, ALICE);
  const before = parseQrPayload(bed.codeOf(NUMBERS.alice));
  bed.type(bed.cms, AGAIN);
  return { bed, before, after: parseQrPayload(bed.codeOf(NUMBERS.alice)) };
}

test('a re-issue gives the same RSK, and a new PSK, SSK, PVT and update key', (t) => {
  const { bed, before, after } = codes();
  t.deepEqual(after.keys.rsk, before.keys.rsk);
  for (const of of ['ssk', 'pvt'] as const) t.notDeepEqual(after.keys[of], before.keys[of], of);
  t.notDeepEqual(after.psk, before.psk);
  t.notDeepEqual(after.updateKey, before.updateKey);
  t.is(bed.cms.escrow.psksOf(NUMBERS.alice, [bed.cms.period]).length, 2);
  t.deepEqual(bed.cms.escrow.updateKeysOf(NUMBERS.alice), [before.updateKey, after.updateKey]);
  const added = bed.last('cms.user-added');
  t.like(added, { again: true, reason: 'phone lost', request: 'REQ-7' });
  t.like(bed.events('cms.user-added')[0]?.data, { again: false, reason: null, request: null });
});

test('a deployment may keep the update key, and then the next package opens with the old one', (t) => {
  const { before, after } = codes({ 'reissue-update-key': 'kept' });
  t.deepEqual(after.updateKey, before.updateKey);
  t.notDeepEqual(after.psk, before.psk);
  t.notDeepEqual(after.keys.ssk, before.keys.ssk);
});

test('the keys of every month that was issued are superseded, and of a later month there is one set only', (t) => {
  const bed = new Testbed();
  bed.type(bed.cms, ALICE);
  bed.type(bed.crs, 'create-account hq');
  bed.carryDisc('--month 2015-11');
  const before = bed.cms.escrow.keysOf(NUMBERS.alice, parsePeriod('2015-11'));
  const later = bed.cms.escrow.keysOf(NUMBERS.alice, parsePeriod('2015-12'));
  bed.type(bed.cms, AGAIN, 'operator');
  t.deepEqual(
    bed.events('cms.keys-superseded').map(({ data }) => [data.period, data.reason]),
    [
      ['2015-10', 'phone lost'],
      ['2015-11', 'phone lost'],
    ],
  );
  const foreseen = bed.cms.escrow.keysOf(NUMBERS.alice, parsePeriod('2015-11'));
  bed.carryDisc('--month 2015-11');
  t.deepEqual(bed.cms.escrow.keysOf(NUMBERS.alice, parsePeriod('2015-11')), foreseen);
  t.deepEqual(foreseen.rsk, before.rsk);
  t.notDeepEqual(foreseen.ssk, before.ssk);
  t.notDeepEqual(bed.cms.escrow.keysOf(NUMBERS.alice, parsePeriod('2015-12')).ssk, later.ssk);
  const { issued } = bed.cms.save().vault;
  t.deepEqual(
    issued.map(({ period }) => period),
    ['2015-10', '2015-11'],
  );
});

test('nothing is in the store without a line of the ledger, and what is superseded has its own, with reason and request', (t) => {
  const { bed } = codes();
  bed.type(bed.cms, `add-user ${NUMBERS.bob} bob --request REQ-1`, 'operator');
  t.deepEqual(
    bed.type(bed.cms, 'ledger').map((line) => line.replace(/^t=\d+s /, '')),
    [
      'tester: user added +447700900001',
      'tester: keys issued +447700900001 2015-10',
      'tester: QR code shown +447700900001',
      'tester: user added again +447700900001, because: phone lost (REQ-7)',
      'tester: keys superseded +447700900001 2015-10, because: phone lost (REQ-7)',
      'tester: keys issued +447700900001 2015-10',
      'tester: QR code shown +447700900001',
      'operator: user added +447700900002 (REQ-1)',
      'operator: keys issued +447700900002 2015-10',
    ],
  );
  t.deepEqual(bed.type(bed.cms, 'store'), [
    '2 sets in the store, 1 superseded ones in the ledger, 1 users without a request',
  ]);
  t.deepEqual(bed.last('cms.store-compared'), {
    sets: 2,
    superseded: 1,
    withoutLine: 0,
    withoutSet: 0,
    withoutRequest: 1,
  });
});

test('the comparison names a set without a line, and a line without a set', (t) => {
  const careless = new Testbed({ broken: ['cms.ledgers-keys'] });
  careless.type(careless.cms, ALICE);
  t.is(careless.type(careless.cms, 'store')[1], '! without a line: +447700900001 2015-10');
  const bed = new Testbed();
  bed.type(bed.cms, ALICE);
  bed.cms.ledger.add({ time: 0, by: 'x', what: 'keys issued', subject: '+447700900009 2015-10' });
  bed.cms.ledger.add({ time: 0, by: 'x', what: 'keys issued', subject: '+447700900001 2015-10' });
  t.deepEqual(bed.type(bed.cms, 'store').slice(1), [
    '! not in the store: +447700900001 2015-10',
    '! not in the store: +447700900009 2015-10',
  ]);
  t.like(bed.last('cms.store-compared'), { withoutLine: 0, withoutSet: 2 });
});
