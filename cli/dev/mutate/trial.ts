/**
 * The trial of one file: all its mutants, each against the tests that reach it, quickest first, up to the first that fails. A mutant that makes
 * them take far longer than they took without it is taken to hang, which a person would have noticed too.
 */
import { isMeant, type Equivalent } from './equivalent.ts';
import type { Mutant } from './mutants.ts';
import { Tester, type TesterReply } from './tester.ts';
import type { ReachOfTests, ReachedTest, Selection, Subject } from './tries.ts';

/** What became of a mutant. */
export type Fate =
  | { readonly is: 'killed'; readonly by: string }
  | { readonly is: 'timed out' }
  | { readonly is: 'survived' }
  /** Listed as one that no test can tell from the original. */
  | { readonly is: 'equivalent'; readonly reason: string }
  /** No test reaches it. */
  | { readonly is: 'not reached' }
  /** The time for this file was over. */
  | { readonly is: 'not tried' };

/** One change of the source, and what became of it under the tests. */
export interface TriedMutant {
  readonly mutant: Mutant;
  readonly fate: Fate;
}

/** A file, its tests, and how much may be spent on them. */
export interface TrialOptions {
  readonly subject: Subject;
  readonly mutants: readonly Mutant[];
  readonly equivalents: readonly Equivalent[];
  /** Processes side by side. */
  readonly jobs: number;
  /** For the whole file, milliseconds. */
  readonly limitMs: number;
  /** The least that a mutant is given; it is given five times what its tests take without it beside. */
  readonly mutantLimitMs?: number;
  /** Milliseconds that only ever grow. */
  readonly now: () => number;
  /** Told of each mutant when its fate is known. */
  readonly onTried?: () => void;
}

/** On a machine that does other things too. */
const MUTANT_LIMIT_MS = 10_000;
const MUTANT_LIMIT_FACTOR = 5;

/** Thrown when the tests fail without any mutant: then nothing can be said. */
export class FailsUnmutated extends Error {}

/**
 * Tries all mutants of a file, in the order of the text.
 *
 * @throws FailsUnmutated
 */
export async function tryMutants(options: TrialOptions): Promise<readonly TriedMutant[]> {
  const { mutants, now, limitMs, mutantLimitMs = MUTANT_LIMIT_MS, onTried } = options;
  const endMs = now() + limitMs;
  const tests = await reachedTests(options);
  const fates = new Map<number, Fate>();
  const waiting = [...mutants];
  const work = async (): Promise<void> => {
    let tester: Tester | undefined;
    try {
      for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
        const selections = selectionsFor(mutant, tests);
        if (now() > endMs) fates.set(mutant.number, { is: 'not tried' });
        else if (selections.length === 0) fates.set(mutant.number, { is: 'not reached' });
        else {
          tester ??= await Tester.begin(options.subject);
          const limit = mutantLimitMs + MUTANT_LIMIT_FACTOR * durationOf(selections, tests);
          const reply = await tester.ask({ kind: 'try', mutant: mutant.number, selections }, limit);
          if (isSpoilt(reply)) {
            tester.end();
            tester = undefined;
          }
          fates.set(mutant.number, fateOf(reply));
        }
        onTried?.();
      }
    } finally {
      tester?.end();
    }
  };
  await Promise.all(Array.from({ length: options.jobs }, work));
  return mutants.map((mutant) => ({
    mutant,
    fate: judged(mutant, fates.get(mutant.number) ?? { is: 'not tried' }, options.equivalents),
  }));
}

/** Only what survived, or was never reached, can be equivalent. */
function judged(mutant: Mutant, fate: Fate, equivalents: readonly Equivalent[]): Fate {
  if (fate.is !== 'survived' && fate.is !== 'not reached') return fate;
  const listed = equivalents.find((each) => isMeant(each, mutant));
  return listed === undefined ? fate : { is: 'equivalent', reason: listed.reason };
}

async function reachedTests({ subject, limitMs }: TrialOptions): Promise<readonly ReachedTest[]> {
  const tester = await Tester.begin(subject);
  try {
    const reply = await tester.ask({ kind: 'reach' }, limitMs);
    if (reply.kind !== 'reach')
      throw new FailsUnmutated(
        reply.kind === 'died' ? `its tests end their process: ${reply.said}` : 'its tests hang',
      );
    requirePassed(reply);
    return reply.tests;
  } finally {
    tester.end();
  }
}

function requirePassed({ failure }: ReachOfTests): void {
  if (failure !== undefined) throw new FailsUnmutated(`it fails without any mutant: ${failure}`);
}

/** The tests that reach a mutant, quickest first; all of a file whose loading reaches it, for any of them may rest on that. */
export function selectionsFor(
  { number }: Pick<Mutant, 'number'>,
  tests: readonly ReachedTest[],
): readonly Selection[] {
  const files = [...new Set(tests.map(({ file }) => file))];
  const selections = files.map((file) => {
    const own = tests.filter((test) => test.file === file);
    const loads = own.some(({ title, mutants }) => title === undefined && mutants.includes(number));
    const titles = own
      .filter(({ mutants }) => loads || mutants.includes(number))
      .sort((a, b) => a.durationMs - b.durationMs)
      .flatMap(({ title }) => title ?? []);
    return { file, titles };
  });
  return selections.filter(({ titles }) => titles.length > 0);
}

function durationOf(selections: readonly Selection[], tests: readonly ReachedTest[]): number {
  return selections
    .flatMap(({ file, titles }) =>
      tests.filter((test) => test.file === file && test.title !== undefined && titles.includes(test.title)),
    )
    .reduce((sum, { durationMs }) => sum + durationMs, 0);
}

function isSpoilt(reply: TesterReply): boolean {
  return reply.kind !== 'tried' || reply.spoilt;
}

function fateOf(reply: TesterReply): Fate {
  switch (reply.kind) {
    case 'timed out':
      return { is: 'timed out' };
    case 'died':
      return { is: 'killed', by: 'the end of the process' };
    case 'tried':
      return reply.killedBy === undefined ? { is: 'survived' } : { is: 'killed', by: reply.killedBy };
    case 'begun':
    case 'reach':
      throw new Error(`a try was answered with ${reply.kind}`);
  }
}
