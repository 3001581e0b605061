/** What somebody may do to a results folder who wants it to say something else: each leaves the rest as it is. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifestJson, manifestOf } from '../../reports/index.ts';
import { BESIDE, MANIFEST } from './files.ts';

/** The files of a folder, by their paths. */
export function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();
}

/** Makes the manifest right again after something was changed. */
export function makeManifestRight(folder: string): void {
  const files = filesIn(folder).filter((path) => path !== MANIFEST && !BESIDE.includes(path));
  const manifest = manifestOf(new Map(files.map((path) => [path, readFileSync(join(folder, path))])));
  writeFileSync(join(folder, MANIFEST), manifestJson(manifest));
}

/** Replaces a text in a file that must have it, everywhere. */
export function edit(folder: string, path: string, from: string | RegExp, to: string): void {
  const full = join(folder, path);
  const before = readFileSync(full, 'utf8');
  const after = before.replaceAll(from instanceof RegExp ? new RegExp(from, 'g') : from, () => to);
  if (before === after) throw new Error(`${path} has no ${String(from)}`);
  writeFileSync(full, after);
}

/** Turns one bit of one octet of a file round. */
export function flip(folder: string, path: string, at: number): void {
  const full = join(folder, path);
  const octets = readFileSync(full);
  const index = at % octets.length;
  octets[index] = (octets[index] ?? 0) ^ 1;
  writeFileSync(full, octets);
}
