/** Steps of a procedure as they are written: a line that somebody types, an event that is waited for, or another procedure. */
import { isSeq } from 'yaml';
import { Fields } from '../fields.ts';
import { LIMITS } from '../limits.ts';
import { readParts } from '../parts.ts';
import type { Item, Reading } from '../reading.ts';
import { clausesOf } from '../stage.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { namedMap } from './named-map.ts';
import type { ProcedureNames } from './names.ts';
import type { ActStep, NestedStep, ProcedureParameter, ProcedureRole, ProcedureStep } from './procedure.ts';
import { placeholdersIn } from './template.ts';

/** Names that no step may have, for they mean moments of the procedure itself. */
const RESERVED = ['begun', 'ended'];

/** What `for-each` says when it means the users who have a phone. */
const FOR_USERS = 'users';

/** What the readers of one procedure file share. */
export interface ProcedureStage {
  readonly reading: Reading;
  readonly vocabulary: Vocabulary;
  readonly names: ProcedureNames;
  readonly parameters: readonly ProcedureParameter[];
  readonly roles: readonly ProcedureRole[];
  /** Of steps and of those that are made in their place. */
  readonly ids: Set<string>;
  /** Of steps alone, those that were refused too. */
  readonly steps: Set<string>;
}

/** Reads one entry of `steps`; undefined when it was refused, with its problems reported. */
export function readProcedureStep(stage: ProcedureStage, item: Item): ProcedureStep | undefined {
  const fields = Fields.of(stage.reading, item);
  if (fields === undefined) return undefined;
  const forEach = fields.optional('for-each', (each) => readForEach(stage, each));
  // One that was refused may be anything.
  const isUser = forEach === undefined || forEach === FOR_USERS;
  const names = fields.has('for-each') ? stage.names.withEach(isUser) : stage.names;
  const own = { ...stage, names };
  const common = readCommon(own, fields, item);
  if (common !== undefined) stage.steps.add(common.id);
  const step = fields.has('perform') ? readNested(own, fields) : readAct(own, fields, item, true);
  fields.finish();
  if (common === undefined || step === undefined) return undefined;
  return { ...common, ...step, ...(forEach === undefined ? {} : { forEach }) };
}

function readId({ reading, ids }: ProcedureStage, item: Item): string | undefined {
  const id = reading.name(item);
  if (id === undefined) return undefined;
  if (RESERVED.includes(id))
    return reading.problem('SCENARIO_NAME', item.where, `'${id}' is a moment of every procedure`);
  if (!ids.has(id)) {
    ids.add(id);
    return id;
  }
  return reading.problem(
    'SCENARIO_DUPLICATE_ID',
    item.where,
    `two steps or expectations have the id '${id}'`,
  );
}

type Common = Pick<ActStep, 'id' | 'where' | 'hidden' | 'optional' | 'takes' | 'when' | 'after'>;

function readCommon(stage: ProcedureStage, fields: Fields, item: Item): Common | undefined {
  const { reading } = stage;
  const id = fields.required('id', (each) => readId(stage, each));
  const hidden = fields.optional('hidden', (each) => reading.text(each));
  const optional = fields.optional('optional', (each) => reading.boolean(each)) ?? false;
  const takes = fields.optional('takes', (each) => reading.duration(each)) ?? 0;
  const when = fields.optional('when', (each) => readWhen(stage, each)) ?? new Map<string, string[]>();
  const after = fields.optional('after', (each) => readIds(reading, each)) ?? [];
  if (id === undefined) return undefined;
  return { id, where: item.where, optional, takes, when, after, ...(hidden === undefined ? {} : { hidden }) };
}

/** A list of ids of steps; whether there are such steps is known later. */
export function readIds(reading: Reading, item: Item): readonly string[] | undefined {
  return reading.list(item)?.flatMap((each) => reading.name(each) ?? []);
}

/** `when: { lost: handset }`: values of parameters that are one of several words. */
function readWhen({ reading, parameters, names }: ProcedureStage, item: Item): ActStep['when'] {
  const worded = parameters.filter(({ is }) => typeof is !== 'string');
  const entries = [...(reading.pairs(item) ?? [])].flatMap(([name, each]) => {
    if (names.isRefused(name)) return [];
    const key = { ...each, where: each.key ?? each.where };
    const detail = `'${name}' is no parameter that is one of several words`;
    const known = worded.map((parameter) => parameter.name);
    if (reading.known(key, name, 'PROCEDURE_PLACEHOLDER', known, detail) === undefined) return [];
    const words = worded.find((parameter) => parameter.name === name)?.is as readonly string[];
    const values = isSeq(each.node) ? (reading.list(each) ?? []) : [each];
    return [[name, values.flatMap((value) => reading.choice(value, words) ?? [])] as const];
  });
  return new Map(entries);
}

function readForEach({ reading, parameters }: ProcedureStage, item: Item): string | undefined {
  const name = reading.name(item);
  const lists = parameters.filter(({ is }) => is === 'months').map((each) => each.name);
  const detail = `'${name ?? ''}' is neither ${FOR_USERS} nor a parameter that is a list of months`;
  return name === undefined
    ? undefined
    : reading.known(item, name, 'SCENARIO_VALUE', [FOR_USERS, ...lists], detail);
}

type Act = Omit<ActStep, keyof Common | 'forEach'>;

