/**
 * What a scenario declares, as `calldrill show <scenario> --json` prints it, with what each of its variants makes of it. Only what judging
 * needs is read: who acts how does not matter here, what came of it does.
 */
import {
  amount,
  amountOrNone,
  choice,
  flag,
  inner,
  opened,
  rows,
  word,
  wordOrNone,
  words,
  type JsonObject,
} from './json-text.ts';
import { condition, type Description } from './condition.ts';
import { errandsOf, lineOf, performedIn, type Errand } from './errands.ts';

/** A place in the run: a time, or so long after a moment. */
export type Landmark = { readonly time: number } | { readonly moment: string; readonly later: number };

/** From where to where a check looks. */
export interface Glimpse {
  readonly opens?: Landmark | undefined;
  readonly closes?: Landmark | undefined;
  /** Whether the last instant belongs to it. */
  readonly closesAfter: boolean;
  /** Whether it ends at a target that no deployment declares. */
  readonly undeclared: boolean;
}

/** A line that somebody was to type. */
export interface ToType {
  readonly by: string;
  readonly on: string;
  readonly line: string;
}

/** What a step says of its own line. */
export interface ScriptLine {
  readonly id: string;
  readonly by: string;
  /** The code with which its console refuses it. */
  readonly refused?: string | undefined;
  /** Whether it says why it is never typed. */
  readonly silent: boolean;
}

/** A step whose line has to have led to what is looked for. */
export interface Instigation {
  readonly step: string;
  readonly typed: ToType | 'omitted';
}

/** What must be seen in the trace. */
export type ToSee =
  | { readonly form: 'order'; readonly moments: readonly string[] }
  | { readonly form: 'same' | 'differs'; readonly field: string; readonly moments: readonly string[] }
  | { readonly form: 'steps'; readonly lines: readonly ScriptLine[] }
  | { readonly form: 'procedures'; readonly errands: readonly Errand[] }
  | {
      readonly form: 'see';
      readonly what: Description;
      readonly span: Glimpse;
      readonly cause?: Instigation | undefined;
      readonly least: number;
      readonly most: number;
      readonly opening: boolean;
    }
  | {
      readonly form: 'every';
      readonly what: Description;
      readonly span: Glimpse;
      readonly cause?: Instigation | undefined;
      readonly has: Description['conditions'];
    }
  | {
      readonly form: 'never';
      readonly what: Description;
      readonly span: Glimpse;
      readonly cause?: Instigation | undefined;
      readonly chances: readonly Description[] | { readonly typed: ToType | 'omitted' };
    };

/** What an attempt is predicted to come to. */
export interface Foretold {
  readonly row: string;
  readonly outcome: string;
  readonly reason?: string | undefined;
}

/** One check of one variant. */
export interface Allegation {
  readonly id: string;
  readonly applies: boolean;
  /** The parts that count: none in a variant that is no reference, unless it names its own. */
  readonly parts: readonly string[];
  readonly of: { readonly probe: Foretold } | { readonly trace: ToSee };
}

/** A name for one event. */
export interface NamedMoment {
  readonly name: string;
  readonly what: Description;
  /** Whether what the opening does counts. */
  readonly opening: boolean;
  /** From 1; infinite for the last one. */
  readonly place: number;
}

/** What one variant of a scenario claims. */
export interface Playbill {
  readonly scenario: string;
  readonly variant: string;
  readonly moments: readonly NamedMoment[];
  readonly claims: readonly Allegation[];
}

/** Reads what `show --json` printed: a playbill for each variant. */
export function playbillsOf(shown: JsonObject): readonly Playbill[] {
  const variants = rows(shown, 'variants');
  // A file without variants has one, called main.
  return (variants.length > 0 ? variants : [MAIN]).map((variant) => ({
    scenario: word(shown, 'id'),
    variant: word(variant, 'name'),
    moments: rows(shown, 'moments').map((moment) => ({
      name: word(moment, 'name'),
      what: description(inner(moment, 'pattern')),
      opening: flag(moment, 'opening'),
      place: moment['occurrence'] === 'last' ? Infinity : amount(moment, 'occurrence'),
    })),
    claims: [
      ...rows(shown, 'probes').map((probe) => probeClaim(probe, variant)),
      ...rows(variant, 'probes').map((probe) => probeClaim(probe, { ...MAIN, name: word(variant, 'name') })),
      ...[...rows(shown, 'expect'), ...rows(performedIn(variant, shown), 'expect')].map((expected) =>
        traceClaim(expected, variant, shown),
      ),
      // What a variant expects by itself counts in it whatever it is.
      ...rows(variant, 'expect').map((expected) =>
        traceClaim(expected, { ...variant, reference: true, parts: {}, notApplicable: {} }, shown),
      ),
    ],
  }));
}

/** A row of the matrix that a scenario leaves out on purpose, and the parts that stay untested by that. */
export interface Omission {
  /** `baseline-call/vbr` */
  readonly name: string;
  readonly parts: readonly string[];
}

/** What a scenario says that it leaves out. */
export function omissionsOf(shown: JsonObject): readonly Omission[] {
  return rows(shown, 'notTested').map((left) => ({
    name: `${word(shown, 'id')}/${word(left, 'row')}`,
    parts: rows(left, 'parts').map((part) => word(part, 'id')),
  }));
}

