/**
 * What comes before what in a procedure. A prescribed order may be broken, what a step requires may not: so the two are told apart, and an order that
 * a variant gives is held against both.
 */
import type { Procedure } from './procedure.ts';

/** What one step waits for, by ids of its procedure. */
export interface StepOrder {
  /** Must have been done. */
  readonly requires: readonly string[];
  /** Must have been settled, whatever came of it. */
  readonly follows: readonly string[];
}

/** What comes before each step, when the prescribed steps come in `order`. */
export function orderOfSteps(
  { steps, requires }: Pick<Procedure, 'steps' | 'requires'>,
  order: readonly string[],
): ReadonlyMap<string, StepOrder> {
  return new Map(
    steps.map(({ id, after }) => {
      const needed = requires.get(id) ?? [];
      const at = order.indexOf(id);
      const before = at > 0 ? (order[at - 1] ?? []) : [];
      const follows = new Set([before, after].flat());
      return [id, { requires: needed, follows: [...follows].filter((each) => !needed.includes(each)) }];
    }),
  );
}

/** The steps of a circle, the first of them again at the end; undefined when there is none. */
export function circleIn(order: ReadonlyMap<string, StepOrder>): readonly string[] | undefined {
  const settled = new Set<string>();
  for (const start of order.keys()) {
    const way: { readonly id: string; readonly next: string[] }[] = [];
    const enter = (id: string): void => {
      const { requires = [], follows = [] } = order.get(id) ?? {};
      way.push({ id, next: [...requires, ...follows] });
    };
    if (!settled.has(start)) enter(start);
    for (let top = way.at(-1); top !== undefined; top = way.at(-1)) {
      const next = top.next.pop();
      if (next === undefined) {
        settled.add(top.id);
        way.pop();
        continue;
      }
      const at = way.findIndex(({ id }) => id === next);
      if (at >= 0) return [...way.slice(at).map(({ id }) => id), next];
      if (!settled.has(next)) enter(next);
    }
  }
  return undefined;
}

/** All steps that must have been done before one, at whatever remove. */
export function requiredBy(order: ReadonlyMap<string, StepOrder>, id: string): ReadonlySet<string> {
  const found = new Set<string>();
  const left = [...(order.get(id)?.requires ?? [])];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    left.push(...(order.get(next)?.requires ?? []));
  }
  return found;
}

/** What is wrong with an order in place of the prescribed one, in words; undefined when it will do. */
export function objectionToOrder(
  procedure: Pick<Procedure, 'steps' | 'requires' | 'prescribed'>,
  order: readonly string[],
): string | undefined {
  const { prescribed } = procedure;
  const missing = prescribed.filter((each) => !order.includes(each));
  const strange = order.find((each, at) => !prescribed.includes(each) || order.indexOf(each) !== at);
  if (strange !== undefined)
    return prescribed.includes(strange)
      ? `'${strange}' is there twice`
      : `'${strange}' is none of the steps whose order is prescribed: ${prescribed.join(', ')}`;
  if (missing.length > 0) return `${missing.map((each) => `'${each}'`).join(' and ')} is missing`;
  const circle = circleIn(orderOfSteps(procedure, order));
  return circle === undefined ? undefined : `it breaks what is required: ${circleInWords(circle)}`;
}

/** `load after burn after load`. */
export function circleInWords(circle: readonly string[]): string {
  return circle.join(' after ');
}
