/** What the commands that run something share of their options. */
import { OSCAL_VERSIONS, type OscalVersion } from '../../reports/index.ts';
import type { DeploymentFile } from '../../scenarios/deployment/index.ts';
import { dayOf } from '../../scenarios/language/instant.ts';
import { text, value, type Taken } from '../command-line.ts';
import { cliError } from '../errors.ts';
import type { Library } from '../library.ts';
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

/** A day as it is typed for `--as-of`. */
const day: Taken<string> = {
  placeholder: '2015-12-01',
  expected: 'a day, such as 2015-12-01',
  read: (given) => (dayOf(given) === undefined ? undefined : given),
};

/** What commands that run or show something take of a deployment. */
export const DEPLOYMENT = value(
  text('file'),
  'what an organisation decided: parameters under those of scenarios, targets, waivers, declarations',
);
/** The day on which the waivers of a deployment are looked at. */
export const AS_OF = value(day, "look at waivers as of this day; the deployment's valid-on when left out");

/** The deployment that a command line names, and the day that it asks about. */
export interface ChosenDeployment {
  readonly deployment?: DeploymentFile | undefined;
  readonly asOf?: string | undefined;
}

/** Reads it. Throws ScreenplayError, the HOST_FILE_ codes, and CLI_OPTION_CONFLICT for a day without a deployment. */
export async function chosenDeployment(
  given: { readonly deployment: string | undefined; readonly 'as-of': string | undefined },
  library: Library,
): Promise<ChosenDeployment> {
  const asOf = given['as-of'];
  if (given.deployment === undefined) {
    if (asOf === undefined) return {};
    throw cliError('CLI_OPTION_CONFLICT', '--as-of asks about waivers, and there is no --deployment');
  }
  const deployment = await library.deployment(given.deployment);
  return asOf === undefined ? { deployment } : { deployment, asOf };
}

const SEEDS_MAX = 10_000;

/** `1..50`: seeds that are whole numbers, from the first to the last. */
export const seedRange: Taken<readonly string[]> = {
  placeholder: 'first..last',
  expected: `two whole numbers, such as 1..50, at most ${SEEDS_MAX} apart`,
  read: (given) => {
    const [, from, to] = /^(\d{1,9})\.\.(\d{1,9})$/.exec(given) ?? [];
    const first = Number(from);
    const count = Number(to) - first + 1;
    return count >= 1 && count <= SEEDS_MAX
      ? Array.from({ length: count }, (_, i) => String(first + i))
      : undefined;
  },
};

/** A regular expression, in any case. */
export const pattern: Taken<RegExp> = {
  placeholder: 'pattern',
  expected: 'a regular expression',
  read: (given) => {
    try {
      return new RegExp(given, 'iu');
    } catch {
      return undefined;
    }
  },
};

/** One of the versions of OSCAL that can be written. */
export const oscalVersion: Taken<OscalVersion> = {
  placeholder: 'version',
  expected: OSCAL_VERSIONS.join(' or '),
  read: (given) => OSCAL_VERSIONS.find((version) => version === given),
};