const MAIN: JsonObject = {
  name: 'main',
  reference: true,
  steps: {},
  ...{ also: [], probes: [], expect: [] },
  predict: {},
  reasons: {},
  parts: {},
  notApplicable: {},
};

function probeClaim(probe: JsonObject, variant: JsonObject): Allegation {
  const id = word(probe, 'id');
  const left = variant['only'] !== undefined && !words(variant, 'only').includes(id);
  const outcome = wordOrNone(inner(variant, 'predict'), id) ?? word(probe, 'predict');
  const reason = wordOrNone(inner(variant, 'reasons'), id) ?? wordOrNone(probe, 'reason');
  return {
    ...claimOf(probe, variant, left),
    of: { probe: { row: word(probe, 'row'), outcome, reason: outcome === 'refused' ? reason : undefined } },
  };
}

function traceClaim(expected: JsonObject, variant: JsonObject, shown: JsonObject): Allegation {
  return { ...claimOf(expected, variant, false), of: { trace: toSee(expected, variant, shown) } };
}

function claimOf(check: JsonObject, variant: JsonObject, left: boolean): Omit<Allegation, 'of'> {
  const id = word(check, 'id');
  const excuse = inner(variant, 'notApplicable')[id] ?? check['notApplicable'];
  const own = inner(variant, 'parts');
  const bound =
    own[id] !== undefined ? rows(own, id) : flag(variant, 'reference') ? rows(check, 'parts') : [];
  return {
    id,
    applies: !left && excuse === undefined,
    parts: bound.map((part) => word(part, 'id')),
  };
}

function toSee(expected: JsonObject, variant: JsonObject, shown: JsonObject): ToSee {
  const form = choice(expected, 'kind', [
    'see',
    'never',
    'every',
    'order',
    'same',
    'differs',
    'steps',
    'procedures',
  ]);
  if (form === 'same' || form === 'differs')
    return { form, field: word(expected, 'field'), moments: words(expected, 'moments') };
  if (form === 'order') return { form, moments: words(expected, 'moments') };
  if (form === 'steps') return { form, lines: scriptOf(variant, shown) };
  if (form === 'procedures')
    return { form, errands: errandsOf(rows(performedIn(variant, shown), 'performs'), description) };
  const what = description(inner(expected, 'pattern'));
  const span = spanOf(inner(expected, 'window'));
  const step = wordOrNone(expected, 'causedBy');
  const cause = step === undefined ? undefined : { step, typed: stepOf(step, variant, shown) };
  switch (form) {
    case 'see': {
      const times = inner(expected, 'times');
      return {
        form,
        what,
        span,
        cause,
        least: amount(times, 'atLeast'),
        most: amountOrNone(times, 'atMost') ?? Infinity,
        opening: flag(expected, 'opening'),
      };
    }
    case 'every':
      return { form, what, span, cause, has: conditions(rows(expected, 'has')) };
    case 'never': {
      const given = inner(expected, 'given');
      return choice(given, 'kind', ['events', 'step']) === 'events'
        ? { form, what, span, cause, chances: rows(given, 'patterns').map(description) }
        : { form, what, span, cause, chances: { typed: stepOf(word(given, 'step'), variant, shown) } };
    }
  }
}

/** The lines of this variant. */
function scriptOf(variant: JsonObject, shown: JsonObject): readonly ScriptLine[] {
  const patches = inner(variant, 'steps');
  const steps = rows(shown, 'steps').flatMap((step) => {
    const patch = patches[word(step, 'id')];
    if (patch === 'omit') return [];
    return [{ ...step, ...(patch === undefined ? {} : opened(patch, 'steps')) }];
  });
  return [...steps, ...rows(variant, 'also')].map((step) => {
    const refused = wordOrNone(step, 'refused');
    return {
      id: word(step, 'id'),
      by: word(step, 'by'),
      refused: refused === 'none' ? undefined : refused,
      silent: wordOrNone(step, 'untyped') !== undefined,
    };
  });
}

/** The step as this variant has it. A person's own hands are a console of their own name. */
function stepOf(id: string, variant: JsonObject, shown: JsonObject): ToType | 'omitted' {
  const patch = inner(variant, 'steps')[id];
  if (patch === 'omit') return 'omitted';
  const plain = lineOf(id, variant, shown);
  if (plain === 'omitted') return plain;
  const step = { ...plain, ...(patch === undefined ? {} : opened(patch, id)) };
  const by = word(step, 'by');
  return { by, on: wordOrNone(step, 'on') ?? by, line: word(step, 'type') };
}

/** Reads a pattern of events. */
export function description(pattern: JsonObject): Description {
  return { type: word(pattern, 'type'), conditions: conditions(rows(pattern, 'tests')) };
}

function conditions(tests: readonly JsonObject[]): Description['conditions'] {
  return tests.map((each) => [word(each, 'field'), condition(inner(each, 'test'))]);
}

function spanOf(window: JsonObject): Glimpse {
  return {
    opens: window['from'] === undefined ? undefined : boundOf(inner(window, 'from')),
    closes: window['to'] === undefined ? undefined : boundOf(inner(window, 'to')),
    closesAfter: flag(window, 'toIncluded'),
    undeclared: window['target'] !== undefined && window['to'] === undefined,
  };
}

function boundOf(when: JsonObject): Landmark {
  return choice(when, 'kind', ['at', 'after']) === 'at'
    ? { time: amount(when, 't') }
    : { moment: word(when, 'moment'), later: amount(when, 'delay') };
}
