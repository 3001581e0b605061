/** A deployment file with everything that one can say, and the words that it is read with: for tests. */
import { readFileSync } from 'node:fs';
import { DEPLOYMENT_PARAMETERS } from '../../devices/deployment.ts';
import { CATALOGUE, PARTS } from '../catalogue/clauses.ts';
import type { DeploymentWords } from './load.ts';

/** The text of `docs/examples/deployment.yaml`, which is shipped and has everything. */
export const DEPLOYMENT_EXAMPLE = readFileSync(
  new URL('../../../docs/examples/deployment.yaml', import.meta.url),
  'utf8',
);

/** The parameters, clauses and parts that there are. */
export const DEPLOYMENT_WORDS: DeploymentWords = {
  parameters: DEPLOYMENT_PARAMETERS,
  clauses: CATALOGUE.map(({ id }) => id),
  parts: PARTS,
};
