/** What lies on a CRS in wrong hands: its disk and memory as octets, with the signalling of calls in clear. */
import { CalldrillError } from '../../sim/errors.ts';
import { deriveSessions, type Message, type SessionKeys } from '../../network/mikey/index.ts';
import { readFlashImage } from '../hardware/index.ts';
import { iMessageOf } from './recorder.ts';

const CALL = /^call\//;

/** I_MESSAGEs of the calls that the server routed. Errors: HARDWARE_FLASH_IMAGE. */
export function offersOnCrs(image: Uint8Array): readonly Uint8Array[] {
  return [...readFlashImage(image).live]
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
