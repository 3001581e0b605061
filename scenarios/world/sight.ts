/** What witnesses may look at in a world. */
import { CalldrillError } from '../../sim/errors.ts';
import type { ReachedHandset } from '../../devices/handset/index.ts';

/** The storage of a phone; nothing of one that is a process of its own, and is gone by now. */
export function storageOf(phone: ReachedHandset | undefined): Uint8Array | undefined {
  try {
    return phone?.extract();
  } catch (error) {
    if (error instanceof CalldrillError) return undefined;
    throw error;
  }
}
