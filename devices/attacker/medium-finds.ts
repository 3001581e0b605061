/**
 * What somebody makes of a medium that was thrown away: the chip of a phone, the disk of a computer, a disc, or a print in whatever pieces. Octets and
 * pixels go in, with nothing that says what they are; what can be read of them comes out.
 *
 * Of a phone only what its app does not find any more counts: whoever has a phone in service needs no remnants. A disk, a disc or a print that was
 * thrown away counts as a whole.
 */
import { CalldrillError } from '../../sim/errors.ts';
import { readDiskImage, readPieces, type GrayImage, type QrReader } from '../hardware/index.ts';
import { parseQrPayload, parseUpdateDisc, readPhoneImage } from '../media/index.ts';
import { holdingsOfCmsFiles } from './cms-image.ts';
import { holdingsOfCrsFiles } from './crs-image.ts';
import { holdingsOfDisc, holdingsOfQr, joined, NOTHING, type Holdings } from './holdings.ts';

/** A medium in hand: the octets that a machine gets off it, or the picture that is on it, whole or in pieces. */
export type MediumInHand =
  | { readonly kind: 'phone'; readonly image: Uint8Array }
  | { readonly kind: 'disk'; readonly image: Uint8Array }
  | { readonly kind: 'disc'; readonly octets: Uint8Array }
  | { readonly kind: 'paper'; readonly pieces: readonly GrayImage[] }
  | { readonly kind: 'nothing' };

/** Keys and packages that came off it, and what there is beside. */
export interface MediumFinds {
  readonly found: Holdings;
  /** What was deleted, replaced, erased or cut off, and is still there in whatever state. */
  readonly raw: number;
  /** Why there is nothing, where there is nothing. */
  readonly gone: 'erased' | 'unreadable' | 'destroyed' | undefined;
}

/** How many secrets can be used of what was found. */
export function countOf({ psks, userKeys, updateKeys, ssvs, masters }: Holdings): number {
  return psks.length + userKeys.length + updateKeys.length + ssvs.length + masters.length;
}

/** Reads it. Errors: HARDWARE_FLASH_IMAGE and HARDWARE_DISK_IMAGE of what is no image. */
export function findsOn(medium: MediumInHand, readQr: QrReader): MediumFinds {
  switch (medium.kind) {
    case 'phone':
      return findsOnPhone(medium.image);
    case 'disk':
      return findsOnDisk(medium.image);
    case 'disc': {
      const found = orNothing(() => holdingsOfDisc(parseUpdateDisc(medium.octets)));
      return { found, raw: 0, gone: countOf(found) === 0 ? 'unreadable' : undefined };
    }
    case 'paper': {
      const [code] = readPieces(medium.pieces, readQr);
      const found = code === undefined ? NOTHING : orNothing(() => holdingsOfQr(parseQrPayload(code)));
      return { found, raw: medium.pieces.length, gone: countOf(found) === 0 ? 'unreadable' : undefined };
    }
    case 'nothing':
      return { found: NOTHING, raw: 0, gone: 'destroyed' };
  }
}

function findsOnPhone(image: Uint8Array): MediumFinds {
  const finds = readPhoneImage(image);
  const left = <Value>(all: readonly { readonly value: Value; readonly remnant: boolean }[]): Value[] =>
    all.filter(({ remnant }) => remnant).map(({ value }) => value);
  const number = finds.settings.at(-1)?.value.number ?? finds.userKeys.at(-1)?.value.number;
  const found = {
    ...NOTHING,
    psks: left(finds.psks).map(({ identity, psk }) => ({ identity, psk, number })),
    userKeys: left(finds.userKeys),
    updateKeys: left(finds.updateKeys).map((key) => ({ key, number })),
    kms: finds.kms.at(-1)?.value,
    ssvs: left(finds.calls).flatMap(({ ssv }) => ssv ?? []),
  };
  return {
    found,
    raw: countOf(found) + finds.unreadable,
    gone: countOf(found) === 0 && finds.unreadable > 0 ? 'erased' : undefined,
  };
}

function findsOnDisk(image: Uint8Array): MediumFinds {
  const { live, remnants, unreadable } = readDiskImage(image);
  const files = [...[...live].map(([name, file]) => ({ name, ...file })), ...remnants].sort(
    (a, b) => a.sequence - b.sequence,
  );
  const found = joined(
    NOTHING,
    orNothing(() => holdingsOfCrsFiles(files)),
    ...files.map((file) => orNothing(() => holdingsOfCmsFiles([file]))),
  );
  return {
    found,
    raw: remnants.length + unreadable,
    gone: countOf(found) === 0 && unreadable > 0 ? 'erased' : undefined,
  };
}

/** What is damaged yields nothing: a file whose sectors were used again, a disc that is another one. */
function orNothing(read: () => Holdings): Holdings {
  try {
    return read();
  } catch (error) {
    if (error instanceof CalldrillError) return NOTHING;
    throw error;
  }
}
