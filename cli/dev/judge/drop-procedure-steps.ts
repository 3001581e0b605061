/**
 * Leaves out one line at a time of the procedures that a scenario performs, in each place where it performs them. The file of the procedure is written
 * without it first, and the loader may refuse that: somebody would act whom nobody told. What it lets through is played. Steps that only
 * wait do nothing that could be missed: they are checks.
 */
import { isMap, isScalar, parseDocument, type Node } from 'yaml';
import type {
  PerformedProcedure,
  PerformedStep,
  ResolvedScreenplay,
} from '../../../scenarios/language/index.ts';
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

/** One change for each line, by its address. */
export function droppedProcedureSteps(subject: OpenScenario): readonly Change[] {
  const { screenplay } = subject;
  const lines = new Map<string, { readonly of: PerformedProcedure; readonly step: PerformedStep }>();
  for (const { performs } of screenplay.performed.values())
    for (const { of, step } of linesIn(performs)) lines.set(addressOf(step.id), { of, step });
  return [...lines].map(([address, { of, step }]) => {
    const source = screenplay.procedures.find(({ name }) => name === of.procedure);
    assert(source !== undefined, 'what is performed is a procedure of the scenario');
    const { file = source.file, line = 0 } = step.where;
    const text = withoutStep(source.text, addressOf(step.id).slice(addressOf(of.instance).length + 1));
    return changeAt(subject, {
      ...{ kind: 'step', file, line, at: `step ${address}`, what: 'left out', leftOut: address },
      variants: variantsWhere(subject, (resolved) => isDone(resolved, address)),
      procedure: { ...source, text },
    });
  });
}

/** Lines that are typed where nothing goes wrong. */
function linesIn(
  performs: readonly PerformedProcedure[],
): readonly { readonly of: PerformedProcedure; readonly step: PerformedStep }[] {
  return performs
    .filter((of) => of.skipped === undefined && of.notApplicable === undefined)
    .flatMap((of) =>
      of.steps
        .filter(
          ({ type, skipped, notApplicable }) =>
            type !== undefined && skipped === undefined && notApplicable === undefined,
        )
        .map((step) => ({ of, step })),
    );
}

function isDone({ performs }: ResolvedScreenplay, address: string): boolean {
  return linesIn(performs).some(({ step }) => addressOf(step.id) === address);
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
