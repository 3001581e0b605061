/**
 * manifest.json: SHA-256 and size of every file of a results folder, in order of path. The evidence of a run is this one
 * file's digest: who signs it signs them all. It leaves out itself, and timing.json, the one file that holds wall-clock
 * figures and differs on a rerun.
 */
import { createHash } from 'node:crypto';
import { byCodeUnit, canonicalJson } from '../sim/canonical-json.ts';
import { reportsError } from './errors.ts';
import { isResultPath } from './paths.ts';
import type { FileFacts } from './renderer.ts';

interface ManifestEntry extends FileFacts {
  /** Relative to the results folder, with slashes. */
  readonly path: string;
}

/** The content of manifest.json: a list of paths, each once, in order of their code units. */
export interface Manifest {
  readonly version: 1;
  readonly files: readonly ManifestEntry[];
}

/** How a folder can differ from its manifest. */
export type ManifestProblem =
  | { readonly kind: 'missing'; readonly path: string }
  | { readonly kind: 'unlisted'; readonly path: string }
  | { readonly kind: 'size'; readonly path: string; readonly expected: number; readonly found: number }
  | { readonly kind: 'digest'; readonly path: string; readonly expected: string; readonly found: string };

/** Where the manifest is in a results folder: at its top. */
export const MANIFEST_FILE = 'manifest.json';
const LEFT_OUT: ReadonlySet<string> = new Set([MANIFEST_FILE, 'timing.json']);

/** Largest manifest that is read, in characters: some 100,000 files. */
const TEXT_MAX = 32 * 1024 * 1024;
const SHA256 = /^[0-9a-f]{64}$/;

function digestOf(octets: Uint8Array): string {
  return createHash('sha256').update(octets).digest('hex');
}

/** What a manifest says of a file with these octets. */
export function factsOf(octets: Uint8Array): FileFacts {
  return { sha256: digestOf(octets), size: octets.length };
}

/** The manifest of `files` (path to octets). Throws REPORTS_PATH for a path that leaves the folder. */
export function manifestOf(files: ReadonlyMap<string, Uint8Array>): Manifest {
  return manifestOfFacts(new Map([...files].map(([path, octets]) => [path, factsOf(octets)])));
}

/** The same, of files whose octets are elsewhere by now. */
export function manifestOfFacts(files: ReadonlyMap<string, FileFacts>): Manifest {
  const listed = [...files].filter(([path]) => !LEFT_OUT.has(path)).sort(([a], [b]) => byCodeUnit(a, b));
  for (const [path] of listed) {
    if (!isResultPath(path))
      throw reportsError('REPORTS_PATH', `the path ${JSON.stringify(path)} leaves the folder`);
  }
  return {
    version: 1,
    files: listed.map(([path, { sha256, size }]) => ({ path, sha256, size })),
  };
}

/** The manifest as the octets of manifest.json hold it. */
export function manifestJson(manifest: Manifest): string {
  return canonicalJson({ version: manifest.version, files: manifest.files.map((entry) => ({ ...entry })) });
}

/** Every difference between the manifest and the files, in order of path; none when the folder is intact. */
export function verifyManifest(
  manifest: Manifest,
  files: ReadonlyMap<string, Uint8Array>,
): ManifestProblem[] {
  const listed = new Set(manifest.files.map(({ path }) => path));
  const unlisted = [...files.keys()]
    .filter((path) => !listed.has(path) && !LEFT_OUT.has(path))
    .map((path): ManifestProblem => ({ kind: 'unlisted', path }));
  const changed = manifest.files.flatMap((entry) => problemOf(entry, files.get(entry.path)));
  return [...unlisted, ...changed].sort((a, b) => byCodeUnit(a.path, b.path));
}

function problemOf({ path, sha256, size }: ManifestEntry, octets: Uint8Array | undefined): ManifestProblem[] {
  if (octets === undefined) return [{ kind: 'missing', path }];
  if (octets.length !== size) return [{ kind: 'size', path, expected: size, found: octets.length }];
  const found = digestOf(octets);
  return found === sha256 ? [] : [{ kind: 'digest', path, expected: sha256, found }];
}

/** Reads manifest.json. Throws REPORTS_MANIFEST, with what is wrong, for anything {@link manifestJson} did not write. */
export function parseManifest(text: string): Manifest {
  if (text.length > TEXT_MAX) throw refused(`it has more than ${TEXT_MAX} characters`);
  const value = parseJson(text);
  if (!isRecord(value) || value['version'] !== 1) throw refused('it is not a manifest of version 1');
  const { files } = value;
  if (!Array.isArray(files)) throw refused('it has no list of files');
  const manifest: Manifest = { version: 1, files: files.map(entryOf) };
  manifest.files.forEach(({ path }, index) => {
    const before = manifest.files[index - 1];
    if (before !== undefined && byCodeUnit(before.path, path) >= 0) {
      throw refused(`its files are not in order at ${JSON.stringify(path)}`);
    }
  });
  // Written again it must be the same text: no second spelling of one manifest can carry another digest.
  if (manifestJson(manifest) !== text) throw refused('it is not in canonical form');
  return manifest;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw reportsError('REPORTS_MANIFEST', 'the manifest is not JSON', { cause });
  }
}

function entryOf(value: unknown, index: number): ManifestEntry {
  if (!isRecord(value)) throw refused(`file ${index} is not an entry`);
  const { path, sha256, size } = value;
  if (typeof path !== 'string' || !isResultPath(path) || LEFT_OUT.has(path)) {
    throw refused(`file ${index} has no path inside the folder`);
  }
  if (typeof sha256 !== 'string' || !SHA256.test(sha256)) throw refused(`file ${index} has no SHA-256`);
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0)
    throw refused(`file ${index} has no size`);
  return { path, sha256, size };
}

function refused(detail: string) {
  return reportsError('REPORTS_MANIFEST', `the manifest cannot be read: ${detail}`);
}

function isRecord(value: unknown): value is {
  readonly [key: string]: unknown;
  readonly path?: unknown;
  readonly sha256?: unknown;
  readonly size?: unknown;
  readonly files?: unknown;
} {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
