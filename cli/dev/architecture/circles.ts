/**
 * No circle of imports, those of types counted: two files that know each other are one noun in two places, and neither can be
 * read, tested or moved alone. The compiler and the linter look away when only a type goes round; this does not.
 */
import type { SourceFile } from '../source-tree.ts';
import type { Check } from './check.ts';
import { measuringCheck, type Exceptions } from './exceptions.ts';
import { importsOf } from './import-list.ts';

/** Circles that are still closed; a row for each file on one. */
const CIRCLES: Exceptions = {};

/** Paths of the files that each file imports. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** The files of the project as a graph; what is not among them is left out. */
export function graphOf(files: readonly SourceFile[]): ImportGraph {
  const paths = new Set(files.map(({ path }) => path));
  return new Map(
    files.map((file) => [
      file.path,
      importsOf(file)
        .map(({ to }) => to)
        .filter((to) => paths.has(to)),
    ]),
  );
}

/** Every file from which one can come back to it, with a shortest way round: `a.ts`, `b.ts` for a circle of two. */
export function circlesOf(graph: ImportGraph): ReadonlyMap<string, readonly string[]> {
  const knots = knotsOf(graph);
  return new Map(
    [...graph.keys()].flatMap((path) => {
      const way = wayRound(graph, path, knots.get(path) ?? new Set());
      return way === undefined ? [] : [[path, way] as const];
    }),
  );
}

/** Breadth first, inside its knot only: every way back stays there. */
function wayRound(
  graph: ImportGraph,
  start: string,
  knot: ReadonlySet<string>,
): readonly string[] | undefined {
  const seen = new Set<string>();
  let ways: readonly (readonly string[])[] = [[start]];
  while (ways.length > 0) {
    const next: (readonly string[])[] = [];
    for (const way of ways)
      for (const to of graph.get(way.at(-1) ?? '') ?? []) {
        if (to === start) return way;
        if (!knot.has(to) || seen.has(to)) continue;
        seen.add(to);
        next.push([...way, to]);
      }
    ways = next;
  }
  return undefined;
}

/** The strongly connected parts, by file (Tarjan 1972). */
function knotsOf(graph: ImportGraph): ReadonlyMap<string, ReadonlySet<string>> {
  const knots = new Map<string, ReadonlySet<string>>();
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const low = (path: string): number => lowest.get(path) ?? 0;
  const visit = (path: string): void => {
    order.set(path, order.size);
    lowest.set(path, order.size - 1);
    stack.push(path);
    for (const to of graph.get(path) ?? []) {
      if (!order.has(to)) visit(to);
      if (!knots.has(to)) lowest.set(path, Math.min(low(path), low(to)));
    }
    if (low(path) !== order.get(path)) return;
    const knot = new Set(stack.splice(stack.indexOf(path)));
    for (const each of knot) knots.set(each, knot);
  };
  for (const path of graph.keys()) if (!order.has(path)) visit(path);
  return knots;
}

/** That no file is on a circle. */
export const CIRCLE_CHECK: Check = measuringCheck({
  name: 'no import goes round in a circle, types counted',
  exceptions: CIRCLES,
  measure: (files, all) => {
    const circles = circlesOf(graphOf(all));
    return files.flatMap(({ path }) => {
      const way = circles.get(path);
      return way === undefined
        ? []
        : [{ path, line: 0, row: path, amount: 1, limit: 0, what: `circle (${[...way, path].join(' > ')})` }];
    });
  },
  canaries: [{ path: 'sim/canary.ts', text: "import type { Canary } from './canary.ts';\n" }],
});
