/** A check of the architecture: what it reads, and a planted violation that it must catch, so that the checker is checked. */
import type { SourceFile } from '../source-tree.ts';

/** One place that breaks a check, told so that its author knows what to do. */
export interface Violation {
  readonly path: string;
  /** From 1; 0 when the whole file is meant. */
  readonly line: number;
  /** What is wrong, and what to do instead. */
  readonly what: string;
}

/** A rule that is held against the text of files; each comes with files that break it. */
export interface Check {
  /** Reads as a sentence: `rooms import downwards only`. */
  readonly name: string;
  /** What is wrong with these files; `all` are the files that may be imported. */
  violations(files: readonly SourceFile[], all: readonly SourceFile[]): readonly Violation[];
  /** Rows of its exceptions that none of these files needs any more. */
  idle?(files: readonly SourceFile[]): readonly string[];
  /** Each of these files, alone among the real ones, is a violation. */
  readonly canaries: readonly SourceFile[];
}

/** `sim/clock.ts:12: ...` */
export function textOf({ path, line, what }: Violation): string {
  return `${path}${line > 0 ? `:${line}` : ''}: ${what}`;
}

/** The line, from 1, of an index into a text. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

const TEST = /\.test\.ts$/;
const EDGE =
  /^(?:cli|interop|network\/live|devices\/zxing|scenarios\/(?:host|live))\/|\.(?:test|bench|fixture)\.ts$/;
/** How the names of what is not shipped end. */
export const BESIDE_ENDINGS = ['test', 'bench', 'fuzz', 'fixture', 'vectors', 'arbitrary'] as const;
const BESIDE = new RegExp(`\\.(?:${BESIDE_ENDINGS.join('|')})\\.ts$`);

/** Whether a path is that of a test, `x.test.ts`; fixtures, benches and fuzz targets are none. */
export function isTest(path: string): boolean {
  return TEST.test(path);
}

/** Where the wall clock, files, sockets, threads and promises live. */
export function isEdge(path: string): boolean {
  return EDGE.test(path);
}

/** Tests and what stands beside them: never shipped to a user. */
export function isBeside(path: string): boolean {
  return BESIDE.test(path) || /^(?:cli\/dev|interop)\//.test(path);
}
