/**
 * A strict reader of markup for tests: tags must balance, attributes must be in double quotes and occur once, and entities
 * must be the few that are written. HTML adds void elements and the raw text of script and style.
 */
export interface MarkupNode {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: MarkupNode[];
  /** All text below, entities resolved. */
  text: string;
}

const VOID = new Set(['meta', 'link', 'br', 'input', 'img', 'hr']);
const RAW = new Set(['script', 'style']);
const TAG = /<(\/?)([A-Za-z][A-Za-z0-9:-]*)((?:\s+[A-Za-z_:][\w:.-]*(?:="[^"<]*")?)*)\s*(\/?)>/y;
const ATTRIBUTE = /([A-Za-z_:][\w:.-]*)(?:="([^"]*)")?/g;
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#9;': '\t',
  '&#10;': '\n',
  '&#13;': '\r',
};

function unescaped(text: string): string {
  if (/[<>]/.test(text)) throw new Error(`bare bracket in ${JSON.stringify(text.slice(0, 60))}`);
  return text.replace(/&[^;\s]*;?/g, (entity) => {
    const character = ENTITIES[entity];
    if (character === undefined) throw new Error(`unknown entity ${entity}`);
    return character;
  });
}

/** The document as a tree under a node without a name. Throws for anything that is not well formed. */
export function parseMarkup(source: string, kind: 'html' | 'xml'): MarkupNode {
  const root: MarkupNode = { name: '', attributes: new Map(), children: [], text: '' };
  const open: MarkupNode[] = [root];
  let at = source.startsWith('<!doctype html>') ? '<!doctype html>'.length : 0;
  const addText = (text: string): void => {
    for (const node of open) node.text += text;
  };
  while (at < source.length) {
    const parent = open.at(-1) ?? root;
    if (kind === 'html' && RAW.has(parent.name)) {
      const end = source.indexOf(`</${parent.name}`, at);
      addText(source.slice(at, end));
      at = end;
    }
    const next = source.indexOf('<', at);
    if (next !== at) {
      addText(unescaped(source.slice(at, next < 0 ? undefined : next)));
      if (next < 0) break;
      at = next;
    }
    TAG.lastIndex = at;
    const match = TAG.exec(source);
    if (match === null) throw new Error(`not a tag: ${source.slice(at, at + 80)}`);
    const [whole, closing, name = '', attributes = '', empty] = match;
    at += whole.length;
    if (closing === '/') {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes nothing at ${at}`);
      continue;
    }
    const node: MarkupNode = { name, attributes: attributesOf(attributes, kind), children: [], text: '' };
    parent.children.push(node);
    if (empty !== '/' && !(kind === 'html' && VOID.has(name))) open.push(node);
  }
  if (open.length !== 1) throw new Error(`<${open.at(-1)?.name}> is never closed`);
  return root;
}

function attributesOf(text: string, kind: 'html' | 'xml'): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', value] of text.matchAll(ATTRIBUTE)) {
    if (attributes.has(name)) throw new Error(`attribute ${name} twice`);
    if (value === undefined && kind === 'xml') throw new Error(`attribute ${name} without a value`);
    attributes.set(name, unescaped(value ?? '').replaceAll('\r\n', '\n'));
  }
  return attributes;
}

/** Every node below, in document order. */
export function* nodesOf(node: MarkupNode): Generator<MarkupNode> {
  for (const child of node.children) {
    yield child;
    yield* nodesOf(child);
  }
}
