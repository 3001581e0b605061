/** Fuzz target: the index of what results were made from. */
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { canonicalJson } from '../../sim/canonical-json.ts';
import { parseSourcesIndex } from './sources.ts';

const sha256 = '9d'.repeat(32);

/** An index of nothing, and one of a scenario that performs a procedure, with a deployment. */
export const fuzzTargets: readonly FuzzTarget[] = [
  {
    name: 'sources/index.json',
    samples: [
      { version: 1, build: sha256, capture: null, heard: false, scenarios: [], deployment: null },
      {
        version: 1,
        build: sha256,
        capture: { secrets: true, link: 'alice-crs' },
        heard: true,
        scenarios: [{ id: 'a', file: 'a.yaml', sha256, procedures: [{ name: 'p', file: 'p.yaml', sha256 }] }],
        deployment: { file: 'ours.yaml', sha256 },
      },
    ].map((index) => Buffer.from(canonicalJson(index))),
    parse: (input) => parseSourcesIndex(input),
  },
];
