/** Where procedures are: the shipped ones beside the shipped scenarios, and those in a folder `procedures/` beside a file of the user's own. */
import { readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { LIMITS, type ProcedureSource, type ProcedureSources } from '../language/index.ts';
import { hostError } from './errors.ts';
import { readText, refusalOf } from './input-file.ts';
import type { ScenarioFile } from './scenario-file.ts';
import { packageOf } from './package-root.ts';

const SHIPPED = 'scenarios/catalogue/procedures';
const FOLDER = 'procedures';
const EXTENSION = '.yaml';

/** The shipped procedures, by name. Throws HOST_ASSET_MISSING. */
export async function shippedProcedures(): Promise<readonly ScenarioFile[]> {
  const folder = join((await packageOf()).root, SHIPPED);
  const files = await filesIn(folder, SHIPPED);
  if (files === undefined) throw hostError('HOST_ASSET_MISSING', `${SHIPPED} cannot be read`);
  return files;
}

/** Whether a label is that of a shipped procedure. */
export function isShippedProcedure(label: string): boolean {
  return label.startsWith(`${SHIPPED}/`);
}

/** Those that a scenario file may perform: its own, and the shipped ones of other names. Throws the HOST_ codes. */
export async function proceduresBeside(path: string): Promise<ProcedureSources> {
  return sourcesOf([...(await shippedProcedures()), ...(await ownIn(join(dirname(path), FOLDER)))]);
}

/** Those that a procedure file may perform: the others in its folder, and the shipped ones of other names. */
export async function proceduresAround(path: string): Promise<ProcedureSources> {
  return sourcesOf([...(await shippedProcedures()), ...(await ownIn(dirname(path)))]);
}

/** A procedure file under the name that it has; the text is that of a file that was read. */
export function procedureSource(path: string, label: string, text: string): ProcedureSource {
  const file = path.split(/[\\/]/).at(-1) ?? '';
  return { name: file.endsWith(EXTENSION) ? file.slice(0, -EXTENSION.length) : file, file: label, text };
}

/** None where there is no such folder, and none of those that are the shipped ones. */
async function ownIn(folder: string): Promise<readonly ScenarioFile[]> {
  const shipped = resolve(join((await packageOf()).root, SHIPPED));
  return resolve(folder) === shipped ? [] : ((await filesIn(folder, folder)) ?? []);
}

async function sourcesOf(files: readonly ScenarioFile[]): Promise<ProcedureSources> {
  // What comes later wins.
  const all = new Map(files.map((file) => [file.name, file]));
  const sources = await Promise.all(
    [...all.values()].map(async ({ name, label, path }): Promise<readonly [string, ProcedureSource]> => {
      // One octet more than the language allows: the loader has the better error.
      return [name, { name, file: label, text: await readText(path, LIMITS.fileOctets + 1) }];
    }),
  );
  return new Map(sources);
}

async function filesIn(folder: string, label: string): Promise<readonly ScenarioFile[] | undefined> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (thrown) {
    const refusal = refusalOf(thrown, folder);
    if (refusal instanceof Error && 'code' in refusal && refusal.code === 'HOST_FILE_MISSING')
      return undefined;
    throw refusal;
  }
  return names
    .filter((name) => name.endsWith(EXTENSION))
    .sort()
    .map((name) => ({
      name: name.slice(0, -EXTENSION.length),
      label: `${label}/${name}`,
      path: join(folder, name),
    }));
}
