/** The register of prints: each sheet has a line, which only a report closes. */
import test from 'ava';
import { NUMBERS, Testbed } from '../testbed.fixture.ts';

/** A CMS that has printed twice: as it should be, and without a marking or a reason. */
function printed(): Testbed {
  const bed = new Testbed();
  bed.type(bed.cms, `add-user ${NUMBERS.alice} alice`);
  bed.type(bed.cms, `print-qr ${NUMBERS.alice} --marking OFFICIAL --reason "works elsewhere"`);
  bed.type(bed.cms, `print-qr ${NUMBERS.alice}`);
  return bed;
}

test('a print has a line that is open until it is closed, once', (t) => {
  const bed = printed();
  t.is(bed.last('cms.qr-printed')?.reason, null);
  t.deepEqual(bed.type(bed.cms, 'prints'), [
    '2 prints, 2 open, 1 not marked as they should be, 1 without a reason',
    '! alice-qr-1 +447700900001, OFFICIAL, because: works elsewhere, open',
    '! alice-qr-2 +447700900001, no marking, because: no reason, open',
  ]);
  t.deepEqual(bed.last('cms.prints-listed')?.papers, ['alice-qr-1', 'alice-qr-2']);
  bed.type(bed.cms, 'close-print alice-qr-1');
  t.deepEqual(bed.last('cms.print-closed'), {
    user: 'alice',
    number: NUMBERS.alice,
    paper: 'alice-qr-1',
  });
  t.is(bed.refusal(bed.cms, 'close-print alice-qr-1'), 'CMS_PRINT_CLOSED');
  t.is(bed.refusal(bed.cms, 'close-print alice-qr-3'), 'CMS_NO_PRINT');
  bed.type(bed.cms, 'prints');
  t.deepEqual(bed.last('cms.prints-listed'), {
    prints: 2,
    open: 1,
    otherMarking: 1,
    withoutReason: 1,
    papers: ['alice-qr-2'],
  });
  const ledger = bed.type(bed.cms, 'ledger');
  t.true(ledger.some((line) => line.endsWith('QR code printed +447700900001, because: works elsewhere')));
  t.true(ledger.some((line) => line.endsWith('print closed alice-qr-1')));
});

test('a marking is held against the one that the system asks for', (t) => {
  const bed = printed();
  bed.type(bed.cms, 'prints --marking SECRET');
  t.is(bed.last('cms.prints-listed')?.otherMarking, 2);
  bed.type(bed.cms, 'prints --marking OFFICIAL');
  t.is(bed.last('cms.prints-listed')?.otherMarking, 1);
});

test('sheets are numbered on, whether their lines are closed or not', (t) => {
  const bed = printed();
  bed.type(bed.cms, 'close-print alice-qr-2');
  bed.type(bed.cms, `print-qr ${NUMBERS.alice}`);
  t.deepEqual(
    bed.printed.map(({ label }) => label),
    ['alice-qr-1', 'alice-qr-2', 'alice-qr-3'],
  );
});
