/** What whoever has the disk of a CMS makes of it: master secrets, the keys and PSKs of everybody, and update keys. */
import { canonicalNumber } from '../../network/mikey/index.ts';
import { readFlashImage } from '../hardware/index.ts';
import { parseHiddenSession, parsePackage } from '../media/index.ts';
import { holdingsOfPackage, joined, NOTHING, type Holdings } from './holdings.ts';

const SET = /^set\/\d{4}-\d\d\/\+\d+$/;
const UPDATE_KEY = /^update-key\/(\+\d+)$/;

/** All of it; nothing of what is no CMS. Errors: HARDWARE_FLASH_IMAGE, MEDIA_*. */
export function holdingsOfCms(image: Uint8Array): Holdings {
  const { live } = readFlashImage(image);
  const found = [...live].map(([name, { value }]): Holdings => {
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
