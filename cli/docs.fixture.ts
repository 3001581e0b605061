/**
 * The documentation as something that can be run: the command lines, the files and the links of a page.
 *
 * A comment above a block says more about it: `<!-- file: mine.yaml -->` writes the block to that file first, `<!-- exit: 1 -->`
 * is the exit code of every line, `<!-- run: check-only -->` reads the lines without running them.
 */
import { anchor } from './dev/docs/markdown.ts';

/** A fenced block of a page, with the notes of the comments above it. */
export interface Block {
  /** Line of the page on which its content begins, from 1. */
  readonly line: number;
  readonly language: string;
  readonly content: string;
  readonly notes: ReadonlyMap<string, string>;
}

/** A line of a page that starts with calldrill, and the exit code that the page promises for it. */
export interface DocumentedCommand {
  readonly line: number;
  readonly text: string;
  readonly exit: number;
  readonly checkOnly: boolean;
}

/** A step of a reader who follows the page. */
export type ReaderStep =
  | { readonly kind: 'file'; readonly path: string; readonly content: string }
  | ({ readonly kind: 'calldrill' | 'npm' } & DocumentedCommand);

const NOTE = /^<!-- (file|exit|run): (\S+) -->$/;

/** The fenced blocks of a page, with the notes above each. Only blank lines may stand between. */
export function blocksOf(page: string): readonly Block[] {
  const blocks: Block[] = [];
  let notes = new Map<string, string>();
  let open: { line: number; language: string; content: string[] } | undefined;
  for (const [index, line] of page.split('\n').entries()) {
    const fence = /^```(\w*)$/.exec(line);
    if (open !== undefined) {
      if (fence === null) open.content.push(line);
      else {
        blocks.push({ ...open, content: `${open.content.join('\n')}\n`, notes });
        open = undefined;
        notes = new Map();
      }
      continue;
    }
    const [, name, value] = NOTE.exec(line) ?? [];
    if (fence !== null) open = { line: index + 2, language: fence[1] ?? '', content: [] };
    else if (name !== undefined && value !== undefined) notes.set(name, value);
    else if (line.trim() !== '') notes = new Map();
  }
  return blocks;
}

/** What a reader does who follows a page from top to bottom. */
export function stepsOf(page: string): readonly ReaderStep[] {
  return blocksOf(page).flatMap(({ line, language, content, notes }): readonly ReaderStep[] => {
    const path = notes.get('file');
    if (path !== undefined) return [{ kind: 'file', path, content }];
    if (language !== 'sh') return [];
    const exit = Number(notes.get('exit') ?? 0);
    const checkOnly = notes.get('run') === 'check-only';
    return content.split('\n').flatMap((each, index): readonly ReaderStep[] => {
      const [, kind] = /^(calldrill|npm) /.exec(each) ?? [];
      if (kind !== 'calldrill' && kind !== 'npm') return [];
      // What a line is piped into is not ours to run.
      const text = each
        .replace(/\s+#.*$/, '')
        .replace(/ \| .*$/, '')
        .trim();
      return [{ kind, line: line + index, text, exit, checkOnly }];
    });
  });
}

/** Targets of the links of a page, without those to other sites. Links in fenced blocks and in code are none. */
export function linksOf(page: string): readonly string[] {
  const prose = page.replaceAll(/^```[\s\S]*?^```$/gm, '').replaceAll(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) =>
    /^[a-z]+:/.test(target) ? [] : [target],
  );
}

/** What a link into the page may name after `#`. A heading that is there twice has a number the second time. */
export function anchorsOf(page: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of page.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/^#{1,6} +(.+)$/gm)) {
    const name = anchor(heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1'));
    let free = name;
    for (let n = 1; anchors.has(free); n++) free = `${name}-${n}`;
    anchors.add(free);
  }
  return anchors;
}
