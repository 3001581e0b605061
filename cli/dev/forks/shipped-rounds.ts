/** The rounds of a fork check: which shipped variant each performs, under which seed, and what came of all of them. */
import { assert } from '../../../sim/errors.ts';
import { SeededRandom } from '../../../sim/random.ts';
import { resolvedFor, runSeed, TOOL } from '../../../scenarios/runs/index.ts';
import { variantsOf, type Screenplay } from '../../../scenarios/language/index.ts';
import type { Assets } from '../../../scenarios/world/index.ts';
import { checkForks, type CheckedFork } from './fork-round.ts';

/** Forks of one performance, at the most. */
const FORKS_EACH_MAX = 12;
/** Rounds, at the least, when there are forks enough. */
const ROUNDS_MIN = 4;

/** What decides every round: how many forks there are together, and the seed of all that is chosen. */
export interface ForkOrder {
  readonly forks: number;
  readonly seed: string;
}

/** One shipped variant under one seed, of which some forks are taken. */
export interface PlannedRound {
  /** From 0. */
  readonly index: number;
  readonly screenplay: Screenplay;
  readonly variant: string;
  /** Of `calldrill run`, which performs the same but for the lines that a round types. */
  readonly seed: string;
  readonly forks: number;
}

/** The same, and how each of its forks compared with its origin. */
export interface DoneRound extends PlannedRound {
  readonly checked: readonly CheckedFork[];
}

/** Every round has a variant of its own, as long as there are enough; which, and the rest, is the seed's. */
export function roundsOf(
  screenplays: readonly Screenplay[],
  { forks, seed }: ForkOrder,
): readonly PlannedRound[] {
  const each = Math.max(1, Math.min(FORKS_EACH_MAX, Math.ceil(forks / ROUNDS_MIN)));
  const all = screenplays.flatMap((screenplay) =>
    variantsOf(screenplay).map(({ name }) => ({ screenplay, variant: name })),
  );
  const random = new SeededRandom(seed).stream('variants');
  let left: typeof all = [];
  return Array.from({ length: Math.ceil(forks / each) }, (_, index) => {
    if (left.length === 0) left = [...all];
    const [chosen] = left.splice(random.below(left.length), 1);
    assert(chosen !== undefined, 'there are variants');
    const number = Math.min(each, forks - index * each);
    return { ...chosen, index, seed: `${seed}-${index}`, forks: number };
  });
}

/** Performs the variant from first to last, with all devices as they are shipped and nobody played. Every other round makes no probes. */
export function doneRound(planned: PlannedRound, assets: Assets): DoneRound {
  const { screenplay, variant, index, seed, forks } = planned;
  const checked = checkForks({
    performance: {
      screenplay: resolvedFor({ screenplay, parameters: {} }, variant),
      seed: runSeed(seed, screenplay.id),
      keySeed: seed,
      assets,
      tool: TOOL,
      broken: [],
      played: [],
      probes: index % 2 === 0,
    },
    random: new SeededRandom(seed).stream('forks'),
    forks,
  });
  return { ...planned, checked };
}

/** What to print of all rounds: what there was, then each fork that was another world, with how to see it again. */
export function reportOf(rounds: readonly DoneRound[], { forks, seed }: ForkOrder): readonly string[] {
  const checked = rounds.flatMap((round) => round.checked);
  const inCall = checked.filter((fork) => fork.inCall).length;
  const inHandshake = checked.filter((fork) => fork.inHandshake).length;
  const quiet = checked.filter((fork) => fork.isQuiet).length;
  const rewound = checked.filter((fork) => fork.isRewound).length;
  const different = rounds.flatMap((round) =>
    round.checked.flatMap(({ moment, difference }) =>
      difference === undefined ? [] : [{ round, moment, difference }],
    ),
  );
  return [
    `${checked.length} forks of ${rounds.length} performances: ${inCall} taken in a call, ${inHandshake} in a handshake, ${quiet} at a quiet moment, ${rewound} with an earlier one, ${different.length} another world`,
    ...different.flatMap(({ round, moment, difference }) => [
      `${round.screenplay.id}/${round.variant}, seed ${round.seed}, forked at ${moment} us: ${difference}`,
      `  again: npm run forks -- --forks ${forks} --seed ${seed} --round ${round.index}`,
    ]),
  ];
}

/** Whether every fork was the same world. */
export function allSame(rounds: readonly DoneRound[]): boolean {
  return rounds.every(({ checked }) => checked.every(({ difference }) => difference === undefined));
}
