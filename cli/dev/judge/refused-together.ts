/**
 * Misspelt values that the loader refuses where they stand. To read a scenario takes longer than to find out that a name in it is unknown, so many are
 * misspelt at once, one in each entry, and what is complained of at its own place is refused. Whatever is not is tried alone.
 */
import { assert } from '../../../sim/errors.ts';
import { loadScreenplay, ScreenplayError } from '../../../scenarios/language/index.ts';
import { checkLines } from '../../../scenarios/runs/index.ts';
import { vocabulary, type Assets } from '../../../scenarios/world/index.ts';
import type { Change, Misspelling } from './change.ts';
import { edited } from './edit.ts';

/** Codes by the number of the change. */
type Refusals = Map<number, readonly string[]>;

/** Those of the changes, by their numbers, that are refused for the value that each of them misspells. */
export function refusedTogether(
  changes: ReadonlyMap<number, Change>,
  kinds: Assets['kinds'],
): ReadonlyMap<number, readonly string[]> {
  const refused: Refusals = new Map();
  for (const batch of batchesOf(changes)) {
    let left = batch;
    for (let before = left.length + 1; left.length > 0 && left.length < before;) {
      before = left.length;
      for (const [number, codes] of refusedIn(left, kinds)) refused.set(number, codes);
      left = left.filter(({ number }) => !refused.has(number));
    }
  }
  return refused;
}

interface Numbered {
  readonly number: number;
  readonly change: Change;
  readonly misspelling: Misspelling;
}

/** Values of one file, no two of one entry: what is wrong in one says nothing of another. */
function batchesOf(changes: ReadonlyMap<number, Change>): readonly (readonly Numbered[])[] {
  const batches: Numbered[][] = [];
  const placed = new Map<string, number>();
  const files = new Map<string, Numbered[][]>();
  for (const [number, change] of changes) {
    const { misspelling, source, at } = change;
    if (misspelling === undefined) continue;
    const own = files.get(source) ?? [];
    files.set(source, own);
    const entry = `${source} ${at}`;
    const index = placed.get(entry) ?? 0;
    placed.set(entry, index + 1);
    const batch = (own[index] ??= newBatch(batches));
    batch.push({ number, change, misspelling });
  }
  return batches;
}

function newBatch(batches: Numbered[][]): Numbered[] {
  const batch: Numbered[] = [];
  batches.push(batch);
  return batch;
}

function refusedIn(batch: readonly Numbered[], kinds: Assets['kinds']): Refusals {
  const [first] = batch;
  assert(first !== undefined, 'somebody asks of a change');
  const { original, source, procedures } = first.change;
  const text = edited(
    original,
    batch.map(({ misspelling }) => misspelling),
  );
  const places = problemsIn(text, source, procedures, kinds);
  const refused: Refusals = new Map();
  let moved = 0;
  for (const { number, misspelling } of batch.toSorted((a, b) => a.misspelling.start - b.misspelling.start)) {
    const { start, end, text: put, stands } = misspelling;
    const longer = put.length - (end - start);
    const from = stands[0] + moved;
    moved += longer;
    const to = stands[1] + moved;
    const codes = places.flatMap(({ offset, code }) => (offset >= from && offset < to ? [code] : []));
    if (codes.length > 0) refused.set(number, [...new Set(codes)]);
  }
  return refused;
}

interface Problem {
  readonly offset: number;
  readonly code: string;
}

function problemsIn(
  text: string,
  file: string,
  procedures: Change['procedures'],
  kinds: Assets['kinds'],
): readonly Problem[] {
  try {
    const sources = new Map(procedures.map((procedure) => [procedure.name, procedure]));
    checkLines(loadScreenplay(text, file, vocabulary(kinds), sources), kinds);
    return [];
  } catch (error) {
    // What is no problem of the file says nothing of any of them.
    if (!(error instanceof ScreenplayError)) return [];
    let begin = 0;
    const begins = text.split('\n').map((line) => (begin += line.length + 1) - line.length - 1);
    return error.problems.flatMap(({ code, where }) => {
      const from = begins[(where.line ?? 0) - 1];
      if (where.file !== file || from === undefined || where.column === undefined) return [];
      return [{ offset: from + where.column - 1, code }];
    });
  }
}
