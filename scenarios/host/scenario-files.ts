/** Where scenarios and deployments are: the shipped scenarios in the catalogue, and files of the user's own. All are loaded alike. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeviceKinds } from '../../devices/kind.ts';
import { isDeployment, loadDeployment, type DeploymentFile } from '../deployment/index.ts';
import { checkLines } from '../runs/index.ts';
import { vocabulary } from '../world/index.ts';
import { LIMITS, loadScreenplay, type Screenplay } from '../language/index.ts';
import { hostError } from './errors.ts';
import { readText } from './input-file.ts';
import { packageOf } from './package-root.ts';

const CATALOGUE = 'scenarios/catalogue';
const EXTENSION = '.yaml';

/** A file that may hold a scenario, under the three names that it goes by; it need not have been read. */
export interface ScenarioFile {
  /** The scenario's id for a shipped one, which is its file name; for others the path as it was given. */
  readonly name: string;
  /** As errors and reports call it: never an absolute path of a machine unless the user gave one. */
  readonly label: string;
  readonly path: string;
}

/** The shipped scenarios, by name. Throws HOST_ASSET_MISSING. */
export async function shippedScenarios(): Promise<readonly ScenarioFile[]> {
  const folder = join((await packageOf()).root, CATALOGUE);
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (cause) {
    throw hostError('HOST_ASSET_MISSING', `${CATALOGUE} cannot be read`, { cause });
  }
  return names
    .filter((name) => name.endsWith(EXTENSION))
    .sort()
    .map((name) => ({
      name: name.slice(0, -EXTENSION.length),
      label: `${CATALOGUE}/${name}`,
      path: join(folder, name),
    }));
}

/** A scenario file of the user's own. */
export function ownScenario(path: string): ScenarioFile {
  return { name: path, label: path, path };
}

/** Reads and checks a deployment file. Throws ScreenplayError (SCENARIO_INVALID) and the HOST_FILE_ codes. */
export async function readDeployment(path: string, kinds: DeviceKinds): Promise<DeploymentFile> {
  return loadDeployment(await readFileText(path), path, vocabulary(kinds));
}

/** Reads and checks one file, whose world may have devices of these kinds. Throws ScreenplayError (SCENARIO_INVALID) and the HOST_FILE_ codes. */
export async function loadScenario(file: ScenarioFile, kinds: DeviceKinds): Promise<Screenplay> {
  return scenarioOf(await readFileText(file.path), file.label, kinds);
}

/** As {@link loadScenario}, but a file whose first key says so is read as a deployment. */
export async function loadEither(
  { path, label }: ScenarioFile,
  kinds: DeviceKinds,
): Promise<{ readonly screenplay: Screenplay } | { readonly deployment: DeploymentFile }> {
  const text = await readFileText(path);
  return isDeployment(text)
    ? { deployment: loadDeployment(text, label, vocabulary(kinds)) }
    : { screenplay: scenarioOf(text, label, kinds) };
}

function scenarioOf(text: string, label: string, kinds: DeviceKinds): Screenplay {
  const screenplay = loadScreenplay(text, label, vocabulary(kinds));
  checkLines(screenplay, kinds);
  return screenplay;
}

/** One octet more than the language allows: the loader has the better error. */
function readFileText(path: string): Promise<string> {
  return readText(path, LIMITS.fileOctets + 1);
}
