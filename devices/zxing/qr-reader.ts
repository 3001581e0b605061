/**
 * The real QR reader: ZXing in WebAssembly. Loading it needs a file and a promise, so this is an edge; once loaded, reading
 * is a plain synchronous call on the instantiated module, and the same picture always gives the same octets.
 *
 * The package's own `readBarcodes` is a promise around exactly this call. Left alone the package would fetch the wasm from
 * a network address, which is why it is given the octets of the installed file.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import {
  binarizers,
  characterSets,
  eanAddOnSymbols,
  encodeFormat,
  prepareZXingModule,
  textModes,
  type ZXingReaderModule,
  type ZXingReaderOptions,
  type ZXingReadResult,
  type ZXingVector,
} from 'zxing-wasm/reader';
import type { GrayImage, QrReader } from '../hardware/index.ts';
import { assert } from '../../sim/errors.ts';
import { remembering } from './readings.ts';

const WASM = 'zxing-wasm/reader/zxing_reader.wasm';

/** Codes in one picture that are looked for; one is wanted, and a second one is worth an error. */
const CODES_MAX = 8;

/** A world that is built again shows the same codes. A picture has some 250 kB. */
const PICTURES_REMEMBERED = 32;

const OPTIONS: ZXingReaderOptions = {
  formats: encodeFormat('QRCode'),
  tryHarder: true,
  tryRotate: true,
  tryInvert: false,
  tryDownscale: true,
  tryDenoise: false,
  binarizer: binarizers.indexOf('LocalAverage'),
  isPure: false,
  downscaleThreshold: 500,
  downscaleFactor: 3,
  minLineCount: 2,
  maxNumberOfSymbols: CODES_MAX,
  validateOptionalChecksum: false,
  returnErrors: false,
  eanAddOnSymbol: eanAddOnSymbols.indexOf('Ignore'),
  textMode: textModes.indexOf('Plain'),
  characterSet: characterSets.indexOf('BINARY'),
  tryCode39ExtendedMode: false,
};

/** The memory of an Emscripten module. The package's types take it from a global declaration that it does not ship. */
interface WasmMemory {
  readonly HEAPU8: Uint8Array;
  readonly _malloc: (octets: number) => number;
  readonly _free: (pointer: number) => void;
}

function hasMemory(module: object): module is WasmMemory {
  return 'HEAPU8' in module && '_malloc' in module && '_free' in module;
}

/** Loads the reader from the installed package. Load it once, before the simulation begins. */
export async function loadQrReader(): Promise<QrReader> {
  const wasm = await readFile(fileURLToPath(import.meta.resolve(WASM)));
  const module = await prepareZXingModule({
    overrides: { wasmBinary: new Uint8Array(wasm).buffer },
    fireImmediately: true,
  });
  assert(hasMemory(module), 'the reader module exports its memory');
  return remembering((image) => readQrCodes(module, image), PICTURES_REMEMBERED);
}

function readQrCodes(
  module: ZXingReaderModule & WasmMemory,
  { width, height, pixels }: GrayImage,
): readonly Uint8Array[] {
  assert(pixels.length === width * height, 'an image has one octet per pixel');
  const { _malloc: allocate, _free: release } = module;
  const pointer = allocate(pixels.length);
  assert(pointer !== 0, 'the WebAssembly memory holds the image');
  try {
    // The heap is looked up after the allocation: growing the memory replaces it.
    module.HEAPU8.set(pixels, pointer);
    return octetsOf(module.readBarcodesFromPixmap(pointer, width, height, OPTIONS));
  } finally {
    release(pointer);
  }
}

/** Copies the results out of the WebAssembly memory, which has no garbage collector, and frees them. */
function octetsOf(results: ZXingVector<ZXingReadResult>): readonly Uint8Array[] {
  const octets: Uint8Array[] = [];
  for (let i = 0; i < results.size(); i++) {
    const result = results.get(i);
    if (result?.isValid === true) octets.push(result.bytes.slice());
  }
  if ('delete' in results && typeof results.delete === 'function') results.delete();
  return octets;
}
