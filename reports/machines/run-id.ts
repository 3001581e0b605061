/** One name for all that was run under one order: its parts on several machines have it too, and what they are joined to. */
import type { SuiteResult } from '../../scenarios/evidence/model.ts';
import { uuidOf } from './uuid.ts';

/** A UUID of what was ordered, but for which scenarios and variants: seeds, parameters, plant, deployment and the tool. */
export function runIdOf({ tool, seed, keySeed, plant, parameters, deployment }: SuiteResult): string {
  return uuidOf({
    ...{ of: 'run', tool, seed, keySeed, plant },
    parameters: parameters.map(({ name, value }) => ({ name, value })),
    deployment: deployment === undefined ? undefined : { sha256: deployment.sha256, asOf: deployment.asOf },
  });
}
