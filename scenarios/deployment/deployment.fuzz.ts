/** Fuzz target of deployment files. */
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { DEPLOYMENT_EXAMPLE, DEPLOYMENT_WORDS } from './example.fixture.ts';
import { loadDeployment } from './load.ts';

const small = 'deployment: small\nvalid-on: 2015-10-14\nwaivers: []\n';

/** Loads mutated deployment files. */
export const fuzzTargets: readonly FuzzTarget[] = [
  {
    name: 'deployment file',
    samples: [DEPLOYMENT_EXAMPLE, small].map((text) => new TextEncoder().encode(text)),
    parse: (input) => loadDeployment(new TextDecoder().decode(input), 'fuzz.yaml', DEPLOYMENT_WORDS),
  },
];
