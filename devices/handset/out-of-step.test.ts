/** A call with a hole of twelve minutes in it: more packets than a sequence number can count over. */
import test from 'ava';
import type { Handset } from './index.ts';
import { Testbed } from '../testbed.fixture.ts';

/** A call of 25 minutes from Alice to Bob; for twelve of them nothing gets through. */
function longCall(parameters: Readonly<Record<string, boolean>> = {}): Testbed {
  const bed = Testbed.enrolled({ answers: true, parameters });
  bed.call(bed.alice, 'bob', '--for 25m');
  bed.run(4 * 60);
  bed.alice.shield(true);
  bed.run(12 * 60);
  bed.alice.shield(false);
  bed.run(12 * 60);
  return bed;
}

const screenOf = (phone: Handset): string => phone.screen().join('\n');

test('both phones are out of step, and say so: nothing is taken for an attack, and all of it is missing', (t) => {
  const bed = longCall();
  t.deepEqual(
    bed.events('handset.out-of-step').map(({ on, data }) => [on, data.user, data.rekeys]),
    [
      ['alice-phone', 'alice', false],
      ['bob-phone', 'bob', false],
    ],
  );
  const ended = bed.events('handset.call-ended').map(({ data }) => data);
  t.is(ended.length, 2);
  for (const { tampered, replayed, malformed, outOfStep, lost, received, sent } of ended) {
    t.is(tampered + replayed + malformed, 0);
    t.true(outOfStep > 26_000 && outOfStep < 28_000, `${outOfStep} out of step`);
    t.true(lost > 62_000 && received + lost <= sent, `${lost} lost`);
  }
  for (const { data } of bed.events('handset.call-quality')) {
    t.true(data.missingPercent > 80, `${data.missingPercent} % missing`);
    t.true((data.mos ?? 5) < 1.2);
  }
  t.is(bed.events('handset.call-connected').length, 2, 'one call, and nobody calls again');
});

test('where phones ask for new keys the caller calls again, for what is left of the time, and both are heard', (t) => {
  const bed = longCall({ 'rekey-after-hole': true });
  t.is(bed.events('handset.out-of-step').length, 2);
  t.true(bed.events('handset.out-of-step').every(({ data }) => data.rekeys));
  t.deepEqual(
    bed.events('handset.call-placed').map(({ data }) => `${data.from} ${data.to}`),
    ['alice bob', 'alice bob'],
  );
  t.is(bed.events('handset.call-secure').length, 4);
  const [, , first, second] = bed.events('handset.call-ended').map(({ data }) => data);
  for (const data of [first, second]) {
    t.is((data?.outOfStep ?? 1) + (data?.lost ?? 1), 0);
    t.true((data?.seconds ?? 0) > 8 * 60 && (data?.seconds ?? 0) <= 9 * 60, `${data?.seconds} s`);
  }
});

test('a callee alone that is out of step asks too, when the caller does not', (t) => {
  const bed = Testbed.enrolled({ answers: true, parameters: { 'rekey-after-hole': true } });
  bed.call(bed.alice, 'bob', '--for 25m');
  bed.run(60);
  const link = bed.fabric.linkNamed('alice-phone-crs');
  link?.partition(true, 'crs');
  bed.run(12 * 60);
  link?.partition(false);
  bed.run(60);
  t.deepEqual(
    bed.events('handset.out-of-step').map(({ data }) => data.user),
    ['bob'],
  );
  t.deepEqual(
    bed.events('handset.call-placed').map(({ data }) => `${data.from} ${data.to}`),
    ['alice bob', 'bob alice'],
  );
  t.false(screenOf(bed.alice).includes('cannot be heard'));
});
