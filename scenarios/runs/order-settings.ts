/** Deployment parameters as they are written in JSON: each with the type and the bounds of its table, durations in microseconds. */
import type { DeploymentParameter } from '../../devices/deployment-parameter.ts';
import { DEPLOYMENT_PARAMETERS } from '../../devices/deployment.ts';
import type { RunParameters } from './run-api.ts';

/** The values, as they were written. Throws what `refuse` makes of the name of one that is not known or cannot have its value. */
export function settingsOf(
  written: ReadonlyMap<string, unknown>,
  refuse: (name: string) => Error,
): RunParameters {
  const table: Readonly<Record<string, DeploymentParameter>> = DEPLOYMENT_PARAMETERS;
  return Object.fromEntries(
    [...written].map(([name, value]) => {
      const parameter = Object.hasOwn(table, name) ? table[name] : undefined;
      const read = parameter === undefined ? undefined : valueOf(parameter, value);
      if (read === undefined) throw refuse(name);
      return [name, read];
    }),
  );
}

function valueOf(parameter: DeploymentParameter, value: unknown): string | number | boolean | undefined {
  switch (parameter.kind) {
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'choice':
      return parameter.choices.find((choice) => choice === value);
    case 'integer':
    case 'duration':
      return typeof value === 'number' &&
        Number.isSafeInteger(value) &&
        value >= parameter.min &&
        value <= parameter.max
        ? value
        : undefined;
  }
}
