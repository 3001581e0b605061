import test from 'ava';
import { OpticalDisc } from '../hardware/index.ts';
import { NUMBERS, Testbed } from '../testbed.fixture.ts';

const ALICE = `add-user ${NUMBERS.alice} alice`;

test('a CMS that is restored from the backup of another one is the same KMS, with other PSKs', (t) => {
  const bed = new Testbed();
  const other = bed.newCms('new-cms');
  const own = other.escrow.kms;
  const disc = new OpticalDisc('backup');
  bed.type(bed.cms, ALICE);
  bed.cms.drive.insert(disc, 'backup');
  bed.type(bed.cms, 'back-up');
  t.like(bed.last('cms.backed-up'), { disc: 'backup' });
  bed.cms.drive.eject();
  other.drive.insert(disc, 'backup');
  bed.type(other, 'restore');
  t.like(bed.last('cms.restored'), { disc: 'backup', of: 'cms' });
  t.notDeepEqual(own, bed.cms.escrow.kms);
  t.deepEqual(other.escrow.kms, bed.cms.escrow.kms);
  t.deepEqual(other.escrow.master, bed.cms.escrow.master);
  bed.type(other, ALICE);
  const [before, after] = [bed.cms, other].map(({ escrow, period }) => escrow.keysOf(NUMBERS.alice, period));
  t.deepEqual(after?.rsk, before?.rsk);
  const psks = [bed.cms, other].map(
    ({ escrow, period }) => escrow.psksOf(NUMBERS.alice, [period])[0]?.identity,
  );
  t.not(psks[0], psks[1]);
});

test('a CMS with users is not restored, nor from a disc that is no backup, nor without one', (t) => {
  const bed = new Testbed();
  t.is(bed.refusal(bed.cms, 'restore'), 'CMS_NO_DISC');
  t.is(bed.refusal(bed.cms, 'back-up'), 'CMS_NO_DISC');
  const disc = new OpticalDisc('backup');
  bed.cms.drive.insert(disc, 'backup');
  bed.type(bed.cms, 'back-up');
  t.is(bed.refusal(bed.cms, 'back-up'), 'CMS_USED_DISC');
  bed.type(bed.cms, ALICE);
  t.is(bed.refusal(bed.cms, 'restore'), 'CMS_HAS_USERS');
});
