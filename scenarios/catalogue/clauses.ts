/**
 * The catalogue of clauses: every numbered paragraph, bullet, note, table row and reference of the source document, with the checks that
 * decide it and the parts that a check is made of. A part is the smallest thing that can be shown; scenarios bind to parts only, so that
 * a clause cannot pass by what was never tried. The text is `clauses.json`; it is read strictly, once, when the program starts.
 */
import { anything, choice, listOf, objectOf, optional, readJson, text } from '../../sim/json-fields.ts';
import written from './clauses.json' with { type: 'json' };

/** What a clause asks for: an `information` states something and asks for nothing. */
export const CLAUSE_CLASSES = ['executable', 'procedure', 'information', 'assumption'] as const;
/** How a clause can be met at all. */
export type ClauseClass = (typeof CLAUSE_CLASSES)[number];

/**
 * What a check says of an attack that opens: the clause protects against it, the clause itself warns of it, or it states something and
 * no attack is meant. A scenario cannot say otherwise.
 */
export const STANCES = ['protects', 'warns', 'states'] as const;
/** How the text of a clause stands to an attack. */
export type Stance = (typeof STANCES)[number];

/** By what a part is shown: an attack, what is seen in the trace, what holds after every event, or what a deployment declares. */
export const WAYS = ['probe', 'expectation', 'invariant', 'declared', 'deployment', 'type'] as const;
/** How a part can be shown at all. */
export type Way = (typeof WAYS)[number];

/** The smallest thing that can be shown of a clause. */
export interface CataloguePart {
  /** With its check: `para-11.c2/wrong-psk`. */
  readonly id: string;
  /** What has to be shown, in a sentence. */
  readonly what: string;
  readonly by: Way;
  /** Rows of the probe matrix that show it; empty when it is shown by no probe. */
  readonly rows: readonly string[];
  /** What the probe has to come to; absent when it is shown by no probe. */
  readonly outcome?: 'opened' | 'refused';
  /** Why it has to be refused: a code of the closed list of reasons. */
  readonly reason?: string;
}

/** One check of a clause: it passes when all its parts do. */
export interface CatalogueCheck {
  /** `para-11.c2` */
  readonly id: string;
  readonly stance: Stance;
  readonly parts: readonly CataloguePart[];
}

/** A clause: it passes when all its checks do. */
export interface CatalogueClause {
  readonly id: string;
  readonly paraphrase: string;
  /** `must`, `shall`, `should`, `recommend` or `inform`. */
  readonly modality: string;
  readonly class: ClauseClass;
  readonly checks: readonly CatalogueCheck[];
}

const part = objectOf({
  id: text({ min: 1 }),
  what: text({ min: 1 }),
  by: choice(...WAYS),
  rows: optional(listOf(text({ min: 1 }))),
  outcome: optional(choice('opened', 'refused')),
  reason: optional(text({ min: 1 })),
});

const clauses = listOf(
  objectOf({
    ...{ id: text({ min: 1 }), paraphrase: text({ min: 1 }), modality: text({ min: 1 }) },
    class: choice(...CLAUSE_CLASSES),
    checks: listOf(
      objectOf({
        ...{ id: text({ min: 1 }), do: anything, measure: anything, pass: anything },
        stance: choice(...STANCES),
        parts: listOf(part),
      }),
    ),
    scenarios: listOf(text({ min: 1 })),
    // What people read, and programs do not.
    ...{ para: anything, kind: anything, imperative: anything, devices: anything },
    ...{ open_choices: anything, see: anything },
  }),
);

const read = readJson(written, clauses, {
  root: 'clauses.json',
  refuse: ({ message }) => new Error(message),
});

/** The scenarios that the catalogue has for each clause, shipped or not, by the id of the clause. */
export const SCENARIOS_OF_CLAUSES: ReadonlyMap<string, readonly string[]> = new Map(
  read.map(({ id, scenarios }) => [id, scenarios]),
);

/** All clauses, in the order of the document. */
export const CATALOGUE: readonly CatalogueClause[] = read.map(
  ({ id, paraphrase, modality, class: kind, checks }) => ({
    id,
    paraphrase,
    modality,
    class: kind,
    checks: checks.map((check) => ({
      id: check.id,
      stance: check.stance,
      parts: check.parts.map(({ rows = [], ...each }) => ({ ...each, id: `${check.id}/${each.id}`, rows })),
    })),
  }),
);

/** The clause of a part: `para-11` of `para-11.c2/wrong-psk`. */
export function clauseOfPart(part: string): string {
  return part.replace(/\.c\d+(?:\/.*)?$/, '');
}

/** All parts of all checks by their ids, in the order of the document. */
export const PARTS: ReadonlyMap<string, CataloguePart> = new Map(
  CATALOGUE.flatMap(({ checks }) =>
    checks.flatMap(({ parts }) => parts.map((each) => [each.id, each] as const)),
  ),
);
