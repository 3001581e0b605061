/** The scenarios, the words they may use and the clauses they answer to: what most commands look things up in. */
import type { RuleTable } from '../devices/rules.ts';
import type { DeploymentFile } from '../scenarios/deployment/index.ts';
import {
  loadAny,
  loadScenario,
  readDeployment,
  shippedProcedures,
  shippedScenarios,
  type AnyFile,
  type ScenarioFile,
} from '../scenarios/host/index.ts';
import type { Screenplay, Vocabulary } from '../scenarios/language/index.ts';
import { CATALOGUE, type CatalogueClause } from '../scenarios/catalogue/clauses.ts';
import { rulesOf, SHIPPED_KINDS, vocabulary } from '../scenarios/world/index.ts';

/** Shipped scenarios and the reading of any others, all with the same vocabulary. */
export interface Library {
  readonly vocabulary: Vocabulary;
  /** What devices and people promise, each of which a planted violation breaks. */
  readonly rules: RuleTable;
  shipped(): Promise<readonly ScenarioFile[]>;
  /** Throws ScreenplayError and the HOST_FILE_ codes. */
  load(file: ScenarioFile): Promise<Screenplay>;
  /** As `load`, but a file whose first key says so is read as a deployment or a procedure. */
  loadAny(file: ScenarioFile): Promise<AnyFile>;
  /** The deployment file at a path. Throws ScreenplayError and the HOST_FILE_ codes. */
  deployment(path: string): Promise<DeploymentFile>;
  /** The shipped procedures. */
  procedures(): Promise<readonly ScenarioFile[]>;
  readonly clauses: readonly CatalogueClause[];
}

/** The library of the files beside this program, with the shipped kinds of devices. */
export function installedLibrary(): Library {
  const words = vocabulary(SHIPPED_KINDS);
  return {
    vocabulary: words,
    rules: rulesOf(SHIPPED_KINDS),
    shipped: shippedScenarios,
    load: (file) => loadScenario(file, SHIPPED_KINDS),
    loadAny: (file) => loadAny(file, SHIPPED_KINDS),
    deployment: (path) => readDeployment(path, SHIPPED_KINDS),
    procedures: shippedProcedures,
    clauses: CATALOGUE,
  };
}
