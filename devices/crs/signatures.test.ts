import test from 'ava';
import { NUMBERS, Testbed, type TestbedOptions } from '../testbed.fixture.ts';

const ALICE = `${NUMBERS.alice} 2015-10`;

function called(bed: Testbed): void {
  bed.type(bed.alice, 'call bob --for 3s', 'alice');
  bed.run(20);
}

function listed(bed: Testbed): { readonly signers: number; readonly several: readonly string[] } | undefined {
  bed.type(bed.crs, 'signatures');
  return bed.last('crs.signatures-listed');
}

/** Alice called, got another SSK, and called again. */
function twoKeys(options: TestbedOptions = {}): Testbed {
  const bed = Testbed.enrolled({ answers: true, ...options });
  called(bed);
  bed.type(bed.cms, `add-user ${NUMBERS.alice} alice --re-issue --reason lost`);
  bed.carryDisc('--month 2015-10');
  bed.enrol(bed.alice);
  bed.run(60);
  called(bed);
  return bed;
}

test('whoever signs with one key in a month is not named, however often', (t) => {
  const bed = Testbed.enrolled({ answers: true });
  t.like(listed(bed), { signers: 0, several: [], count: 0 });
  called(bed);
  called(bed);
  t.is(bed.events('handset.call-secure').length, 4);
  t.like(listed(bed), { signers: 1, several: [], count: 0 });
});

test('a number that signed with two is named, unless that promise is broken', (t) => {
  t.like(listed(twoKeys()), { signers: 1, several: [ALICE], count: 1 });
  t.like(listed(twoKeys({ broken: ['crs.names-signers'] })), { signers: 1, several: [] });
});
