/** Expectations: what must be seen, must never be seen, must hold of every event, or must come in order. */
import { isMap } from 'yaml';
import type { Where } from '../../sim/errors.ts';
import { readDeadline, targetNamed } from './deadline.ts';
import { Fields } from './fields.ts';
import { defaultGiven, readGiven } from './given.ts';
import { partsOf } from './parts.ts';
import { readOpening, readPattern, readRange, readTests } from './pattern.ts';
import { checkOrder, checkWindow } from './possible.ts';
import type { Item, Reading } from './reading.ts';
import type { Expectation, FieldTest, Pattern, Times, Window } from './screenplay.ts';
import type { Stage } from './stage.ts';
import { PROCEDURES_CHECK, STEPS_CHECK } from './standing.ts';
import type { Vocabulary } from './vocabulary.ts';

const FORMS = ['see', 'never', 'every', 'order', 'same', 'differs'] as const;

/** A field, and the two moments that it is compared of. */
type Compared = { readonly field: string; readonly moments: readonly [string, string] };

/** The keys that place a window: one of them at most. `of` goes with `within`. */
const WINDOW_KEYS = ['within', 'after', 'before', 'between'] as const;

const ALL: Window = { toIncluded: false };

/** One entry of `expect`; undefined when it was refused, with its problems reported. One without a title gets one from its form. */
export function readExpectation(stage: Stage, item: Item): Expectation | undefined {
  const { reading } = stage;
  const fields = Fields.of(reading, item);
  if (fields === undefined) return undefined;
  const id = fields.required('id', (each) => stage.id(each, 'expectation'));
  const form = fields.oneOf(FORMS);
  const title = fields.optional('title', (each) => reading.text(each));
  const within = form?.key === 'see' ? fields.item('within') : undefined;
  const parts = partsOf(stage, fields, { kind: 'expectation', target: targetNamed(within) });
  if (form === undefined || id === undefined) {
    for (const key of ['where', 'has', 'times', 'opening', 'given', 'caused-by', 'of', ...WINDOW_KEYS])
      fields.item(key);
    fields.finish();
    return undefined;
  }
  const common = { id, where: item.where, parts };
  if (form.key === 'order' || form.key === 'same' || form.key === 'differs') {
    const moments = readOfMoments(stage, form.key, form.item);
    fields.finish();
    return moments === undefined ? undefined : { ...common, ...moments, title: title ?? moments.title };
  }
  const pattern = readPattern(reading, stage, form.item, fields.item('where'));
  const causedBy = fields.optional('caused-by', (each) => readCause(stage, each));
  const window = readWindow(stage, fields);
  const rest = {
    ...common,
    title: title ?? `${form.key} ${pattern?.type ?? ''}`,
    window,
    ...(causedBy === undefined ? {} : { causedBy }),
  };
  switch (form.key) {
    case 'see': {
      const times = fields.optional('times', (each) => readTimes(stage, each)) ?? { atLeast: 1 };
      const opening = readOpening(reading, fields);
      fields.finish();
      if (window.target !== undefined && times.atLeast === 0) return refuseEmpty(reading, item);
      return pattern === undefined ? undefined : { ...rest, kind: 'see', pattern, times, opening };
    }
    case 'never': {
      const given = readGiven(stage, pattern, form.item, fields.item('given'));
      fields.finish();
      return pattern === undefined || given === undefined
        ? undefined
        : { ...rest, kind: 'never', pattern, given };
    }
    case 'every': {
      const has = fields.required('has', (each): readonly FieldTest[] => {
        const pairs = reading.pairs(each);
        if (pairs?.size === 0)
          reading.problem('SCENARIO_VALUE', each.where, "'has' tests no field", 'Say what every event has.');
        return readTests(reading, stage, pattern?.type, pairs ?? []);
      });
      fields.finish();
      return pattern === undefined || has === undefined
        ? undefined
        : { ...rest, kind: 'every', pattern, has };
    }
  }
}

function refuseEmpty(reading: Reading, { where }: Item): undefined {
  const detail = 'what need not be seen at all is within every target';
  return reading.problem('SCENARIO_CANNOT_HOLD', where, detail, 'Say how often it is seen at least.');
}

/** What is said of moments and of no window, with a title for one that has none. */
function readOfMoments(
  stage: Stage,
  kind: 'order' | 'same' | 'differs',
  item: Item,
):
  | { readonly kind: 'order'; readonly moments: readonly string[]; readonly title: string }
  | ({ readonly kind: 'same' | 'differs'; readonly title: string } & Compared)
  | undefined {
  if (kind === 'order') {
    const moments = readOrder(stage, item);
    return moments === undefined ? undefined : { kind, moments, title: moments.join(', then ') };
  }
  const compared = readCompared(stage, item);
  if (compared === undefined) return undefined;
  return { ...compared, kind, title: `${kind} ${compared.field} of ${compared.moments.join(' and ')}` };
}

/** The step that led to the events. */
function readCause(stage: Stage, item: Item): string | undefined {
  const step = stage.reading.name(item);
  return step === undefined ? undefined : stage.step(item, step);
}

