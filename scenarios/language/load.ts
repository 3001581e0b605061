/**
 * The loader: text of a scenario file in, checked screenplay out, or all its problems at once.
 *
 * Parts are read in the order of what they refer to (world, moments, steps, checks, variants), whatever their order in the
 * file, so every reference is checked where it stands.
 */
import type { Where } from '../../sim/errors.ts';
import { isAcross, readAllAcross } from './across.ts';
import { castOf } from './cast.ts';
import { treeOf } from './document.ts';
import { ScreenplayError } from './errors.ts';
import { readExpectations } from './each-user.ts';
import { standingExpectations } from './expectation.ts';
import { Fields } from './fields.ts';
import { parseInstant } from './instant.ts';
import { LIMITS } from './limits.ts';
import { readMoments } from './pattern.ts';
import { ProcedureLibrary } from './procedures/library.ts';
import { isPerformance } from './procedures/declared-performance.ts';
import { Performances } from './procedures/performances.ts';
import { performedLines } from './procedures/performed-lines.ts';
import type { ProcedureSources } from './procedures/source.ts';
import { Reading, type Item } from './reading.ts';
import type { Moment, Plant, Screenplay, Step, Variant } from './screenplay.ts';
import { readParameters } from './settings.ts';
import { clausesOf, Stage } from './stage.ts';
import { readNotTested, readProbe, readStep } from './step.ts';
import { ONLY_VARIANT, readVariant } from './variant.ts';
import { FieldValues } from './field-values.ts';
import type { Vocabulary } from './vocabulary.ts';
import { checkWaiting } from './waiting.ts';
import type { When } from './when.ts';
import { EMPTY_WORLD, readWorld } from './world.ts';

/**
 * Reads a scenario file. Throws a {@link ScreenplayError} (code SCENARIO_INVALID) whose `problems` carry codes of
 * `SCENARIO_CODES`, each with file, line and column.
 */
export function loadScreenplay(
  text: string,
  file: string,
  vocabulary: Vocabulary,
  procedures: ProcedureSources = new Map(),
): Screenplay {
  return loadWith({ text, file, vocabulary, procedures, trial: false });
}

/** What a file is read with. */
export interface LoadOptions {
  readonly text: string;
  readonly file: string;
  readonly vocabulary: Vocabulary;
  readonly procedures: ProcedureSources;
  /** Whether the file is there only to try the procedures that it performs: what is wrong with them is then said where it stands. */
  readonly trial: boolean;
}

/** As {@link loadScreenplay}, also for a trial. */
export function loadWith({ text, file, vocabulary, procedures, trial }: LoadOptions): Screenplay {
  const { root, problems, whereAt } = treeOf(text, file);
  const reading = new Reading(whereAt, problems);
  const start = whereAt(0);
  if (root === undefined) throw refusal(file, reading);
  const words = { vocabulary, library: new ProcedureLibrary(procedures, vocabulary), trial };
  const screenplay = readScreenplay(reading, words, reading.item(root, 'the scenario', start), file);
  if (screenplay === undefined || reading.problems.length > 0) throw refusal(file, reading);
  checkWaiting(reading, { ...screenplay, text }, vocabulary);
  if (reading.problems.length > 0) throw refusal(file, reading);
  return { ...screenplay, text };
}

/** Everything that a file may name and does not declare. */
interface Words {
  readonly vocabulary: Vocabulary;
  readonly library: ProcedureLibrary;
  readonly trial: boolean;
}

function readScreenplay(
  reading: Reading,
  { vocabulary, library, trial }: Words,
  item: Item,
  file: string,
): Omit<Screenplay, 'text'> | undefined {
  const fields = Fields.of(reading, item);
  if (fields === undefined) return undefined;
  const list = (key: string): readonly Item[] => fields.optional(key, (each) => reading.list(each)) ?? [];

  const id = fields.required('scenario', (each) => reading.name(each));
  const title = fields.required('title', (each) => reading.text(each));
  const clauses = fields.optional('clauses', (each) => clausesOf(reading, vocabulary, each)) ?? [];
  const begins = fields.required('begins', (each) => readBegins(reading, each));
  const parameters = fields.optional('parameters', (each) =>
    readParameters(reading, each, vocabulary.parameters),
  );
  const world = fields.required('world', (each) => readWorld(reading, vocabulary, each));
  const cast = castOf(world ?? EMPTY_WORLD, vocabulary.kinds);
  const values = new FieldValues(reading, vocabulary, world ?? EMPTY_WORLD, cast);
  const written = list('steps');
  const surroundings = { world: world ?? EMPTY_WORLD, cast };
  const told = { reading, vocabulary, library, surroundings, begins, trial };
  const performances = new Performances(told, written, fields.item('variants'));
  const declared = readMoments(reading, { vocabulary, values }, fields.item('moments'));
  const moments = withMoments(reading, declared, performances.moments);
  const stage = new Stage(reading, vocabulary, begins, cast, values, moments);
  for (const each of performances.refused) stage.refused.add(each);
  const ends = fields.optional('ends', (each) => readEnds(stage, each));
  stage.ends = ends;
  const steps = readSteps(stage, performances, written);
  const probes = list('probes').flatMap((each) => readProbe(stage, each) ?? []);
  const notTested = list('not-tested').flatMap((each) => readNotTested(stage, each) ?? []);
  const expected = list('expect');
  const alone = expected.filter((each) => !isAcross(each));
  const expect = [
    ...readExpectations(stage, world?.users, alone),
    ...standingExpectations(vocabulary, item.where, !performances.isEmpty),
  ];
  const before = { steps, probes, expect, users: world?.users, performances };
  const variants = reading.named(fields.item('variants'), (name, each) =>
    readVariant(stage, before, name, each),
  );
  const across = readAllAcross(stage, { probes, expect, variants }, expected);
  const names = variants.map(({ name }) => name);
  const performed = performances.performedIn(names.length === 0 ? [ONLY_VARIANT] : names);
  settle({ values, performances }, [...linesOf(steps, variants), ...performedLines([...performed.values()])]);
  reading.problems.push(...library.problems);
  const plants = list('plants').flatMap((each) => readPlant(stage, names, each) ?? []);
  fields.finish();
  if (id === undefined || title === undefined || begins === undefined || world === undefined)
    return undefined;
  return {
    ...{ id, title, file, where: item.where, clauses, begins },
    ...(ends === undefined ? {} : { ends }),
    parameters: parameters ?? {},
    ...{ world, steps, moments, variants, probes, notTested, expect, across, plants },
    ...{ performed, procedures: library.used },
  };
}

