/** What witnesses may look at in a world. */
import { CalldrillError } from '../../sim/errors.ts';
import { countOf, findsOn, type MediumInHand } from '../../devices/attacker/index.ts';
import type { ReachedHandset } from '../../devices/handset/index.ts';
import { isDiskImage, type QrReader } from '../../devices/hardware/index.ts';
import type { Things } from './people/things.ts';
import type { Sight } from './witness.ts';

/** The storage of a phone; nothing of one that is a process of its own, and is gone by now. */
function storageOf(phone: ReachedHandset | undefined): Uint8Array | undefined {
  try {
    return phone?.extract();
  } catch (error) {
    if (error instanceof CalldrillError) return undefined;
    throw error;
  }
}

/** What there is to see in a world with these phones and things. */
export function sightIn(
  phoneNamed: (name: string) => ReachedHandset | undefined,
  things: Things,
  readQr: QrReader,
): Sight {
  return {
    storageOf: (device) => storageOf(phoneNamed(device)),
    leftOn: (thing) => {
      const medium = mediumNamed(thing, phoneNamed(thing), things);
      if (medium === undefined) return undefined;
      const { found, raw } = findsOn(medium, readQr);
      return { usable: countOf(found), raw };
    },
  };
}

function mediumNamed(
  name: string,
  phone: ReachedHandset | undefined,
  things: Things,
): MediumInHand | undefined {
  if (!things.names.includes(name)) return undefined;
  const thing = things.find(name);
  if (thing.destroyed === true) return { kind: 'nothing' };
  const image = storageOf(phone);
  if (image !== undefined) return { kind: 'phone', image };
  const pieces = thing.pieces?.();
  if (pieces !== undefined) return { kind: 'paper', pieces };
  const octets = thing.octets?.();
  if (octets === undefined) return undefined;
  return isDiskImage(octets) ? { kind: 'disk', image: octets } : { kind: 'disc', octets };
}