/** The checks of every run, which stand in no file: their place is that of the scenario. One is there only where procedures are performed. */
export function standingExpectations(vocabulary: Vocabulary, where: Where, performs: boolean): Expectation[] {
  const { standingChecks = [] } = vocabulary;
  const never = standingChecks.map(({ id, title, never: type, where: values = {} }) => {
    const pattern: Pattern = {
      type,
      tests: Object.entries(values).map(([field, value]) => ({ field, test: { kind: 'is', value } })),
    };
    const given = { kind: 'events', patterns: defaultGiven(vocabulary, pattern) } as const;
    return { id, where, parts: [], kind: 'never' as const, title, window: ALL, pattern, given };
  });
  const title = 'every line of the screenplay is typed, and taken or refused as it says';
  const steps: Expectation = { id: STEPS_CHECK, where, parts: [], kind: 'steps', title };
  return [...never, steps, ...(performs ? [procedureExpectation(where)] : [])];
}

/** The check of a scenario that performs procedures; its place is that of the scenario. */
export function procedureExpectation(where: Where): Expectation {
  const title = 'every procedure comes to its end, each of its steps done unless it is left out on purpose';
  return { id: PROCEDURES_CHECK, where, parts: [], kind: 'procedures', title };
}

/** `{ field: fingerprint, of: [enrolled, re-enrolled] }`: a field of two events that are not one. */
function readCompared(stage: Stage, item: Item): Compared | undefined {
  const { reading } = stage;
  const fields = Fields.of(reading, item);
  if (fields === undefined) return undefined;
  const of = fields.required('of', (each) => readOrder(stage, each));
  const field = fields.required('field', (each) => {
    const name = reading.text(each);
    const types = (of ?? []).map((moment) => stage.moments.get(moment)?.pattern.type ?? '');
    const known = types.map((type) => stage.vocabulary.eventFields?.[type]);
    const strange = known.findIndex((all) => name !== undefined && all?.includes(name) === false);
    if (name === undefined || strange < 0) return name;
    const detail = `events of the type '${types[strange] ?? ''}' have no field '${name}'`;
    return reading.known(each, name, 'SCENARIO_UNKNOWN_FIELD', known[strange] ?? [], detail);
  });
  fields.finish();
  const [first, second, third] = of ?? [];
  if (field === undefined || first === undefined || second === undefined) return undefined;
  if (third === undefined) return { field, moments: [first, second] };
  return reading.problem('SCENARIO_VALUE', item.where, `${item.what} compares two moments, not more`);
}

function readOrder(stage: Stage, item: Item): readonly string[] | undefined {
  const entries = stage.reading.list(item);
  if (entries === undefined) return undefined;
  const moments = entries.flatMap((each) => {
    const name = stage.reading.text(each);
    return (name === undefined ? undefined : stage.moment(each, name, 'look back')) ?? [];
  });
  checkOrder(stage, item, moments);
  if (entries.length >= 2) return moments;
  return stage.reading.problem('SCENARIO_VALUE', item.where, `${item.what} needs two moments or more`);
}

/** `times: 2`, or a map with at-least and at-most. */
function readTimes(stage: Stage, item: Item): Times | undefined {
  const { reading } = stage;
  if (!isMap(item.node)) {
    const exactly = reading.number(item, { min: 1, whole: true });
    return exactly === undefined ? undefined : { atLeast: exactly, atMost: exactly };
  }
  const fields = Fields.of(reading, item);
  const range = fields === undefined ? undefined : readRange(reading, fields, { min: 1, whole: true });
  fields?.finish();
  if (range !== undefined) return { atLeast: 0, ...range };
  if (fields?.has('at-least') === true || fields?.has('at-most') === true) return undefined;
  return reading.problem('SCENARIO_MISSING_KEY', item.where, "'times' needs 'at-least' or 'at-most'");
}

function readWindow(stage: Stage, fields: Fields): Window {
  const { reading } = stage;
  const given = fields.oneOf(WINDOW_KEYS, true);
  const of = fields.item('of');
  if (of !== undefined && !fields.has('within'))
    reading.problem('SCENARIO_KEY_CONFLICT', of.key ?? of.where, "'of' stands with 'within' only");
  switch (given?.key) {
    case undefined:
      return ALL;
    case 'within': {
      const deadline = readDeadline(stage, given.item);
      const moment = fields.required('of', (each) => {
        const name = reading.text(each);
        return name === undefined ? undefined : stage.moment(each, name, 'look back');
      });
      if (deadline === undefined || moment === undefined) return ALL;
      const from = { kind: 'after', moment, delay: 0 } as const;
      if (deadline.kind === 'length')
        return { from, to: { kind: 'after', moment, delay: deadline.length }, toIncluded: true };
      if (fields.has('see')) return { from, toIncluded: true, target: deadline.target };
      reading.problem(
        'SCENARIO_KEY_CONFLICT',
        given.item.where,
        'a target is the latest time at which something is seen',
        'Write it with see.',
      );
      return ALL;
    }
    case 'after': {
      const from = stage.bound(given.item);
      return from === undefined ? ALL : { from, toIncluded: false };
    }
    case 'before': {
      const to = stage.bound(given.item);
      return to === undefined ? ALL : { to, toIncluded: false };
    }
    case 'between': {
      const bounds = reading.list(given.item);
      const [first, second, third] = bounds ?? [];
      if (first === undefined || second === undefined || third !== undefined) {
        if (bounds !== undefined)
          reading.problem('SCENARIO_VALUE', given.item.where, "'between' needs two times or moments");
        return ALL;
      }
      const from = stage.bound(first);
      const to = stage.bound(second);
      if (from === undefined || to === undefined) return ALL;
      const window = { from, to, toIncluded: false };
      checkWindow(stage, given.item, window);
      return window;
    }
  }
}
