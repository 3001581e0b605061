/** Update keys that are ratcheted: the phone runs forward with its packages, and nobody runs back. */
import test from 'ava';
import { nextPeriod } from '../../network/mikey/index.ts';
import { NOTHING } from '../attacker/holdings.ts';
import { openPackage } from '../attacker/open-package.ts';
import { equal } from '../../sim/octets.ts';
import { nextUpdateKey, parseQrPayload, readPhoneImage, type PhoneFinds } from '../media/index.ts';
import { NUMBERS, Testbed } from '../testbed.fixture.ts';

const ALICE = NUMBERS.alice;
const bedOf = (oldKeys = 'erased'): Testbed =>
  Testbed.enrolled({ parameters: { 'update-key': 'ratcheted', 'crs-months': 3, 'old-keys': oldKeys } });
const keysOn = (bed: Testbed): PhoneFinds['updateKeys'] => readPhoneImage(bed.alice.extract()).updateKeys;

/** The package of the month after the next, on the CRS. */
function packages(bed: Testbed) {
  const october = bed.cms.period;
  const november = nextPeriod(october);
  bed.carryDisc(`--month ${november}`);
  bed.carryDisc(`--month ${nextPeriod(november)}`);
  const of = (period: typeof october): Uint8Array =>
    bed.crs.accounts.packageOf(ALICE, period) ?? new Uint8Array(0);
  return { october: of(october), november: of(november), december: of(nextPeriod(november)) };
}

const opens = (octets: Uint8Array, key: Uint8Array): boolean =>
  openPackage(octets, [{ key, number: ALICE }]) !== undefined;

test('the phone takes the package of the next month, and the key of that month takes the place of its own', (t) => {
  const bed = bedOf();
  const key = parseQrPayload(bed.codeOf(ALICE)).updateKey;
  t.deepEqual(
    keysOn(bed).map(({ value }) => value),
    [key],
  );
  bed.carryDisc();
  bed.type(bed.alice, 'fetch');
  bed.run(3);
  t.is(bed.last('handset.keys-installed', 'alice-phone')?.source, 'package');
  t.deepEqual(
    keysOn(bed).map(({ value }) => value),
    [nextUpdateKey(key)],
  );
});

test('a phone that was off in one month runs forward two', (t) => {
  const bed = bedOf();
  const key = parseQrPayload(bed.codeOf(ALICE)).updateKey;
  bed.runTo('2015-12-10T08:00:00Z');
  bed.type(bed.cms, `view-qr ${ALICE}`);
  t.deepEqual(parseQrPayload(bed.codeOf(ALICE)).updateKey, nextUpdateKey(nextUpdateKey(key)));
});

test('whoever has the key of a month opens later packages, and none before it', (t) => {
  const bed = bedOf();
  const october = parseQrPayload(bed.codeOf(ALICE)).updateKey;
  const november = nextUpdateKey(october);
  const all = packages(bed);
  for (const octets of [all.october, all.november, all.december]) t.true(opens(octets, october));
  t.deepEqual(
    [all.october, all.november, all.december].map((octets) => opens(octets, november)),
    [false, true, true],
  );
  t.false(
    opens(
      all.december,
      october.map((octet) => octet ^ 0xff),
    ),
  );
  t.is(openPackage(all.november, NOTHING.updateKeys), undefined);
});

test('without a ratchet a key opens what was before it was found as well', (t) => {
  const bed = Testbed.enrolled({ parameters: { 'crs-months': 3 } });
  const key = parseQrPayload(bed.codeOf(ALICE)).updateKey;
  const all = packages(bed);
  for (const octets of Object.values(all)) t.true(opens(octets, key));
  t.false(opens(all.december, nextUpdateKey(key)));
});

test('Destroy keys begins a ratchet of its own', (t) => {
  const bed = bedOf();
  const old = parseQrPayload(bed.codeOf(ALICE)).updateKey;
  bed.type(bed.cms, `destroy-keys ${ALICE}`);
  const fresh = parseQrPayload(bed.codeOf(ALICE)).updateKey;
  t.false(equal(old, fresh));
  const { november } = packages(bed);
  t.false(opens(november, old));
  t.true(opens(november, fresh));
  bed.type(bed.alice, 'fetch');
  bed.run(3);
  t.is(bed.last('handset.keys-refused', 'alice-phone')?.reason, 'no-update-key');
});

test('where old keys are only unlinked, the key of last month is read from the flash, and the ratchet was for nothing', (t) => {
  for (const [oldKeys, found] of [
    ['erased', 0],
    ['unlinked', 1],
  ] as const) {
    const bed = bedOf(oldKeys);
    bed.carryDisc();
    bed.type(bed.alice, 'fetch');
    bed.run(3);
    t.is(keysOn(bed).filter(({ remnant }) => remnant).length, found);
    t.is(bed.events('custody.erased', 'alice-phone').length, 1 - found);
  }
});
