import test from 'ava';
import { SeededRandom } from '../../sim/random.ts';
import { Flash, readFlashImage } from '../hardware/index.ts';
import { codeOf } from '../testbed.fixture.ts';
import { ScreenLock } from './screen-lock.ts';

function phone(seals = true) {
  const random = new SeededRandom('lock');
  const flash = new Flash(random.stream('flash'));
  flash.write('psk', Uint8Array.of(1, 2, 3));
  flash.write('gone', Uint8Array.of(4));
  flash.sanitise('gone');
  const told: boolean[] = [];
  const options = {
    ...{ device: 'alice-phone', owner: 'alice', random: () => random.stream('key'), seals },
    onChange: (locked: boolean) => void told.push(locked),
  };
  const lock = new ScreenLock(options);
  return { flash, lock, told, options, read: () => readFlashImage(lock.seen(flash.image())) };
}

test('whoever takes the storage of a locked phone reads nothing, and of the same phone unlocked all there is', (t) => {
  const { lock, read, told } = phone();
  t.deepEqual([...read().live.keys()], ['psk']);
  lock.lock();
  t.deepEqual([read().live.size, read().remnants.length, read().unreadable], [0, 0, 2]);
  lock.unlock('alice');
  t.deepEqual([...read().live.keys()], ['psk']);
  t.deepEqual(told, [true, false]);
});

test('only its owner has the passcode, and a phone that is locked is not locked again', (t) => {
  const { lock } = phone();
  lock.lock();
  t.is(
    codeOf(() => lock.unlock('officer')),
    'HANDSET_PASSCODE',
  );
  t.is(
    codeOf(() => lock.lock()),
    'HANDSET_LOCKED',
  );
  t.true(lock.isLocked);
});

test('a lock is kept with its key, and each has another', (t) => {
  const { lock, flash, options } = phone();
  lock.lock();
  const [kept, image] = [lock.save(), lock.seen(flash.image())];
  t.deepEqual(new ScreenLock(options, kept).seen(flash.image()), image);
  lock.unlock('alice');
  lock.lock();
  t.notDeepEqual(lock.save(), kept);
});

test('slots that are not sealed are tried, and open', (t) => {
  const { lock, read } = phone(false);
  lock.lock();
  t.deepEqual([...read().live.keys()], ['psk']);
});
