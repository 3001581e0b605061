/**
 * The JSON Schema of a scenario file, for editors: draft-07, because that is what YAML editors support best. It states the
 * structure that the loader checks; references between parts of a file are the loader's alone. With a vocabulary the names
 * of parameters, clauses, events and so on become lists to choose from.
 */
import { ACTIONS } from '../../devices/firewall/index.ts';
import { VERSION_PATTERN } from './handset.ts';
import { INSTANT_PATTERN } from './instant.ts';
import { NUMBER_PATTERN } from './number.ts';
import { performance, performedChanges } from './procedures/schema.ts';
import {
  ADDRESS,
  AFTER,
  AT,
  atMostOne,
  CHECK,
  either,
  LINE,
  list,
  map,
  NAME,
  named,
  OFFSET,
  one,
  PROSE,
  TITLE,
  type JsonSchema,
} from './schema-forms.ts';
import { comparison, expectation, moment } from './schema-checks.ts';
import { oneOfList, wordsOf, type SchemaWords } from './schema-words.ts';
import { ownSettings, settingProperties } from './schema-settings.ts';
import { SITE_KINDS } from './declared-network.ts';
import { PLATFORMS, PREDICTIONS } from './screenplay.ts';
import type { Vocabulary } from './vocabulary.ts';

const WHEN = { at: AT, after: AFTER };
const TYPED = { by: TITLE, on: TITLE, type: LINE };
const OUTCOME = { refused: TITLE, untyped: TITLE };

/** Without a vocabulary the settings are not known, so any are taken. */
function orAny(vocabulary: Vocabulary | undefined): JsonSchema {
  return vocabulary === undefined ? { additionalProperties: true } : {};
}

const step = ({ clauses }: SchemaWords): JsonSchema =>
  map(
    { id: NAME, ...WHEN, ...TYPED, clause: clauses, cue: PROSE, ...OUTCOME, scenery: TITLE },
    ['by', 'type'],
    one('at', 'after'),
  );

/** What a variant changes of a step. */
const patch = ({ clauses }: SchemaWords): JsonSchema =>
  map(
    { ...WHEN, ...TYPED, clause: clauses, cue: PROSE, refused: TITLE, untyped: TITLE, ...performedChanges },
    [],
    {
      allOf: atMostOne('at', 'after'),
    },
  );

const users = ({ vocabulary }: SchemaWords): JsonSchema => {
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

const link = ({ vocabulary, quality }: SchemaWords): JsonSchema => map(quality, [], orAny(vocabulary));

const network = (words: SchemaWords): JsonSchema => ({
  ...link(words),
  properties: { ...words.quality, links: named(link(words)) },
});

const topology = (words: SchemaWords): JsonSchema =>
  map(
    {
      firewall: either(
        { const: 'standard' },
        map({ default: { enum: [...ACTIONS] }, rules: list(TITLE), protects: NAME }, []),
      ),
      sites: named({
        ...link(words),
        properties: { kind: { enum: [...SITE_KINDS] }, through: NAME, country: NAME, ...words.quality },
        required: ['kind'],
      }),
      at: named(NAME),
    },
    [],
  );

const devices = ({ vocabulary }: SchemaWords): JsonSchema =>
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

const variant = (words: SchemaWords): JsonSchema =>
  map(
    {
      title: TITLE,
      reference: { type: 'boolean' },
      parameters: words.parameters,
      steps: named(either({ const: 'omit' }, patch(words)), ADDRESS),
      also: list(either(step(words), performance(words))),
      probes: list(probe(words)),
      expect: list(expectation(words)),
      predict: named({ enum: [...PREDICTIONS] }),
      reason: named(words.reasons),
      'not-applicable': named(TITLE, CHECK),
      check: named(words.parts, CHECK),
      only: list(NAME),
    },
    ['title'],
  );

const probe = ({ row, parts, reasons }: SchemaWords): JsonSchema =>
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

const plant = ({ vocabulary }: SchemaWords): JsonSchema =>
  map({ plant: oneOfList(vocabulary?.plants), variant: NAME, fails: list(CHECK, { minItems: 1 }) }, [
    'plant',
    'fails',
  ]);

/** What can stand under `world`. */
const WORLD: Readonly<Record<string, (words: SchemaWords) => JsonSchema>> = {
  users,
  people: () => list(NAME),
  accounts: () => named(map({ cms: NAME, crs: NAME }, ['cms'])),
  network,
  topology,
  devices,
};

/** What can stand at the top of a file, in the order in which authors write it. */
const PARTS: Readonly<Record<string, (words: SchemaWords) => JsonSchema>> = {
  scenario: () => NAME,
  title: () => TITLE,
  clauses: ({ clauses }) => clauses,
  begins: () => ({ type: 'string', pattern: INSTANT_PATTERN }),
  ends: () => either(AT, map({ after: AFTER }, ['after'])),
  parameters: ({ parameters }) => parameters,
  world: (words) => map(built(WORLD, words), []),
  steps: (words) => list(either(step(words), performance(words))),
  moments: (words) => named(moment(words)),
  variants: (words) => named(variant(words)),
  probes: (words) => list(probe(words)),
  'not-tested': ({ row, parts }) => list(map({ row, what: TITLE, reason: TITLE, check: parts }, ['reason'])),
  expect: (words) => list(either(comparison(words), expectation(words))),
  plants: (words) => list(plant(words)),
};

function built(parts: typeof PARTS, words: SchemaWords): JsonSchema {
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
