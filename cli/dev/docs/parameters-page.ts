/** `docs/parameters.md`: what the source document leaves open, with defaults. */
import { formatDuration } from '../../../sim/duration.ts';
import type { DeploymentParameter } from '../../../devices/deployment-parameter.ts';
import { DEPLOYMENT_PARAMETERS } from '../../../devices/deployment.ts';
import { page, sentence } from './markdown.ts';

/** The whole page as Markdown: for each its default, its range and why it is open. */
export function parametersPage(): string {
  return page(
    'Deployment parameters',
    'The source document leaves these open, so each is a parameter: a [deployment file](deployment.md) or a scenario may set it under `parameters:`, ' +
      '`calldrill run --param <name>=<value>` overrides both, and every report prints its value and what set it.',
    ...Object.entries<DeploymentParameter>(DEPLOYMENT_PARAMETERS).map(([name, parameter]) => [
      `## \`${name}\``,
      '',
      sentence(parameter.summary),
      '',
      `- default: ${valueOf(parameter, parameter.default)}`,
      `- ${rangeOf(parameter)}`,
      `- open because: ${parameter.source}`,
    ]),
  );
}

function valueOf(parameter: DeploymentParameter, value: string | number | boolean): string {
  return `\`${parameter.kind === 'duration' && typeof value === 'number' ? formatDuration(value) : value}\``;
}

function rangeOf(parameter: DeploymentParameter): string {
  switch (parameter.kind) {
    case 'choice':
      return `one of: ${parameter.choices.map((choice) => `\`${choice}\``).join(', ')}`;
    case 'boolean':
      return '`true` or `false`';
    case 'integer':
    case 'duration':
      return `from ${valueOf(parameter, parameter.min)} to ${valueOf(parameter, parameter.max)}`;
  }
}
