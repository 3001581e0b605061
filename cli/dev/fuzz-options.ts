/** The command line of `npm run fuzz`, held against the register of parsers. */
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { FUZZ_INPUTS, FUZZ_TARGETS, targetNamed } from './fuzz-targets.ts';
import { readOptions, refusal, wholeNumber, type ReadOptions } from './script-options.ts';

const INPUTS_MAX = 1_000_000_000;

const SCRIPT = {
  name: 'fuzz',
  summary:
    'Puts mutants through every parser, over all cores; status 1 when one is neither read nor refused.',
  options: {
    target: { type: 'string' },
    inputs: { type: 'string', default: String(FUZZ_INPUTS) },
    seed: { type: 'string', default: 'fuzz' },
    index: { type: 'string' },
  },
  usage: '[--target <name>] [--inputs <n>] [--seed <text>] [--index <n>]',
} as const;

/** What is to be fuzzed: targets, how many inputs for each, and the seed that all mutants follow from. */
export interface FuzzOrder {
  readonly targets: readonly FuzzTarget[];
  readonly inputs: number;
  readonly seed: string;
  /** The one mutant of the one target to put through again. */
  readonly index: number | undefined;
}

/** Every target and the default number of inputs unless the words say otherwise; an `--index` needs a `--target`. */
export function readFuzzOrder(words: readonly string[]): ReadOptions<FuzzOrder> {
  const read = readOptions(SCRIPT, words);
  if (!('given' in read)) return read;
  const { target, seed } = read.given;
  const inputs = wholeNumber(read.given.inputs, 1, INPUTS_MAX);
  if (inputs === undefined) return refusal(SCRIPT, `--inputs is a whole number from 1 to ${INPUTS_MAX}`);
  const chosen = target === undefined ? undefined : targetNamed(target);
  if (target !== undefined && chosen === undefined)
    return refusal(SCRIPT, `--target is one of: ${FUZZ_TARGETS.map(({ name }) => `'${name}'`).join(', ')}`);
  const targets = chosen === undefined ? FUZZ_TARGETS : [chosen];
  if (read.given.index === undefined) return { given: { targets, inputs, seed, index: undefined } };
  const index = wholeNumber(read.given.index, 0, INPUTS_MAX - 1);
  if (index === undefined) return refusal(SCRIPT, `--index is a whole number from 0 to ${INPUTS_MAX - 1}`);
  if (chosen === undefined) return refusal(SCRIPT, '--index is of one target, and --target is not given');
  return { given: { targets, inputs, seed, index } };
}
