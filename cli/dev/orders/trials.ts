/**
 * Every way to perform a procedure that differs from its book in one thing: each order of the steps whose order is prescribed and that what is required
 * allows, each step left out, each step late, a little and too much, an end half-way after each step, and what is waited for coming too late. They
 * are made of the procedure's own `prescribed` and `requires`, so a step that is added is tried as well.
 */
import type { Procedure, ProcedureStep } from '../../../scenarios/language/index.ts';
import type { StakedProcedure } from './scenes.ts';

/** What a trial changes. */
export type WayKind = 'by the book' | 'order' | 'omission' | 'delay' | 'half-way' | 'too late';

/** One way to perform a procedure. */
export interface WayToPerform {
  readonly kind: WayKind;
  /** `load before burn`, as people read it. */
  readonly what: string;
  /** The variant that does it, without its name. */
  readonly variant: string;
  /** Whether something is lost, so that it must not pass. */
  readonly loses: boolean;
  /** Whether nothing is wrong with it but that it is another order than the book's, which a report has to say. */
  readonly deviates: boolean;
}

type Requires = Pick<Procedure, 'prescribed' | 'requires'>;

/** All orders of the prescribed steps in which nothing comes before what it requires; the book's is the first. */
export function ordersOf({ prescribed, requires }: Requires): readonly (readonly string[])[] {
  const needs = (id: string): readonly string[] =>
    (requires.get(id) ?? []).filter((each) => prescribed.includes(each));
  const goOn = (done: readonly string[]): readonly (readonly string[])[] => {
    const next = prescribed.filter(
      (id) => !done.includes(id) && needs(id).every((each) => done.includes(each)),
    );
    return done.length === prescribed.length ? [done] : next.flatMap((id) => goOn([...done, id]));
  };
  return goOn([]);
}

/** All trials of a procedure in its scene, in a fixed order. */
export function trialsOf(procedure: Procedure, scene: StakedProcedure): readonly WayToPerform[] {
  const acts = procedure.steps.filter(isDone);
  const last = acts.findIndex(({ id }) => id === scene.last);
  return [
    trial('by the book', 'nothing', '', false),
    ...ordersOf(procedure)
      .slice(1)
      .map((order) => {
        const loses = losesInOrder(scene, order);
        const way = trial('order', order.join(', '), `it: { order: [${order.join(', ')}] }`, loses);
        return { ...way, deviates: !loses };
      }),
    ...acts.map(({ id }) => trial('omission', `no ${id}`, `it.${id}: omit`, true)),
    ...acts.flatMap(({ id, takes }) => [
      trial(
        'delay',
        `${id} ${scene.short} later`,
        `it.${id}: { takes: ${later(takes, scene.short)} }`,
        false,
      ),
      trial('delay', `${id} ${scene.long} later`, `it.${id}: { takes: ${later(takes, scene.long)} }`, true),
    ]),
    ...acts.map(({ id }, at) => trial('half-way', `until ${id}`, `it: { until: ${id} }`, at < last)),
    { ...trial('too late', 'what is waited for', '', true), variant: `also: [${scene.late}]` },
  ];
}

function trial(kind: WayKind, what: string, steps: string, loses: boolean): WayToPerform {
  return { kind, what, variant: steps === '' ? '' : `steps: { ${steps} }`, loses, deviates: false };
}

function losesInOrder({ apart }: StakedProcedure, order: readonly string[]): boolean {
  return apart.some(([first, second]) => order.indexOf(first) > order.indexOf(second));
}

/** Whether somebody does it by the book: what is optional nobody has asked for, and what is only waited for nobody does. */
function isDone(step: ProcedureStep): boolean {
  return !step.optional && (step.kind === 'perform' || step.type !== undefined);
}

/** In seconds: what it takes, and so much besides. */
function later(takes: number, besides: string): string {
  return `${takes / 1_000_000 + seconds(besides)}s`;
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

function seconds(text: string): number {
  return Number(text.slice(0, -1)) * (UNITS[text.slice(-1)] ?? Number.NaN);
}
