/**
 * A QR code as a picture: what a CMS shows or prints and what a camera sees. Byte mode only, so that any octets travel
 * unchanged, and one mask and version for given octets, so that the picture is always the same.
 */
import { encode } from 'uqr';
import { BoundedMemo } from '../../sim/bounded-memo.ts';
import { hardwareError } from './errors.ts';
import type { GrayImage } from './gray-image.ts';

/** Share of the code that may be lost: L about 7 %, M about 15 %. */
export type QrErrorCorrection = 'L' | 'M';

/** Octets that version 40 carries in byte mode (ISO/IEC 18004, table 7). */
const QR_OCTETS_MAX: Readonly<Record<QrErrorCorrection, number>> = { L: 2953, M: 2331 };

/** How robust the code is, and how large it is drawn. */
export interface QrOptions {
  /** Default M. */
  readonly errorCorrection?: QrErrorCorrection;
  /** Side of a module in pixels. Default 4. */
  readonly modulePixels?: number;
}

/** Width of the white border in modules (ISO/IEC 18004 wants 4). */
const QUIET_ZONE_MODULES = 4;
const MODULE_PIXELS = 4;
const MODULE_PIXELS_MAX = 64;
const WHITE = 255;
/** Choosing the mask takes most of the time, and a world that is built again draws the same codes. */
const codes = { L: new BoundedMemo<Modules>(64), M: new BoundedMemo<Modules>(64) };

/** A square of modules, row by row: 0 is dark, 255 white. */
interface Modules {
  readonly size: number;
  readonly colours: Uint8Array;
}

/**
 * The picture of a QR code that carries the octets: 1 to 2,953 of them with error correction L, 2,331 with M.
 * Errors: HARDWARE_QR_SIZE, HARDWARE_IMAGE.
 */
export function renderQr(octets: Uint8Array, options: QrOptions = {}): GrayImage {
  const { errorCorrection = 'M', modulePixels = MODULE_PIXELS } = options;
  const limit = QR_OCTETS_MAX[errorCorrection];
  if (octets.length === 0 || octets.length > limit) {
    throw hardwareError(
      'HARDWARE_QR_SIZE',
      `${octets.length} octets; a QR code of level ${errorCorrection} carries 1 to ${limit}`,
    );
  }
  if (!Number.isInteger(modulePixels) || modulePixels < 1 || modulePixels > MODULE_PIXELS_MAX) {
    throw hardwareError('HARDWARE_IMAGE', `a module cannot be ${modulePixels} pixels wide`);
  }
  const code = codes[errorCorrection].recall([octets], () => {
    const { data } = encode([...octets], { ecc: errorCorrection, boostEcc: false, border: 0 });
    return bordered(data);
  });
  return drawn(code, modulePixels);
}

/** These modules, of which the dark ones are set, with a white border. */
function bordered(dark: readonly (readonly boolean[])[]): Modules {
  const size = dark.length + 2 * QUIET_ZONE_MODULES;
  const colours = new Uint8Array(size * size).fill(WHITE);
  for (const [row, modules] of dark.entries()) {
    const begins = (row + QUIET_ZONE_MODULES) * size + QUIET_ZONE_MODULES;
    for (let column = 0; column < modules.length; column++)
      if (modules[column] === true) colours[begins + column] = 0;
  }
  return { size, colours };
}

function drawn({ size, colours }: Modules, modulePixels: number): GrayImage {
  const side = size * modulePixels;
  const pixels = new Uint8Array(side * side);
  for (let row = 0; row < size; row++) {
    const top = row * modulePixels * side;
    let at = top;
    for (let column = 0; column < size; column++) {
      const colour = colours[row * size + column] ?? WHITE;
      for (const end = at + modulePixels; at < end; at++) pixels[at] = colour;
    }
    for (let y = 1; y < modulePixels; y++) pixels.copyWithin(top + y * side, top, top + side);
  }
  return { width: side, height: side, pixels };
}
