/** The form of a procedure file: everything in it that can be read without knowing a world or another procedure. */
import { isSeq } from 'yaml';
import { treeOf } from '../document.ts';
import { Fields } from '../fields.ts';
import { LIMITS } from '../limits.ts';
import { Reading, type Item } from '../reading.ts';
import { clausesOf } from '../stage.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { namedMap } from './named-map.ts';
import { EACH, ProcedureNames } from './names.ts';
import { circleIn, circleInWords, orderOfSteps } from './order.ts';
import {
  PARAMETER_TYPES,
  type GivenTemplate,
  type ParameterType,
  type Procedure,
  type ProcedureParameter,
  type ProcedureRole,
} from './procedure.ts';
import type { ProcedureSource } from './source.ts';
import { readIds, readProcedureStep, type ProcedureStage } from './step.ts';
import { placeholdersIn } from './template.ts';

/** Keys of a step that performs a procedure; a parameter of such a name could not be given. */
const PERFORM_KEYS = [
  ...['id', 'at', 'after', 'perform', 'cast', 'with', 'steps', 'order', 'until', 'for-each', 'clause', 'cue'],
  ...[
    'by',
    'on',
    'type',
    'hidden',
    'optional',
    'takes',
    'when',
    'done',
    'within',
    'otherwise',
    'check',
    'refused',
  ],
  ...['unless', 'when-noticed', 'goes-on-after', 'untyped', 'scenery', EACH],
] as const;

/** Reads the text of a procedure file. Problems are in the reading; undefined when too much is wrong. */
export function readProcedure(
  source: ProcedureSource,
  vocabulary: Vocabulary,
): { readonly procedure?: Procedure; readonly reading: Reading } {
  const { root, problems, whereAt } = treeOf(source.text, source.file);
  const reading = new Reading(whereAt, problems);
  if (root === undefined) return { reading };
  const procedure = readFile(reading, vocabulary, source, reading.item(root, 'the procedure', whereAt(0)));
  if (procedure === undefined || reading.problems.length > 0) return { reading };
  return { reading, procedure: { ...procedure, whereAt } };
}

function readFile(
  reading: Reading,
  vocabulary: Vocabulary,
  source: ProcedureSource,
  item: Item,
): Omit<Procedure, 'whereAt'> | undefined {
  const fields = Fields.of(reading, item);
  if (fields === undefined) return undefined;
  const name = fields.required('procedure', (each) => readName(reading, source, each));
  const title = fields.required('title', (each) => reading.text(each));
  const purpose = fields.optional('purpose', (each) =>
    reading.text(each, { max: LIMITS.prose, lines: true }),
  );
  const clauses = fields.optional('source', (each) => clausesOf(reading, vocabulary, each)) ?? [];
  const refused = new Set<string>();
  const names = new ProcedureNames(reading, [], refused);
  const parameters = readParameters(reading, { names, refused }, fields.item('parameters'));
  const roles = readRoles(reading, { names, refused }, fields.item('roles'));
  const stage = {
    reading,
    vocabulary,
    names,
    parameters,
    roles,
    ids: new Set<string>(),
    steps: new Set<string>(),
  };
  const given = readList(reading, fields, 'given').flatMap((each) => readGiven(stage, each) ?? []);
  const steps = readList(reading, fields, 'steps').flatMap((each) => readProcedureStep(stage, each) ?? []);
  if (steps.length === 0 && reading.problems.length === 0)
    reading.problem('SCENARIO_MISSING_KEY', item.where, "the procedure needs 'steps'", "Add 'steps'.");
  const prescribed = fields.optional('prescribed', (each) => readOrder(stage, each));
  const requires = fields.optional('requires', (each) => readRequires(stage, each));
  for (const step of steps) refuseUnknown(stage, step.after, { ...item, where: step.where });
  const leaves = readList(reading, fields, 'leaves').filter((each) => names.check(each));
  fields.finish();
  if (name === undefined || title === undefined) return undefined;
  const procedure = {
    ...source,
    ...{ name, where: item.where, title, source: clauses, parameters, roles, given, steps, leaves },
    prescribed: prescribed ?? steps.map(({ id }) => id),
    requires: requires ?? new Map<string, readonly string[]>(),
    ...(purpose === undefined ? {} : { purpose }),
  };
  refuseCircle(reading, procedure);
  return procedure;
}

function readName(reading: Reading, source: ProcedureSource, item: Item): string | undefined {
  const name = reading.name(item);
  if (name === undefined || name === source.name) return name;
  const detail = `'${name}' stands in a file that is called '${source.name}'`;
  return reading.problem('PROCEDURE_FILE_NAME', item.where, detail);
}

function readList(reading: Reading, fields: Fields, key: string): readonly Item[] {
  return fields.optional(key, (each) => reading.list(each)) ?? [];
}

/** The names of a file while they are being read. */
interface NamesRead {
  readonly names: ProcedureNames;
  /** Those of what was refused. */
  readonly refused: Set<string>;
}

