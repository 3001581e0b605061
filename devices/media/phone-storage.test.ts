import test from 'ava';
import { canonicalNumber, parsePeriod } from '../../network/mikey/index.ts';
import { fromAscii } from '../../sim/octets.ts';
import { SeededRandom } from '../../sim/random.ts';
import { Flash, residueIn } from '../hardware/index.ts';
import { sampleKms, samplePackage, sampleQr, sampleUpdateKey } from './media.fuzz.ts';
import { readPhoneImage } from './phone-image.ts';
import { PhoneStorage, type OldKeys } from './phone-storage.ts';
import type { CallRecord } from './phone-record.ts';

const ALICE = canonicalNumber('+447700900001');
const BOB = canonicalNumber('+447700900002');
const OCTOBER = parsePeriod('2015-10');
const NOVEMBER = parsePeriod('2015-11');
const CALL: CallRecord = {
  direction: 'incoming',
  peer: BOB,
  begunUnixMs: 1_444_809_600_000,
  lastedMs: 40_000,
};

function phone(oldKeys: OldKeys = 'erased'): { flash: Flash; storage: PhoneStorage } {
  const flash = new Flash(new SeededRandom('phone').stream('flash'));
  return { flash, storage: new PhoneStorage(flash, oldKeys) };
}

test('a new phone holds nothing', (t) => {
  const { storage, flash } = phone();
  t.is(storage.settings(), undefined);
  t.is(storage.kms(), undefined);
  t.is(storage.updateKey(), undefined);
  t.is(storage.psk(OCTOBER), undefined);
  t.is(storage.userKeys(OCTOBER), undefined);
  t.deepEqual(storage.periods(), []);
  t.deepEqual(storage.calls(), []);
  t.deepEqual(readPhoneImage(flash.image()), {
    settings: [],
    kms: [],
    updateKeys: [],
    psks: [],
    userKeys: [],
    calls: [],
    others: [],
    numbers: [],
    unreadable: 0,
  });
});

test('an enrolled phone holds what the QR code carried, and a second month beside it', (t) => {
  const { storage } = phone();
  const qr = sampleQr();
  storage.enrol(qr);
  storage.addPackage(samplePackage(ALICE, NOVEMBER));
  t.deepEqual(storage.settings(), { number: ALICE, crs: qr.crs });
  t.deepEqual(storage.kms(), qr.kms);
  t.deepEqual(storage.updateKey(), qr.updateKey);
  t.deepEqual(storage.psk(OCTOBER), qr.psk);
  t.deepEqual(storage.userKeys(OCTOBER), qr.keys);
  t.deepEqual(storage.userKeys(NOVEMBER), samplePackage(ALICE, NOVEMBER).keys);
  t.deepEqual(storage.periods(), [OCTOBER, NOVEMBER]);
});

test('the storage of a phone outlives the app', (t) => {
  const { storage, flash } = phone();
  storage.enrol(sampleQr());
  storage.addCall(CALL);
  const again = new PhoneStorage(flash, 'erased');
  again.addCall({ ...CALL, direction: 'outgoing' });
  t.deepEqual(again.calls(), [CALL, { ...CALL, direction: 'outgoing' }]);
  t.deepEqual(again.userKeys(OCTOBER), sampleQr().keys);
});

test('a thief finds everything on a phone in use', (t) => {
  const { storage, flash } = phone();
  const qr = sampleQr();
  storage.enrol(qr);
  storage.addCall(CALL);
  flash.write('photo', fromAscii('holiday'));
  const finds = readPhoneImage(flash.image());
  t.deepEqual(
    finds.settings.map(({ value }) => value),
    [{ number: ALICE, crs: qr.crs }],
  );
  t.deepEqual(
    finds.kms.map(({ value }) => value),
    [sampleKms()],
  );
  t.deepEqual(finds.updateKeys, [{ value: sampleUpdateKey(), remnant: false, sequence: 3 }]);
  t.deepEqual(finds.psks, [{ value: { ...qr.psk, period: OCTOBER }, remnant: false, sequence: 4 }]);
  t.deepEqual(
    finds.userKeys.map(({ value }) => value),
    [qr.keys],
  );
  t.deepEqual(
    finds.calls.map(({ value }) => value),
    [CALL],
  );
  t.deepEqual(finds.others, [
    { value: { name: 'photo', octets: fromAscii('holiday') }, remnant: false, sequence: 7 },
  ]);
  t.deepEqual(finds.numbers, [ALICE, BOB]);
});

