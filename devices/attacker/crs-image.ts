/** What lies on a CRS in wrong hands: its disk and memory as octets, with the signalling of calls in clear. */
import { CalldrillError } from '../../sim/errors.ts';
import { toAscii } from '../../sim/octets.ts';
import {
  canonicalNumber,
  deriveSessions,
  type Message,
  type SessionKeys,
} from '../../network/mikey/index.ts';
import { readDiskImage } from '../hardware/index.ts';
import type { ImageFile } from './cms-image.ts';
import { NOTHING, type Holdings } from './holdings.ts';
import { iMessageOf } from './recorder.ts';

const CALL = /^call\//;
const PSK = /^psk\/(\d{4}-\d\d\/\+\d+(?:\/added)?)$/;
const IDENTITY = /^identity\//;
const PACKAGE = /^package\/\d{4}-\d\d\/\+\d+$/;

/** PSKs and packages on the disk of a server; nothing of what is none. Errors: HARDWARE_FLASH_IMAGE. */
export function holdingsOfCrs(image: Uint8Array): Holdings {
  return holdingsOfCrsFiles([...readDiskImage(image).live].map(([name, { value }]) => ({ name, value })));
}

/** The same of files in the order in which they were written, replaced ones included: an identity is written before its PSK. */
export function holdingsOfCrsFiles(files: readonly ImageFile[]): Holdings {
  const identities = new Map<string, Uint8Array>();
  return {
    ...NOTHING,
    psks: files.flatMap(({ name, value: psk }) => {
      if (IDENTITY.test(name)) identities.set(name, psk);
      const whose = PSK.exec(name)?.[1];
      const identity = whose === undefined ? undefined : identities.get(`identity/${whose}`);
      if (whose === undefined || identity === undefined) return [];
      return [
        { identity: toAscii(identity), psk, number: canonicalNumber(whose.slice(8).replace('/added', '')) },
      ];
    }),
    packages: files.flatMap(({ name, value }) => (PACKAGE.test(name) ? [value] : [])),
  };
}

/** I_MESSAGEs of the calls that the server routed. Errors: HARDWARE_FLASH_IMAGE. */
export function offersOnCrs(image: Uint8Array): readonly Uint8Array[] {
  return [...readDiskImage(image).live]
    .filter(([name]) => CALL.test(name))
    .flatMap(([, { value }]) => {
      try {
        return iMessageOf(value) ?? [];
      } catch (error) {
        if (error instanceof CalldrillError) return [];
        throw error;
      }
    });
}

/** The session keys of the call of an I_MESSAGE, if this is its SSV; caller to callee first. */
export function sessionsOf({ header, rand }: Message, ssv: Uint8Array): readonly SessionKeys[] {
  const input = { prf: header.prf, tgk: ssv, csbId: header.csbId, rand: rand.rand };
  return deriveSessions(input, [1, 2]);
}
