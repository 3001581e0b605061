/**
 * Cutting a long fuzz into pieces, and putting the pieces together again. A piece has a seed of its own, so pieces may run in
 * any order on any number of workers and make the same mutants: which one is which follows from the suite's seed, the
 * target and the index alone.
 */
import { alignedRows } from '../../reports/terminal/table.ts';
import { fuzz, type FuzzOutcome, type FuzzTarget } from '../../sim/fuzz.ts';
import { toHex } from '../../sim/octets.ts';

/** Mutants in one piece. */
export const PIECE = 5_000;

/** So many consecutive mutants of one target, small enough for a worker to do in one go. */
export interface Piece {
  readonly target: string;
  readonly seed: string;
  /** Index of its first mutant. */
  readonly from: number;
  readonly inputs: number;
}

/** What became of a piece; plain data, because it crosses from a worker to the main thread. */
export interface PieceResult {
  readonly target: string;
  readonly inputs: number;
  readonly read: number;
  readonly refused: number;
  readonly codes: readonly (readonly [code: string, count: number])[];
  readonly defects: readonly Defect[];
  readonly ms: number;
}

/** A mutant that a parser neither read nor refused, with all that is needed to meet it again. */
export interface Defect {
  readonly target: string;
  readonly seed: string;
  readonly index: number;
  readonly inputHex: string;
  readonly thrown: string;
}

/** The pieces of a fuzz, the targets in turns so that the workers end together. */
export function piecesOf(targets: readonly FuzzTarget[], inputs: number, seed: string): readonly Piece[] {
  const pieces = targets.flatMap(({ name }) =>
    Array.from({ length: Math.ceil(inputs / PIECE) }, (_, k) => ({
      target: name,
      seed,
      from: k * PIECE,
      inputs: Math.min(PIECE, inputs - k * PIECE),
    })),
  );
  return pieces.sort((a, b) => a.from - b.from);
}

/** Runs one piece. `now` tells milliseconds. */
export function runPiece(target: FuzzTarget, piece: Piece, now: () => number): PieceResult {
  const began = now();
  const { name, inputs, read, refused, codes, defects } = fuzz(target, piece.inputs, seedOf(piece));
  return {
    target: name,
    inputs,
    read,
    refused,
    codes: [...codes],
    defects: defects.map(({ index, input, thrown }) => ({
      target: name,
      seed: piece.seed,
      index: piece.from + index,
      inputHex: toHex(input),
      thrown: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
    })),
    ms: now() - began,
  };
}

/** The one mutant of this index, again. */
export function mutantAt(target: FuzzTarget, seed: string, index: number): Uint8Array {
  const from = index - (index % PIECE);
  let last = new Uint8Array(0);
  const keep: FuzzTarget = { ...target, parse: (input) => (last = input.slice()) };
  fuzz(keep, index - from + 1, seedOf({ seed, from }));
  return last;
}

function seedOf({ seed, from }: Pick<Piece, 'seed' | 'from'>): string {
  return `${seed}/${from}`;
}

/** The results of each target as one, in the order of `targets`. */
export function merge(
  targets: readonly FuzzTarget[],
  results: readonly PieceResult[],
): readonly PieceResult[] {
  return targets.map(({ name }) => {
    const own = results.filter(({ target }) => target === name);
    const codes = new Map<string, number>();
    for (const [code, count] of own.flatMap((result) => result.codes))
      codes.set(code, (codes.get(code) ?? 0) + count);
    const sum = (pick: (result: PieceResult) => number): number =>
      own.reduce((total, result) => total + pick(result), 0);
    return {
      target: name,
      inputs: sum(({ inputs }) => inputs),
      read: sum(({ read }) => read),
      refused: sum(({ refused }) => refused),
      codes: [...codes].sort(([a], [b]) => (a < b ? -1 : 1)),
      defects: own.flatMap(({ defects }) => defects),
      ms: sum(({ ms }) => ms),
    };
  });
}

/** The table at the end. `codes` is the number of different error codes that were met. */
export function tableOf(results: readonly PieceResult[]): readonly string[] {
  const rows = [
    ['target', 'inputs', 'read', 'refused', 'defects', 'codes', 'ms'],
    ...results.map(({ target, inputs, read, refused, defects, codes, ms }) =>
      [target, inputs, read, refused, defects.length, codes.length, Math.round(ms)].map(String),
    ),
  ];
  return alignedRows(rows, ['left', 'right', 'right', 'right', 'right', 'right', 'right']);
}

/** What a person needs to mend a defect. */
export function reportOf({ target, seed, index, inputHex, thrown }: Defect): readonly string[] {
  return [
    `defect in '${target}'`,
    `  again: npm run fuzz -- --target '${target}' --seed ${seed} --index ${index}`,
    `  input: ${inputHex}`,
    ...thrown.split('\n').map((line) => `  ${line}`),
  ];
}

/** Whether any of them found an input on which a parser threw something that is no typed error. */
export function hasDefects(outcomes: readonly Pick<FuzzOutcome | PieceResult, 'defects'>[]): boolean {
  return outcomes.some(({ defects }) => defects.length > 0);
}
