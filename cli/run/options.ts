/** What the commands that run something share of their options. */
import type { Taken } from '../command-line.ts';
import type { Assignment } from '../parameters.ts';

/** The seed of runs that are given none, so that two plain runs are the same. */
export const DEFAULT_SEED = '1';
/** Tells, below run and play, where the master secrets and credentials come from when nothing is said. */
export const KEY_SEED_HELP =
  'what keys and credentials of every CMS are drawn from; the seed when left out, so each seed has its own';

/** The folder for results, in the working directory, when `--out` is not given. */
export const DEFAULT_OUT = 'results';

/** A seed as it may be typed: 1 to 64 letters, digits, underscores, dots and dashes, not beginning with a dot or dash. */
export const seed: Taken<string> = {
  placeholder: 'seed',
  expected: 'up to 64 letters, digits, dots and dashes',
  read: (given) => (/^\w[\w.-]{0,63}$/.test(given) ? given : undefined),
};

/** One `--param`, cut at its first `=`; whether the parameter exists and takes the value is checked later. */
export const assignment: Taken<Assignment> = {
  placeholder: 'name=value',
  expected: 'a parameter and its value, such as skew-limit=10m',
  read: (given) => {
    const at = given.indexOf('=');
    return at < 1 ? undefined : { name: given.slice(0, at), text: given.slice(at + 1) };
  },
  print: ({ name, text }) => `${name}=${text}`,
};
