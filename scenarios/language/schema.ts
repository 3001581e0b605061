/**
 * The JSON Schema of a scenario file, for editors: draft-07, because that is what YAML editors support best. It states the
 * structure that the loader checks; references between parts of a file are the loader's alone. With a vocabulary the names
 * of parameters, clauses, events and so on become lists to choose from.
 */
import { ACTIONS } from '../../devices/firewall/index.ts';
import { VERSION_PATTERN } from './handset.ts';
import { INSTANT_PATTERN } from './instant.ts';
import { LIMITS } from './limits.ts';
import { NAME_PATTERN } from './name.ts';
import { NUMBER_PATTERN } from './number.ts';
import { NTH_MAX } from './pattern.ts';
import { PLATFORMS, PREDICTIONS, SITE_KINDS } from './screenplay.ts';
import { namesUser } from './settings.ts';
import type { Setting, SettingTable, Vocabulary } from './vocabulary.ts';
import { AFTER_PATTERN, AT_PATTERN, DURATION_PATTERN } from './when.ts';

export type JsonSchema = { readonly [key: string]: SchemaValue };
type SchemaValue = string | number | boolean | null | readonly SchemaValue[] | JsonSchema;

const NAME = { type: 'string', pattern: NAME_PATTERN, maxLength: LIMITS.name };
const TITLE = { type: 'string', minLength: 1, maxLength: LIMITS.title };
const PROSE = { type: 'string', minLength: 1, maxLength: LIMITS.prose };
const DURATION = { type: 'string', pattern: DURATION_PATTERN };
const OFFSET = { type: 'string', pattern: DURATION_PATTERN.replace('^', '^[-+]') };
const AT = { type: 'string', pattern: AT_PATTERN };
const AFTER = { type: 'string', pattern: AFTER_PATTERN };
const SCALAR = { type: ['string', 'number', 'boolean', 'null'] };
const LINE = { type: 'string', minLength: 1, maxLength: LIMITS.line };

const list = (items: JsonSchema, bounds: JsonSchema = {}): JsonSchema => ({
  type: 'array',
  items,
  maxItems: LIMITS.entries,
  ...bounds,
});

const map = (properties: JsonSchema, required: readonly string[], rest: JsonSchema = {}): JsonSchema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
  ...rest,
});

const named = (value: SchemaValue): JsonSchema => ({
  type: 'object',
  propertyNames: NAME,
  additionalProperties: value,
  maxProperties: LIMITS.entries,
});

const either = (...schemas: readonly JsonSchema[]): JsonSchema => ({ anyOf: schemas });

/** Exactly one of the keys. */
const one = (...keys: readonly string[]): JsonSchema => ({ oneOf: keys.map((key) => ({ required: [key] })) });

/** At most one of the keys. */
const atMostOne = (...keys: readonly string[]): readonly JsonSchema[] =>
  keys.flatMap((first, at) => keys.slice(at + 1).map((second) => ({ not: { required: [first, second] } })));

/** A range needs one of its bounds at least. */
const range = (bound: JsonSchema): JsonSchema =>
  map({ 'at-least': bound, 'at-most': bound }, [], { minProperties: 1 });

