/**
 * Which modules see a mutant. A process tries many mutants, each in a world of its own: the tests, the mutated file and whatever imports
 * it are loaded again, so what they make while they are loaded is made with the mutant too. All other modules are loaded once.
 */
import { readFileSync } from 'node:fs';
import { programOf } from './mutants.ts';

/** The tests and all modules on a way from them to the target, as URLs. */
export function modulesBetween(tests: readonly string[], target: string): readonly string[] {
  const imports = new Map<string, readonly string[]>();
  const read = (url: string): void => {
    if (imports.has(url)) return;
    const found = importsOf(url);
    imports.set(url, found);
    for (const each of found) read(each);
  };
  for (const test of tests) read(test);
  const reaching = new Set([target]);
  for (let before = 0; before !== reaching.size;) {
    before = reaching.size;
    for (const [url, found] of imports) if (found.some((each) => reaching.has(each))) reaching.add(url);
  }
  return [...new Set([...reaching, ...tests])];
}

/** The project's own modules that a module imports. */
function importsOf(url: string): readonly string[] {
  const { body } = programOf(readFileSync(new URL(url), 'utf8'));
  return body.flatMap((statement) => {
    const from = 'source' in statement ? statement.source?.value : undefined;
    return typeof from === 'string' && from.startsWith('.') ? [new URL(from, url).href] : [];
  });
}
