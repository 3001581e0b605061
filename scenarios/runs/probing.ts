/**
 * How a probe is tried. One whose line disturbs nothing is tried in the run's own world, aside, and leaves no mark there; any other
 * in a fork. So a run is what it would have been without its probes, but for what it says of each.
 */
import { CalldrillError } from '../../sim/errors.ts';
import { MINUTE, type Micros } from '../../sim/clock.ts';
import { inconclusive, type AttackReport } from '../../devices/attacker/index.ts';
import { attackerKind } from '../../devices/attacker/kind.ts';
import type { Probe } from '../language/index.ts';
import type { ProbeOutcome } from '../world/probes/events.ts';
import type { World } from '../world/world.ts';

/** How long a probe in a fork may take. */
const FORK_LIMIT: Micros = 45 * MINUTE;

/** What a probe came to, before anything of it is in a trace. */
export interface ProbeTrial {
  /** What came of it; undefined when it was no attack, was refused, or came to no end. */
  readonly report: AttackReport | undefined;
  /** Why there is none. */
  readonly otherwise: string;
  /** The world that it was tried in, when that was a fork. */
  readonly fork: World | undefined;
}

/** Whether a probe can be tried beside the run: not when it disturbs a world that cannot be built again. */
export function canTry(world: World, probe: Probe): boolean {
  return world.canFork || !disturbs(world, probe);
}

/** Tries a probe, with both controls. */
export function tryProbe(world: World, probe: Probe): ProbeTrial {
  const fork = disturbs(world, probe) ? world.fork() : undefined;
  const { by, type: line } = probe;
  const on = attackerOf(probe);
  const reports: AttackReport[] = [];
  const unused = (fork ?? world)
    .ofKind(attackerKind)
    .get(on)
    ?.probeNext((report) => reports.push(report));
  const refused = refusalOf(() =>
    fork === undefined ? world.attempt(by, on, line) : fork.type(by, on, line),
  );
  const isAttack = unused?.() === false;
  if (fork !== undefined && isAttack) runUntilReported(fork, reports);
  const otherwise =
    refused !== undefined
      ? `the line was refused: ${refused.code}: ${refused.message}`
      : isAttack
        ? 'it came to no end'
        : 'the line is no attack, so there is nothing to find out';
  return { report: reports[0], otherwise, fork };
}

/** The console that a probe is typed at. */
export function attackerOf({ on, by }: Probe): string {
  return on ?? by;
}

/** What the trace has of a probe that was tried. */
export function outcomeOf(probe: Probe, { report, otherwise }: ProbeTrial): ProbeOutcome {
  const { id, row, predict } = probe;
  const none = inconclusive(otherwise);
  const { attempt, positive, negative } = report ?? { attempt: none, positive: none, negative: none };
  return {
    id,
    row,
    probe: probe.type,
    predict,
    outcome: attempt.outcome,
    attack: report?.aim.attack ?? '',
    route: report?.aim.route ?? '',
    needs: report?.aim.needs ?? [],
    asset: report?.aim.asset ?? row,
    capability: report?.aim.capability ?? row,
    victim: report?.aim.victim ?? null,
    call: report?.aim.call ?? null,
    reason: attempt.reason,
    missing: attempt.missing,
    means: attempt.means.map(({ label }) => label),
    sources: attempt.sources,
    because: attempt.because,
    audioSeconds: attempt.audioSeconds ?? 0,
    positiveControl: positive.outcome,
    positiveBecause: positive.because,
    positiveReason: positive.reason,
    negativeControl: negative.outcome,
    negativeBecause: negative.because,
    negativeReason: negative.reason,
  };
}

function disturbs(world: World, probe: Probe): boolean {
  return world.console(attackerOf(probe)).commandOf(probe.type)?.disturbs ?? true;
}

function refusalOf(type: () => unknown): CalldrillError | undefined {
  try {
    type();
    return undefined;
  } catch (error) {
    if (error instanceof CalldrillError) return error;
    throw error;
  }
}

function runUntilReported(fork: World, reports: readonly AttackReport[]): void {
  const limit = fork.now + FORK_LIMIT;
  for (
    let next = fork.clock.next();
    reports.length === 0 && next !== undefined && next <= limit;
    next = fork.clock.next()
  )
    fork.clock.step();
}
