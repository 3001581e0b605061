/** Fuzz targets of procedure files: by themselves, and performed by a scenario. */
import type { FuzzTarget } from '../../../sim/fuzz.ts';
import { loadScreenplay } from '../load.ts';
import { resolveVariant, variantsOf } from '../variant.ts';
import { PERFORMING, PROCEDURE_VOCABULARY, PROCEDURES, RECOVERY, SETTLING } from './example.fixture.ts';
import { loadProcedure } from './load-procedure.ts';

const encoded = (...texts: readonly string[]): readonly Uint8Array[] =>
  texts.map((text) => new TextEncoder().encode(text));

/** Loads mutated procedures and tries them, and mutated scenarios that perform procedures, in every variant. */
export const fuzzTargets: readonly FuzzTarget[] = [
  {
    name: 'procedure file',
    samples: encoded(RECOVERY, SETTLING),
    parse: (input) => {
      const source = { name: 'recovery', file: 'fuzz.yaml', text: new TextDecoder().decode(input) };
      return loadProcedure(source, PROCEDURE_VOCABULARY, PROCEDURES).trial.performed;
    },
  },
  {
    name: 'scenario that performs',
    samples: encoded(PERFORMING),
    parse: (input) => {
      const text = new TextDecoder().decode(input);
      const screenplay = loadScreenplay(text, 'fuzz.yaml', PROCEDURE_VOCABULARY, PROCEDURES);
      return variantsOf(screenplay).map(({ name }) => resolveVariant(screenplay, name));
    },
  },
];
