import test from 'ava';
import { CalldrillError } from '../../sim/errors.ts';
import { Camera } from './camera.ts';
import { Paper } from './paper.ts';
import { crop, type GrayImage } from './gray-image.ts';

const PICTURE: GrayImage = { width: 2, height: 1, pixels: Uint8Array.of(0, 255) };

test('a camera hands over the octets of the one code in view', (t) => {
  const seen: GrayImage[] = [];
  const camera = new Camera((image) => {
    seen.push(image);
    return [Uint8Array.of(1, 2)];
  });
  t.deepEqual(camera.scan(PICTURE), Uint8Array.of(1, 2));
  t.deepEqual(seen, [PICTURE]);
});

test('a camera that sees no code, or several, says so and what to do', (t) => {
  const none = t.throws(() => new Camera(() => []).scan(PICTURE), { instanceOf: CalldrillError });
  t.is(none.code, 'HARDWARE_QR_UNREADABLE');
  t.regex(none.fix, /white border/);
  const two = t.throws(() => new Camera(() => [Uint8Array.of(1), Uint8Array.of(1)]).scan(PICTURE), {
    instanceOf: CalldrillError,
  });
  t.is(two.code, 'HARDWARE_QR_SEVERAL');
});

test('paper is photographed, damaged and destroyed', (t) => {
  const sheet = new Paper('alice-qr', PICTURE, 'OFFICIAL');
  t.is(sheet.label, 'alice-qr');
  t.is(sheet.marking, 'OFFICIAL');
  t.deepEqual(sheet.image(), PICTURE);
  sheet.damage((image) => crop(image, { left: 1, top: 0, width: 1, height: 1 }));
  t.deepEqual(sheet.image(), { width: 1, height: 1, pixels: Uint8Array.of(255) });
  t.false(sheet.destroyed);
  sheet.destroy();
  sheet.destroy();
  t.true(sheet.destroyed);
  t.throws(() => sheet.image(), { code: 'HARDWARE_PAPER_DESTROYED' });
  t.throws(() => sheet.damage((image) => image), { code: 'HARDWARE_PAPER_DESTROYED' });
});
