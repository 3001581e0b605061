/**
 * The JSON Schema of a procedure file, and of the steps by which scenarios perform procedures, for editors. It states the structure that the loader
 * checks; names that refer to something are the loader's alone.
 */
import { expectation } from '../schema-checks.ts';
import {
  ADDRESS,
  AFTER,
  AT,
  atMostOne,
  DURATION,
  either,
  LINE,
  list,
  map,
  NAME,
  named,
  one,
  PROSE,
  TITLE,
  type JsonSchema,
} from '../schema-forms.ts';
import { wordsOf, type SchemaWords } from '../schema-words.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { PARAMETER_TYPES } from './procedure.ts';

/** Of a parameter: one of the world or a text, or several months. */
const VALUE = either(TITLE, list(TITLE));
const IDS = list(NAME);
const CAST = named(TITLE);

/** What changes the course of a procedure. */
const COURSE = { order: IDS, until: NAME, with: list(ADDRESS) };

/** What is changed of a line in a procedure, or of a procedure as a whole, beside the keys of any step. */
export const performedChanges: JsonSchema = {
  takes: DURATION,
  within: DURATION,
  ...COURSE,
  cast: CAST,
  values: named(VALUE),
};

/** A step of a scenario that performs a procedure. Its other keys are parameters. */
export const performance = ({ clauses }: SchemaWords): JsonSchema => ({
  type: 'object',
  properties: {
    ...{ id: NAME, at: AT, after: AFTER, perform: NAME, 'for-each': { const: 'users' } },
    ...COURSE,
    cast: CAST,
    steps: named(
      either(
        { const: 'omit' },
        map(
          {
            by: TITLE,
            on: TITLE,
            type: LINE,
            clause: clauses,
            cue: PROSE,
            refused: TITLE,
            ...performedChanges,
          },
          [],
        ),
      ),
      ADDRESS,
    ),
  },
  required: ['id', 'perform'],
  additionalProperties: VALUE,
  ...one('at', 'after'),
});

const seen = ({ event, tests }: SchemaWords): JsonSchema => map({ see: event, where: tests }, ['see']);

const common: JsonSchema = {
  id: NAME,
  hidden: TITLE,
  optional: { type: 'boolean' },
  takes: DURATION,
  when: named(either(NAME, list(NAME))),
  after: IDS,
};

const act = (words: SchemaWords): JsonSchema => ({
  by: TITLE,
  on: TITLE,
  type: LINE,
  done: seen(words),
  within: DURATION,
  unless: seen(words),
  'when-noticed': seen(words),
  cue: PROSE,
  refused: TITLE,
  clause: words.clauses,
  check: words.parts,
});

const line = (words: SchemaWords): JsonSchema =>
  map(
    {
      ...common,
      ...act(words),
      'for-each': NAME,
      otherwise: list(map({ ...common, ...act(words) }, ['id', 'by'], { anyOf: TYPED_OR_SEEN })),
    },
    ['id', 'by'],
    { anyOf: TYPED_OR_SEEN, dependencies: { otherwise: ['within'] } },
  );

const TYPED_OR_SEEN = [{ required: ['type'] }, { required: ['done'] }];

const LINE_KEYS = ['by', 'on', 'type', 'done', 'within', 'otherwise', 'check', 'clause', 'cue', 'refused'];

const nested: JsonSchema = {
  type: 'object',
  properties: {
    ...common,
    ...{ perform: NAME, 'for-each': NAME, cast: CAST, with: list(ADDRESS), 'goes-on-after': NAME },
  },
  required: ['id', 'perform'],
  additionalProperties: VALUE,
  allOf: [...LINE_KEYS, 'unless', 'when-noticed'].map((key) => ({ not: { required: [key] } })),
};

const parameter = map(
  {
    is: either({ enum: [...PARAMETER_TYPES] }, list(NAME, { minItems: 1 })),
    default: VALUE,
    optional: { type: 'boolean' },
  },
  ['is'],
  { allOf: atMostOne('default', 'optional') },
);

/** What can stand at the top of a procedure file, in the order in which authors write it. */
const parts = (words: SchemaWords): JsonSchema => ({
  procedure: NAME,
  title: TITLE,
  purpose: PROSE,
  source: words.clauses,
  parameters: named(parameter),
  roles: CAST,
  given: list(map({ text: TITLE, knows: TITLE, see: words.event, where: words.tests }, ['see'])),
  prescribed: IDS,
  requires: named(IDS),
  steps: list(either(line(words), nested), { minItems: 1 }),
  leaves: list(expectation(words)),
});

/** Builds the schema; without a vocabulary any name is taken where one is needed. */
export function procedureSchemaOf(vocabulary?: Vocabulary): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'calldrill procedure',
    ...map(parts(wordsOf(vocabulary)), ['procedure', 'title', 'steps']),
  };
}
