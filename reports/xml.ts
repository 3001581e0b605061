/**
 * XML 1.0, just enough to write it: elements, attributes, text. What XML 1.0 cannot carry (section 2.2: most controls,
 * lone surrogates, U+FFFE and U+FFFF) is left out, since not even a character reference may name it.
 */

const FORBIDDEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);

/** Character data. A carriage return is written as a reference, or a parser would turn it into a newline (2.11). */
function escapeText(text: string): string {
  return text
    .replace(FORBIDDEN, '')
    .replace(/[&<>"]/g, (character) => ENTITIES.get(character) ?? '')
    .replaceAll('\r', '&#13;');
}

/** An attribute's value. Tabs and newlines are written as references, or a parser would turn them into spaces (3.3.3). */
function escapeAttribute(text: string): string {
  return escapeText(text).replaceAll('\t', '&#9;').replaceAll('\n', '&#10;');
}

/** An element as data; names are trusted, texts and values of attributes are escaped when it is written. */
export interface XmlElement {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string | number>>;
  /** Child elements, or text. */
  readonly content?: readonly XmlElement[] | string;
}

/** The document, indented, in UTF-8, ended by a newline. */
export function xmlDocument(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${write(root, '')}`;
}

function write({ name, attributes = {}, content = [] }: XmlElement, indent: string): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escapeAttribute(String(value))}"`,
  );
  const open = `${indent}<${name}${written.join('')}`;
  if (content.length === 0) return `${open}/>\n`;
  if (typeof content === 'string') return `${open}>${escapeText(content)}</${name}>\n`;
  return `${open}>\n${content.map((child) => write(child, `${indent}  `)).join('')}${indent}</${name}>\n`;
}
