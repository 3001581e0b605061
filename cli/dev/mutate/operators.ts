/**
 * What a mutant changes: the operators that StrykerJS applies by default (stryker-mutator.io, "Supported mutators"; the rules here follow
 * version 9.6, which has them as one file each). A replacement is text for the place where a node stands.
 *
 * Stryker's own instrumenter is not used: it brings 67 packages, Babel and parsers for Angular and JSX among them, its next
 * version needs Node 22, and it has no runner for ava. What is left of it for this project is this file.
 */
import type { AnyNode, BinaryExpression, CallExpression, Expression, NewExpression } from 'acorn';
import { ARITHMETIC, ASSIGNMENT, EQUALITY, LOGICAL, METHODS, UNARY, UPDATE } from './operator-tables.ts';
import { mutatedPatterns } from './patterns.ts';

/** As Stryker calls them, so that its manual explains them. */
export type OperatorName =
  | 'ArithmeticOperator'
  | 'ArrayDeclaration'
  | 'ArrowFunction'
  | 'AssignmentOperator'
  | 'BlockStatement'
  | 'BooleanLiteral'
  | 'ConditionalExpression'
  | 'EqualityOperator'
  | 'LogicalOperator'
  | 'MethodExpression'
  | 'ObjectLiteral'
  | 'OptionalChaining'
  | 'Regex'
  | 'StringLiteral'
  | 'UnaryOperator'
  | 'UpdateOperator';

/** One change of one node. */
export interface Replacement {
  readonly operator: OperatorName;
  /** What stands there instead. */
  readonly text: string;
}

/** A node, where it stands, and the text that it is part of. */
export interface MutationSite {
  readonly node: AnyNode;
  readonly parent: AnyNode | undefined;
  readonly source: string;
}

type Mutator = (site: MutationSite) => readonly Replacement[];

const textOf = ({ source }: MutationSite, { start, end }: { start: number; end: number }): string =>
  source.slice(start, end);

/** An operand, in brackets where it could come apart. */
function operand(site: MutationSite, node: { type: string; start: number; end: number }): string {
  const text = textOf(site, node);
  return /^(?:Identifier|PrivateIdentifier|Literal|ThisExpression|MemberExpression|CallExpression|ChainExpression)$/.test(
    node.type,
  )
    ? text
    : `(${text})`;
}

const isText = (node: AnyNode): boolean =>
  node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string');

const arithmetic: Mutator = (site) => {
  const { node } = site;
  if (node.type !== 'BinaryExpression') return [];
  const other = ARITHMETIC[node.operator];
  const leftmost = node.left.type === 'BinaryExpression' ? node.left.right : node.left;
  if (other === undefined || isText(node.right) || isText(leftmost)) return [];
  return [{ operator: 'ArithmeticOperator', text: binary(site, node, other) }];
};

const equality: Mutator = (site) => {
  const { node } = site;
  if (node.type !== 'BinaryExpression') return [];
  return (EQUALITY[node.operator] ?? []).map((other) => ({
    operator: 'EqualityOperator',
    text: binary(site, node, other),
  }));
};

function binary(site: MutationSite, { left, right }: BinaryExpression, operator: string): string {
  return `${operand(site, left)} ${operator} ${operand(site, right)}`;
}

const logical: Mutator = (site) => {
  const { node } = site;
  if (node.type !== 'LogicalExpression') return [];
  const other = LOGICAL[node.operator] ?? '';
  const text = `${operand(site, node.left)} ${other} ${operand(site, node.right)}`;
  return [{ operator: 'LogicalOperator', text }];
};

const assignment: Mutator = (site) => {
  const { node } = site;
  if (node.type !== 'AssignmentExpression') return [];
  const other = ASSIGNMENT[node.operator];
  if (other === undefined || (isText(node.right) && !/^(?:&&|\|\||\?\?)=$/.test(node.operator))) return [];
  const text = `${textOf(site, node.left)} ${other} ${textOf(site, node.right)}`;
  return [{ operator: 'AssignmentOperator', text }];
};

const array: Mutator = (site) => {
  const { node } = site;
  if (node.type === 'ArrayExpression')
    return [{ operator: 'ArrayDeclaration', text: node.elements.length > 0 ? '[]' : '["Stryker was here"]' }];
  if ((node.type !== 'CallExpression' && node.type !== 'NewExpression') || !callsArray(node)) return [];
  const made = `Array(${node.arguments.length > 0 ? '' : '[]'})`;
  return [{ operator: 'ArrayDeclaration', text: node.type === 'NewExpression' ? `new ${made}` : made }];
};

const callsArray = ({ callee }: CallExpression | NewExpression): boolean =>
  callee.type === 'Identifier' && callee.name === 'Array';

const arrow: Mutator = ({ node }) => {
  if (node.type !== 'ArrowFunctionExpression' || node.body.type === 'BlockStatement') return [];
  if (node.body.type === 'Identifier' && node.body.name === 'undefined') return [];
  return [{ operator: 'ArrowFunction', text: '() => undefined' }];
};

const block: Mutator = ({ node }) =>
  node.type === 'BlockStatement' && node.body.length > 0 ? [{ operator: 'BlockStatement', text: '{}' }] : [];

const boolean: Mutator = (site) => {
  const { node } = site;
  if (node.type === 'Literal' && typeof node.value === 'boolean')
    return [{ operator: 'BooleanLiteral', text: String(!node.value) }];
  if (node.type === 'UnaryExpression' && node.operator === '!')
    return [{ operator: 'BooleanLiteral', text: textOf(site, node.argument) }];
  return [];
};

