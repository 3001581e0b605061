/**
 * Media for the controls of a search: the same kind of medium with the keys of a bystander. For the positive control it was treated as one must not
 * treat it, and everything has to be found; for the negative one as one may, and nothing may be found.
 */
import type { RandomSource } from '../../sim/random.ts';
import { assert } from '../../sim/errors.ts';
import { cutUp, Flash, newDisk, renderQr, treated } from '../hardware/index.ts';
import {
  encodePackage,
  encodeQrPayload,
  encodeUpdateDisc,
  PhoneStorage,
  type QrPayload,
} from '../media/index.ts';
import type { MediumInHand } from './medium-finds.ts';

/** Strips that can be put together, and particles that cannot. */
const COARSE = { widthMm: 30 };
const FINE = { widthMm: 2, heightMm: 2 };

/** A medium of this kind with these keys; `well` when it was treated as it may be. */
export function controlMedium(
  kind: MediumInHand['kind'],
  keys: QrPayload,
  well: boolean,
  random: RandomSource,
): MediumInHand {
  switch (kind) {
    case 'disk':
      return { kind, image: diskWith(keys, well, random) };
    case 'disc':
      return well ? { kind: 'nothing' } : { kind, octets: discWith(keys) };
    case 'paper':
      return { kind, pieces: cutUp(renderQr(encodeQrPayload(keys)), well ? FINE : COARSE, random) };
    case 'phone':
    case 'nothing':
      return { kind: 'phone', image: phoneWith(keys, well, random) };
  }
}

function phoneWith(keys: QrPayload, well: boolean, random: RandomSource): Uint8Array {
  const flash = new Flash(random);
  new PhoneStorage(flash, 'unlinked').enrol(keys);
  treated(flash, well ? 'key-erase' : 'delete');
  return flash.image();
}

function diskWith({ keys, psk }: QrPayload, well: boolean, random: RandomSource): Uint8Array {
  const disk = newDisk('magnetic', random);
  disk.write(`set/${keys.period}/${keys.number}`, encodePackage({ keys, psk }));
  const left = treated(disk, well ? 'overwrite' : 'delete');
  assert(left !== undefined, 'neither makes an end of a disk');
  return left.image();
}

function discWith({ keys, psk }: QrPayload): Uint8Array {
  const { number, period } = keys;
  return encodeUpdateDisc({
    serial: 'control',
    account: 'control',
    kmsFingerprint: new Uint8Array(32),
    period,
    protection: 'clear',
    users: [{ number, psk, package: encodePackage({ keys, psk }) }],
  });
}
