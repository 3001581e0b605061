/**
 * The split of a plan into shards. Runs are dealt like cards, in the order of their scenarios' ids and of the variants in their files: variants of one scenario,
 * which take about as long as each other, are spread evenly, and it makes no difference in which order scenarios are named.
 */
import { byCodeUnit } from '../../sim/canonical-json.ts';
import type { Taken } from '../command-line.ts';
import { cliError } from '../errors.ts';
import type { Plan } from '../run/plan.ts';

/** One of the parts of a plan: 1 for the first. */
export interface Shard {
  readonly number: number;
  readonly of: number;
}

const SHARDS_MAX = 1_000;

/** What `--shard` takes on a command line: `2/3` is the second of three. */
export const shard: Taken<Shard> = {
  placeholder: 'i/n',
  expected: `which of how many parts, such as 2/3, at most ${SHARDS_MAX} of them`,
  read: (given) => {
    const [, i, n] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(given) ?? [];
    const [number, of] = [Number(i), Number(n)];
    return number <= of && of <= SHARDS_MAX ? { number, of } : undefined;
  },
  print: ({ number, of }) => `${number}/${of}`,
};

/** Scenario and variant, by which a plan knows one of the things that it makes. */
export interface RunName {
  readonly scenario: string;
  readonly variant: string;
}

/** The number of the shard of each run; variants of one scenario stand in the order of its file. */
export function dealt(runs: readonly RunName[], of: number): readonly number[] {
  const shards = new Map<RunName, number>();
  runs
    .toSorted((a, b) => byCodeUnit(a.scenario, b.scenario))
    .forEach((run, at) => shards.set(run, (at % of) + 1));
  return runs.map((run) => shards.get(run) ?? 0);
}

/** The runs of plans in their order. */
export function runsOf(plans: readonly Plan[]): readonly RunName[] {
  return plans.flatMap(({ screenplay, variants }) =>
    variants.map((variant) => ({ scenario: screenplay.id, variant })),
  );
}

/**
 * What of the plans one shard runs, at least one run. Throws CLI_NOTHING_CHOSEN for more shards than there are runs, whichever is asked for: some of them would run nothing, and
 * pass.
 */
export function shareOf(plans: readonly Plan[], { number, of }: Shard): readonly Plan[] {
  const runs = runsOf(plans);
  if (of > runs.length)
    throw cliError('CLI_NOTHING_CHOSEN', `there are ${of} shards and only ${runs.length} runs to share`, {
      fix: `Split it into ${runs.length} shards at the most.`,
    });
  const shards = dealt(runs, of);
  const own = new Set(
    runs.filter((_, at) => shards[at] === number).map(({ scenario, variant }) => `${scenario}/${variant}`),
  );
  return plans.flatMap(({ screenplay, variants }) => {
    const left = variants.filter((variant) => own.has(`${screenplay.id}/${variant}`));
    return left.length === 0 ? [] : [{ screenplay, variants: left }];
  });
}
