/**
 * Pictures as files: binary PGM, which every viewer opens and a few lines read (netpbm, `pgm(5)`).
 *
 *     P5 <width> <height> 255 <one blank>  then width x height octets, row by row, 0 black
 *
 * Comments are not taken: the director writes none.
 */
import { concat, fromAscii, toAscii } from '../../../sim/octets.ts';
import type { GrayImage } from '../../../devices/hardware/index.ts';
import { controlError } from './errors.ts';

/** Pixels of a side of a picture. */
const PICTURE_SIDE_MAX = 4_096;
const HEAD = /^P5\n([1-9]\d{0,3}) ([1-9]\d{0,3})\n255\n/;
const HEAD_OCTETS_MAX = 18;

/** A grey picture as the octets of a PGM file: one octet for each pixel. */
export function encodePicture({ width, height, pixels }: GrayImage): Uint8Array {
  return concat(fromAscii(`P5\n${width} ${height}\n255\n`), pixels);
}

/** Errors: CONTROL_PICTURE, with the octet offset. */
export function parsePicture(octets: Uint8Array): GrayImage {
  const refuse = (detail: string, offset: number) =>
    controlError('CONTROL_PICTURE', detail, { where: { offset } });
  const head = HEAD.exec(toAscii(octets.subarray(0, HEAD_OCTETS_MAX)));
  if (head === null) throw refuse('the file does not begin as a picture', 0);
  const [width, height] = [Number(head[1]), Number(head[2])];
  if (width > PICTURE_SIDE_MAX || height > PICTURE_SIDE_MAX)
    throw refuse(`${width} x ${height} pixels are too many`, 3);
  const begin = head[0].length;
  if (octets.length !== begin + width * height)
    throw refuse(`${octets.length - begin} pixels are there, ${width} x ${height} should be`, octets.length);
  return { width, height, pixels: octets.slice(begin) };
}
