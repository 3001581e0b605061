/**
 * Bundles as zip files. They are written in one form: the same files are the same octets, in whatever zone and under whatever Node, so that a bundle
 * that was packed anew is told from one that was not. Whoever reads one takes it for hostile: nothing is unpacked to disk.
 */
import { zipSync, type ZipOptions, type Zippable } from 'fflate';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { isResultPath } from '../../reports/paths.ts';
import { byCodeUnit } from '../../sim/canonical-json.ts';
import { CalldrillError } from '../../sim/errors.ts';
import { verifyError } from './errors.ts';

/** How much of what a stranger sends is taken in. */
export const BUNDLE_LIMITS = {
  /** Octets of the zip file. */
  octets: 1 << 30,
  /** Entries. */
  entries: 200_000,
  /** Octets of all entries together. */
  contentOctets: 2 ** 31,
  /** How many times larger an entry of more than a megabyte may be than what it is packed in. */
  ratio: 200,
} as const;

const RATIO_FROM = 1 << 20;

/**
 * Noon on the day of the scenarios, by the parts of a local date: that is what the writer takes it apart into again, whatever the zone. Noon is in no
 * zone's gap of a change of clocks.
 */
const TIME = [2015, 9, 14, 12] as const;
const UNIX = 3;
const REGULAR = 0o100_000;
const MODE = 0o644;
const LEVEL = 6;

/** The zip of files, in order of their paths. */
export function zipOf(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const [year, month, day, hour] = TIME;
  const options = {
    ...{ mtime: new Date(year, month, day, hour), level: LEVEL, os: UNIX },
    attrs: ((REGULAR | MODE) << 16) >>> 0,
  } satisfies ZipOptions;
  const entries: Zippable = Object.fromEntries<[Uint8Array, ZipOptions]>(
    [...files].sort(([a], [b]) => byCodeUnit(a, b)).map(([path, octets]) => [path, [octets, options]]),
  );
  return zipSync(entries);
}

/** The files of a zip. Throws VERIFY_BUNDLE, VERIFY_BUNDLE_NAME, VERIFY_BUNDLE_LINK, VERIFY_TOO_MUCH. */
export async function filesOfZip(octets: Uint8Array): Promise<ReadonlyMap<string, Uint8Array>> {
  if (octets.length > BUNDLE_LIMITS.octets) throw tooMuch(`more than ${BUNDLE_LIMITS.octets} octets`);
  try {
    const zip = await fromBufferPromise(Buffer.from(octets.buffer, octets.byteOffset, octets.length), {
      ...{ lazyEntries: true, decodeStrings: false, validateEntrySizes: true },
    });
    return await readEntries(zip);
  } catch (thrown) {
    // The reader throws plain errors of a sentence each.
    if (!(thrown instanceof Error) || thrown instanceof CalldrillError) throw thrown;
    throw verifyError('VERIFY_BUNDLE', `the zip cannot be read: ${thrown.message}`, { cause: thrown });
  }
}

async function readEntries(zip: ZipFile): Promise<ReadonlyMap<string, Uint8Array>> {
  if (zip.entryCount > BUNDLE_LIMITS.entries) throw tooMuch(`more than ${BUNDLE_LIMITS.entries} entries`);
  const entries: (readonly [path: string, entry: Entry])[] = [];
  const names = new AdmittedNames();
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    const path = names.admit(entry.fileNameRaw);
    refuseUnusual(entry, path);
    total += entry.uncompressedSize;
    if (total > BUNDLE_LIMITS.contentOctets)
      throw tooMuch(`more than ${BUNDLE_LIMITS.contentOctets} octets of files`);
    entries.push([path, entry]);
  }
  const files = new Map<string, Uint8Array>();
  for (const [path, entry] of entries) {
    const parts: Buffer[] = [];
    for await (const part of await zip.openReadStreamPromise(entry)) parts.push(Buffer.from(part));
    files.set(path, new Uint8Array(Buffer.concat(parts)));
  }
  return files;
}

/** Nothing but a plain file that is stored or deflated, and is not blown up. */
function refuseUnusual(entry: Entry, path: string): void {
  const type = (entry.externalFileAttributes >>> 16) & 0o170_000;
  if (type !== 0 && type !== REGULAR)
    throw verifyError(
      'VERIFY_BUNDLE_LINK',
      `${path} is ${type === 0o120_000 ? 'a symbolic link' : 'no plain file'}`,
    );
  if (entry.isEncrypted()) throw verifyError('VERIFY_BUNDLE', `${path} is encrypted`);
  if (![0, 8].includes(entry.compressionMethod))
    throw verifyError('VERIFY_BUNDLE', `${path} is packed by method ${entry.compressionMethod}`);
  const { uncompressedSize, compressedSize } = entry;
  if (uncompressedSize > RATIO_FROM && uncompressedSize > compressedSize * BUNDLE_LIMITS.ratio)
    throw tooMuch(`in ${path} more than ${BUNDLE_LIMITS.ratio} octets for each one that it is packed in`);
}

/** What Windows takes for a device, with whatever ending. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com\d|lpt\d)$/i;

/** The names of a zip: each stays inside, and is another one on every file system. */
class AdmittedNames {
  /** By their names in one case. */
  readonly #taken = new Map<string, string>();
  readonly #folders = new Set<string>();

  /** The path that a name is. */
  admit(raw: Uint8Array): string {
    const path = Buffer.from(raw).toString('utf8');
    const shown = JSON.stringify(path);
    // AdmittedNames of results are ASCII: no two of them are forms of one name.
    if (!Buffer.from(path, 'utf8').equals(raw) || !isResultPath(path))
      throw name(`the name ${shown} leaves the bundle, or is none of calldrill's`);
    const parts = path.split('/');
    if (parts.some((part) => DEVICE.test(part.split('.', 1)[0] ?? '') || part.endsWith('.')))
      throw name(`the name ${shown} is a device, or ends with a dot`);
    const folded = path.toLowerCase();
    const other = this.#taken.get(folded);
    if (other !== undefined)
      throw name(
        other === path ? `${shown} is there twice` : `${shown} is ${JSON.stringify(other)} in other letters`,
      );
    this.#taken.set(folded, path);
    if (this.#folders.has(folded)) throw name(`${shown} is a file and a folder`);
    for (let at = folded.lastIndexOf('/'); at > 0; at = folded.lastIndexOf('/', at - 1)) {
      const folder = folded.slice(0, at);
      if (this.#taken.has(folder)) throw name(`${JSON.stringify(folder)} is a file and a folder`);
      this.#folders.add(folder);
    }
    return path;
  }
}

function name(detail: string): Error {
  return verifyError('VERIFY_BUNDLE_NAME', detail);
}

function tooMuch(detail: string): Error {
  return verifyError('VERIFY_TOO_MUCH', `the bundle has ${detail}`);
}
