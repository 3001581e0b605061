/**
 * Loads what every world needs from files, once, before any world is built: the QR reader and the voices. Whoever builds worlds comes
 * by here first, so this is where the engine is told what it may use.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Assets } from '../world/assets.ts';
import { SHIPPED_KINDS } from '../world/shipped-kinds.ts';
import { hostError } from './errors.ts';
import { packageOf } from './package-root.ts';
import { allowRelaxedSimd } from './relaxed-simd.ts';
import { loadQrReader } from '../../devices/zxing/qr-reader.ts';

/** Mu-law octets, 8,000 a second. Users take turns with them, in the order of the scenario. */
const VOICES = ['caller.ulaw', 'callee.ulaw'];

/** Throws HOST_ASSET_MISSING, HOST_WEBASSEMBLY. */
export async function loadAssets(): Promise<Assets> {
  if (!('WebAssembly' in globalThis))
    throw hostError('HOST_WEBASSEMBLY', 'WebAssembly is switched off, so no QR code can be read');
  allowRelaxedSimd();
  const { root } = await packageOf();
  const voices = VOICES.map((name) => readAsset(root, `network/rtp/speech/${name}`));
  return { readQr: await loadQrReader(), speech: await Promise.all(voices), kinds: SHIPPED_KINDS };
}

async function readAsset(root: string, path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(join(root, path)));
  } catch (cause) {
    throw hostError('HOST_ASSET_MISSING', `${path} cannot be read`, { cause });
  }
}
