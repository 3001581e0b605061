/** What the commands that run something share of their options. */
import type { Taken } from '../command-line.ts';
import type { Assignment } from '../parameters.ts';

export const DEFAULT_SEED = '1';
export const DEFAULT_OUT = 'results';

export const seed: Taken<string> = {
  placeholder: 'seed',
  expected: 'up to 64 letters, digits, dots and dashes',
  read: (given) => (/^\w[\w.-]{0,63}$/.test(given) ? given : undefined),
};

export const assignment: Taken<Assignment> = {
  placeholder: 'name=value',
  expected: 'a parameter and its value, such as skew-limit=10m',
  read: (given) => {
    const at = given.indexOf('=');
    return at < 1 ? undefined : { name: given.slice(0, at), text: given.slice(at + 1) };
  },
  print: ({ name, text }) => `${name}=${text}`,
};
