/**
 * What is left on a phone of keys that should be gone (clauses para-30, para-35, para-50). Two numbers, since flash keeps the octets of
 * everything that was ever written: remnants that are there at all, and keys that can still be read from them.
 */
import { readPhoneImage } from '../../../devices/media/index.ts';
import { readFlashImage } from '../../../devices/hardware/index.ts';
import type { Sight, Statement } from '../witness.ts';

/** What there is to say of a phone's image after something that should have ended keys; nothing where there is no image. */
export function remnantsOn(
  phone: string,
  after: 'wipe' | 'removal' | 'key update',
  image: Uint8Array | undefined,
): readonly Statement[] {
  if (image === undefined) return [];
  const { remnants, unreadable } = readFlashImage(image);
  const { psks, userKeys, updateKeys } = readPhoneImage(image);
  const usable = [...psks, ...userKeys, ...updateKeys].filter(({ remnant }) => remnant).length;
  return [{ type: 'audit.remnants', data: { phone, after, usable, raw: remnants.length + unreadable } }];
}

/** What there is to say of a medium that somebody has treated; nothing where it is none that anybody could look at. */
export function mediumAfter(
  { thing, method }: { readonly thing: string; readonly method: string },
  sight: Sight,
): readonly Statement[] {
  const left = sight.leftOn?.(thing);
  return left === undefined ? [] : [{ type: 'audit.medium', data: { thing, method, ...left } }];
}
