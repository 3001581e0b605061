/**
 * A scenario file as a YAML tree, or its problems. Only plain YAML 1.2 gets through: one document of maps, lists and
 * scalars. Anchors, aliases, merge keys, tags and directives are refused, so a file means what it shows.
 *
 * All of that is checked on the tokens, before the tree is composed. The composer recurses: text that is only nested deeply
 * enough would end the whole process, not just the parse.
 */
import { Composer, LineCounter, Parser, type CST, type Node } from 'yaml';
import type { CalldrillError, Where } from '../../sim/errors.ts';
import { scenarioError, type ScenarioCode } from './errors.ts';
import { LIMITS } from './limits.ts';

/** What the YAML of a file came to: a root or problems, and how to find lines and columns in it. */
export interface SourceTree {
  /** The root node; absent when there are problems. */
  readonly root?: Node;
  readonly problems: readonly CalldrillError[];
  /** The place of an offset into the text. */
  readonly whereAt: (offset: number) => Where;
}

type Report = (code: ScenarioCode, offset: number, detail: string) => void;

/** Reads the text of the file named `file`. */
export function treeOf(text: string, file: string): SourceTree {
  const lines = new LineCounter();
  const whereAt = (offset: number): Where => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const problems: CalldrillError[] = [];
  const report: Report = (code, offset, detail) => {
    problems.push(scenarioError(code, detail, { where: whereAt(offset) }));
  };

  const octets = Buffer.byteLength(text);
  if (octets > LIMITS.fileOctets) {
    report('SCENARIO_TOO_LARGE', 0, `the file has ${octets} octets, more than ${LIMITS.fileOctets}`);
    return { problems, whereAt };
  }
  const tokens: CST.Token[] = [];
  for (const token of new Parser(lines.addNewLine).parse(text)) {
    if (tokens.push(token) > LIMITS.tokens) break;
  }
  inspect(tokens, report);
  if (problems.length > 0) return { problems, whereAt };

  const composer = new Composer({ version: '1.2', schema: 'core', uniqueKeys: false });
  const documents = [...composer.compose(tokens, true, text.length)];
  const errors = documents.flatMap((each) => each.errors);
  const tabs = errors.filter(({ code }) => code === 'TAB_AS_INDENT');
  // A tab makes the lines around it look wrong too; without it they may be right.
  for (const { code, message, pos } of (tabs.length > 0 ? tabs : errors).slice(0, LIMITS.problems))
    report(code === 'TAB_AS_INDENT' ? 'SCENARIO_TAB' : 'SCENARIO_YAML', pos[0], message);
  const [document, second] = documents;
  if (second !== undefined)
    report('SCENARIO_DOCUMENTS', second.range[0], 'a second YAML document begins here');
  const root = document?.contents ?? undefined;
  if (root === undefined) report('SCENARIO_DOCUMENTS', 0, 'the file is empty');
  return problems.length > 0 || root === undefined ? { problems, whereAt } : { root, problems, whereAt };
}

/**
 * Reports tokens that are too many or too deep, and YAML beyond plain maps, lists and scalars. Walks with a stack of its own
 * and stops at the first excess.
 */
function inspect(tokens: readonly CST.Token[], report: Report): void {
  const stack = tokens.map((token) => ({ token, depth: 0 }));
  let count = stack.length;
  const enter = (children: readonly (CST.Token | null | undefined)[] | undefined, depth: number): void => {
    for (const token of children ?? []) {
      if (token === null || token === undefined) continue;
      count++;
      stack.push({ token, depth });
    }
  };
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { token, depth } = top;
    if (count > LIMITS.tokens) {
      report('SCENARIO_TOO_LARGE', 0, `the file has more than ${LIMITS.tokens} tokens`);
      return;
    }
    if (depth > LIMITS.depth) {
      report('SCENARIO_TOO_DEEP', token.offset, `maps and lists are nested more than ${LIMITS.depth} deep`);
      return;
    }
    refuse(token, report);
    if ('start' in token && Array.isArray(token.start)) enter(token.start, depth);
    if ('end' in token) enter(token.end, depth);
    if ('props' in token) enter(token.props, depth);
    if (token.type === 'document') enter([token.value], depth);
    if (!('items' in token)) continue;
    for (const { start, key, sep, value } of token.items) {
      if (key !== null && key !== undefined && isMergeKey(key))
        report('SCENARIO_MERGE_KEY', key.offset, "'<<' is a merge key");
      enter(start, depth);
      enter(sep, depth);
      enter([key, value], depth + 1);
    }
  }
}

/** Reports a token that has no place in a scenario file. */
function refuse(token: CST.Token, report: Report): void {
  switch (token.type) {
    case 'anchor':
    case 'alias':
      report('SCENARIO_ALIAS', token.offset, `'${token.source}' is an anchor or an alias`);
      return;
    case 'tag':
      report('SCENARIO_TAG', token.offset, `'${token.source}' is a tag`);
      return;
    case 'directive':
      report('SCENARIO_TAG', token.offset, `'${token.source}' is a directive`);
      return;
    default:
  }
}

function isMergeKey(token: CST.Token): boolean {
  return token.type === 'scalar' && token.source === '<<';
}
