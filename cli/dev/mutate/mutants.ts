/**
 * All mutants of one built file. Each is one replacement in the JavaScript that runs, with its place in the TypeScript that
 * people read.
 */
import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { parse, type AnyNode } from 'acorn';
import { replacementsOf, type OperatorName } from './operators.ts';

/** One change of one file. */
export interface Mutant {
  /** 1 and up, in the order of the text; 0 is the file as it is. */
  readonly number: number;
  readonly operator: OperatorName;
  /** Of the JavaScript: from this character to before that one. */
  readonly start: number;
  readonly end: number;
  /** What stands in the JavaScript now, and what stands there instead: on one line, and cut when it is long. */
  readonly original: string;
  readonly replacement: string;
  /** What is written into the JavaScript. */
  readonly text: string;
  readonly at: TypeScriptPlace;
}

/** Where a mutant begins in the source; line and column count from 1. */
export interface TypeScriptPlace {
  readonly line: number;
  readonly column: number;
  /** The whole line, without the blanks around it. */
  readonly text: string;
}

/** Characters of a mutant that are shown. */
const SHOWN_MAX = 80;

/** These hold together by themselves. */
const WHOLE = /^(?:\w+|"[^"]*"|`[^`]*`|\[.*\]|\{\})$/;
/** Nodes that stand where no expression could. */
const STATEMENTS: ReadonlySet<string> = new Set(['BlockStatement', 'ForStatement', 'SwitchCase']);

/** Mutants of a built file, from the text beside its source map. */
export function mutantsOf(builtPath: string): readonly Mutant[] {
  const source = readFileSync(builtPath, 'utf8');
  return mutantsIn(source, placesOf(builtPath));
}

/** Mutants of JavaScript; `placeOf` tells where a character of it comes from. */
export function mutantsIn(source: string, placeOf: (offset: number) => TypeScriptPlace): readonly Mutant[] {
  const mutants: Mutant[] = [];
  const visit = (node: AnyNode, parent: AnyNode | undefined): void => {
    for (const { operator, text: replacement } of replacementsOf({ node, parent, source })) {
      const text = STATEMENTS.has(node.type) || WHOLE.test(replacement) ? replacement : `(${replacement})`;
      const { start, end } = node;
      if (!isProgram(`${source.slice(0, start)}${text}${source.slice(end)}`)) continue;
      mutants.push({
        number: mutants.length + 1,
        operator,
        start,
        end,
        original: shown(source.slice(start, end)),
        replacement: shown(replacement),
        text,
        at: placeOf(start),
      });
    }
    for (const child of childrenOf(node)) visit(child, node);
  };
  visit(programOf(source), undefined);
  return mutants;
}

function shown(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > SHOWN_MAX ? `${line.slice(0, SHOWN_MAX)}…` : line;
}

/** The JavaScript with the mutant in it. */
export function mutated(
  source: string,
  { start, end, text }: Pick<Mutant, 'start' | 'end' | 'text'>,
): string {
  return `${source.slice(0, start)}${text}${source.slice(end)}`;
}

/** The syntax tree of JavaScript as the build writes it. Throws SyntaxError. */
export function programOf(source: string) {
  return parse(source, { ecmaVersion: 'latest', sourceType: 'module' });
}

/** A replacement may be no JavaScript where it stands, as an assignment to what is not there: that is no mutant. */
function isProgram(source: string): boolean {
  try {
    programOf(source);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** The nodes directly below a node, in the order of the text. */
function childrenOf(node: AnyNode): readonly AnyNode[] {
  return Object.values(node)
    .flat()
    .filter(isNode)
    .sort((a, b) => a.start - b.start);
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** Places of a built file's characters in its TypeScript, which its source map holds. */
function placesOf(builtPath: string): (offset: number) => TypeScriptPlace {
  const source = readFileSync(builtPath, 'utf8');
  const payload: ConstructorParameters<typeof SourceMap>[0] = JSON.parse(
    readFileSync(`${builtPath}.map`, 'utf8'),
  );
  const map = new SourceMap(payload);
  const lines = payload.sourcesContent[0]?.split('\n') ?? [];
  return (offset) => {
    const before = source.slice(0, offset).split('\n');
    const entry = map.findEntry(before.length - 1, before.at(-1)?.length ?? 0);
    const line = 'originalLine' in entry ? entry.originalLine : 0;
    const column = 'originalColumn' in entry ? entry.originalColumn : 0;
    return { line: line + 1, column: column + 1, text: lines[line]?.trim() ?? '' };
  };
}
