/**
 * Lets the engine run relaxed SIMD, in which SAKKE's arithmetic is fastest (`network/mikey/field/`). Node 20 has it behind a flag,
 * later ones without. The flag counts for the whole process and for modules that are compiled afterwards; where it is not given,
 * the arithmetic is slower and the results are the same.
 */
import { setFlagsFromString } from 'node:v8';

/** The first major version of Node that needs no flag. */
const UNFLAGGED_FROM = 21;

/** To be called before anything is computed. */
export function allowRelaxedSimd(): void {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < UNFLAGGED_FROM) setFlagsFromString('--experimental-wasm-relaxed-simd');
}
