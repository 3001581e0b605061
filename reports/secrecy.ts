/** What results say of the secrets of their runs: in the same words wherever somebody looks first. */
import type { SuiteResult } from '../scenarios/evidence/model.ts';
import { schedulesOf } from './schedule.ts';

/** The sentences that stand at the front of a report: none of them is about what was found. */
export function secrecyOf(suite: SuiteResult): {
  /** Where keys were asked for. */
  readonly revealed?: string;
  /** What leaving keys out is worth; runs on real sockets draw theirs from the machine. */
  readonly seeds?: string;
} {
  const live = schedulesOf(suite).length > 0;
  return {
    ...(suite.revealsKeys === true ? { revealed: REVEALED } : {}),
    ...(live ? {} : { seeds: SEEDS }),
  };
}

const REVEALED = 'Keys are revealed: captures hold the keys of their TLS sessions (--reveal-keys).';
const SEEDS =
  'Seed and key seed make every secret of these runs again: that no key is shown is hygiene, and not confidentiality.';

/** The mark of files for programs: nothing where no key is revealed. */
export function revealing({ revealsKeys }: SuiteResult): { readonly revealsKeys?: true } {
  return revealsKeys === true ? { revealsKeys } : {};
}
