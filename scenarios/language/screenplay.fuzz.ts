/** Fuzz target of the scenario language. */
import type { FuzzTarget } from '../../sim/fuzz.ts';
import { EXAMPLE, EXAMPLE_VOCABULARY } from './example.fixture.ts';
import { loadScreenplay } from './load.ts';
import { resolveVariant, variantsOf } from './variant.ts';

const small = `scenario: small
title: Small
begins: 2015-10-14T08:00:00Z
world: { users: { alice: { number: "+447700900001" } } }
`;

/** Loads mutated scenario files and resolves every variant of those that are valid. */
export const fuzzTargets: readonly FuzzTarget[] = [
  {
    name: 'scenario file',
    samples: [EXAMPLE, small].map((text) => new TextEncoder().encode(text)),
    parse: (input) => {
      const screenplay = loadScreenplay(new TextDecoder().decode(input), 'fuzz.yaml', EXAMPLE_VOCABULARY);
      return variantsOf(screenplay).map(({ name }) => resolveVariant(screenplay, name));
    },
  },
];
