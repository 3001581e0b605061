/** What a file imports, types included, as paths of the project or names of packages. */
import { dirname, posix } from 'node:path';
import type { SourceFile } from '../source-tree.ts';
import { withoutComments } from './code-text.ts';
import { lineAt } from './check.ts';

/** One import, re-export or `import()` of a file, of values or of types only. */
export interface Import {
  readonly line: number;
  /** Path of a file of the project, or the name of a package. */
  readonly to: string;
  readonly local: boolean;
}

const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*'([^'\n]+)'/g;

const KNOWN = new WeakMap<SourceFile, readonly Import[]>();

/** In the order of the file; a path is relative to the root of the checkout. A file is read once. */
export function importsOf(file: SourceFile): readonly Import[] {
  const known = KNOWN.get(file);
  if (known !== undefined) return known;
  const imports = importsIn(file);
  KNOWN.set(file, imports);
  return imports;
}

function importsIn({ path, text }: SourceFile): readonly Import[] {
  const code = withoutComments(text);
  return [...code.matchAll(IMPORT)].map((match) => {
    const name = match[1] ?? '';
    const local = name.startsWith('.');
    const to = local ? posix.join(dirname(path), name) : name;
    return { line: lineAt(code, match.index), to, local };
  });
}
