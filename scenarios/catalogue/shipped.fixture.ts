/** The shipped scenarios and procedures, read where they lie. */
import { readdirSync, readFileSync } from 'node:fs';
import { loadScreenplay, type ProcedureSources, type Screenplay } from '../language/index.ts';
import { SHIPPED_KINDS } from '../world/shipped-kinds.ts';
import { vocabulary } from '../world/vocabulary.ts';

const FOLDER = 'scenarios/catalogue';

/** The files of a folder of YAML, by their names, in the order of these. */
function textsIn(folder: string): readonly (readonly [name: string, file: string, text: string])[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => {
      const file = `${folder}/${name}`;
      return [name.slice(0, -'.yaml'.length), file, readFileSync(file, 'utf8')];
    });
}

/** What a shipped scenario may perform: the files of the folder beside it. */
export const SHIPPED_PROCEDURES: ProcedureSources = new Map(
  textsIn(`${FOLDER}/procedures`).map(([name, file, text]) => [name, { name, file, text }]),
);

/** All shipped scenarios. */
export function shippedScreenplays(): readonly Screenplay[] {
  return textsIn(FOLDER).map(([, file, text]) => shippedAs(file, text));
}

/** A shipped scenario, whose text a test may have changed. */
export function shippedAs(file: string, text: string = readFileSync(file, 'utf8')): Screenplay {
  return loadScreenplay(text, file, vocabulary(SHIPPED_KINDS), SHIPPED_PROCEDURES);
}
