/** Whether the files of a results folder are those of its manifest, octet for octet, and no others. */
import { factsOf, parseManifest, type Manifest } from '../../reports/index.ts';
import { byCodeUnit } from '../../sim/canonical-json.ts';
import { MARKER } from '../replaceable-folder.ts';
import { textOf } from '../../scenarios/host/index.ts';
import { verifyError } from './errors.ts';
import type { EvidenceFiles } from './evidence-files.ts';
import { failed, faultOf, verifiedUnless, type VerifyResult } from './verify-result.ts';

/** At the top of the results of each suite. */
export const MANIFEST = 'manifest.json';
/** The model that programs read, and that is held against everything else. */
export const REPORT = 'report.json';
/** Of the wall clock, or about the folder: no manifest lists them, so nothing vouches for them. */
export const BESIDE: readonly string[] = [MARKER, 'timing.json', 'live.json'];

/** Holds every file against the manifest. */
export function verifyFiles(evidence: EvidenceFiles): VerifyResult {
  const { paths, strange } = evidence;
  if (!paths.includes(MANIFEST)) return failed('files', [`${MANIFEST} is missing`, ...strange]);
  let manifest: Manifest;
  try {
    manifest = parseManifest(textOf(evidence.read(MANIFEST), MANIFEST));
  } catch (thrown) {
    return failed('files', [faultOf(thrown)]);
  }
  const listed = new Map(manifest.files.map((entry) => [entry.path, entry]));
  const there = new Set(paths);
  const faults: (readonly [path: string, fault: string])[] = [];
  for (const path of paths) {
    if (path === MANIFEST || BESIDE.includes(path)) continue;
    const entry = listed.get(path);
    if (entry === undefined) {
      faults.push([path, `${path} is not in the manifest${likenessOf(path, listed.keys())}`]);
      continue;
    }
    const { sha256, size } = factsOf(evidence.read(path));
    if (size !== entry.size) faults.push([path, `${path} has ${size} octets, not ${entry.size}`]);
    else if (sha256 !== entry.sha256)
      faults.push([path, `${path} has the digest ${sha256}, not ${entry.sha256}`]);
  }
  for (const path of listed.keys()) if (!there.has(path)) faults.push([path, `${path} is missing`]);
  const ordered = faults.sort(([a], [b]) => byCodeUnit(a, b)).map(([, fault]) => fault);
  const beside = BESIDE.filter((path) => there.has(path));
  const apart = beside.length === 0 ? '' : `; nothing vouches for ${beside.join(', ')}`;
  return verifiedUnless(
    'files',
    [...strange, ...ordered],
    `${listed.size} files are those of the manifest, and there are no others${apart}`,
  );
}

/** Throws VERIFY_NOT_WHOLE, with the first fault, for what failed: it is of the results `name`. */
export function requireWhole({ of, came, faults }: VerifyResult, name: string): void {
  if (came === 'failed') throw verifyError('VERIFY_NOT_WHOLE', `${name}: ${of}: ${faults[0] ?? ''}`);
}

/** A name that is another one in other letters or another form is told with it. */
function likenessOf(path: string, listed: Iterable<string>): string {
  const same = [...listed].find((other) => foldedOf(other) === foldedOf(path));
  return same === undefined ? '' : ` (${same} is, which is another name)`;
}

/** A path as file systems take it that do not tell cases, or forms of Unicode, apart. */
function foldedOf(path: string): string {
  return path.normalize('NFKC').toLowerCase();
}
