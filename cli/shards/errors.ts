/** What can be wrong with results that are to be joined, and with the plan that is in them. */
import { errorsOf } from '../../sim/errors.ts';

/** The SHARD_ codes with what each means and what to do. */
export const SHARD_CODES = {
  SHARD_NONE: {
    summary: 'Results are not those of a shard: they do not say which plan they are a part of.',
    fix: 'Name folders that `calldrill run --shard` or `calldrill merge --partial` wrote.',
  },
  SHARD_PLAN: {
    summary: 'The plan of a shard cannot be read, or is not that of the results that it is with.',
    fix: 'Take the folder as calldrill wrote it, or run the shard again.',
  },
  SHARD_DIFFERS: {
    summary:
      'Shards are not of one plan: build, seeds, command line, scenarios or the number of shards differ.',
    fix: 'Run every shard from the same files, with the same version and the same words but for --shard.',
  },
  SHARD_BUILD: {
    summary:
      'Shards were made by another build of calldrill than the one that is to join or go on with them.',
    fix: 'Use the build that made them, or run them again with this one.',
  },
  SHARD_TWICE: {
    summary: 'A shard is there twice, and the two are not the same octet for octet.',
    fix: 'Leave one of them out; if the same build made both from the same plan, please report it.',
  },
  SHARD_MISSING: {
    summary: 'Results of a plan are to be joined, and not all of its shards are there.',
    fix: 'Add the folders that are missing, or accept with --partial that their runs count as missing.',
  },
} as const;

/** Makes an error of one of the SHARD_ codes. */
export const shardError = errorsOf(SHARD_CODES);
