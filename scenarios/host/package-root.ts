/**
 * Where calldrill is installed. The package is found by walking up from this module, so the same code works from `dist/` of a
 * clone and inside `node_modules` of somebody else's project.
 */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hostError } from './errors.ts';

/** The installed calldrill: where it is, and which version. */
export interface Package {
  /** Absolute path of the folder that holds `package.json`. */
  readonly root: string;
  readonly version: string;
}

/** The package that the module at `from` belongs to. Throws HOST_ASSET_MISSING. */
export async function packageOf(from: string = import.meta.url): Promise<Package> {
  let folder = dirname(fileURLToPath(from));
  for (;;) {
    const version = await versionIn(join(folder, 'package.json'));
    if (version !== undefined) return { root: folder, version };
    const above = dirname(folder);
    if (above === folder)
      throw hostError('HOST_ASSET_MISSING', 'no package.json of calldrill is above its code');
    folder = above;
  }
}

/** The version that the package.json of calldrill states; undefined for any other file. */
async function versionIn(path: string): Promise<string | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
  const content: unknown = JSON.parse(text);
  if (typeof content !== 'object' || content === null) return undefined;
  if (!('name' in content) || content.name !== 'calldrill') return undefined;
  return 'version' in content && typeof content.version === 'string' ? content.version : undefined;
}
