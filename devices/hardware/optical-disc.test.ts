import test from 'ava';
import { fromAscii } from '../../sim/octets.ts';
import { OpticalDisc } from './optical-disc.ts';

test('a disc is burned once and read as often as wanted', (t) => {
  const disc = new OpticalDisc('CD-0001');
  t.is(disc.state, 'blank');
  t.throws(() => disc.read(), { code: 'HARDWARE_DISC_BLANK' });
  const octets = fromAscii('update');
  disc.burn(octets);
  octets.fill(0);
  disc.read().fill(0);
  t.deepEqual(disc.read(), fromAscii('update'));
  t.deepEqual(disc.image(), fromAscii('update'));
  t.is(disc.state, 'burned');
  t.throws(() => disc.burn(fromAscii('again')), { code: 'HARDWARE_DISC_WRITTEN' });
  t.deepEqual(disc.read(), fromAscii('update'));
});

test('what does not fit is refused and leaves the disc blank', (t) => {
  const disc = new OpticalDisc('CD-0002', 10);
  t.throws(() => disc.burn(new Uint8Array(11)), { code: 'HARDWARE_DISC_CAPACITY' });
  t.throws(() => disc.burn(new Uint8Array(0)), { code: 'HARDWARE_DISC_CAPACITY' });
  t.is(disc.state, 'blank');
  disc.burn(new Uint8Array(10));
  t.is(disc.state, 'burned');
});

test('a disc remembers where it was, and is contaminated for everyone else', (t) => {
  const disc = new OpticalDisc('CD-0003');
  t.false(disc.contaminatedFor('cms'));
  disc.insert('cms');
  t.false(disc.contaminatedFor('cms'));
  t.true(disc.contaminatedFor('crs'));
  disc.insert('crs');
  t.true(disc.contaminatedFor('cms'));
  t.deepEqual(disc.insertions, ['cms', 'crs']);
});

test('a destroyed disc gives nothing', (t) => {
  const disc = new OpticalDisc('CD-0004');
  disc.burn(fromAscii('update'));
  disc.destroy();
  disc.destroy();
  t.is(disc.state, 'destroyed');
  for (const use of [
    () => disc.read(),
    () => disc.image(),
    () => disc.insert('crs'),
    () => disc.burn(Uint8Array.of(1)),
  ]) {
    t.throws(use, { code: 'HARDWARE_DISC_DESTROYED' });
  }
});
