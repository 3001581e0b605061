/** Fuzz target of the whole way of a picture: camera, the real QR reader, and the payload inside. */
import { Camera, renderQr } from '../hardware/index.ts';
import { encodeQrPayload, parseQrPayload } from '../media/index.ts';
import { sampleQr } from '../media/media.fuzz.ts';
import { fromAscii } from '../../sim/octets.ts';
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { loadQrReader } from './qr-reader.ts';

const camera = new Camera(await loadQrReader());
const pictures = [renderQr(encodeQrPayload(sampleQr())), renderQr(fromAscii('no payload of ours'))];

/** A picture of any octets: as wide as the sample it was made from, as high as they reach. */
function pictureOf(pixels: Uint8Array): { width: number; height: number; pixels: Uint8Array } {
  const width = pictures.find((each) => pixels.length > each.width * each.height * 0.9)?.width ?? 64;
  const height = Math.max(1, Math.floor(pixels.length / width));
  const whole = new Uint8Array(width * height);
  whole.set(pixels.subarray(0, whole.length));
  return { width, height, pixels: whole };
}

/** The reader under mutated pictures: it finds what is a code, or nothing, and never throws. */
export const fuzzTargets: readonly FuzzTarget[] = [
  {
    name: 'QR picture',
    samples: pictures.map(({ pixels }) => pixels),
    parse: (input) => parseQrPayload(camera.scan(pictureOf(input))),
  },
];