test('a month that was unlinked is still found; one that was erased is not', (t) => {
  for (const oldKeys of ['unlinked', 'erased'] as const) {
    const { storage, flash } = phone(oldKeys);
    storage.enrol(sampleQr());
    storage.addPackage(samplePackage(ALICE, NOVEMBER));
    storage.forget(OCTOBER);
    t.deepEqual(storage.periods(), [NOVEMBER]);
    t.is(storage.psk(OCTOBER), undefined);
    const { psks, userKeys, unreadable } = readPhoneImage(flash.image());
    const october = (found: readonly { value: { period: string }; remnant: boolean }[]): boolean[] =>
      found.filter(({ value }) => value.period === OCTOBER).map(({ remnant }) => remnant);
    t.deepEqual(october(psks), oldKeys === 'unlinked' ? [true] : []);
    t.deepEqual(october(userKeys), oldKeys === 'unlinked' ? [true] : []);
    t.is(unreadable, oldKeys === 'unlinked' ? 0 : 2);
    const residue = residueIn(flash.image(), sampleQr().keys.rsk);
    t.deepEqual(residue, oldKeys === 'unlinked' ? ['remnant keys/2015-10'] : []);
  }
});

test('a manual key update replaces the update key, and the old one stays only where it was unlinked', (t) => {
  for (const oldKeys of ['unlinked', 'erased'] as const) {
    const { storage, flash } = phone(oldKeys);
    storage.enrol(sampleQr());
    storage.addPackage(samplePackage(ALICE, NOVEMBER));
    const renewed = { ...sampleQr(), updateKey: sampleUpdateKey('renewed') };
    storage.enrol(renewed);
    t.deepEqual(storage.periods(), [OCTOBER], 'months under the old update key are gone');
    t.deepEqual(storage.updateKey(), renewed.updateKey);
    const found = readPhoneImage(flash.image()).updateKeys.map(({ value }) => value);
    t.deepEqual(found, oldKeys === 'unlinked' ? [sampleUpdateKey(), renewed.updateKey] : [renewed.updateKey]);
  }
});

test('a phone enrolled for another user tells the thief of both numbers', (t) => {
  const { storage, flash } = phone('unlinked');
  storage.enrol(sampleQr(ALICE));
  storage.enrol(sampleQr(BOB));
  t.is(storage.settings()?.number, BOB);
  t.deepEqual(readPhoneImage(flash.image()).numbers, [ALICE, BOB]);
});

test('a wiped phone gives nothing but the count of what was there', (t) => {
  const { storage, flash } = phone('unlinked');
  storage.enrol(sampleQr());
  storage.addCall(CALL);
  flash.wipe();
  const { numbers, unreadable, ...lists } = readPhoneImage(flash.image());
  t.true(Object.values(lists).every((list) => list.length === 0));
  t.deepEqual(numbers, []);
  t.is(unreadable, 6);
  t.is(storage.settings(), undefined);
  storage.enrol(sampleQr());
  t.is(storage.settings()?.number, ALICE);
});

test('planted: flash that cannot erase betrays the keys that the app believes erased', (t) => {
  class DeletingFlash extends Flash {
    override sanitise(name: string): number {
      return this.delete(name) ? 1 : 0;
    }
  }
  const flash = new DeletingFlash(new SeededRandom('phone').stream('flash'));
  const storage = new PhoneStorage(flash, 'erased');
  storage.enrol(sampleQr());
  storage.forget(OCTOBER);
  t.is(storage.userKeys(OCTOBER), undefined);
  t.deepEqual(residueIn(flash.image(), sampleQr().keys.rsk), ['remnant keys/2015-10']);
  t.is(readPhoneImage(flash.image()).userKeys.length, 1);
});

test('a record that the app could not have written is refused, not skipped', (t) => {
  const { flash } = phone();
  flash.write('update-key', Uint8Array.of(1, 2, 3));
  t.throws(() => readPhoneImage(flash.image()), { code: 'MEDIA_TRUNCATED' });
});
