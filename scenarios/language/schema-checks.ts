/** The schema of moments and expectations: what is looked for in a trace. */
import { APART_MIN } from './across.ts';
import { NTH_MAX } from './pattern.ts';
import {
  ADDRESS,
  AFTER,
  AT,
  atMostOne,
  CHECK,
  DURATION,
  either,
  list,
  map,
  NAME,
  one,
  range,
  TITLE,
  type JsonSchema,
} from './schema-forms.ts';
import type { SchemaWords } from './schema-words.ts';

/** One entry of `moments`. */
export const moment = ({ event, test }: SchemaWords): JsonSchema => ({
  type: 'object',
  properties: {
    first: event,
    last: event,
    opening: { const: 'included' },
    nth: map({ n: { type: 'integer', minimum: 1, maximum: NTH_MAX }, of: event }, ['n', 'of']),
  },
  additionalProperties: test,
  ...one('first', 'last', 'nth'),
});

/** One entry of `expect` that is about several variants. */
export const comparison = ({ parts }: SchemaWords): JsonSchema =>
  map(
    {
      id: NAME,
      title: TITLE,
      check: parts,
      across: either({ const: 'variants' }, list(NAME, { minItems: 2 })),
      verdicts: either({ const: 'all' }, list(CHECK, { minItems: 1 })),
      apart: map({ measure: TITLE, by: { type: 'number', minimum: APART_MIN } }, ['measure', 'by']),
    },
    ['id', 'across', 'verdicts'],
  );

/** One entry of `expect` that is about each run. */
export const expectation = ({ event, tests, parts, target }: SchemaWords): JsonSchema => {
  const bound = either(AT, AFTER);
  const compared = map({ field: TITLE, of: list(ADDRESS, { minItems: 2, maxItems: 2 }) }, ['field', 'of']);
  const counted = { type: 'integer', minimum: 1 };
  return map(
    {
      id: NAME,
      title: TITLE,
      check: parts,
      see: event,
      never: event,
      every: event,
      order: list(ADDRESS, { minItems: 2 }),
      same: compared,
      differs: compared,
      each: { const: 'user' },
      'caused-by': NAME,
      where: tests,
      has: { ...tests, minProperties: 1 },
      given: either(ADDRESS, map({ see: event, where: tests }, ['see'])),
      times: either(counted, range(counted)),
      opening: { const: 'included' },
      within: either(DURATION, map({ target }, ['target'])),
      of: ADDRESS,
      after: bound,
      before: bound,
      between: list(bound, { minItems: 2, maxItems: 2 }),
    },
    ['id'],
    {
      ...one('see', 'never', 'every', 'order', 'same', 'differs'),
      allOf: [
        ...atMostOne('within', 'after', 'before', 'between'),
        ...['order', 'same', 'differs'].flatMap((form) =>
          ['where', 'within', 'after', 'before', 'between', 'caused-by'].map((key) => ({
            not: { required: [form, key] },
          })),
        ),
      ],
      dependencies: {
        has: ['every'],
        every: ['has'],
        times: ['see'],
        opening: ['see'],
        given: ['never'],
        within: ['of'],
        of: ['within'],
      },
    },
  );
};
