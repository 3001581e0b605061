/**
 * The JSON Schema of a scenario file, for editors: draft-07, because that is what YAML editors support best. It states the
 * structure that the loader checks; references between parts of a file are the loader's alone. With a vocabulary the names
 * of parameters, clauses, events and so on become lists to choose from.
 */
import { ACTIONS } from '../../devices/firewall/index.ts';
import { VERSION_PATTERN } from './handset.ts';
import { INSTANT_PATTERN } from './instant.ts';
import { NUMBER_PATTERN } from './number.ts';
import { NTH_MAX } from './pattern.ts';
import {
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
  OFFSET,
  one,
  PROSE,
  range,
  SCALAR,
  TITLE,
  type JsonSchema,
} from './schema-forms.ts';
import { ownSettings, settingProperties, settingsForm } from './schema-settings.ts';
import { SITE_KINDS } from './declared-network.ts';
import { PLATFORMS, PREDICTIONS } from './screenplay.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What a vocabulary makes of the names in a file: lists to choose from, or any text. */
interface Words {
  readonly vocabulary: Vocabulary | undefined;
  readonly clauses: JsonSchema;
  /** One part of the catalogue, or a list of them. */
  readonly parts: JsonSchema;
  readonly row: JsonSchema;
  readonly reasons: JsonSchema;
  readonly event: JsonSchema;
  readonly parameters: JsonSchema;
  /** A condition on one field of an event. */
  readonly test: JsonSchema;
  /** Conditions by field. */
  readonly tests: JsonSchema;
  /** What a link or site does to packets. */
  readonly quality: JsonSchema;
}

const WHEN = { at: AT, after: AFTER };
const TYPED = { by: TITLE, on: TITLE, type: LINE };
const OUTCOME = { refused: TITLE, untyped: TITLE };

function wordsOf(vocabulary: Vocabulary | undefined): Words {
  const clause = oneOfList(vocabulary?.clauses);
  const part = oneOfList(vocabulary && [...vocabulary.parts.keys()]);
  const test = either(SCALAR, map({ 'is-not': SCALAR }, ['is-not']), range({ type: 'number' }));
  return {
    vocabulary,
    clauses: either(clause, list(clause)),
    parts: either(part, list(part)),
    row: oneOfList(vocabulary?.rows),
    reasons: oneOfList(vocabulary?.reasons),
    event: oneOfList(vocabulary?.knownEvents),
    parameters: settingsForm(vocabulary?.parameters),
    test,
    tests: { type: 'object', additionalProperties: test },
    quality: { profile: oneOfList(vocabulary?.profiles), ...settingProperties(vocabulary?.linkSettings) },
  };
}

function oneOfList(names: readonly string[] | undefined): JsonSchema {
  return names === undefined ? TITLE : { enum: names };
}

/** Without a vocabulary the settings are not known, so any are taken. */
function orAny(vocabulary: Vocabulary | undefined): JsonSchema {
  return vocabulary === undefined ? { additionalProperties: true } : {};
}

const step = ({ clauses }: Words): JsonSchema =>
  map(
    { id: NAME, ...WHEN, ...TYPED, clause: clauses, cue: PROSE, ...OUTCOME, scenery: TITLE },
    ['by', 'type'],
    one('at', 'after'),
  );

/** What a variant changes of a step. */
const patch = ({ clauses }: Words): JsonSchema =>
  map({ ...WHEN, ...TYPED, clause: clauses, cue: PROSE, refused: TITLE, untyped: TITLE }, [], {
    allOf: atMostOne('at', 'after'),
  });

const users = ({ vocabulary }: Words): JsonSchema => {
  const handset = map(
    {
      platform: { enum: [...PLATFORMS] },
      version: { type: 'string', pattern: VERSION_PATTERN },
      clock: OFFSET,
      ...settingProperties(ownSettings(vocabulary?.kinds['handset']?.settings)),
    },
    ['platform', 'version'],
    orAny(vocabulary),
  );
  return named(
    map(
      {
        number: { type: 'string', pattern: NUMBER_PATTERN },
        account: NAME,
        handset,
        enrolled: { type: 'boolean' },
      },
      ['number'],
    ),
  );
};

const link = ({ vocabulary, quality }: Words): JsonSchema => map(quality, [], orAny(vocabulary));

const network = (words: Words): JsonSchema => ({
  ...link(words),
  properties: { ...words.quality, links: named(link(words)) },
});

