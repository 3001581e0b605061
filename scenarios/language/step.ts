/** Steps and probes: lines that someone types somewhere at some time. */
import { Fields } from './fields.ts';
import { LIMITS } from './limits.ts';
import { partsOf } from './parts.ts';
import type { Item } from './reading.ts';
import { PREDICTIONS, type NotTested, type Probe, type Step, type StepPatch } from './screenplay.ts';
import type { Stage } from './stage.ts';

/** Reads a step; `fallback`, which no author can write, is its id when it is given none. */
export function readStep(stage: Stage, item: Item, fallback: string): Step | undefined {
  const { reading } = stage;
  const fields = Fields.of(reading, item);
  if (fields === undefined) return undefined;
  const id = fields.has('id') ? fields.required('id', (each) => stage.id(each, 'step')) : fallback;
  const when = stage.when(fields);
  const line = readLine(stage, fields);
  const cue = fields.optional('cue', (each) => reading.text(each, { max: LIMITS.prose, lines: true }));
  const clauses = stage.clauses(fields.item('clause'));
  fields.finish();
  if (id === undefined || when === undefined || line === undefined) return undefined;
  return { id, where: item.where, when, ...line, clauses, ...(cue === undefined ? {} : { cue }) };
}

/** Reads what a variant changes about a step (undefined when the step was refused). What it does not name stays. */
export function readStepPatch(stage: Stage, step: Step | undefined, item: Item): StepPatch | undefined {
  const { reading } = stage;
  const fields = Fields.of(reading, item);
  if (fields === undefined) return undefined;
  const when = stage.when(fields, true);
  const by = fields.optional('by', (each) => stage.person(each));
  const on = fields.optional('on', (each) => stage.device(each));
  const typeItem = fields.item('type');
  const type = typeItem === undefined ? undefined : stage.line(typeItem, on ?? step?.on);
  const cue = fields.optional('cue', (each) => reading.text(each, { max: LIMITS.prose, lines: true }));
  const clauseItem = fields.item('clause');
  fields.finish();
  return {
    ...(when === undefined ? {} : { when }),
    ...(by === undefined ? {} : { by }),
    ...(on === undefined ? {} : { on }),
    ...(type === undefined || typeItem === undefined ? {} : { type, typeWhere: typeItem.where }),
    ...(clauseItem === undefined ? {} : { clauses: stage.clauses(clauseItem) }),
    ...(cue === undefined ? {} : { cue }),
  };
}

/** One entry of `probes`; undefined when it was refused, with its problems reported. */
export function readProbe(stage: Stage, item: Item): Probe | undefined {
  const { reading } = stage;
  const fields = Fields.of(reading, item);
  if (fields === undefined) return undefined;
  const id = fields.required('id', (each) => stage.id(each, 'probe'));
  const row = fields.required('row', (each) => readRow(stage, each));
  const when = stage.when(fields);
  const line = readLine(stage, fields);
  const predict = fields.required('predict', (each) => reading.choice(each, PREDICTIONS));
  const because = fields.optional('because', (each) =>
    reading.text(each, { max: LIMITS.prose, lines: true }),
  );
  const title = fields.optional('title', (each) => reading.text(each));
  const parts = partsOf(stage, fields, { kind: 'probe', row });
  fields.finish();
  if (
    id === undefined ||
    row === undefined ||
    when === undefined ||
    line === undefined ||
    predict === undefined
  )
    return undefined;
  return {
    id,
    row,
    where: item.where,
    title: title ?? `${row}: ${line.type}`,
    when,
    ...line,
    predict,
    because: because ?? '',
    parts,
  };
}

/** A row of the matrix with the reason why nothing tests it; undefined when either was refused, which is reported. */
export function readNotTested(stage: Stage, item: Item): NotTested | undefined {
  const { reading } = stage;
  const fields = Fields.of(reading, item);
  if (fields === undefined) return undefined;
  const row = fields.required('row', (each) => readRow(stage, each));
  const reason = fields.required('reason', (each) => reading.text(each));
  const parts = partsOf(stage, fields, { kind: 'not-tested' });
  fields.finish();
  return row === undefined || reason === undefined ? undefined : { row, where: item.where, reason, parts };
}

/** Who types what on which device. */
function readLine(stage: Stage, fields: Fields): Pick<Step, 'by' | 'on' | 'type' | 'typeWhere'> | undefined {
  const by = fields.required('by', (each) => stage.person(each));
  const on = fields.optional('on', (each) => stage.device(each));
  const typed = fields.required('type', (each) => {
    // The console is not known when `on` was refused, so only the text is read then.
    const type = fields.has('on') && on === undefined ? stage.reading.text(each) : stage.line(each, on);
    return type === undefined ? undefined : { type, typeWhere: each.where };
  });
  if (by === undefined || typed === undefined) return undefined;
  return { by, ...typed, ...(on === undefined ? {} : { on }) };
}

function readRow(stage: Stage, item: Item): string | undefined {
  const row = stage.reading.text(item);
  if (row === undefined) return undefined;
  const detail = `the probe matrix has no row '${row}'`;
  return stage.reading.known(item, row, 'SCENARIO_UNKNOWN_ROW', stage.vocabulary.rows, detail);
}
