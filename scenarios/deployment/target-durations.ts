/** The deadlines that a deployment declares: its targets that are durations. */
import type { TargetDurations } from '../language/index.ts';
import type { DeploymentFile } from './deployment.ts';

/** By name; none without a deployment. */
export function targetDurationsOf(deployment: Pick<DeploymentFile, 'targets'> | undefined): TargetDurations {
  return new Map(
    (deployment?.targets ?? []).flatMap((target) =>
      target.kind === 'duration' ? [[target.name, target.value] as const] : [],
    ),
  );
}