/** What is done in a step. `branches`: whether it may have an `otherwise`. */
function readAct(stage: ProcedureStage, fields: Fields, item: Item, branches: boolean): Act | undefined {
  const { reading, vocabulary, names } = stage;
  const by = fields.required('by', (each) => readActor(stage, each));
  const on = fields.optional('on', (each) => names.text(each));
  const typed = fields.item('type');
  const type = typed === undefined ? undefined : names.line(typed, LIMITS.line);
  const done = fields.optional('done', (each) => names.pattern(each));
  const within = fields.optional('within', (each) => reading.duration(each));
  const unless = fields.optional('unless', (each) => names.pattern(each));
  const whenNoticed = fields.optional('when-noticed', (each) => names.pattern(each));
  const cue = fields.optional('cue', (each) => names.text(each, { max: LIMITS.prose, lines: true }));
  const refused = fields.optional('refused', (each) => readCode(stage, each));
  const clause = fields.has('clause') ? fields.item('clause') : undefined;
  const clauses = clause === undefined ? [] : clausesOf(reading, vocabulary, clause);
  const check = fields.item('check');
  const parts = check === undefined ? [] : readParts(stage, check, { kind: 'expectation' });
  const otherwise = branches
    ? fields.optional('otherwise', (each) => readOtherwise(stage, each, by))
    : undefined;
  if (typed === undefined && !fields.has('done'))
    reading.problem(
      'SCENARIO_MISSING_KEY',
      item.where,
      `${item.what} needs 'type', 'perform' or 'done'`,
      'Say what is typed, which procedure is performed, or what is waited for.',
    );
  if (otherwise !== undefined && !fields.has('within'))
    reading.problem(
      'SCENARIO_KEY_CONFLICT',
      item.where,
      "'otherwise' needs 'within': it is typed when that is over",
    );
  if (by === undefined || (typed !== undefined && type === undefined)) return undefined;
  return {
    ...{ kind: 'act', by, typeWhere: typed?.where ?? item.where, clauses, parts, otherwise: otherwise ?? [] },
    ...(on === undefined ? {} : { on }),
    ...(type === undefined ? {} : { type }),
    ...(done === undefined ? {} : { done }),
    ...(within === undefined ? {} : { within }),
    ...(unless === undefined ? {} : { unless }),
    ...(whenNoticed === undefined ? {} : { whenNoticed }),
    ...(cue === undefined ? {} : { cue }),
    ...(refused === undefined ? {} : { refused }),
  };
}

/** A role by its name, or a parameter that is somebody: `by: lead`, `by: "{user}"`. */
function readActor({ reading, names, roles }: ProcedureStage, item: Item): string | undefined {
  const text = names.text(item);
  if (text === undefined || placeholdersIn(text).length > 0 || names.isRefused(text)) return text;
  const detail = `there is no role '${text}'`;
  const known = roles.map(({ name }) => name);
  return reading.known(item, text, 'PROCEDURE_UNKNOWN_ROLE', known, detail) && `{${text}}`;
}

function readCode({ reading, vocabulary: { codes } }: ProcedureStage, item: Item): string | undefined {
  const code = reading.text(item);
  if (code === undefined || codes === undefined) return code;
  return reading.known(item, code, 'SCENARIO_VALUE_UNKNOWN', codes, `there is no code '${code}'`);
}

/** What is typed when a step is not done in time, by whoever waited: nobody else knows of it. */
function readOtherwise(stage: ProcedureStage, item: Item, by: string | undefined): readonly ActStep[] {
  return (stage.reading.list(item) ?? []).flatMap((each) => {
    const fields = Fields.of(stage.reading, each);
    if (fields === undefined) return [];
    const common = readCommon(stage, fields, each);
    const act = readAct(stage, fields, each, false);
    fields.finish();
    if (act !== undefined && by !== undefined && act.by !== by)
      stage.reading.problem(
        'PROCEDURE_TELEPATHY',
        each.where,
        `${act.by} acts on what only ${by} can have noticed`,
        `Let ${by} tell them, in a step of its own.`,
      );
    return common === undefined || act === undefined ? [] : [{ ...common, ...act }];
  });
}

type Nested = Omit<NestedStep, keyof Common | 'forEach'>;

function readNested(stage: ProcedureStage, fields: Fields): Nested | undefined {
  const { reading, names } = stage;
  const perform = fields.item('perform');
  const procedure = perform === undefined ? undefined : reading.name(perform);
  const cast = namedMap(reading, fields.item('cast'), (_, each) => names.text(each));
  const asked = fields.optional('with', (each) => readOptions(reading, each)) ?? [];
  const goesOnAfter = fields.optional('goes-on-after', (each) => reading.name(each));
  for (const key of [
    'by',
    'on',
    'type',
    'done',
    'within',
    'otherwise',
    'check',
    'clause',
    'cue',
    'refused',
    'unless',
    'when-noticed',
  ])
    if (fields.has(key)) {
      const place = fields.item(key);
      reading.problem(
        'SCENARIO_KEY_CONFLICT',
        place?.key ?? fields.where,
        `'${key}' is for a line, and this step performs a procedure`,
        'Take it out, or give it to a step of that procedure.',
      );
    }
  const values = new Map(fields.rest().filter(([, each]) => names.check(each)));
  if (procedure === undefined || perform === undefined) return undefined;
  return {
    ...{ kind: 'perform', procedure, performWhere: perform.where, values, cast, asked },
    ...(goesOnAfter === undefined ? {} : { goesOnAfter }),
  };
}

/** Paths to optional steps: `reissue`, `reissue.print`; one at least. */
function readOptions(reading: Reading, item: Item): readonly string[] | undefined {
  const entries = reading.list(item);
  if (entries?.length === 0)
    return reading.problem(
      'PROCEDURE_NOTHING_ASKED',
      item.where,
      'this asks for nothing',
      'Take it out, or name the optional steps that are performed.',
    );
  return entries?.flatMap((each) => reading.text(each) ?? []);
}

/** Whether a step comes once for each user. */
export function isForUsers({ forEach }: Pick<ProcedureStep, 'forEach'>): boolean {
  return forEach === FOR_USERS;
}
