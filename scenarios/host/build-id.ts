/**
 * The build: SHA-256 over the files of calldrill that decide what a run gives, in order of path. It is the same in a clone and in an
 * installed package, because it is made of what both have: the compiled code that ships, the catalogue and the voices.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { byCodeUnit } from '../../sim/canonical-json.ts';
import { packageOf } from './package-root.ts';

/** Folders that are looked through, and which of their files count. */
const PARTS: readonly { readonly folder: string; readonly counts: RegExp }[] = [
  { folder: 'dist', counts: /\.js$/ },
  { folder: 'scenarios/catalogue', counts: /\.(?:yaml|json)$/ },
  { folder: 'network/rtp/speech', counts: /\.ulaw$/ },
];

/** What a clone has in `dist` and a package has not: `files` of package.json, which a test holds this against. */
const NOT_SHIPPED =
  /\.(?:test|fuzz|bench|fixture|vectors|arbitrary)\.|^dist\/(?:cli\/dev|interop)\/|^dist\/network\/fabric-(?:compliance|under-test)/;

/** Paths of the files that count, with slashes, in order. */
export async function buildFiles(root: string): Promise<readonly string[]> {
  const found = await Promise.all(
    PARTS.map(async ({ folder, counts }) => {
      const names = await readdir(join(root, folder), { recursive: true });
      return names
        .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
        .filter((path) => counts.test(path) && !NOT_SHIPPED.test(path));
    }),
  );
  return found.flat().sort(byCodeUnit);
}

/** The build that this module belongs to: 64 hexadecimal digits. */
export async function buildId(root?: string): Promise<string> {
  const folder = root ?? (await packageOf()).root;
  const hash = createHash('sha256');
  for (const path of await buildFiles(folder)) {
    const octets = await readFile(join(folder, path));
    hash.update(`${path}\0${octets.length}\0`).update(octets);
  }
  return hash.digest('hex');
}
