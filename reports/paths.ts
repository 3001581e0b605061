/** Paths of the results folder: relative, with slashes, and never out of it. */
export { TRACE_FILE } from '../scenarios/evidence/model.ts';

const SEGMENT = /^[A-Za-z0-9_+@=,-][A-Za-z0-9._+@=,-]{0,127}$/;
const PATH_MAX = 512;

/** True for `client-compromise/wipe-destroy-block/audio/dec-in-1.wav`; false for `..`, `/etc`, `a\b`, `C:`, `.git`. */
export function isResultPath(path: string): boolean {
  return path.length <= PATH_MAX && path.split('/').every((segment) => SEGMENT.test(segment));
}

/** The folder of one variant below the results folder, without a slash at its end. */
export function variantFolder(scenario: string, variant: string): string {
  return `${scenario}/${variant}`;
}