function readParameters(
  reading: Reading,
  { names, refused }: NamesRead,
  item: Item | undefined,
): readonly ProcedureParameter[] {
  return reading.named(item, (name, each) => {
    const key = { ...each, where: each.key ?? each.where };
    const fields = Fields.of(reading, each);
    const is = fields?.required('is', (type) => readType(reading, type));
    const usual = fields?.optional('default', (value) => readDefault(reading, names, value, is));
    const optional = fields?.optional('optional', (value) => reading.boolean(value)) ?? false;
    fields?.finish();
    if (optional && usual !== undefined)
      reading.problem('SCENARIO_KEY_CONFLICT', key.where, `'${name}' has a default, so it is never left out`);
    if (!isFree(reading, names, key, name) || is === undefined) {
      refused.add(name);
      return undefined;
    }
    names.add(name, is === 'user');
    return { name, where: key.where, is, optional, ...(usual === undefined ? {} : { default: usual }) };
  });
}

function isFree(reading: Reading, names: ProcedureNames, item: Item, name: string): boolean {
  if (PERFORM_KEYS.some((each) => each === name))
    reading.problem(
      'SCENARIO_NAME',
      item.where,
      `'${name}' is a key of the language, so nobody could give it`,
    );
  else if (names.has(name))
    reading.problem('SCENARIO_DUPLICATE_ID', item.where, `'${name}' is a parameter or a role already`);
  else return true;
  return false;
}

function readType(reading: Reading, item: Item): ParameterType | undefined {
  if (!isSeq(item.node)) return reading.choice(item, PARAMETER_TYPES);
  const words = reading.list(item)?.flatMap((each) => reading.name(each) ?? []);
  if (words?.length !== 0) return words;
  return reading.problem('SCENARIO_VALUE', item.where, `${item.what} has no word`, 'Name the words.');
}

function readDefault(
  reading: Reading,
  names: ProcedureNames,
  item: Item,
  is: ParameterType | undefined,
): ProcedureParameter['default'] {
  if (is === 'months') return reading.list(item)?.flatMap((each) => names.text(each) ?? []);
  return is === undefined || typeof is === 'string' ? names.text(item) : reading.choice(item, is);
}

function readRoles(
  reading: Reading,
  { names, refused }: NamesRead,
  item: Item | undefined,
): readonly ProcedureRole[] {
  const roles = reading.named(item, (name, each) => {
    const key = { ...each, where: each.key ?? each.where };
    const person = names.text(each);
    if (person !== undefined && isFree(reading, names, key, name)) return { name, where: key.where, person };
    refused.add(name);
    return undefined;
  });
  for (const { name } of roles) names.add(name, false);
  return roles;
}

/** `{ knows: lead, see: person.told, where: { by: "{user}" } }` */
function readGiven({ reading, names, roles }: ProcedureStage, item: Item): GivenTemplate | undefined {
  const fields = Fields.of(reading, item);
  const text = fields?.optional('text', (each) => names.text(each));
  const knows = fields?.optional('knows', (each) => {
    const role = names.text(each);
    if (role === undefined || placeholdersIn(role).length > 0 || names.isRefused(role)) return role;
    const known = roles.map(({ name }) => name);
    const detail = `there is no role '${role}'`;
    return reading.known(each, role, 'PROCEDURE_UNKNOWN_ROLE', known, detail) && `{${role}}`;
  });
  const pattern = fields && names.patternOf(fields);
  fields?.finish();
  if (pattern === undefined) return undefined;
  return {
    ...{ where: item.where, pattern },
    ...(text === undefined ? {} : { text }),
    ...(knows === undefined ? {} : { knows }),
  };
}

function readOrder(stage: ProcedureStage, item: Item): readonly string[] | undefined {
  const order = readIds(stage.reading, item);
  if (order === undefined) return undefined;
  refuseUnknown(stage, order, item);
  const twice = order.find((each, at) => order.indexOf(each) !== at);
  if (twice !== undefined)
    stage.reading.problem('PROCEDURE_ORDER', item.where, `'${twice}' is in the prescribed order twice`);
  return order;
}

function readRequires(stage: ProcedureStage, item: Item): Procedure['requires'] {
  return namedMap(stage.reading, item, (step, each) => {
    const needed = readIds(stage.reading, each) ?? [];
    refuseUnknown(stage, [step], { ...each, where: each.key ?? each.where });
    refuseUnknown(stage, needed, each);
    return needed;
  });
}

function refuseUnknown({ reading, steps }: ProcedureStage, named: readonly string[], item: Item): void {
  for (const id of named)
    reading.known(item, id, 'SCENARIO_UNKNOWN_STEP', steps, `no step has the id '${id}'`);
}

/** Nobody would ever begin with a step that waits for itself. */
function refuseCircle(
  reading: Reading,
  procedure: Pick<Procedure, 'steps' | 'requires' | 'prescribed' | 'where'>,
): void {
  const circle = circleIn(orderOfSteps(procedure, procedure.prescribed));
  if (circle === undefined) return;
  const step = procedure.steps.find(({ id }) => id === circle[0]);
  const detail = `the steps wait for each other: ${circleInWords(circle)}`;
  reading.problem('PROCEDURE_ORDER', step?.where ?? procedure.where, detail);
}
