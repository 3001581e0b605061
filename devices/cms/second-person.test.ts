import test from 'ava';
import { NUMBERS, Testbed, type TestbedOptions } from '../testbed.fixture.ts';

const PRINT = `print-qr ${NUMBERS.alice}`;

function room(access: 'one-person' | 'two-persons', options: TestbedOptions = {}): Testbed {
  const bed = new Testbed({ parameters: { 'cms-access': access }, ...options });
  bed.type(bed.cms, `add-user ${NUMBERS.alice} alice`);
  return bed;
}

test('where two persons are wanted one alone prints nothing, and an agreement is good for one print', (t) => {
  const bed = room('two-persons');
  t.is(bed.refusal(bed.cms, PRINT), 'CMS_ALONE');
  t.is(bed.printed.length, 0);
  bed.type(bed.cms, 'approve', 'officer');
  t.like(bed.last('cms.approved'), { by: 'officer' });
  bed.type(bed.cms, PRINT);
  t.is(bed.printed.length, 1);
  t.is(bed.refusal(bed.cms, PRINT), 'CMS_ALONE');
});

test('nobody agrees to what they do themselves, and what was refused uses nothing up', (t) => {
  const bed = room('two-persons');
  bed.type(bed.cms, 'approve', 'officer');
  t.throws(() => bed.cms.extract('officer'), { code: 'CMS_ALONE' });
  t.true(bed.cms.extract('operator').length > 0);
  t.throws(() => bed.cms.extract('operator'), { code: 'CMS_ALONE' });
});

test('where one person is enough, or the promise is broken, nobody is asked', (t) => {
  for (const bed of [
    room('one-person'),
    room('two-persons', { parameters: { 'cms-access': 'two-persons' }, broken: ['cms.two-persons'] }),
  ]) {
    bed.type(bed.cms, PRINT);
    t.true(bed.cms.extract('operator').length > 0);
  }
});
