/** What whoever has the disk of a CMS makes of it: master secrets, the keys and PSKs of everybody, and update keys. */
import { canonicalNumber } from '../../network/mikey/index.ts';
import { readDiskImage } from '../hardware/index.ts';
import { parseHiddenSession, parsePackage } from '../media/index.ts';
import { holdingsOfPackage, joined, NOTHING, type Holdings } from './holdings.ts';

const SET = /^set\/\d{4}-\d\d\/\+\d+$/;
const UPDATE_KEY = /^update-key\/(\+\d+)$/;

/** What stood under a name on a disk, whether the directory still has that name or not. */
export interface ImageFile {
  readonly name: string;
  readonly value: Uint8Array;
}

/** All of it; nothing of what is no CMS. Errors: HARDWARE_FLASH_IMAGE, MEDIA_*. */
export function holdingsOfCms(image: Uint8Array): Holdings {
  return holdingsOfCmsFiles([...readDiskImage(image).live].map(([name, { value }]) => ({ name, value })));
}

/** The same of single files. Errors: MEDIA_*. */
export function holdingsOfCmsFiles(files: readonly ImageFile[]): Holdings {
  const found = files.map(({ name, value }): Holdings => {
    const number = UPDATE_KEY.exec(name)?.[1];
    if (number !== undefined)
      return { ...NOTHING, updateKeys: [{ key: value, number: canonicalNumber(number) }] };
    if (SET.test(name)) return holdingsOfPackage(parsePackage(value));
    if (name !== 'master') return NOTHING;
    const { by: cms, master } = parseHiddenSession(value);
    return { ...NOTHING, masters: master === undefined ? [] : [{ cms, ...master }] };
  });
  return joined(NOTHING, ...found);
}