const topology = (words: Words): JsonSchema =>
  map(
    {
      firewall: either(
        { const: 'standard' },
        map({ default: { enum: [...ACTIONS] }, rules: list(TITLE), protects: NAME }, []),
      ),
      sites: named({
        ...link(words),
        properties: { kind: { enum: [...SITE_KINDS] }, ...words.quality },
        required: ['kind'],
      }),
      at: named(NAME),
    },
    [],
  );

const devices = ({ vocabulary }: Words): JsonSchema =>
  named({
    type: 'object',
    properties: {
      kind: oneOfList(vocabulary === undefined ? undefined : Object.keys(vocabulary.kinds)),
      taps: list(NAME),
      clock: OFFSET,
    },
    required: ['kind'],
    if: { properties: { kind: { const: 'handset' } } },
    else: { not: { required: ['clock'] } },
  });

const moment = ({ event, test }: Words): JsonSchema => ({
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

const variant = (words: Words): JsonSchema =>
  map(
    {
      title: TITLE,
      reference: { type: 'boolean' },
      parameters: words.parameters,
      steps: named(either({ const: 'omit' }, patch(words))),
      also: list(step(words)),
      expect: list(expectation(words)),
      predict: named({ enum: [...PREDICTIONS] }),
      reason: named(words.reasons),
      'not-applicable': named(TITLE),
      check: named(words.parts),
      only: list(NAME),
    },
    ['title'],
  );

const probe = ({ row, parts, reasons }: Words): JsonSchema =>
  map(
    {
      id: NAME,
      row,
      ...WHEN,
      ...TYPED,
      predict: { enum: [...PREDICTIONS] },
      reason: reasons,
      because: PROSE,
      title: TITLE,
      check: parts,
    },
    ['id', 'row', 'by', 'type', 'predict'],
    one('at', 'after'),
  );

const plant = ({ vocabulary }: Words): JsonSchema =>
  map({ plant: oneOfList(vocabulary?.plants), variant: NAME, fails: list(NAME, { minItems: 1 }) }, [
    'plant',
    'fails',
  ]);

const expectation = ({ event, tests, parts }: Words): JsonSchema => {
  const bound = either(AT, AFTER);
  const counted = { type: 'integer', minimum: 1 };
  return map(
    {
      id: NAME,
      title: TITLE,
      check: parts,
      see: event,
      never: event,
      every: event,
      order: list(NAME, { minItems: 2 }),
      where: tests,
      has: { ...tests, minProperties: 1 },
      given: either(NAME, map({ see: event, where: tests }, ['see'])),
      times: either(counted, range(counted)),
      opening: { const: 'included' },
      within: DURATION,
      of: NAME,
      after: bound,
      before: bound,
      between: list(bound, { minItems: 2, maxItems: 2 }),
    },
    ['id'],
    {
      ...one('see', 'never', 'every', 'order'),
      allOf: [
        ...atMostOne('within', 'after', 'before', 'between'),
        ...['where', 'within', 'after', 'before', 'between'].map((key) => ({
          not: { required: ['order', key] },
        })),
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

/** What can stand under `world`. */
const WORLD: Readonly<Record<string, (words: Words) => JsonSchema>> = {
  users,
  people: () => list(NAME),
  accounts: () => named(map({ cms: NAME, crs: NAME }, ['cms'])),
  network,
  topology,
  devices,
};

/** What can stand at the top of a file, in the order in which authors write it. */
const PARTS: Readonly<Record<string, (words: Words) => JsonSchema>> = {
  scenario: () => NAME,
  title: () => TITLE,
  clauses: ({ clauses }) => clauses,
  begins: () => ({ type: 'string', pattern: INSTANT_PATTERN }),
  ends: () => either(AT, map({ after: AFTER }, ['after'])),
  parameters: ({ parameters }) => parameters,
  world: (words) => map(built(WORLD, words), []),
  steps: (words) => list(step(words)),
  moments: (words) => named(moment(words)),
  variants: (words) => named(variant(words)),
  probes: (words) => list(probe(words)),
  'not-tested': ({ row, parts }) => list(map({ row, reason: TITLE, check: parts }, ['row', 'reason'])),
  expect: (words) => list(expectation(words)),
  plants: (words) => list(plant(words)),
};

function built(parts: typeof PARTS, words: Words): JsonSchema {
  return Object.fromEntries(Object.entries(parts).map(([key, part]) => [key, part(words)]));
}

/** Builds the schema; without a vocabulary any name is taken where one is needed. */
export function schemaOf(vocabulary?: Vocabulary): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'calldrill scenario',
    ...map(built(PARTS, wordsOf(vocabulary)), ['scenario', 'title', 'begins', 'world']),
  };
}