/** Lines of the scenario itself; the steps that perform a procedure are read too, and are kept with the performances. */
function readSteps(stage: Stage, performances: Performances, items: readonly Item[]): readonly Step[] {
  return items.flatMap((each, index) => {
    if (!isPerformance(each)) return readStep(stage, each, `steps/${index + 1}`) ?? [];
    performances.finish(stage, each);
    return [];
  });
}

/** The moments of a scenario and those that its performances have by themselves. */
function withMoments(
  reading: Reading,
  declared: readonly Moment[],
  performed: readonly Moment[],
): readonly Moment[] {
  for (const { name, where } of declared)
    if (performed.some((each) => each.name === name))
      reading.problem(
        'SCENARIO_DUPLICATE_ID',
        where,
        `'${name}' is the end of the procedure that is performed there`,
      );
  return [...declared, ...performed];
}

/** Looks for the discs and prints that checks and procedures name: among the words of all lines. */
function settle(
  { values, performances }: { readonly values: FieldValues; readonly performances: Performances },
  lines: readonly string[],
): void {
  const words = new Set([...new Set(lines)].flatMap((line) => line.trim().split(/\s+/)));
  values.settle(words);
  performances.settle(words);
}

/** All lines that somebody may type. */
function linesOf(steps: readonly Step[], variants: readonly Variant[]): readonly string[] {
  const lines = [...steps, ...variants.flatMap(({ also }) => also)].map(({ type }) => type);
  return [...lines, ...variants.flatMap(({ steps: changes }) => typedIn(changes))];
}

/** Lines that a variant types in place of others. */
function typedIn(changes: Variant['steps']): readonly string[] {
  return [...changes.values()].flatMap((change) =>
    change === 'omit' || change.type === undefined ? [] : [change.type],
  );
}

function readBegins(reading: Reading, item: Item): number | undefined {
  const text = reading.text(item, { max: LIMITS.title, date: true });
  return text === undefined ? undefined : reading.attempt(item, () => parseInstant(text));
}

/** `ends: "2015-11-04 12:00"`, or `ends: { after: reported + 10m }`. */
function readEnds(stage: Stage, item: Item): When | undefined {
  if (item.node !== null && 'items' in item.node) {
    const fields = Fields.of(stage.reading, item);
    const after = fields?.required('after', (each) => stage.after(each));
    fields?.finish();
    return after;
  }
  return stage.at(item, (after) => `Write ends: { after: ${after} }.`);
}

function readPlant(stage: Stage, variants: readonly string[], item: Item): Plant | undefined {
  const { reading, vocabulary } = stage;
  const fields = Fields.of(reading, item);
  const name = fields?.required('plant', (each) => {
    const text = reading.text(each);
    if (text === undefined) return undefined;
    return reading.known(
      each,
      text,
      'SCENARIO_UNKNOWN_PLANT',
      vocabulary.plants,
      `there is no plant '${text}'`,
    );
  });
  const fails = fields?.required('fails', (each) => {
    const entries = reading.list(each);
    if (entries?.length === 0)
      reading.problem(
        'SCENARIO_VALUE',
        each.where,
        'a plant that fails no check shows nothing',
        'Name a check.',
      );
    return entries?.flatMap((entry) => {
      const id = reading.text(entry);
      return (id === undefined ? undefined : stage.check(entry, id)) ?? [];
    });
  });
  const variant = fields?.optional('variant', (each) => {
    const text = reading.name(each);
    if (text === undefined) return undefined;
    return reading.known(each, text, 'SCENARIO_UNKNOWN_VARIANT', variants, `there is no variant '${text}'`);
  });
  fields?.finish();
  if (name === undefined || fails === undefined) return undefined;
  return { name, where: item.where, fails, ...(variant === undefined ? {} : { variant }) };
}

/** The problems in the order of the file, as many as are worth reading. */
function refusal(file: string, reading: Reading): ScreenplayError {
  // Those of a procedure that the file performs come behind its own.
  const place = ({ where }: { readonly where: Where }): number =>
    (where.file === file ? 0 : 1e12) + (where.line ?? 0) * 1e6 + (where.column ?? 0);
  const ordered = reading.problems.toSorted((a, b) => place(a) - place(b));
  return new ScreenplayError(file, ordered.slice(0, LIMITS.problems));
}
