import test from 'ava';
import * as fc from 'fast-check';
import { blur, crop, smudge, type GrayImage } from './gray-image.ts';

const STRIPES: GrayImage = { width: 4, height: 2, pixels: Uint8Array.of(0, 90, 180, 255, 0, 90, 180, 255) };

test('a smudge covers its area and nothing else', (t) => {
  const smudged = smudge(STRIPES, { left: 1, top: 1, width: 2, height: 1 });
  t.deepEqual([...smudged.pixels], [0, 90, 180, 255, 0, 128, 128, 255]);
  t.is(STRIPES.pixels[5], 90, 'the original is untouched');
});

test('a crop is the part inside the area', (t) => {
  t.deepEqual(crop(STRIPES, { left: 1, top: 0, width: 2, height: 2 }), {
    width: 2,
    height: 2,
    pixels: Uint8Array.of(90, 180, 90, 180),
  });
});

test('an area outside the image, or of nothing, is refused', (t) => {
  for (const area of [
    { left: 3, top: 0, width: 2, height: 1 },
    { left: 0, top: 1, width: 1, height: 2 },
    { left: -1, top: 0, width: 1, height: 1 },
    { left: 0.5, top: 0, width: 1, height: 1 },
    { left: 0, top: 0, width: 0, height: 1 },
    { left: 0, top: 0, width: 1, height: 0 },
  ]) {
    t.throws(() => crop(STRIPES, area), { code: 'HARDWARE_IMAGE' });
    t.throws(() => smudge(STRIPES, area), { code: 'HARDWARE_IMAGE' });
  }
  for (const radius of [0, 1.5, -1, NaN]) t.throws(() => blur(STRIPES, radius), { code: 'HARDWARE_IMAGE' });
});

test('a blur is the mean of the neighbours, along rows and then along columns', (t) => {
  const image = fc.record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) });
  const pixel = fc.uint8Array({ minLength: 81, maxLength: 81 });
  fc.assert(
    fc.property(image, pixel, fc.integer({ min: 1, max: 12 }), ({ width, height }, values, radius) => {
      const pixels = values.slice(0, width * height);
      const mean = (from: Uint8Array, x: number, y: number, dx: number, dy: number): number => {
        let sum = 0;
        let count = 0;
        for (let step = -radius; step <= radius; step++) {
          const [column, row] = [x + step * dx, y + step * dy];
          if (column < 0 || row < 0 || column >= width || row >= height) continue;
          sum += from[row * width + column] ?? 0;
          count++;
        }
        return Math.floor(sum / count);
      };
      const every = (from: Uint8Array, dx: number, dy: number): Uint8Array =>
        from.map((_, at) => mean(from, at % width, Math.floor(at / width), dx, dy));
      t.deepEqual(blur({ width, height, pixels }, radius).pixels, every(every(pixels, 1, 0), 0, 1));
    }),
    { numRuns: 100 },
  );
});
