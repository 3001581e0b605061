/** The catalogue of clauses, as it ships: every numbered paragraph, bullet and table row of the source document. */
import { join } from 'node:path';
import { assert } from '../../sim/errors.ts';
import type { CatalogueClause } from '../evidence/verdicts/index.ts';
import { readText } from './input-file.ts';
import { packageOf } from './package-root.ts';

const FILE = 'scenarios/catalogue/clauses.json';
const OCTETS_MAX = 1 << 22;

/** The clauses in the order of the document. Throws HOST_FILE_MISSING. */
export async function loadClauses(): Promise<readonly CatalogueClause[]> {
  const text = await readText(join((await packageOf()).root, FILE), OCTETS_MAX);
  const entries: readonly CatalogueClause[] = JSON.parse(text);
  assert(entries.length > 0, 'the catalogue that ships has clauses');
  return entries.map(({ id, paraphrase, modality, class: kind }) => ({
    id,
    paraphrase,
    modality,
    class: kind,
  }));
}
