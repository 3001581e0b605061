import test from 'ava';
import { NUMBERS, Testbed } from '../testbed.fixture.ts';
import { Ledger } from './ledger.ts';

const ALICE = NUMBERS.alice;

/** Alice was added, and her code was shown as often as this. */
function shown(times: number, keeping: 'append-only' | 'editable' | 'none' = 'append-only'): Testbed {
  const bed = new Testbed({ parameters: { 'cms-ledger': keeping } });
  bed.type(bed.cms, `add-user ${ALICE} alice`);
  for (let time = 0; time < times; time++) bed.type(bed.cms, `view-qr ${ALICE}`);
  return bed;
}

test('a code for each request is in order, and one more is named', (t) => {
  t.deepEqual(shown(1).cms.ledger.audited().unasked, []);
  t.deepEqual(shown(2).cms.ledger.audited().unasked, [ALICE]);
  const bed = shown(1);
  bed.type(bed.cms, `print-qr ${ALICE}`);
  bed.type(bed.cms, 'audit-ledger');
  t.like(bed.last('cms.ledger-audited'), {
    unasked: [ALICE],
    count: 1,
    lines: bed.cms.ledger.entries.length,
  });
  bed.type(bed.cms, `add-user ${ALICE} alice --re-issue --reason lost`);
  t.deepEqual(bed.cms.ledger.audited().unasked, [], 'a re-issue asks for a code');
});

test('a print without its line is what the broken promise is about', (t) => {
  const bed = new Testbed({ broken: ['cms.ledgers-prints'] });
  bed.type(bed.cms, `add-user ${ALICE} alice`);
  for (let time = 0; time < 2; time++) bed.type(bed.cms, `print-qr ${ALICE}`);
  t.deepEqual(bed.cms.ledger.audited().unasked, []);
});

test('a ledger only grows, unless the deployment says otherwise', (t) => {
  const bed = shown(1);
  const before = bed.cms.ledger.entries;
  t.is(bed.refusal(bed.cms, `strike-line ${ALICE}`), 'CMS_LEDGER_GROWS');
  t.is(bed.cms.ledger.entries.length, before.length);
});

test('of one that can be edited the last line about a subject is taken out, without a trace but the examiner’s', (t) => {
  const bed = shown(2, 'editable');
  const { length } = bed.cms.ledger.entries;
  bed.type(bed.cms, `strike-line ${ALICE}`, 'insider');
  t.is(bed.cms.ledger.entries.length, length - 1);
  t.deepEqual(bed.cms.ledger.audited().unasked, []);
  t.like(bed.last('cms.ledger-struck'), { by: 'insider', subject: ALICE, what: 'QR code shown' });
  t.is(bed.refusal(bed.cms, 'strike-line +447700900777'), 'CMS_NO_LINE');
});

test('where none is kept there is nothing to audit', (t) => {
  t.deepEqual(shown(2, 'none').cms.ledger.audited(), { lines: 0, unasked: [] });
});

test('it is plain data, in its order', (t) => {
  const ledger = new Ledger(shown(2).cms.ledger.save());
  t.deepEqual(ledger.save(), shown(2).cms.ledger.save());
});
