/** A month with real keys: from the CMS through every medium to the phone, and to the thief. */
import test from 'ava';
import { canonicalNumber, Kms, parsePeriod, validateUserKeys } from '../../network/mikey/index.ts';
import { SeededRandom } from '../../sim/random.ts';
import { Flash, OpticalDisc } from '../hardware/index.ts';
import {
  encodeQrPayload,
  encodeUpdateDisc,
  kmsFingerprint,
  parseQrPayload,
  parseUpdateDisc,
  PhoneStorage,
  readPhoneImage,
  unwrapPackage,
  wrapPackage,
} from './index.ts';

test('keys issued by a KMS are still genuine on the phone, a month later, and in the hands of a thief', (t) => {
  const random = new SeededRandom('month').stream('cms');
  const kms = Kms.generate(random);
  const number = canonicalNumber('+447700900001');
  const [october, november] = [parsePeriod('2015-10'), parsePeriod('2015-11')];
  const updateKey = random.octets(32);

  const flash = new Flash(new SeededRandom('month').stream('flash'));
  const storage = new PhoneStorage(flash, 'erased');
  const qr = encodeQrPayload({
    crs: { host: 'crs', port: 5061 },
    psk: { identity: 'a1', psk: random.octets(32) },
    updateKey,
    kms: kms.public,
    keys: kms.issue(number, october, random),
  });
  storage.enrol(parseQrPayload(qr));

  const psk = { identity: 'a2', psk: random.octets(32) };
  const wrapped = wrapPackage({ keys: kms.issue(number, november, random), psk }, updateKey);
  const disc = new OpticalDisc('CD-0001');
  disc.burn(
    encodeUpdateDisc({
      serial: disc.serial,
      account: 'ministry',
      kmsFingerprint: kmsFingerprint(kms.public),
      period: november,
      protection: 'wrapped',
      users: [{ number, psk, package: wrapped }],
    }),
  );
  const [filed] = parseUpdateDisc(disc.read()).users;
  const held = storage.updateKey();
  if (filed === undefined || held === undefined) return t.fail();
  t.deepEqual(filed.psk, psk);
  storage.addPackage(unwrapPackage(filed.package, held));
  storage.forget(october);

  const finds = readPhoneImage(flash.image());
  t.deepEqual(
    finds.userKeys.map(({ value }) => value.period),
    [november],
  );
  for (const { value } of finds.userKeys) t.notThrows(() => validateUserKeys(value, kms.public));
  t.deepEqual(
    finds.psks.map(({ value }) => value.identity),
    ['a2'],
  );
});
