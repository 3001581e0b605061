import test from 'ava';
import { parsePeriod } from '../../network/mikey/index.ts';
import { codeOf, NUMBERS } from '../testbed.fixture.ts';
import { holdingsOfCms } from './cms-image.ts';
import { Hideout } from './hideout.fixture.ts';
import { NOTHING } from './holdings.ts';

const NOVEMBER = parsePeriod('2015-11');

test('the disk of a CMS yields its master secrets, and keys, PSK and update key of everybody', (t) => {
  const hideout = new Hideout();
  const found = holdingsOfCms(hideout.bed.cms.extract('thief'));
  t.deepEqual(found.masters, [hideout.master]);
  for (const user of ['alice', 'bob', 'carol'] as const) {
    const { psks, userKeys, updateKeys } = hideout.truthOf(user);
    const whose = ({ number }: { readonly number?: string | undefined }): boolean => number === NUMBERS[user];
    t.deepEqual(found.psks.filter(whose), psks);
    t.deepEqual(found.userKeys.filter(whose), userKeys);
    t.deepEqual(found.updateKeys.filter(whose), updateKeys);
  }
});

test('months that are over are on it, unless the deployment keeps none', (t) => {
  for (const [keeps, months] of [
    ['yes', ['2015-10', '2015-11']],
    ['no', ['2015-11']],
  ] as const) {
    const { bed } = new Hideout({ parameters: { 'cms-keeps-psks': keeps } });
    bed.carryDisc('--month 2015-11');
    bed.type(bed.cms, 'set-clock 2000000');
    t.is(bed.cms.period, NOVEMBER);
    const { userKeys, psks } = holdingsOfCms(bed.cms.extract('thief'));
    t.deepEqual([...new Set(userKeys.map(({ period }) => period))].sort(), months, keeps);
    t.is(psks.length, 3 * months.length);
  }
});

test('what is no CMS yields nothing, and what is no image is refused', (t) => {
  const { bed } = new Hideout();
  t.deepEqual(holdingsOfCms(bed.alice.extract()), NOTHING);
  t.is(
    codeOf(() => holdingsOfCms(new Uint8Array(3))),
    'HARDWARE_FLASH_IMAGE',
  );
});
