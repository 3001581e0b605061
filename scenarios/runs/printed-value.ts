/** Parameters of the deployment as a person writes them. */
import { formatDuration } from '../../sim/duration.ts';
import { DEPLOYMENT_PARAMETERS, type Deployment, type DeploymentName } from '../../devices/deployment.ts';

/** All of them, by name. */
export function printedDeployment(deployment: Deployment): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.keys(DEPLOYMENT_PARAMETERS).map((name) => [
      name,
      printedValue(name as DeploymentName, deployment[name as DeploymentName]),
    ]),
  );
}

/** One value: durations with their units. */
export function printedValue(name: DeploymentName, value: string | number | boolean): string {
  return DEPLOYMENT_PARAMETERS[name].kind === 'duration' && typeof value === 'number'
    ? formatDuration(value)
    : String(value);
}
