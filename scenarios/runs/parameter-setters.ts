/**
 * What gives each parameter of the deployment its value in one run. The deployment file says how an organisation works; a scenario, or a variant of
 * it, that sets a parameter is about that value, so it wins; the command line wins over all. A report names which of them it was.
 */
import { DEPLOYMENT_PARAMETERS } from '../../devices/deployment.ts';
import type { DeploymentFile } from '../deployment/index.ts';
import { variantsOf, type Screenplay } from '../language/index.ts';
import type { ParameterSetter } from '../evidence/model.ts';
import { sourceOf } from '../evidence/verdicts/index.ts';
import type { RunParameters } from './run-api.ts';

/** What may set parameters of a run, the last one that does wins. */
export interface ParameterSources {
  readonly deployment?: DeploymentFile | undefined;
  readonly screenplay?: Screenplay;
  readonly variant?: string;
  /** Those of the command line. */
  readonly parameters: RunParameters;
}

/** By parameter, all of them. */
export function settersOf(sources: ParameterSources): Readonly<Record<string, ParameterSetter>> {
  return Object.fromEntries(
    Object.keys(DEPLOYMENT_PARAMETERS).map((name) => [name, setterOf(name, sources)]),
  );
}

function setterOf(
  name: string,
  { deployment, screenplay, variant, parameters }: ParameterSources,
): ParameterSetter {
  const own = screenplay && variantsOf(screenplay).find((each) => each.name === variant);
  if (Object.hasOwn(parameters, name)) return { by: 'command-line' };
  if (own !== undefined && Object.hasOwn(own.parameters, name)) return { by: 'variant' };
  if (screenplay !== undefined && Object.hasOwn(screenplay.parameters, name)) return { by: 'scenario' };
  if (deployment === undefined || !Object.hasOwn(deployment.parameters, name)) return { by: 'default' };
  return { by: 'deployment', at: sourceOf(deployment.parameterPlaces.get(name) ?? deployment.where) };
}
