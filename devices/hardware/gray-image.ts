/**
 * A grayscale picture, and the three accidents that make one unreadable: a smudge, a blur, and a picture that misses a part.
 * Whole-number arithmetic only, so a damaged picture is the same on every platform.
 */
import { hardwareError } from './errors.ts';

/** `pixels[y * width + x]`: 0 is black, 255 white. */
export type GrayImage = {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
};

/** An area in whole pixels; `left` and `top` count from 0. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const SMUDGE = 128;

/** The image with an area rubbed to an even grey. Errors: HARDWARE_IMAGE. */
export function smudge(image: GrayImage, area: Area): GrayImage {
  requireInside(image, area);
  const pixels = image.pixels.slice();
  for (let y = area.top; y < area.top + area.height; y++) {
    pixels.fill(SMUDGE, y * image.width + area.left, y * image.width + area.left + area.width);
  }
  return { ...image, pixels };
}

/** The part of the image that is inside the area. Errors: HARDWARE_IMAGE. */
export function crop(image: GrayImage, area: Area): GrayImage {
  requireInside(image, area);
  const pixels = new Uint8Array(area.width * area.height);
  for (let y = 0; y < area.height; y++) {
    const from = (area.top + y) * image.width + area.left;
    pixels.set(image.pixels.subarray(from, from + area.width), y * area.width);
  }
  return { width: area.width, height: area.height, pixels };
}

/** The image out of focus: each pixel becomes the mean of those at most `radius` pixels away. Errors: HARDWARE_IMAGE. */
export function blur(image: GrayImage, radius: number): GrayImage {
  if (!Number.isInteger(radius) || radius < 1) {
    throw hardwareError('HARDWARE_IMAGE', `a blur of ${radius} pixels is not possible`);
  }
  const { width, height } = image;
  const across = blurLines(image.pixels, radius, { lines: height, length: width, lineStep: width, step: 1 });
  const pixels = blurLines(across, radius, { lines: width, length: height, lineStep: 1, step: width });
  return { width, height, pixels };
}

interface Lines {
  readonly lines: number;
  readonly length: number;
  readonly lineStep: number;
  readonly step: number;
}

/** Mean over a window that slides along each line. */
function blurLines(pixels: Uint8Array, radius: number, { lines, length, lineStep, step }: Lines): Uint8Array {
  const out = new Uint8Array(pixels.length);
  for (let line = 0; line < lines; line++) {
    const at = (i: number): number => pixels[line * lineStep + i * step] ?? 0;
    let sum = 0;
    for (let i = 0; i < Math.min(radius, length); i++) sum += at(i);
    for (let i = 0; i < length; i++) {
      if (i + radius < length) sum += at(i + radius);
      if (i - radius > 0) sum -= at(i - radius - 1);
      const count = Math.min(i + radius, length - 1) - Math.max(i - radius, 0) + 1;
      out[line * lineStep + i * step] = Math.floor(sum / count);
    }
  }
  return out;
}

function requireInside(image: GrayImage, { left, top, width, height }: Area): void {
  const whole = [left, top, width, height].every((n) => Number.isInteger(n) && n >= 0);
  if (!whole || width === 0 || height === 0 || left + width > image.width || top + height > image.height) {
    throw hardwareError(
      'HARDWARE_IMAGE',
      `area ${width}x${height} at ${left},${top} is not inside an image of ${image.width}x${image.height}`,
    );
  }
}
