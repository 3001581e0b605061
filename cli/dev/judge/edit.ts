/** Edits of the text of a scenario file. Its lines stay where they are, so that whatever is said of the changed file points into the real one. */
import { isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { assert } from '../../../sim/errors.ts';

/** Text that takes the place of the characters from `start` to before `end`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What stands in braces or under indented keys. */
export type MapNode = YAMLMap<Node, Node | null>;
/** What stands in brackets or behind dashes; an entry may be empty. */
export type ListNode = YAMLSeq<Node | null>;

/** The text with all edits made; they do not overlap. */
export function edited(text: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((all, { start, end, text: put }) => all.slice(0, start) + put + all.slice(end), text);
}

/** The line of a character, from 1. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** Where a node begins and ends. */
export function rangeOf(node: Node | null | undefined): readonly [number, number] {
  assert(node?.range !== undefined && node.range !== null, 'a node that was read has its place');
  return [node.range[0], node.range[1]];
}

/** The value under a key of a map, as a map; undefined when it is none. */
export function mapIn(map: MapNode | undefined, key: string): MapNode | undefined {
  const value = map?.get(key, true);
  return isMap<Node, Node | null>(value) ? value : undefined;
}

/** The value under a key of a map, as a list; undefined when it is none. */
export function listIn(map: MapNode | undefined, key: string): ListNode | undefined {
  const value: unknown = map?.get(key, true);
  return isSeq<Node | null>(value) ? value : undefined;
}

/** The text under a key of a map; undefined when there is none. */
export function wordIn(map: MapNode | undefined, key: string): string | undefined {
  const value = map?.get(key);
  return typeof value === 'string' ? value : undefined;
}

/** Entries of a list that have keys; others are left out. */
export function mapsOf(list: ListNode | undefined): readonly MapNode[] {
  return (list?.items ?? []).filter((each): each is MapNode => isMap(each));
}

/** The pairs of a map whose keys are words. */
export function pairsOf(map: MapNode | undefined): readonly (readonly [string, Pair<Node, Node | null>])[] {
  return (map?.items ?? []).flatMap((pair) => {
    const key = isScalar(pair.key) ? pair.key.value : undefined;
    return typeof key === 'string' ? [[key, pair] as const] : [];
  });
}

/** All scalars in a node, itself included: values, not keys. */
export function scalarsIn(node: Node | null | undefined): readonly Scalar[] {
  if (isScalar(node)) return [node];
  if (isMap<Node, Node | null>(node)) return node.items.flatMap(({ value }) => scalarsIn(value));
  return isSeq<Node | null>(node) ? node.items.flatMap((each) => scalarsIn(each)) : [];
}

/** Takes entries out of a map or a list. What is left of one that has no others is an empty one. */
export function without(text: string, from: MapNode | ListNode, indices: readonly number[]): readonly Edit[] {
  if (indices.length === 0) return [];
  if (indices.length === from.items.length) return [emptied(text, from)];
  const entries = from.items.map((item) => boundsOf(text, from, item));
  if (from.flow !== true)
    return entries.flatMap(([start, end], index) =>
      indices.includes(index) ? [{ start, end, text: lineBreaks(text, start, end) }] : [],
    );
  const [only, second] = indices;
  if (only !== undefined && second === undefined) return [withComma(text, entries, only)];
  // In one line entries share their commas, so what is left is written again.
  const left = entries.filter((_, index) => !indices.includes(index));
  const [start, end] = rangeOf(from);
  const inside = left.map((bounds) => text.slice(...bounds)).join(', ');
  const written = isMap(from) ? `{ ${inside} }` : `[${inside}]`;
  const missing = breaksIn(text.slice(start, end)) - breaksIn(written);
  return [{ start, end, text: written + '\n'.repeat(missing) }];
}

/** One of several entries in one line, with the comma behind it or before it. */
function withComma(text: string, entries: readonly (readonly [number, number])[], index: number): Edit {
  const [own, next, previous] = [entries[index], entries[index + 1], entries[index - 1]];
  assert(own !== undefined, 'the entry is there');
  const start = next === undefined ? (previous?.[1] ?? own[0]) : own[0];
  const end = next === undefined ? own[1] : next[0];
  return { start, end, text: lineBreaks(text, start, end) };
}

/** Takes everything out of a map or a list. */
export function emptied(text: string, all: MapNode | ListNode): Edit {
  const [start, end] = rangeOf(all);
  return { start, end, text: `${isMap(all) ? '{}' : '[]'}${lineBreaks(text, start, end)}` };
}

type Entry = MapNode['items'][number] | ListNode['items'][number];

function boundsOf(text: string, from: MapNode | ListNode, item: Entry): readonly [number, number] {
  if (item !== null && 'key' in item) {
    const [start, keyEnd] = rangeOf(item.key);
    return [start, item.value === null ? keyEnd + 1 : rangeOf(item.value)[1]];
  }
  const [start, end] = rangeOf(item);
  return [from.flow === true ? start : text.lastIndexOf('-', start - 1), end];
}

function lineBreaks(text: string, start: number, end: number): string {
  return '\n'.repeat(breaksIn(text.slice(start, end)));
}

function breaksIn(text: string): number {
  return text.split('\n').length - 1;
}
