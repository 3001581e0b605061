/** What a phone believes after a code of another KMS: the old KPAK verifies nobody any more, unless the deployment keeps it. */
import test from 'ava';
import { readPhoneImage } from '../media/index.ts';
import { NUMBERS, Testbed, type TestbedOptions } from '../testbed.fixture.ts';

/** Bob had a code of the CMS that Alice is with, and has scanned one of another CMS since. She calls him. */
function called(options: TestbedOptions = {}): Testbed {
  const bed = new Testbed({ answers: true, ...options });
  const other = bed.newCms('other-cms', 'other');
  for (const account of ['hq', 'other']) bed.type(bed.crs, `create-account ${account}`);
  bed.type(bed.cms, `add-user ${NUMBERS.alice} alice`);
  bed.carryDisc(`--month ${bed.cms.period}`);
  bed.type(bed.cms, `add-user ${NUMBERS.bob} bob`);
  bed.type(other, `add-user ${NUMBERS.bob} bob`);
  bed.carryDisc(`--month ${other.period}`, other);
  bed.enrol(bed.alice);
  bed.enrol(bed.bob);
  bed.enrol(bed.bob, other);
  bed.run(120);
  bed.type(bed.alice, 'call bob --for 2s', 'alice');
  bed.run(20);
  return bed;
}

const refusals = (bed: Testbed): readonly string[] =>
  bed.events('mikey.refused').map(({ data }) => data.code);

test('a caller under the old KPAK is not believed', (t) => {
  t.deepEqual(refusals(called()), ['MIKEY_SIGNATURE']);
});

test('where it is kept, or the promise is broken, the signature verifies, and what is sealed for the old KMS stays shut', (t) => {
  const kept = [
    called({ parameters: { 'old-kpak': 'kept' } }),
    called({ broken: ['handset.replaces-kpak'] }),
  ];
  for (const bed of kept) t.deepEqual(refusals(bed), ['MIKEY_SEALED']);
});

test('what is kept is in the storage under a name of its own, and a new code of the same KMS adds nothing', (t) => {
  const { bob, cms } = called({ parameters: { 'old-kpak': 'kept' } });
  const { kms } = readPhoneImage(bob.extract());
  t.deepEqual(
    kms.map(({ remnant }) => remnant),
    [true, false],
  );
  t.notDeepEqual(kms.at(-1)?.value, cms.escrow.kms);
  const bed = Testbed.enrolled({ parameters: { 'old-kpak': 'kept' } });
  bed.enrol(bed.alice);
  t.is(new Set(readPhoneImage(bed.alice.extract()).kms.map(({ value }) => value.kpak.join())).size, 1);
});
