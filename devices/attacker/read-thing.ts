/** What an attacker makes of a thing in its hand: the code on a print or a photograph, or the octets of a disc. The reader is the phones' own. */
import { CalldrillError } from '../../sim/errors.ts';
import type { QrReader } from '../hardware/index.ts';
import type { SeenThing } from '../kind.ts';
import { parseHiddenSession, parseQrPayload, parseUpdateDisc } from '../media/index.ts';
import { holdingsOfDisc, holdingsOfQr, joined, NOTHING, type Holdings } from './holdings.ts';

/** The keys and packages on it, and what is beside them; undefined when nothing on it can be read. */
export function holdingsOnThing(
  { picture, octets, hidden }: SeenThing,
  readQr: QrReader,
): Holdings | undefined {
  const codes = picture === undefined ? [] : readQr(picture);
  const found =
    readable(codes[0], (code) => holdingsOfQr(parseQrPayload(code))) ??
    readable(octets, (disc) => holdingsOfDisc(parseUpdateDisc(disc)));
  const beside = readable(hidden, holdingsOfHidden);
  return found !== undefined && beside !== undefined ? joined(found, beside) : (found ?? beside);
}

function holdingsOfHidden(octets: Uint8Array): Holdings {
  const { by, master } = parseHiddenSession(octets);
  return master === undefined ? NOTHING : { ...NOTHING, masters: [{ cms: by, ...master }] };
}

function readable(
  octets: Uint8Array | undefined,
  read: (octets: Uint8Array) => Holdings,
): Holdings | undefined {
  if (octets === undefined) return undefined;
  try {
    return read(octets);
  } catch (error) {
    if (error instanceof CalldrillError) return undefined;
    throw error;
  }
}
