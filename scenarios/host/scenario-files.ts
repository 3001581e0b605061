/** Where scenarios and deployments are: the shipped scenarios in the catalogue, and files of the user's own. All are loaded alike. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeviceKinds } from '../../devices/kind.ts';
import { isDeployment, loadDeployment, type DeploymentFile } from '../deployment/index.ts';
import { checkLines } from '../runs/index.ts';
import { vocabulary } from '../world/index.ts';
import { LIMITS, loadProcedure, loadScreenplay, type Procedure, type Screenplay } from '../language/index.ts';
import { hostError } from './errors.ts';
import { readText } from './input-file.ts';
import type { ScenarioFile } from './scenario-file.ts';
import { packageOf } from './package-root.ts';
import { procedureSource, proceduresAround, proceduresBeside } from './procedure-files.ts';

const CATALOGUE = 'scenarios/catalogue';
const EXTENSION = '.yaml';

/** What a scenario says that performs one. Where it says so in prose only, files are read that nobody asks for. */
const PERFORMS = /\bperform\b/;

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
  return screenplayOf(file, await readFileText(file.path), kinds);
}

/** What a file holds: a scenario, a deployment, or a procedure that scenarios perform. */
export type AnyFile =
  | { readonly screenplay: Screenplay }
  | { readonly deployment: DeploymentFile }
  | { readonly procedure: Procedure };

/** As {@link loadScenario}, but a file whose first key says so is read as a deployment or a procedure. */
export async function loadAny(file: ScenarioFile, kinds: DeviceKinds): Promise<AnyFile> {
  const text = await readFileText(file.path);
  if (isDeployment(text)) return { deployment: loadDeployment(text, file.label, vocabulary(kinds)) };
  if (!isProcedure(text)) return { screenplay: await screenplayOf(file, text, kinds) };
  const source = procedureSource(file.path, file.label, text);
  const { procedure, trial } = loadProcedure(source, vocabulary(kinds), await proceduresAround(file.path));
  checkLines(trial, kinds);
  return { procedure };
}

/** Whether the first key of a file is `procedure`. */
function isProcedure(text: string): boolean {
  const first = text.split('\n').find((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
  return first?.startsWith('procedure:') === true;
}

async function screenplayOf(file: ScenarioFile, text: string, kinds: DeviceKinds): Promise<Screenplay> {
  const procedures = PERFORMS.test(text) ? await proceduresBeside(file.path) : undefined;
  const screenplay = loadScreenplay(text, file.label, vocabulary(kinds), procedures);
  checkLines(screenplay, kinds);
  return screenplay;
}

/** One octet more than the language allows: the loader has the better error. */
function readFileText(path: string): Promise<string> {
  return readText(path, LIMITS.fileOctets + 1);
}
