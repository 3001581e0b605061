/**
 * What the checks ask of a source's syntax: its functions and their lengths, what it exports and how that is explained, and the
 * types it names. A length cannot be told from a pattern, so this reads the tree of a parser; the parser is the one that knip
 * brings, declared by name.
 */
import { parseSync, Visitor, type Comment, type Node, type Statement } from 'oxc-parser';
import type { SourceFile } from '../source-tree.ts';
import { lineAt } from './check.ts';

/** A function, method or constructor with a body. */
export interface FunctionSpan {
  /** As it is declared; `Class.method` in a class, `anonymous` where nothing names it. */
  readonly name: string;
  readonly line: number;
  /** Source lines from the first of its signature to its closing brace. */
  readonly lines: number;
  readonly constructs: boolean;
}

/** A name that other files can import from the file that declares it. */
export interface ExportedName {
  readonly name: string;
  readonly line: number;
  /** The text of the docstring that stands right above it, without its stars. */
  readonly docstring: string | undefined;
}

/** An interface, alias, class or enumeration at the top of a file. */
export interface TypeName {
  readonly name: string;
  readonly line: number;
  readonly exported: boolean;
}

/** One file as the checks see it. */
export interface Syntax {
  readonly functions: readonly FunctionSpan[];
  readonly exports: readonly ExportedName[];
  readonly types: readonly TypeName[];
}

const KNOWN = new WeakMap<SourceFile, Syntax>();

/** Reads a file, once. */
export function syntaxOf(file: SourceFile): Syntax {
  const known = KNOWN.get(file);
  if (known !== undefined) return known;
  const { path, text } = file;
  const { program, comments } = parseSync(path, text);
  const syntax: Syntax = {
    functions: functionsOf(program, text),
    exports: program.body.flatMap((statement) => exportsOf(statement, text, comments)),
    types: program.body.flatMap((statement) => typesOf(statement, text)),
  };
  KNOWN.set(file, syntax);
  return syntax;
}

type Program = Parameters<Visitor['visit']>[0];

function functionsOf(program: Program, text: string): readonly FunctionSpan[] {
  const found: FunctionSpan[] = [];
  const names = new Map<Node, string>();
  const classes: string[] = [];
  const enterClass = (node: { readonly id: { readonly name: string } | null }): void => {
    classes.push(node.id?.name ?? 'anonymous');
  };
  const leaveClass = (): void => {
    classes.pop();
  };
  const name = (node: Node | null, key: Node): void => {
    if (node !== null && 'name' in key && typeof key.name === 'string') names.set(node, key.name);
  };
  const take = (node: Node & { readonly start: number; readonly end: number }, constructs = false): void => {
    const lines = lineAt(text, node.end) - lineAt(text, node.start) + 1;
    found.push({ name: names.get(node) ?? 'anonymous', line: lineAt(text, node.start), lines, constructs });
  };
  const constructors = new Set<Node>();
  new Visitor({
    ClassDeclaration: enterClass,
    'ClassDeclaration:exit': leaveClass,
    ClassExpression: enterClass,
    'ClassExpression:exit': leaveClass,
    VariableDeclarator: ({ id, init }) => name(init, id),
    Property: ({ key, value }) => name(value, key),
    PropertyDefinition: ({ key, value }) => name(value, key),
    MethodDefinition: ({ key, value, kind }) => {
      name(value, key);
      names.set(value, `${classes.at(-1) ?? ''}.${names.get(value) ?? 'anonymous'}`);
      if (kind === 'constructor') constructors.add(value);
    },
    FunctionDeclaration: (node) => {
      if (node.id !== null) names.set(node, node.id.name);
      if (node.body !== null) take(node);
    },
    FunctionExpression: (node) => {
      if (node.body !== null) take(node, constructors.has(node));
    },
    ArrowFunctionExpression: (node) => take(node),
  }).visit(program);
  return found;
}

function exportsOf(
  statement: Statement,
  text: string,
  comments: readonly Comment[],
): readonly ExportedName[] {
  if (statement.type !== 'ExportNamedDeclaration' || statement.declaration === null) return [];
  const { declaration, start } = statement;
  const line = lineAt(text, start);
  const docstring = docstringAbove(start, text, comments);
  return namesOf(declaration).map((name) => ({ name, line, docstring }));
}

/** A blank line between them makes a comment that of the file, not of what follows. */
function docstringAbove(start: number, text: string, comments: readonly Comment[]): string | undefined {
  const comment = comments.findLast(({ end }) => end <= start);
  if (comment?.type !== 'Block' || !comment.value.startsWith('*')) return undefined;
  if (!/^[^\S\n]*\n?[^\S\n]*$/.test(text.slice(comment.end, start))) return undefined;
  return comment.value.replaceAll(/^\s*\*+/gm, '').trim();
}

function typesOf(statement: Statement, text: string): readonly TypeName[] {
  const exported = statement.type === 'ExportNamedDeclaration';
  const declared = exported ? statement.declaration : statement;
  switch (declared?.type) {
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSEnumDeclaration':
    case 'ClassDeclaration':
      return namesOf(declared).map((name) => ({ name, line: lineAt(text, statement.start), exported }));
    default:
      return [];
  }
}

function namesOf(declaration: Node): readonly string[] {
  if (declaration.type === 'VariableDeclaration')
    return declaration.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
  if (!('id' in declaration)) return [];
  const { id } = declaration;
  return id !== null && typeof id === 'object' && 'name' in id ? [id.name] : [];
}
