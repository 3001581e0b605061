/**
 * Placeholders: `{user}` and `{user.number}` in the texts of a procedure. What is put in is never read again: it holds no placeholder, and in a line
 * that is typed it is quoted, so that it is one word whatever it says.
 */
import { isScalar, visit, type Node } from 'yaml';
import { quoted } from '../../../devices/console/index.ts';

/** A name in braces, and the property of it that is meant. */
export interface Placeholder {
  readonly name: string;
  readonly property?: string;
}

/** What stands for a placeholder; undefined when that is not known, which was reported. */
export type Resolve = (placeholder: Placeholder) => string | undefined;

const PLACEHOLDER = /\{([a-z][a-z0-9]*(?:-[a-z0-9]+)*)(?:\.([a-z]+))?\}/g;
/** A brace that belongs to no placeholder. */
const STRAY = /[{}]/;

/** All that are in a text, in order. */
export function placeholdersIn(text: string): readonly Placeholder[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, name = '', property]) => ({
    name,
    ...(property === undefined ? {} : { property }),
  }));
}

/** Whether a text has braces that hold no name. */
export function hasStrayBrace(text: string): boolean {
  return STRAY.test(text.replaceAll(PLACEHOLDER, ''));
}

/** Whether a placeholder stands inside quotes of a line, where it could not be quoted itself. */
export function isInQuotes(line: string): boolean {
  return [...line.matchAll(/"[^"]*"|'[^']*'/g)].some(([quote]) => placeholdersIn(quote).length > 0);
}

/** The text with everything put in as it is; undefined when something is not known. */
export function filled(text: string, resolve: Resolve): string | undefined {
  return put(text, resolve, (value) => value);
}

/** A line with everything put in as one word each. */
export function filledLine(line: string, resolve: Resolve): string | undefined {
  return put(line, resolve, (value) => {
    const word = quoted(value);
    // It would be an option.
    return word.startsWith('-') ? `'${word}'` : word;
  });
}

function put(text: string, resolve: Resolve, form: (value: string) => string): string | undefined {
  const values = placeholdersIn(text).map(resolve);
  if (values.includes(undefined)) return undefined;
  let at = 0;
  return text.replaceAll(PLACEHOLDER, () => form(values[at++] ?? ''));
}

/** A copy of a piece of the file with everything put in; keys stay. What is not known stays too, and was reported. */
export function filledNode(node: Node | null, resolve: Resolve): Node | null {
  if (node === null) return null;
  const copy = node.clone() as Node;
  visit(copy, {
    Scalar: (place, scalar) => {
      if (place === 'key' || typeof scalar.value !== 'string' || placeholdersIn(scalar.value).length === 0)
        return;
      const value = filled(scalar.value, resolve);
      // Its source says how it was written, and what is put in is always text.
      if (value !== undefined) Object.assign(scalar, { value, source: value, type: 'QUOTE_DOUBLE' });
    },
  });
  return copy;
}

/** All texts of a piece of the file, for whoever looks at their placeholders. */
export function textsIn(node: Node | null): readonly string[] {
  const texts: string[] = [];
  if (node !== null)
    visit(node, {
      Scalar: (place, scalar) => {
        if (place !== 'key' && isScalar(scalar) && typeof scalar.value === 'string') texts.push(scalar.value);
      },
    });
  return texts;
}