const CONDITION = /^(?:[!=]==?|&&|\|\||[<>]=?)$/;

const condition: Mutator = (site) => {
  const { node, parent } = site;
  const becomes = (...texts: readonly string[]): readonly Replacement[] =>
    texts.map((text) => ({ operator: 'ConditionalExpression', text }));
  if (isTestOf(parent, node, 'ForStatement', 'WhileStatement', 'DoWhileStatement')) return becomes('false');
  if (isTestOf(parent, node, 'IfStatement')) return becomes('true', 'false');
  if (
    (node.type === 'BinaryExpression' || node.type === 'LogicalExpression') &&
    CONDITION.test(node.operator)
  ) {
    // (true || y) is what becomes of the whole condition already, as is (false && y).
    if (parent?.type === 'LogicalExpression' && parent.operator === '||') return becomes('false');
    if (parent?.type === 'LogicalExpression' && parent.operator === '&&') return becomes('true');
    return becomes('true', 'false');
  }
  if (node.type === 'ForStatement' && !node.test)
    return becomes(textOf(site, node).replace(/;\s*;/, '; false;'));
  if (node.type !== 'SwitchCase' || node.consequent.length === 0) return [];
  return becomes(node.test ? `case ${textOf(site, node.test)}:` : 'default:');
};

function isTestOf(parent: AnyNode | undefined, node: AnyNode, ...types: readonly string[]): boolean {
  return parent !== undefined && types.includes(parent.type) && 'test' in parent && parent.test === node;
}

const method: Mutator = (site) => {
  const { node } = site;
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return [];
  const { object, property, computed } = node.callee;
  if (computed || property.type !== 'Identifier') return [];
  const other = METHODS.get(property.name);
  if (other === undefined) return [];
  if (other === null) return [{ operator: 'MethodExpression', text: textOf(site, object) }];
  const { source } = site;
  const text = `${source.slice(node.start, property.start)}${other}${source.slice(property.end, node.end)}`;
  return [{ operator: 'MethodExpression', text }];
};

const object: Mutator = ({ node }) =>
  node.type === 'ObjectExpression' && node.properties.length > 0
    ? [{ operator: 'ObjectLiteral', text: '{}' }]
    : [];

const chaining: Mutator = (site) => {
  const { node } = site;
  if ((node.type !== 'MemberExpression' && node.type !== 'CallExpression') || !node.optional) return [];
  const head: Expression | { start: number; end: number } =
    node.type === 'CallExpression' ? node.callee : node.object;
  const rest = site.source.slice(head.end, node.end);
  const dot = node.type === 'MemberExpression' && !node.computed ? '.' : '';
  return [{ operator: 'OptionalChaining', text: `${textOf(site, head)}${rest.replace('?.', dot)}` }];
};

const regex: Mutator = ({ node }) => {
  if (node.type !== 'Literal' || node.regex === undefined) return [];
  const { pattern, flags } = node.regex;
  return mutatedPatterns(pattern).map((text) => ({ operator: 'Regex', text: `/${text}/${flags}` }));
};

const string: Mutator = (site) => {
  const { node } = site;
  if (node.type === 'TemplateLiteral') {
    const isEmpty = node.quasis.length === 1 && node.quasis[0]?.value.raw === '';
    return [{ operator: 'StringLiteral', text: isEmpty ? '`Stryker was here!`' : '``' }];
  }
  if (node.type !== 'Literal' || typeof node.value !== 'string' || !isMutableString(site)) return [];
  return [{ operator: 'StringLiteral', text: node.value === '' ? '"Stryker was here!"' : '""' }];
};

/** A string that says something when the program runs: no name of a module, of a property or of a symbol, and no directive. */
function isMutableString({ node, parent }: MutationSite): boolean {
  switch (parent?.type) {
    case 'ImportDeclaration':
    case 'ImportExpression':
    case 'ImportAttribute':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportSpecifier':
    case 'ImportSpecifier':
    case 'ExpressionStatement':
      return false;
    case 'Property':
    case 'PropertyDefinition':
    case 'MethodDefinition':
      return parent.key !== node;
    case 'CallExpression':
      return !(parent.callee.type === 'Identifier' && parent.callee.name === 'Symbol');
    default:
      return true;
  }
}

const unary: Mutator = (site) => {
  const { node } = site;
  if (node.type !== 'UnaryExpression') return [];
  const other = UNARY[node.operator];
  if (other === undefined) return [];
  return [{ operator: 'UnaryOperator', text: `${other}${operand(site, node.argument)}` }];
};

const update: Mutator = (site) => {
  const { node } = site;
  if (node.type !== 'UpdateExpression') return [];
  const other = UPDATE[node.operator] ?? '';
  const argument = textOf(site, node.argument);
  return [{ operator: 'UpdateOperator', text: node.prefix ? `${other}${argument}` : `${argument}${other}` }];
};

const MUTATORS: readonly Mutator[] = [
  arithmetic,
  array,
  arrow,
  assignment,
  block,
  boolean,
  condition,
  equality,
  logical,
  method,
  object,
  chaining,
  regex,
  string,
  unary,
  update,
];

/** All that the operators make of one node; of what is inside it, nothing. */
export function replacementsOf(site: MutationSite): readonly Replacement[] {
  return MUTATORS.flatMap((mutator) => mutator(site));
}
