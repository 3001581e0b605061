/** The scenarios, the words they may use and the clauses they answer to: what most commands look things up in. */
import { loadClauses, loadScenario, shippedScenarios, type ScenarioFile } from '../scenarios/host/index.ts';
import type { Screenplay, Vocabulary } from '../scenarios/language/index.ts';
import type { CatalogueClause } from '../scenarios/evidence/verdicts/index.ts';
import { vocabulary, SHIPPED_KINDS } from '../scenarios/world/index.ts';

export interface Library {
  readonly vocabulary: Vocabulary;
  shipped(): Promise<readonly ScenarioFile[]>;
  /** Throws ScreenplayError and the HOST_FILE_ codes. */
  load(file: ScenarioFile): Promise<Screenplay>;
  clauses(): Promise<readonly CatalogueClause[]>;
}

export function installedLibrary(): Library {
  const words = vocabulary(SHIPPED_KINDS);
  return {
    vocabulary: words,
    shipped: shippedScenarios,
    load: (file) => loadScenario(file, SHIPPED_KINDS),
    clauses: loadClauses,
  };
}
