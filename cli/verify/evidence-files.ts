/** EvidenceFiles as it is looked at: files by their paths, wherever they are, read when somebody asks; and what has no place among them. */
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { byCodeUnit } from '../../sim/canonical-json.ts';
import { verifyError } from './errors.ts';

/** The files of a results folder, or of a part of one. */
export interface EvidenceFiles {
  /** Paths with slashes, in the order of their code units. */
  readonly paths: readonly string[];
  /** What is there and is no plain file: `a/b is a symbolic link`. */
  readonly strange: readonly string[];
  /** The octets of one of the paths. */
  readonly read: (path: string) => Uint8Array;
}

/** Bounds on what is looked at: of a folder of its user as of a file of a stranger. */
const EVIDENCE_LIMITS = {
  /** Files of a results folder: a thousand seeds of every scenario. */
  files: 200_000,
  /** Octets of one of them. */
  fileOctets: 1 << 30,
  /** Folders inside each other. */
  depth: 8,
} as const;

/** The files below a folder; links are named and never followed. Throws VERIFY_NO_RESULTS, VERIFY_TOO_MUCH. */
export function folderEvidence(folder: string): EvidenceFiles {
  const sizes = new Map<string, number>();
  const strange: string[] = [];
  const walk = (below: string, depth: number): void => {
    if (depth > EVIDENCE_LIMITS.depth)
      throw verifyError('VERIFY_TOO_MUCH', `${folder} has folders more than ${EVIDENCE_LIMITS.depth} deep`);
    const full = join(folder, below);
    for (const entry of readdirSync(full, { withFileTypes: true })) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) walk(path, depth + 1);
      else if (entry.isFile()) sizes.set(path, lstatSync(join(folder, path)).size);
      else strange.push(`${path} is ${entry.isSymbolicLink() ? 'a symbolic link' : 'no plain file'}`);
      if (sizes.size > EVIDENCE_LIMITS.files)
        throw verifyError('VERIFY_TOO_MUCH', `${folder} has more than ${EVIDENCE_LIMITS.files} files`);
    }
  };
  try {
    walk('', 0);
  } catch (thrown) {
    if (!(thrown instanceof Error) || !('syscall' in thrown)) throw thrown;
    throw verifyError('VERIFY_NO_RESULTS', `${folder} cannot be read: ${thrown.message}`, { cause: thrown });
  }
  return {
    paths: [...sizes.keys()].sort(byCodeUnit),
    strange,
    read: (path) => {
      if ((sizes.get(path) ?? 0) > EVIDENCE_LIMITS.fileOctets)
        throw verifyError('VERIFY_TOO_MUCH', `${path} has more than ${EVIDENCE_LIMITS.fileOctets} octets`);
      return readFileSync(join(folder, path));
    },
  };
}

/** The evidence below one of its folders, as if that were all. */
export function evidenceBelow(evidence: EvidenceFiles, below: string): EvidenceFiles {
  const start = `${below}/`;
  const within = (texts: readonly string[]): readonly string[] =>
    texts.flatMap((text) => (text.startsWith(start) ? [text.slice(start.length)] : []));
  return {
    paths: within(evidence.paths),
    strange: within(evidence.strange),
    read: (path) => evidence.read(`${start}${path}`),
  };
}
