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
import { Reading, type Item } from './reading.ts';
import type { Plant, Screenplay, Step, Variant } from './screenplay.ts';
import { readParameters } from './settings.ts';
import { clausesOf, Stage } from './stage.ts';
import { readNotTested, readProbe, readStep } from './step.ts';
import { readVariant } from './variant.ts';
import { FieldValues } from './field-values.ts';
import type { Vocabulary } from './vocabulary.ts';
import { checkWaiting } from './waiting.ts';
import type { When } from './when.ts';
import { EMPTY_WORLD, readWorld } from './world.ts';

/**
 * Reads a scenario file. Throws a {@link ScreenplayError} (code SCENARIO_INVALID) whose `problems` carry codes of
 * `SCENARIO_CODES`, each with file, line and column.
 */
export function loadScreenplay(text: string, file: string, vocabulary: Vocabulary): Screenplay {
  const { root, problems, whereAt } = treeOf(text, file);
  const reading = new Reading(whereAt, problems);
  const start = whereAt(0);
  if (root === undefined) throw refusal(file, reading);
  const screenplay = readScreenplay(reading, vocabulary, reading.item(root, 'the scenario', start), file);
  if (screenplay === undefined || reading.problems.length > 0) throw refusal(file, reading);
  checkWaiting(reading, { ...screenplay, text }, vocabulary);
  if (reading.problems.length > 0) throw refusal(file, reading);
  return { ...screenplay, text };
}

function readScreenplay(
  reading: Reading,
  vocabulary: Vocabulary,
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
  const moments = readMoments(reading, { vocabulary, values }, fields.item('moments'));
  const stage = new Stage(reading, vocabulary, begins, cast, values, moments);
  const ends = fields.optional('ends', (each) => readEnds(stage, each));
  stage.ends = ends;
  const steps = list('steps').flatMap((each, index) => readStep(stage, each, `steps/${index + 1}`) ?? []);
  const probes = list('probes').flatMap((each) => readProbe(stage, each) ?? []);
  const notTested = list('not-tested').flatMap((each) => readNotTested(stage, each) ?? []);
  const expected = list('expect');
  const alone = expected.filter((each) => !isAcross(each));
  const expect = [
    ...readExpectations(stage, world?.users, alone),
    ...standingExpectations(vocabulary, item.where),
  ];
  const told = { steps, probes, expect, users: world?.users };
  const variants = reading.named(fields.item('variants'), (name, each) =>
    readVariant(stage, told, name, each),
  );
  const across = readAllAcross(stage, { probes, expect, variants }, expected);
  values.settle(linesOf(steps, variants));
  const names = variants.map(({ name }) => name);
  const plants = list('plants').flatMap((each) => readPlant(stage, names, each) ?? []);
  fields.finish();
  if (id === undefined || title === undefined || begins === undefined || world === undefined)
    return undefined;
  return {
    ...{ id, title, file, where: item.where, clauses, begins },
    ...(ends === undefined ? {} : { ends }),
    parameters: parameters ?? {},
    ...{ world, steps, moments, variants, probes, notTested, expect, across, plants },
  };
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
  const place = ({ where }: { readonly where: Where }): number =>
    (where.line ?? 0) * 1e6 + (where.column ?? 0);
  const ordered = reading.problems.toSorted((a, b) => place(a) - place(b));
  return new ScreenplayError(file, ordered.slice(0, LIMITS.problems));
}
