import test from 'ava';
import { fromAscii } from '../../sim/octets.ts';
import { DiscDrive } from './disc-drive.ts';
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

test('a disc that was kept is the same disc, blank, burned or destroyed', (t) => {
  const disc = new OpticalDisc('CD-0005', 10);
  const taken = (): OpticalDisc => {
    const kept = disc.save();
    const again = OpticalDisc.takenUp(structuredClone(kept));
    t.deepEqual(again.save(), kept);
    t.is(again.state, disc.state);
    return again;
  };
  disc.insert('cms');
  const blank = taken();
  t.throws(() => blank.burn(new Uint8Array(11)), { code: 'HARDWARE_DISC_CAPACITY' });
  blank.insert('crs');
  t.deepEqual([blank.insertions, disc.insertions], [['cms', 'crs'], ['cms']], 'each goes on by itself');
  disc.burn(fromAscii('update'));
  const burned = taken();
  t.deepEqual(burned.read(), fromAscii('update'));
  t.throws(() => burned.burn(fromAscii('again')), { code: 'HARDWARE_DISC_WRITTEN' });
  disc.destroy();
  t.throws(() => taken().read(), { code: 'HARDWARE_DISC_DESTROYED' });
  t.is(burned.state, 'burned');
});

test('a drive that was kept is given its disc back, and tells nobody', (t) => {
  const changes: boolean[] = [];
  const drive = new DiscDrive('cms', (inserted) => void changes.push(inserted));
  t.deepEqual(drive.save(), { disc: undefined });
  const disc = new OpticalDisc('CD-0006');
  drive.insert(disc, 'disc-1');
  const again = new DiscDrive('cms', (inserted) => void changes.push(inserted), drive.save());
  t.throws(() => again.inserted, { message: /given back its disc/ });
  t.throws(() => again.giveBack(disc, 'disc-2'), { message: /kept with this disc/ });
  t.deepEqual(again.save(), drive.save());
  again.giveBack(disc, 'disc-1');
  t.deepEqual(again.save(), { disc: 'disc-1' });
  t.deepEqual([disc.insertions, changes], [['cms'], [true]]);
  t.throws(() => again.insert(new OpticalDisc('CD-0007'), 'disc-3'), { code: 'HARDWARE_DRIVE_OCCUPIED' });
  t.is(again.eject()?.disc, disc);
  t.deepEqual(changes, [true, false]);
  t.deepEqual(again.save(), { disc: undefined });
});