/** Builds the schema; without a vocabulary any name is taken where one is needed. */
export function schemaOf(vocabulary?: Vocabulary): JsonSchema {
  const oneOfList = (names: readonly string[] | undefined): JsonSchema =>
    names === undefined ? TITLE : { enum: names };
  const clause = oneOfList(vocabulary?.clauses);
  const clauses = either(clause, list(clause));
  const row = oneOfList(vocabulary?.rows);
  const event = oneOfList(vocabulary?.knownEvents);
  const profile = oneOfList(vocabulary?.profiles);
  const parameters = settings(vocabulary?.parameters);
  const when = { at: AT, after: AFTER };
  const typed = { by: TITLE, on: TITLE, type: LINE };
  const test = either(SCALAR, map({ 'is-not': SCALAR }, ['is-not']), range({ type: 'number' }));
  const tests = { type: 'object', additionalProperties: test };
  const step = map(
    { id: NAME, ...when, ...typed, clause: clauses, cue: PROSE },
    ['by', 'type'],
    one('at', 'after'),
  );
  const patch = map({ ...when, ...typed, clause: clauses, cue: PROSE }, [], {
    allOf: atMostOne('at', 'after'),
  });
  const quality = { profile, ...open(vocabulary?.linkSettings) };
  const handset = map(
    {
      platform: { enum: [...PLATFORMS] },
      version: { type: 'string', pattern: VERSION_PATTERN },
      clock: OFFSET,
      ...open(ownSettings(vocabulary?.kinds['handset']?.settings)),
    },
    ['platform', 'version'],
    vocabulary === undefined ? { additionalProperties: true } : {},
  );
  const link = map(quality, [], vocabulary === undefined ? { additionalProperties: true } : {});

  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'calldrill scenario',
    ...map(
      {
        scenario: NAME,
        title: TITLE,
        clauses,
        begins: { type: 'string', pattern: INSTANT_PATTERN },
        ends: either(AT, map({ after: AFTER }, ['after'])),
        parameters,
        world: map(
          {
            users: named(
              map(
                {
                  number: { type: 'string', pattern: NUMBER_PATTERN },
                  account: NAME,
                  handset,
                  enrolled: { type: 'boolean' },
                },
                ['number'],
              ),
            ),
            people: list(NAME),
            accounts: named(map({ cms: NAME, crs: NAME }, ['cms'])),
            network: {
              ...link,
              properties: { ...quality, links: named(link) },
            },
            topology: map(
              {
                firewall: either(
                  { const: 'standard' },
                  map({ default: { enum: [...ACTIONS] }, rules: list(TITLE), protects: NAME }, []),
                ),
                sites: named({
                  ...link,
                  properties: { kind: { enum: [...SITE_KINDS] }, ...quality },
                  required: ['kind'],
                }),
                at: named(NAME),
              },
              [],
            ),
            devices: named({
              type: 'object',
              properties: {
                kind: oneOfList(vocabulary === undefined ? undefined : Object.keys(vocabulary.kinds)),
                taps: list(NAME),
                clock: OFFSET,
              },
              required: ['kind'],
              if: { properties: { kind: { const: 'handset' } } },
              else: { not: { required: ['clock'] } },
            }),
          },
          [],
        ),
        steps: list(step),
        moments: named({
          type: 'object',
          properties: {
            first: event,
            last: event,
            nth: map({ n: { type: 'integer', minimum: 1, maximum: NTH_MAX }, of: event }, ['n', 'of']),
          },
          additionalProperties: test,
          ...one('first', 'last', 'nth'),
        }),
        variants: named(
          map(
            {
              title: TITLE,
              reference: { type: 'boolean' },
              parameters,
              steps: named(either({ const: 'omit' }, patch)),
              also: list(step),
              predict: named({ enum: [...PREDICTIONS] }),
              'not-applicable': named(TITLE),
              only: list(NAME),
            },
            ['title'],
          ),
        ),
        probes: list(
          map(
            {
              id: NAME,
              row,
              ...when,
              ...typed,
              predict: { enum: [...PREDICTIONS] },
              because: PROSE,
              title: TITLE,
              clause: clauses,
            },
            ['id', 'row', 'by', 'type', 'predict'],
            one('at', 'after'),
          ),
        ),
        'not-tested': list(map({ row, reason: TITLE, clause: clauses }, ['row', 'reason'])),
        expect: list(expectation(event, tests, clauses)),
        plants: list(
          map({ plant: oneOfList(vocabulary?.plants), variant: NAME, fails: list(NAME, { minItems: 1 }) }, [
            'plant',
            'fails',
          ]),
        ),
      },
      ['scenario', 'title', 'begins', 'world'],
    ),
  };
}

function expectation(event: JsonSchema, tests: JsonSchema, clauses: JsonSchema): JsonSchema {
  const bound = either(AT, AFTER);
  const counted = { type: 'integer', minimum: 1 };
  return map(
    {
      id: NAME,
      title: TITLE,
      clause: clauses,
      see: event,
      never: event,
      every: event,
      order: list(NAME, { minItems: 2 }),
      where: tests,
      has: { ...tests, minProperties: 1 },
      times: either(counted, range(counted)),
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
      dependencies: { has: ['every'], every: ['has'], times: ['see'], within: ['of'], of: ['within'] },
    },
  );
}

/** Settings as the properties of a map of their own. */
function settings(table: SettingTable | undefined): JsonSchema {
  return table === undefined
    ? { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } }
    : map(open(table), []);
}

/** The settings of a user's own handset: whose it is is not among them. */
function ownSettings(table: SettingTable | undefined): SettingTable {
  return Object.fromEntries(Object.entries(table ?? {}).filter(([, setting]) => !namesUser(setting)));
}

/** Settings as properties beside others. */
function open(table: SettingTable | undefined): JsonSchema {
  return Object.fromEntries(Object.entries(table ?? {}).map(([name, setting]) => [name, valueOf(setting)]));
}

function valueOf(setting: Setting): JsonSchema {
  const description = `${setting.summary} (${setting.source})`;
  switch (setting.kind) {
    case 'duration':
      return { description, ...DURATION };
    case 'choice':
      return { description, enum: setting.choices, default: setting.default };
    case 'boolean':
      return { description, type: 'boolean', default: setting.default };
    case 'integer':
    case 'number': {
      const { kind, min, max } = setting;
      return {
        description,
        type: kind,
        default: setting.default,
        ...(min === undefined ? {} : { minimum: min }),
        ...(max === undefined ? {} : { maximum: max }),
      };
    }
    case 'text':
      return { description, ...TITLE };
  }
}
