/**
 * `npm run fuzz`: 100,000 mutants through every parser, over all cores. A parser passes when each is read or refused with an
 * error that has a code; anything else, and a parser that hangs, ends it with status 1 and the line that shows it again.
 *
 *     npm run fuzz -- [--target <name>] [--inputs <n>] [--seed <text>] [--index <n>]
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { CalldrillError } from '../../sim/errors.ts';
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { toHex } from '../../sim/octets.ts';
import {
  hasDefects,
  merge,
  mutantAt,
  piecesOf,
  reportOf,
  runPiece,
  tableOf,
  type Piece,
  type PieceResult,
} from './fuzz-run.ts';
import { FUZZ_INPUTS, FUZZ_TARGETS, targetNamed } from './fuzz-targets.ts';

/** A piece that takes longer than this hangs. */
const HANG_MS = 300_000;

const now = (): number => performance.now();

if (isMainThread) process.exitCode = await main();
else work();

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      target: { type: 'string' },
      inputs: { type: 'string', default: String(FUZZ_INPUTS) },
      seed: { type: 'string', default: 'fuzz' },
      index: { type: 'string' },
    },
  });
  const inputs = Number(values.inputs);
  const chosen = values.target === undefined ? FUZZ_TARGETS : [targetNamed(values.target)];
  const targets = chosen.filter((target) => target !== undefined);
  if (targets.length === 0 || !Number.isInteger(inputs) || inputs < 1) {
    const names = FUZZ_TARGETS.map(({ name }) => `  ${name}`).join('\n');
    process.stderr.write(`--inputs is a whole number from 1, --target one of:\n${names}\n`);
    return 2;
  }
  if (values.index !== undefined) return again(targets[0], values.seed, Number(values.index));
  const results = merge(targets, await runAll(piecesOf(targets, inputs, values.seed)));
  process.stdout.write(`${tableOf(results).join('\n')}\n`);
  for (const defect of results.flatMap(({ defects }) => defects.slice(0, 3)))
    process.stdout.write(`${reportOf(defect).join('\n')}\n`);
  return hasDefects(results) ? 1 : 0;
}

/** Puts one mutant through its parser, and lets what it throws be seen. */
function again(target: FuzzTarget | undefined, seed: string, index: number): number {
  if (target === undefined) return 2;
  const input = mutantAt(target, seed, index);
  process.stdout.write(`input: ${toHex(input)}\n`);
  try {
    target.parse(input);
    process.stdout.write('read\n');
  } catch (error) {
    if (!(error instanceof CalldrillError)) throw error;
    process.stdout.write(`refused: ${error.code}: ${error.message}\n`);
  }
  return 0;
}

/** Gives the pieces to workers, one at a time each. */
async function runAll(pieces: readonly Piece[]): Promise<readonly PieceResult[]> {
  const waiting = [...pieces];
  const results: PieceResult[] = [];
  const worker = async (): Promise<void> => {
    const thread = new Worker(new URL(import.meta.url));
    try {
      for (let piece = waiting.shift(); piece !== undefined; piece = waiting.shift()) {
        results.push(await give(thread, piece));
        process.stderr.write(`\r${results.length} of ${pieces.length} pieces `);
      }
    } finally {
      await thread.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), pieces.length) }, worker));
  process.stderr.write('\n');
  return results;
}

function give(thread: Worker, piece: Piece): Promise<PieceResult> {
  return new Promise((resolve, reject) => {
    const { target, seed, from } = piece;
    const done = (result: PieceResult): void => {
      settled();
      resolve(result);
    };
    const failed = (error: Error): void => {
      settled();
      reject(error);
    };
    const watch = setTimeout(
      () => failed(new Error(`'${target}' hangs (seed ${seed}, from index ${from})`)),
      HANG_MS,
    );
    const settled = (): void => {
      clearTimeout(watch);
      thread.off('message', done);
      thread.off('error', failed);
    };
    thread.on('message', done);
    thread.on('error', failed);
    thread.postMessage(piece);
  });
}

function work(): void {
  parentPort?.on('message', (piece: Piece) => {
    const target = targetNamed(piece.target);
    if (target !== undefined) parentPort?.postMessage(runPiece(target, piece, now));
  });
}
