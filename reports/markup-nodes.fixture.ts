/**
 * Markup as the tests of the reports see it: trees of elements, read by the parsers that others trust (parse5, saxes). Stricter than
 * a browser: whatever the parser finds wrong is thrown, and so is an element whose end is only implied.
 */
import { parse, parseFragment, type DefaultTreeAdapterTypes, type ParserError } from 'parse5';
import { SaxesParser } from 'saxes';

/** An element with what a test asks of it: its attributes, the elements in it, and what it says. */
export interface MarkupNode {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Elements only. */
  readonly children: readonly MarkupNode[];
  /** All text below, entities resolved. */
  readonly text: string;
}

/** Elements that have no end (HTML, 13.1.2). */
const VOID = new Set(['meta', 'link', 'br', 'input', 'img', 'hr', 'source', 'col', 'wbr']);

/** A character that is none (U+FFFE) is an error to a parser, and to nobody else. */
const HARMLESS = new Set<string>(['noncharacter-in-input-stream']);

/** The elements at the top of a page or of a piece of one. */
export function htmlElements(source: string): readonly MarkupNode[] {
  const options = {
    sourceCodeLocationInfo: true,
    onParseError: ({ code, startLine, startCol }: ParserError) => {
      if (!HARMLESS.has(code)) throw new Error(`${startLine}:${startCol}: ${code}`);
    },
  };
  const isPage = source.startsWith('<!doctype');
  return elementsIn(isPage ? parse(source, options) : parseFragment(source, options), source);
}

function elementsIn(
  { childNodes }: DefaultTreeAdapterTypes.ParentNode,
  source: string,
): readonly MarkupNode[] {
  return childNodes.filter((node) => 'tagName' in node).map((element) => elementOf(element, source));
}

function elementOf(element: DefaultTreeAdapterTypes.Element, source: string): MarkupNode {
  const { tagName: name, attrs } = element;
  if (!isClosed(element, source)) throw new Error(`<${name}> is not closed`);
  return {
    name,
    attributes: new Map(attrs.map(({ name, value }) => [name, value])),
    children: elementsIn(element, source),
    text: textIn(element),
  };
}

function isClosed(
  { tagName, namespaceURI, sourceCodeLocation: place }: DefaultTreeAdapterTypes.Element,
  source: string,
): boolean {
  // Without a place the element itself is implied, as the body of a table is.
  if (!place?.startTag || place.endTag !== undefined || VOID.has(tagName)) return true;
  const isForeign = namespaceURI.endsWith('/svg');
  return isForeign && source.slice(place.startTag.startOffset, place.startTag.endOffset).endsWith('/>');
}

function textIn(node: DefaultTreeAdapterTypes.ChildNode): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textIn).join('') : '';
}

/** The outermost element of a document, which has exactly one. Throws for what is not well-formed XML. */
export function xmlRoot(source: string): MarkupNode {
  const parser = new SaxesParser();
  const top: OpenNode = { name: '', attributes: new Map(), children: [], text: '' };
  const open = [top];
  const addText = (text: string): void => {
    for (const node of open) node.text += text;
  };
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const node = { name, attributes: new Map(Object.entries(attributes)), children: [], text: '' };
    open.at(-1)?.children.push(node);
    open.push(node);
  });
  parser.on('closetag', () => open.pop());
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(source).close();
  const [root] = top.children;
  if (root === undefined) throw new Error('the document has no root');
  return root;
}

interface OpenNode extends MarkupNode {
  readonly children: OpenNode[];
  text: string;
}

/** Every element below, in document order. */
export function* nodesOf({ children }: Pick<MarkupNode, 'children'>): Generator<MarkupNode> {
  for (const child of children) {
    yield child;
    yield* nodesOf(child);
  }
}
