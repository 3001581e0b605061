/**
 * The resource bounds of the code: constants called `..._MAX`, and the entries of constants called `..._LIMITS`. They are read
 * from the sources, so a bound that somebody adds or changes cannot be missing from the page.
 */
import type { SourceFile } from '../source-tree.ts';
import { isBeside } from '../architecture/check.ts';

/** One row of the page of limits. */
export interface Bound {
  readonly path: string;
  /** `PSK_OCTETS_MAX`, `SIP_LIMITS.headers` */
  readonly name: string;
  /** As it is written in the code. */
  readonly value: string;
  /** The comment above it, or its name in words. */
  readonly about: string;
}

const CONSTANT =
  /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?(?:export )?const ([A-Z][A-Z\d_]*_MAX)\b[^=\n]*= ([^;]+);/g;
const TABLE = /const ((?:[A-Z][A-Z\d_]*_)?LIMITS)\b[^=\n]*= \{\n([\s\S]*?)\n\}/g;
const ENTRY = /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?^ {2}(\w+): (.+?),$/gm;

/** In the order of the files and of the lines in them; tests, fixtures and the like have no bounds of their own. */
export function boundsIn(files: readonly SourceFile[]): readonly Bound[] {
  return files
    .filter(({ path }) => !isBeside(path))
    .flatMap(({ path, text }) => [
      ...[...text.matchAll(CONSTANT)].map(([, comment, name = '', value = '']) => ({
        path,
        name,
        value: oneLine(value),
        about: aboutOf(comment) ?? `${inWords(name)}, at most`,
      })),
      ...[...text.matchAll(TABLE)].flatMap(([, table = '', body = '']) =>
        [...body.matchAll(ENTRY)].map(([, comment, key = '', value = '']) => ({
          path,
          name: `${table}.${key}`,
          value: oneLine(value),
          about: aboutOf(comment) ?? inWords(key),
        })),
      ),
    ]);
}

function aboutOf(comment: string | undefined): string | undefined {
  return comment === undefined ? undefined : oneLine(comment.replaceAll(/^\s*\* ?/gm, ' '));
}

function inWords(name: string): string {
  return name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()
    .replace(/ max$/, '');
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
