/**
 * Every exported name says what it is for. Its docstring stands right above it and tells a reader something that the name does
 * not: words of the name alone are not an explanation.
 */
import { dirname } from 'node:path';
import type { SourceFile } from '../source-tree.ts';
import { isTest, type Check } from './check.ts';
import { measuringCheck } from './exceptions.ts';
import { syntaxOf } from './syntax.ts';

/** Words that a docstring has to say beyond those of the name. */
const WORDS_MIN = 2;
const EMPTY_WORDS = new Set(
  'a an and are as at be by for from has have in into is it its of on or that the this to what which with'.split(
    ' ',
  ),
);

/** Whether a docstring says more than the name that it is about. */
export function explains(docstring: string, name: string): boolean {
  const known = new Set(wordsOf(name).map(stemOf));
  const more = new Set(
    wordsOf(docstring)
      .filter((word) => !EMPTY_WORDS.has(word))
      .map(stemOf)
      .filter((word) => !known.has(word)),
  );
  return more.size >= WORDS_MIN;
}

/** `ImportGraph` and `IMPORT_GRAPH` are `import` and `graph`. */
function wordsOf(text: string): readonly string[] {
  return text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

function stemOf(word: string): string {
  return word.replace(/(?:ies|y)$/, 'i').replace(/s$/, '');
}

function faultsOf(file: SourceFile): readonly { readonly line: number; readonly what: string }[] {
  if (isTest(file.path)) return [];
  return syntaxOf(file).exports.flatMap(({ name, line, docstring }) => {
    if (docstring === undefined) return [{ line, what: `${name} has no docstring` }];
    return explains(docstring, name) ? [] : [{ line, what: `the docstring of ${name} says its name` }];
  });
}

/** That every exported name is explained; tests export nothing. */
export const DOCSTRING_CHECK: Check = measuringCheck({
  name: 'every exported name has a docstring that says more than its name',
  exceptions: {},
  measure: (files, all) => {
    const faults = new Map<string, number>();
    for (const file of all)
      faults.set(dirname(file.path), (faults.get(dirname(file.path)) ?? 0) + faultsOf(file).length);
    return files.flatMap((file) =>
      faultsOf(file).map(({ line, what }) => ({
        path: file.path,
        line,
        row: dirname(file.path),
        amount: faults.get(dirname(file.path)) ?? 0,
        limit: 0,
        what: `to explain in ${dirname(file.path)}/ (${what})`,
      })),
    );
  },
  canaries: [
    'export const x = 1;\n',
    'export function x(): void {}\n',
    '/** Of the file. */\n\nexport interface X {}\n',
    '/** The link limits. */\nexport const LINK_LIMITS = {};\n',
    '/** Reads a header. */\nexport function readHeaders(): void {}\n',
    '// Not a docstring, whatever it says of them.\nexport type X = 1;\n',
  ].map((text) => ({ path: 'sim/canary/canary.ts', text })),
});
