/**
 * The residue check of a disposal: does something that should be gone still come off the chip? It looks where a thief
 * would: in the raw octets, in the live records, and in the remnants.
 */
import { toAscii } from '../../sim/octets.ts';
import { readFlashImage } from './flash-image.ts';

/** Where a canary was found in a flash image: `octets`, `live <name>`, `remnant <name>`. Empty when nothing is left. */
export function residueIn(image: Uint8Array, canary: Uint8Array): readonly string[] {
  const { live, remnants } = readFlashImage(image);
  const found: string[] = [];
  if (holds(image, canary)) found.push('octets');
  for (const [name, { value }] of live) if (holds(value, canary)) found.push(`live ${name}`);
  for (const { name, value } of remnants) if (holds(value, canary)) found.push(`remnant ${name}`);
  return found;
}

function holds(octets: Uint8Array, canary: Uint8Array): boolean {
  return toAscii(octets).includes(toAscii(canary));
}
