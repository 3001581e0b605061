/**
 * `npm run fuzz`: 100,000 mutants through every parser, over all cores. A parser passes when each is read or refused with an
 * error that has a code; anything else, and a parser that hangs, ends it with status 1 and the line that shows it again.
 *
 *     npm run fuzz -- [--target <name>] [--inputs <n>] [--seed <text>] [--index <n>]
 */
import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { CalldrillError } from '../../sim/errors.ts';
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { toHex } from '../../sim/octets.ts';
import { EXIT } from '../exit-code.ts';
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
import { readFuzzOrder } from './fuzz-options.ts';
import { scriptProgress } from './script-progress.ts';
import { targetNamed } from './fuzz-targets.ts';
import { givenTo } from './script-options.ts';

/** A piece that takes longer than this hangs. */
const HANG_MS = 300_000;

const now = (): number => performance.now();

if (isMainThread) await main();
else work();

async function main(): Promise<void> {
  const order = givenTo(process, readFuzzOrder(process.argv.slice(2)));
  if (order === undefined) return;
  const { targets, inputs, seed, index } = order;
  const [first] = targets;
  if (index !== undefined && first !== undefined) return again(first, seed, index);
  const results = merge(targets, await runAll(piecesOf(targets, inputs, seed)));
  process.stdout.write(`${tableOf(results).join('\n')}\n`);
  for (const defect of results.flatMap(({ defects }) => defects.slice(0, 3)))
    process.stdout.write(`${reportOf(defect).join('\n')}\n`);
  if (hasDefects(results)) process.exitCode = EXIT.fail;
}

/** Puts one mutant through its parser, and lets what it throws be seen. */
function again(target: FuzzTarget, seed: string, index: number): void {
  const input = mutantAt(target, seed, index);
  process.stdout.write(`input: ${toHex(input)}\n`);
  try {
    target.parse(input);
    process.stdout.write('read\n');
  } catch (error) {
    if (!(error instanceof CalldrillError)) throw error;
    process.stdout.write(`refused: ${error.code}: ${error.message}\n`);
  }
}

/** Gives the pieces to workers, one at a time each. */
async function runAll(pieces: readonly Piece[]): Promise<readonly PieceResult[]> {
  const waiting = [...pieces];
  const results: PieceResult[] = [];
  const progress = scriptProgress({
    isTty: process.stderr.isTTY,
    total: pieces.length,
    things: 'pieces',
    now,
  });
  const worker = async (): Promise<void> => {
    const thread = new Worker(new URL(import.meta.url));
    try {
      for (let piece = waiting.shift(); piece !== undefined; piece = waiting.shift()) {
        results.push(await give(thread, piece));
        process.stderr.write(progress());
      }
    } finally {
      await thread.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), pieces.length) }, worker));
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
