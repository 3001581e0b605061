/** What is played: a run as it would be asked for, with one role left to a person. */
import { writeFile } from 'node:fs/promises';
import { TRACE_FILE } from '../../reports/index.ts';
import { loadAssets, ownTrace, writeTypedLines } from '../../scenarios/host/index.ts';
import { Rehearsal } from '../../scenarios/exercises/index.ts';
import {
  resolvedFor,
  runSeed,
  TOOL,
  type RunBasis,
  type RunOrder,
  type RunQueue,
  type ScoredRun,
} from '../../scenarios/runs/index.ts';
import { cliError } from '../errors.ts';

/** What decides it, and the words that name its scenario. */
export interface PlayedRun extends RunBasis {
  /** The day on which waivers are looked at. */
  readonly asOf?: string | undefined;
  readonly variant: string;
  /** As it was named on the command line. */
  readonly source: string;
}

/** It from its beginning, as one role. Throws REHEARSAL_UNKNOWN_ROLE. */
export async function rehearsalOf(
  { screenplay, variant, seed, keySeed, parameters, deployment }: PlayedRun,
  role: string,
): Promise<Rehearsal> {
  return new Rehearsal({
    role,
    screenplay: resolvedFor({ screenplay, parameters, deployment }, variant),
    seed: runSeed(seed, screenplay.id),
    keySeed,
    assets: await loadAssets(),
    tool: TOOL,
    broken: [],
  });
}

/** The screenplay's own run, which the exercise is measured against. Rejects with what it failed with. */
export function ownRun(queue: RunQueue, order: RunOrder): Promise<ScoredRun> {
  return new Promise((resolve, reject) => {
    let events: ScoredRun['events'] = [];
    queue.submit(order, {
      file: (path, octets) => {
        if (path === TRACE_FILE) events = ownTrace(octets);
      },
      finished: ({ result }) => resolve({ events, result }),
      failed: reject,
    });
  });
}

/** The file of typed lines of an exercise that is over. */
export function typedFileOf(
  { screenplay, source, variant, seed, keySeed, parameters, deployment, asOf }: PlayedRun,
  rehearsal: Rehearsal,
): string {
  return writeTypedLines({
    scenario: screenplay.id,
    source,
    variant,
    seed,
    keySeed,
    parameters,
    ...(deployment === undefined ? {} : { deployment: { file: deployment.file, sha256: deployment.sha256 } }),
    ...(asOf === undefined ? {} : { asOf }),
    ...rehearsal.played,
    traceDigest: rehearsal.performance.world.trace.digest(),
  });
}

/** Writes it where the person asked for it. Throws CLI_OUT_WRITE. */
export async function saveTyped(file: string, typed: string): Promise<void> {
  try {
    await writeFile(file, typed);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw cliError('CLI_OUT_WRITE', `${file} cannot be written: ${reason}`, { where: { file }, cause });
  }
}
