/**
 * A camera that reads QR codes. The reader is given to it, because the real one is WebAssembly that an edge must load
 * (`devices/zxing/qr-reader.ts`); reading itself is synchronous, so that it fits into virtual time.
 */
import { hardwareError } from './errors.ts';
import type { GrayImage } from './gray-image.ts';

/** The octets of every QR code in a picture; none when nothing can be read. */
export type QrReader = (image: GrayImage) => readonly Uint8Array[];

/** Finds the one QR code in a picture. The reader of pictures is lent to it, since that is an edge. */
export class Camera {
  readonly #readQr: QrReader;

  constructor(readQr: QrReader) {
    this.#readQr = readQr;
  }

  /** The octets of the one QR code in view. Errors: HARDWARE_QR_UNREADABLE, HARDWARE_QR_SEVERAL. */
  scan(image: GrayImage): Uint8Array {
    const [octets, ...others] = this.#readQr(image);
    if (octets === undefined) {
      throw hardwareError('HARDWARE_QR_UNREADABLE', 'the camera finds no QR code that it can read');
    }
    if (others.length > 0) {
      throw hardwareError('HARDWARE_QR_SEVERAL', `the camera sees ${others.length + 1} QR codes`);
    }
    return octets;
  }
}
