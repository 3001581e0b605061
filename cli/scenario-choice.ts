/** From the words on the command line to scenarios: names of shipped ones and paths of the user's own, in the order given. */
import { nearest } from '../devices/console/index.ts';
import { ownScenario, type ScenarioFile } from '../scenarios/host/index.ts';
import { ScreenplayError, variantsOf, type Screenplay } from '../scenarios/language/index.ts';
import { cliError } from './errors.ts';
import type { Library } from './library.ts';

/** A word that is a path rather than the name of a shipped scenario. */
const PATH = /[/\\]|\.ya?ml$/i;

/** The files that the words name; all shipped ones for no words. Throws CLI_UNKNOWN_SCENARIO. */
export async function filesOf(words: readonly string[], library: Library): Promise<readonly ScenarioFile[]> {
  const shipped = await library.shipped();
  if (words.length === 0) return shipped;
  return words.map((word) => {
    if (PATH.test(word)) return ownScenario(word);
    const file = shipped.find(({ name }) => name === word);
    if (file !== undefined) return file;
    const near = nearest(
      word,
      shipped.map(({ name }) => name),
    );
    throw cliError(
      'CLI_UNKNOWN_SCENARIO',
      `there is no scenario '${word}'`,
      near === undefined ? {} : { fix: `Did you mean '${near}'?` },
    );
  });
}

/**
 * Loads files, all of them, so that the problems of every file are known at once.
 * @throws ScreenplayError with the problems of all files; CLI_SCENARIO_TWICE; the HOST_FILE_ codes
 */
export async function loadAll(
  files: readonly ScenarioFile[],
  library: Library,
): Promise<readonly Screenplay[]> {
  const refused: ScreenplayError[] = [];
  const screenplays: Screenplay[] = [];
  for (const file of files) {
    try {
      screenplays.push(await library.load(file));
    } catch (thrown) {
      if (!(thrown instanceof ScreenplayError)) throw thrown;
      refused.push(thrown);
    }
  }
  const [first] = refused;
  if (first !== undefined)
    throw new ScreenplayError(
      first.where.file ?? '',
      refused.flatMap(({ problems }) => problems),
    );
  const ids = new Map<string, string>();
  for (const { id, file } of screenplays) {
    const taken = ids.get(id);
    if (taken !== undefined)
      throw cliError('CLI_SCENARIO_TWICE', `${taken} and ${file} are both the scenario '${id}'`);
    ids.set(id, file);
  }
  return screenplays;
}

/** Says that no chosen scenario has the variant. */
export function unknownVariant(name: string, names: readonly string[]): Error {
  const near = nearest(name, names);
  return cliError('CLI_UNKNOWN_VARIANT', `there is no variant '${name}'`, {
    fix: near === undefined ? `There are: ${names.join(', ')}.` : `Did you mean '${near}'?`,
  });
}

/** The variant of this name; the first one for none. Throws CLI_UNKNOWN_VARIANT. */
export function variantOf(screenplay: Screenplay, given: string | undefined): string {
  const names = variantsOf(screenplay).map(({ name }) => name);
  if (given !== undefined && !names.includes(given)) throw unknownVariant(given, names);
  return given ?? names[0] ?? '';
}
