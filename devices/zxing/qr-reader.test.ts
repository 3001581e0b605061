import test from 'ava';
import * as fc from 'fast-check';
import { blur, Camera, crop, renderQr, smudge, type GrayImage } from '../hardware/index.ts';
import { sampleQr } from '../media/media.fuzz.ts';
import { encodeQrPayload, parseQrPayload } from '../media/index.ts';
import { loadQrReader } from './qr-reader.ts';

const readQr = await loadQrReader();
const camera = new Camera(readQr);
/** 900 octets in which every value occurs. */
const OCTETS = Uint8Array.from({ length: 900 }, (_, i) => (i * 167 + 3) & 0xff);
const PICTURE = renderQr(OCTETS);

/** A white sheet with pictures side by side. */
function sideBySide(...images: readonly GrayImage[]): GrayImage {
  const height = Math.max(...images.map((image) => image.height));
  const width = images.reduce((sum, image) => sum + image.width, 0);
  const pixels = new Uint8Array(width * height).fill(255);
  let left = 0;
  for (const image of images) {
    for (let y = 0; y < image.height; y++) {
      pixels.set(image.pixels.subarray(y * image.width, (y + 1) * image.width), y * width + left);
    }
    left += image.width;
  }
  return { width, height, pixels };
}

test('900 octets of every value survive the real reader, at both levels and several sizes', (t) => {
  t.is(new Set(OCTETS).size, 256);
  for (const errorCorrection of ['L', 'M'] as const) {
    for (const modulePixels of [1, 2, 4, 6]) {
      t.deepEqual(camera.scan(renderQr(OCTETS, { errorCorrection, modulePixels })), OCTETS);
    }
  }
});

test('property: any octets survive', (t) => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 1000 }), (octets) => {
      t.deepEqual(camera.scan(renderQr(octets, { modulePixels: 2 })), octets);
    }),
    { numRuns: 25 },
  );
});

test('octets that look like text, digits, a byte order mark or an ECI escape are not interpreted', (t) => {
  for (const text of [
    '0123456789',
    'HTTP',
    '\xef\xbb\xbfA',
    '\\000026',
    '\x00\x00\x00',
    '\x93\xfa\x96\x7b',
  ]) {
    const octets = new Uint8Array(Buffer.from(text, 'latin1'));
    t.deepEqual(camera.scan(renderQr(octets)), octets);
  }
});

test('an enrolment QR payload goes through picture, camera and parser', (t) => {
  const payload = sampleQr();
  t.deepEqual(parseQrPayload(camera.scan(renderQr(encodeQrPayload(payload)))), payload);
});

test('the largest code is read', (t) => {
  const octets = Uint8Array.from({ length: 2953 }, (_, i) => (i * 31) & 0xff);
  t.deepEqual(camera.scan(renderQr(octets, { errorCorrection: 'L' })), octets);
});

test('reading is repeatable and hands out octets that later reads do not change', (t) => {
  const first = camera.scan(PICTURE);
  const kept = first.slice();
  for (let i = 0; i < 30; i++) camera.scan(renderQr(Uint8Array.of(i, i)));
  t.deepEqual(first, kept);
  t.deepEqual(camera.scan(PICTURE), first);
});

test('a little damage is corrected', (t) => {
  t.deepEqual(camera.scan(smudge(PICTURE, { left: 200, top: 200, width: 60, height: 60 })), OCTETS);
  t.deepEqual(camera.scan(blur(PICTURE, 1)), OCTETS);
});

test('a smudged, blurred or cropped code is unreadable, and the error says so', (t) => {
  const { width, height } = PICTURE;
  const damaged = [
    smudge(PICTURE, { left: 100, top: 100, width: 280, height: 280 }),
    smudge(PICTURE, { left: 0, top: 0, width: 60, height: 60 }),
    blur(PICTURE, 8),
    crop(PICTURE, { left: 0, top: 0, width: width - 60, height }),
    { width: 10, height: 10, pixels: new Uint8Array(100) },
  ];
  for (const image of damaged) t.throws(() => camera.scan(image), { code: 'HARDWARE_QR_UNREADABLE' });
});

test('two codes in one picture are both seen', (t) => {
  const picture = sideBySide(renderQr(Uint8Array.of(1)), renderQr(Uint8Array.of(2)));
  t.is(readQr(picture).length, 2);
  t.throws(() => camera.scan(picture), { code: 'HARDWARE_QR_SEVERAL' });
});

test('planted: a reader that loses octets above 127 is caught by the round trip', (t) => {
  const lossy = new Camera((image) => readQr(image).map((octets) => octets.map((octet) => octet & 0x7f)));
  t.notDeepEqual(lossy.scan(PICTURE), OCTETS);
});
