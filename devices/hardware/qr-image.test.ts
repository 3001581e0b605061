import test from 'ava';
import { SeededRandom } from '../../sim/random.ts';
import { renderQr } from './qr-image.ts';

test('a QR code is drawn in whole black modules inside a white border of four', (t) => {
  const { width, height, pixels } = renderQr(Uint8Array.of(1, 2, 3), { modulePixels: 3 });
  t.is(width, (21 + 8) * 3, 'version 1');
  t.is(height, width);
  t.deepEqual(
    [...new Set(pixels)].sort((a, b) => a - b),
    [0, 255],
  );
  const border = 4 * 3;
  t.true(pixels.subarray(0, border * width).every((pixel) => pixel === 255));
  // The finder pattern: seven dark modules, the outer ring of its corner.
  const row = pixels.subarray(border * width + border, border * width + border + 8 * 3);
  t.deepEqual([...row], [...new Uint8Array(21), 255, 255, 255]);
});

test('the same octets give the same picture', (t) => {
  const octets = new SeededRandom('qr').stream('octets').octets(200);
  t.deepEqual(renderQr(octets), renderQr(octets));
});

test('a larger picture is the smallest one enlarged', (t) => {
  const octets = new SeededRandom('qr').stream('octets').octets(90);
  const small = renderQr(octets, { modulePixels: 1 });
  for (const modulePixels of [2, 3, 4, 7]) {
    const { width, height, pixels } = renderQr(octets, { modulePixels });
    t.deepEqual([width, height], [small.width * modulePixels, small.height * modulePixels]);
    const expected = Uint8Array.from(pixels, (_, at) => {
      const [x, y] = [at % width, Math.floor(at / width)].map((place) => Math.floor(place / modulePixels));
      return small.pixels[(y ?? 0) * small.width + (x ?? 0)] ?? -1;
    });
    t.deepEqual(pixels, expected);
  }
});

test('limits: octets and size of a module', (t) => {
  t.notThrows(() => renderQr(new Uint8Array(2331), { modulePixels: 1 }));
  t.notThrows(() => renderQr(new Uint8Array(2953), { errorCorrection: 'L', modulePixels: 1 }));
  t.throws(() => renderQr(new Uint8Array(2332)), { code: 'HARDWARE_QR_SIZE' });
  t.throws(() => renderQr(new Uint8Array(2954), { errorCorrection: 'L' }), { code: 'HARDWARE_QR_SIZE' });
  t.throws(() => renderQr(new Uint8Array(0)), { code: 'HARDWARE_QR_SIZE' });
  for (const modulePixels of [0, 1.5, 65]) {
    t.throws(() => renderQr(Uint8Array.of(1), { modulePixels }), { code: 'HARDWARE_IMAGE' });
  }
});
