/**
 * A photograph of something flat: a screen or a sheet that stands at an angle before a camera, some way off, held by a hand that shakes, in
 * light that shines back. What is left of a code is for the reader to find out; nothing here knows whether there is one. Sums, products and
 * quotients only, beside a table of whole degrees in fixed point, so that a photograph is the same on every platform.
 */
import type { RandomSource } from '../../sim/random.ts';
import { hardwareError } from './errors.ts';
import { blur, type GrayImage } from './gray-image.ts';

/** How it was taken. */
export interface PhotographOptions {
  /** How far off the camera was: 20 to 1,000 cm. */
  readonly centimetres: number;
  /** How far from straight ahead it stood: 0 to 80 degrees. */
  readonly degrees: number;
  /** Light shines back from a part of it. */
  readonly glare: boolean;
  /** Taken in a hurry: the hand shook. */
  readonly hurried: boolean;
}

/** Pixels of a picture of something that is as wide as the code on a sheet (12 cm), at a distance of one metre: a telephone of 2015. */
const PIXELS_AT_A_METRE = 417;
const SIDE_MAX = 640;
const TABLE = 96;
const LIT = 255;
/** One, in fixed point. */
const ONE = 1 << 14;

/** The picture that comes of it. Errors: HARDWARE_IMAGE. */
export function photograph(image: GrayImage, options: PhotographOptions, random: RandomSource): GrayImage {
  const { centimetres, degrees, glare, hurried } = options;
  if (!isIn(centimetres, 20, 1_000) || !isIn(degrees, 0, 80))
    throw hardwareError(
      'HARDWARE_IMAGE',
      `nobody takes a picture from ${centimetres} cm at ${degrees} degrees`,
    );
  const side = Math.min(SIDE_MAX, Math.max(8, Math.floor((PIXELS_AT_A_METRE * 100) / centimetres)));
  const seen = project(image, side, { turn: degrees, roll: random.below(9) - 4 });
  if (glare) shineOn(seen, random);
  const shake = (hurried ? 1 + Math.floor(side / 160) : 0) + (random.below(4) === 0 ? 1 : 0);
  return withNoise(shake === 0 ? seen : blur(seen, shake), random);
}

function isIn(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

/** Sines of 0 to 90 degrees, in fixed point. */
const SINES: readonly number[] = [
  0, 286, 572, 857, 1143, 1428, 1713, 1997, 2280, 2563, 2845, 3126, 3406, 3686, 3964, 4240, 4516, 4790, 5063,
  5334, 5604, 5872, 6138, 6402, 6664, 6924, 7182, 7438, 7692, 7943, 8192, 8438, 8682, 8923, 9162, 9397, 9630,
  9860, 10087, 10311, 10531, 10749, 10963, 11174, 11381, 11585, 11786, 11982, 12176, 12365, 12551, 12733,
  12911, 13085, 13255, 13421, 13583, 13741, 13894, 14044, 14189, 14330, 14466, 14598, 14726, 14849, 14968,
  15082, 15191, 15296, 15396, 15491, 15582, 15668, 15749, 15826, 15897, 15964, 16026, 16083, 16135, 16182,
  16225, 16262, 16294, 16322, 16344, 16362, 16374, 16382, 16384,
];

/** Cosine and sine of -90 to 90 whole degrees, in fixed point. */
function turned(degrees: number): readonly [number, number] {
  const size = Math.abs(degrees);
  return [SINES[90 - size] ?? 0, (degrees < 0 ? -1 : 1) * (SINES[size] ?? 0)];
}

/**
 * The image as a plane that is turned about its upright axis by `turn` and rolled by `roll` degrees, seen from twice its width. The far edge
 * is smaller than the near one; what is beside it is the table.
 */
function project(image: GrayImage, side: number, { turn, roll }: { turn: number; roll: number }): GrayImage {
  const [cos, sin] = turned(turn);
  const [rollCos, rollSin] = turned(roll);
  const margin = side >> 4;
  const size = side + 2 * margin;
  const pixels = new Uint8Array(size * size);
  const half = size / 2;
  const distance = 2 * side;
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const [px, py] = [x - half, y - half];
      const [dx, dy] = [(px * rollCos + py * rollSin) / ONE, (py * rollCos - px * rollSin) / ONE];
      // Where the ray through this pixel meets the plane: along the plane, and upright.
      const below = distance * cos - dx * sin;
      const along = below <= 0 ? Infinity : (dx * distance * ONE) / below;
      const up = below <= 0 ? Infinity : (dy * (distance * ONE + along * sin)) / (distance * ONE);
      pixels[y * size + x] = sample(image, along / side + 0.5, up / side + 0.5);
    }
  return { width: size, height: size, pixels };
}

/** The mean of the four pixels around a place, which is given in parts of the width and height. */
function sample({ width, height, pixels }: GrayImage, u: number, v: number): number {
  if (!(u >= 0 && u < 1 && v >= 0 && v < 1)) return TABLE;
  const [x, y] = [Math.floor(u * width * 16), Math.floor(v * height * 16)];
  const [left, top, fx, fy] = [x >> 4, y >> 4, x & 15, y & 15];
  const [right, bottom] = [Math.min(left + 1, width - 1), Math.min(top + 1, height - 1)];
  const at = (column: number, row: number): number => pixels[row * width + column] ?? 0;
  const upper = at(left, top) * (16 - fx) + at(right, top) * fx;
  const lower = at(left, bottom) * (16 - fx) + at(right, bottom) * fx;
  return (upper * (16 - fy) + lower * fy) >> 8;
}

/** A round patch of light, white in the middle. */
function shineOn({ width, height, pixels }: GrayImage, random: RandomSource): void {
  const radius = Math.floor(width / 4);
  const [cx, cy] = [
    width / 4 + random.below(Math.ceil(width / 2)),
    height / 4 + random.below(Math.ceil(height / 2)),
  ];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const far = (x - cx) ** 2 + (y - cy) ** 2;
      if (far >= radius * radius) continue;
      const light = Math.floor((LIT * 2 * (radius * radius - far)) / (radius * radius));
      pixels[y * width + x] = Math.min(LIT, (pixels[y * width + x] ?? 0) + light);
    }
}

/** Grain of the sensor. */
function withNoise({ width, height, pixels }: GrayImage, random: RandomSource): GrayImage {
  const noise = random.octets(pixels.length);
  const grainy = pixels.map((pixel, at) => Math.max(0, Math.min(LIT, pixel + ((noise[at] ?? 0) % 17) - 8)));
  return { width, height, pixels: grainy };
}
