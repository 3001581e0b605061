/** Steps and probes: lines that someone types somewhere at some time. */
import type { Where } from '../../sim/errors.ts';
import { Fields } from './fields.ts';
import { LIMITS } from './limits.ts';
import { partsOf } from './parts.ts';
import type { Item } from './reading.ts';
import { PREDICTIONS, type NotTested, type Probe, type Step, type StepPatch } from './screenplay.ts';
import type { Stage } from './stage.ts';
import type { PartWords } from './vocabulary.ts';

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
  const scenery = fields.optional('scenery', (each) => reading.text(each));
  const outcome = readOutcome(stage, fields);
  fields.finish();
  if (id === undefined || when === undefined || line === undefined) return undefined;
  return {
    ...{ id, where: item.where, when, ...line, clauses, ...outcome },
    ...(cue === undefined ? {} : { cue }),
    ...(scenery === undefined ? {} : { scenery }),
  };
}

/** Reads what a variant changes about a step (undefined when the step was refused). What it does not name stays. */
export function readPatch(stage: Stage, step: Step | undefined, item: Item): StepPatch | undefined {
  const fields = Fields.of(stage.reading, item);
  return fields === undefined ? undefined : readStepPatch(stage, step, fields, true);
}

/** As {@link readPatch}, from fields of which others may have been read. `timed`: whether its time may change, and that it is typed. */
export function readStepPatch(
  stage: Stage,
  step: Pick<Step, 'on'> | undefined,
  fields: Fields,
  timed: boolean,
): StepPatch {
  const { reading } = stage;
  const when = timed ? stage.when(fields, true) : undefined;
  const by = fields.optional('by', (each) => stage.person(each));
  const on = fields.optional('on', (each) => stage.device(each));
  const typeItem = fields.item('type');
  const type = typeItem === undefined ? undefined : stage.line(typeItem, on ?? step?.on);
  const cue = fields.optional('cue', (each) => reading.text(each, { max: LIMITS.prose, lines: true }));
  const clauseItem = fields.item('clause');
  const outcome = readOutcome(stage, fields, timed);
  fields.finish();
  return {
    ...(when === undefined ? {} : { when }),
    ...(by === undefined ? {} : { by }),
    ...(on === undefined ? {} : { on }),
    ...(type === undefined || typeItem === undefined ? {} : { type, typeWhere: typeItem.where }),
    ...(clauseItem === undefined ? {} : { clauses: stage.clauses(clauseItem) }),
    ...outcome,
    ...(cue === undefined ? {} : { cue }),
  };
}

/** What becomes of a line that is not simply typed and taken: the code of its refusal, or why it is not typed. */
function readOutcome(
  { reading, vocabulary }: Stage,
  fields: Fields,
  untypable = true,
): Pick<Step, 'refused' | 'untyped'> {
  const refused = fields.optional('refused', (each) => {
    const code = reading.text(each);
    if (code === undefined || code === 'none' || vocabulary.codes === undefined) return code;
    const detail = `there is no code '${code}'`;
    return reading.known(each, code, 'SCENARIO_VALUE_UNKNOWN', vocabulary.codes, detail);
  });
  const untyped = untypable ? fields.optional('untyped', (each) => reading.text(each)) : undefined;
  if (untypable && fields.has('refused') && fields.has('untyped'))
    reading.problem(
      'SCENARIO_KEY_CONFLICT',
      fields.item('untyped')?.where ?? {},
      'what is not typed is not refused either',
      'Take one of the two out.',
    );
  return {
    ...(refused === undefined ? {} : { refused }),
    ...(untyped === undefined ? {} : { untyped }),
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
  const reason = readReason(stage, fields, predict);
  const because = fields.optional('because', (each) =>
    reading.text(each, { max: LIMITS.prose, lines: true }),
  );
  const title = fields.optional('title', (each) => reading.text(each));
  const parts = partsOf(stage, fields, { kind: 'probe', row });
  if (predict === 'refused' && !fields.has('reason'))
    requireReason(stage, item.where, `'${id ?? row ?? 'the probe'}'`, parts, reason);
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
    ...(reason === undefined ? {} : { reason }),
    because: because ?? '',
    parts,
  };
}

/** A row of the matrix, or something that is no row, with the reason why nothing tests it; undefined when either was refused, which is reported. */
export function readNotTested(stage: Stage, item: Item): NotTested | undefined {
  const { reading } = stage;
  const fields = Fields.of(reading, item);
  if (fields === undefined) return undefined;
  const what = fields.optional('what', (each) => reading.text(each));
  const row = what ?? fields.required('row', (each) => readRow(stage, each));
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

/** Why it is refused; only a refusal has a reason. */
function readReason(stage: Stage, fields: Fields, predict: Probe['predict'] | undefined): string | undefined {
  const item = fields.item('reason');
  if (item === undefined) return undefined;
  if (predict !== 'opened') return readReasonCode(stage, item);
  return stage.reading.problem(
    'SCENARIO_KEY_CONFLICT',
    item.key ?? item.where,
    "'reason' says why it is refused, and this predicts that it opens",
    'Take it out; prose goes into because.',
  );
}

/** One code of the closed list of reasons. */
export function readReasonCode(stage: Stage, item: Item): string | undefined {
  const code = stage.reading.text(item);
  if (code === undefined) return undefined;
  const detail = `there is no reason '${code}'`;
  return stage.reading.known(item, code, 'SCENARIO_UNKNOWN_REASON', stage.vocabulary.reasons, detail);
}

/** A probe that shows a part of the catalogue by a refusal says why it is refused: another reason would show something else. */
export function requireReason(
  stage: Stage,
  where: Where,
  what: string,
  parts: readonly PartWords[],
  reason: string | undefined,
): void {
  const [part] = parts;
  if (part === undefined || reason !== undefined) return;
  stage.reading.problem(
    'SCENARIO_MISSING_KEY',
    where,
    `${what} shows '${part.id}' by a refusal, and needs 'reason'`,
    `Add reason: ${part.reason ?? 'blocked'}.`,
  );
}

function readRow(stage: Stage, item: Item): string | undefined {
  const row = stage.reading.text(item);
  if (row === undefined) return undefined;
  const detail = `the probe matrix has no row '${row}'`;
  return stage.reading.known(item, row, 'SCENARIO_UNKNOWN_ROW', stage.vocabulary.rows, detail);
}
