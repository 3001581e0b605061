/**
 * Leaves out one line at a time of the procedures that a scenario performs: the file of the procedure is written without it, and that must be missed
 * in the scenario. The loader may refuse it, for somebody would act whom nobody told. Steps that only wait do nothing that could
 * be missed: they are checks.
 */
import { isMap, isScalar, parseDocument, type Node } from 'yaml';
import type { PerformedProcedure, PerformedStep } from '../../../scenarios/language/index.ts';
import { assert } from '../../../sim/errors.ts';
import { changeAt, variantsWhere, type Change, type OpenScenario } from './change.ts';
import {
  edited,
  listIn,
  mapIn,
  mapsOf,
  pairsOf,
  rangeOf,
  without,
  wordIn,
  type Edit,
  type ListNode,
  type MapNode,
} from './edit.ts';
import { addressOf } from './leave-out.ts';

/** One change for each line of each file. */
export function droppedProcedureSteps(subject: OpenScenario): readonly Change[] {
  const { procedures, performed } = subject.screenplay;
  const lines = [...performed.values()].flatMap(({ performs }) => linesIn(performs));
  const places = new Map(lines.map((line) => [`${line.procedure} ${line.step}`, line]));
  return [...places.values()].map(({ procedure, step, where }) => {
    const same = lines.filter((line) => line.procedure === procedure && line.step === step);
    const leftOut = [...new Set(same.map(({ address }) => address))];
    const source = procedures.find(({ name }) => name === procedure);
    assert(source !== undefined, 'what is performed is a procedure of the scenario');
    const { file, text } = source;
    return changeAt(subject, {
      ...{ kind: 'step', file, line: where.line ?? 0, what: 'left out', leftOut },
      at: `procedure ${procedure}, step ${step}`,
      variants: variantsWhere(subject, ({ performs }) =>
        linesIn(performs).some(({ address }) => leftOut.includes(address)),
      ),
      procedure: { ...source, text: withoutStep(text, step) },
    });
  });
}

/** A line that is typed where nothing goes wrong. */
interface ProcedureLine extends Pick<PerformedStep, 'where'> {
  readonly procedure: string;
  /** As its file calls it. */
  readonly step: string;
  readonly address: string;
}

function linesIn(performs: readonly PerformedProcedure[]): readonly ProcedureLine[] {
  return performs.filter(takesPlace).flatMap(({ procedure, instance, steps }) =>
    steps.filter(takesPlace).flatMap(({ id, type, where }) => {
      const address = addressOf(id);
      const step = address.slice(addressOf(instance).length + 1);
      return type === undefined ? [] : [{ procedure, step, address, where }];
    }),
  );
}

function takesPlace({ skipped, notApplicable }: Pick<PerformedStep, 'skipped' | 'notApplicable'>): boolean {
  return skipped === undefined && notApplicable === undefined;
}

/** The file of a procedure without a step, and without what it says of it in `prescribed`, `requires` and `after`. */
function withoutStep(text: string, id: string): string {
  const { contents } = parseDocument(text, { version: '1.2', schema: 'core' });
  assert(isMap<Node, Node | null>(contents), 'a procedure that was read is a map');
  const steps = listIn(contents, 'steps');
  assert(steps !== undefined, 'a procedure has steps');
  const all = mapsOf(steps);
  const index = all.findIndex((step) => wordIn(step, 'id') === id);
  return edited(text, [
    ...without(text, steps, [index]),
    ...named(text, listIn(contents, 'prescribed'), id),
    ...unrequired(text, mapIn(contents, 'requires'), id),
    ...all.flatMap((step, at) => (at === index ? [] : named(text, listIn(step, 'after'), id))),
  ]);
}

/** Takes a name out of a list, or puts others in its place. */
function named(
  text: string,
  list: ListNode | undefined,
  id: string,
  others: readonly string[] = [],
): readonly Edit[] {
  const names = namesIn(list);
  if (list === undefined || !names.includes(id)) return [];
  const left = [...new Set(names.flatMap((name) => (name === id ? others : [name])))];
  const [start, end] = rangeOf(list);
  const breaks = '\n'.repeat(text.slice(start, end).split('\n').length - 1);
  return [{ start, end, text: `[${left.join(', ')}]${breaks}` }];
}

function namesIn(list: ListNode | undefined): readonly string[] {
  return (list?.items ?? []).flatMap((item) => (isScalar(item) ? String(item.value) : []));
}

/** What a step requires goes, and whoever required the step requires that in place of it. */
function unrequired(text: string, requires: MapNode | undefined, id: string): readonly Edit[] {
  if (requires === undefined) return [];
  const pairs = pairsOf(requires);
  const inherited = namesIn(listIn(requires, id));
  const own = pairs.flatMap(([key], at) => (key === id ? [at] : []));
  return [
    ...without(text, requires, own),
    ...pairs.flatMap(([key]) => (key === id ? [] : named(text, listIn(requires, key), id, inherited))),
  ];
}
