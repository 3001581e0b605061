/** The reports that are kept in a folder, in the order of their names: no report says when it was made, and the dates of files do not survive a clone. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { byCodeUnit } from '../../sim/canonical-json.ts';
import { verifyError } from '../verify/errors.ts';
import { REPORT } from '../verify/files.ts';

/** Reports that are looked at: one a day for many years, or a thousand seeds. */
const REPORTS_MAX = 10_000;

/** A report that is kept, by the name that the folder has for it. */
export interface KeptReport {
  readonly name: string;
  readonly file: string;
}

/** Results folders, those of many seeds one by one, and files that end in .json. Throws VERIFY_NO_RESULTS, VERIFY_TOO_MUCH. */
export function keptReports(folder: string): readonly KeptReport[] {
  const kept = namesIn(folder).flatMap((name): KeptReport[] => {
    const path = join(folder, name);
    if (isFile(path))
      return name.endsWith('.json') ? [{ name: name.slice(0, -'.json'.length), file: path }] : [];
    if (isFile(join(path, REPORT))) return [{ name, file: join(path, REPORT) }];
    return namesIn(path).flatMap((seed) => {
      const file = join(path, seed, REPORT);
      return isFile(file) ? [{ name: `${name}/${seed}`, file }] : [];
    });
  });
  if (kept.length === 0)
    throw verifyError('VERIFY_NO_RESULTS', `${folder} has no results folder and no report`);
  if (kept.length > REPORTS_MAX)
    throw verifyError('VERIFY_TOO_MUCH', `${folder} has more than ${REPORTS_MAX} reports`);
  return kept.toSorted((a, b) => byNumberedName(a.name, b.name));
}

/** `run-9` before `run-10`: numbers in names count as numbers, in every language alike. */
function byNumberedName(a: string, b: string): number {
  const padded = (name: string): string => name.replace(/\d+/g, (digits) => digits.padStart(20, '0'));
  return byCodeUnit(padded(a), padded(b)) || byCodeUnit(a, b);
}

/** None for what is no folder; what begins with a dot is nobody's results. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith('.'));
  } catch {
    return [];
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
