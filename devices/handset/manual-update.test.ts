/** A code that is scanned on a phone with keys is a Manual Key Update: what it replaces, what it forgets, and what that leaves in the flash. */
import test from 'ava';
import { readPhoneImage } from '../media/index.ts';
import { NUMBERS, Testbed } from '../testbed.fixture.ts';

/** Alice's phone with two months, and then scanned again. */
function updated(before: (bed: Testbed) => void, parameters: Readonly<Record<string, string>> = {}) {
  const bed = Testbed.enrolled({ parameters });
  t0(bed);
  bed.carryDisc();
  bed.type(bed.alice, 'fetch');
  bed.run(3);
  before(bed);
  bed.enrol(bed.alice);
  bed.run(5);
  return { bed, told: bed.events('handset.manual-key-update') };
}

/** The first scan of a phone is an enrolment and nothing else. */
function t0(bed: Testbed): void {
  if (bed.events('handset.manual-key-update').length > 0) throw new Error('nobody has updated yet');
}

test('a re-configuration changes no credential, forgets the months that were held, and fetches the next again', (t) => {
  const { bed, told } = updated(() => undefined);
  t.deepEqual(
    told.map(({ data }) => data),
    [
      {
        user: 'alice',
        number: NUMBERS.alice,
        updateKeyChanged: false,
        pskChanged: false,
        kmsChanged: false,
        forgotten: ['2015-10', '2015-11'],
      },
    ],
  );
  t.is(bed.alice.service, 'registered');
  t.deepEqual(bed.last('handset.keys-held', 'alice-phone')?.periods, ['2015-10', '2015-11']);
});

test('after a re-issue update key and PSK are others, and the KMS is the same', (t) => {
  const { told } = updated((bed) => {
    bed.type(bed.cms, `add-user ${NUMBERS.alice} alice --re-issue --reason lost`);
  });
  t.like(told[0]?.data, { updateKeyChanged: true, pskChanged: true, kmsChanged: false });
});

test('after Destroy keys only the update key is another', (t) => {
  const { told } = updated((bed) => void bed.type(bed.cms, `destroy-keys ${NUMBERS.alice}`));
  t.like(told[0]?.data, { updateKeyChanged: true, pskChanged: false });
});

test('a code of another KMS replaces what the phone believes', (t) => {
  const bed = Testbed.enrolled();
  const other = bed.newCms('other-cms');
  bed.type(other, `add-user ${NUMBERS.alice} alice`);
  bed.enrol(bed.alice, other);
  t.like(bed.last('handset.manual-key-update'), { kmsChanged: true, forgotten: ['2015-10'] });
});

test('a phone that was wiped is enrolled, and not updated', (t) => {
  const bed = Testbed.enrolled();
  bed.type(bed.mdm, 'wipe alice-phone');
  bed.run(2);
  bed.type(bed.alice, 'install');
  bed.enrol(bed.alice);
  t.is(bed.events('handset.manual-key-update').length, 0);
  t.is(bed.events('handset.enrolled', 'alice-phone').length, 2);
});

test('what it replaces is noise where keys are erased, and can be read where they are unlinked', (t) => {
  const remnants = (oldKeys: string) => {
    const { bed } = updated(() => undefined, { 'old-keys': oldKeys });
    const { userKeys, psks, updateKeys } = readPhoneImage(bed.alice.extract());
    return [userKeys, psks, updateKeys].map((found) => found.filter(({ remnant }) => remnant).length);
  };
  t.deepEqual(remnants('erased'), [0, 0, 0]);
  t.deepEqual(remnants('unlinked'), [2, 2, 1]);
});

test('a wipe by deletion leaves what a thief reads; by key erase it leaves noise', (t) => {
  const wiped = (method: 'key-erase' | 'delete') => {
    const bed = Testbed.enrolled({ parameters: { 'wipe-method': method } });
    bed.type(bed.mdm, 'wipe alice-phone');
    bed.run(2);
    const { settings, userKeys, psks, updateKeys, unreadable } = readPhoneImage(bed.alice.extract());
    const live = [settings, userKeys, psks, updateKeys].flat().filter(({ remnant }) => !remnant).length;
    t.is(bed.last('handset.wiped')?.method, method);
    t.is(bed.alice.service, 'wiped');
    t.is(live, 0, 'the phone itself has nothing any more');
    const isErased = bed.events('custody.erased', 'alice-phone').length > 0;
    return { keys: userKeys.length + psks.length + updateKeys.length, noise: unreadable > 0, isErased };
  };
  t.deepEqual(wiped('key-erase'), { keys: 0, noise: true, isErased: true });
  t.deepEqual(wiped('delete'), { keys: 3, noise: false, isErased: false });
});
