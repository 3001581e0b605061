/** The JSON Schema of a deployment file, for editors: draft-07, as that of scenarios, from the same tables that the loader reads by. */
import { REFERENCES } from '../catalogue/references.ts';
import { TARGETS, type TargetKind } from '../catalogue/targets.ts';
import {
  DURATION,
  list,
  map,
  NAME,
  named,
  one,
  PROSE,
  TITLE,
  type JsonSchema,
} from '../language/schema-forms.ts';
import { settingsForm } from '../language/schema-settings.ts';
import { PLATFORMS } from '../language/screenplay.ts';
import type { DeploymentWords } from './load.ts';
import { MEDIA, STATEMENTS, STATUSES, TIERS } from './words.ts';

const DAY = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
const TEXTS = list(TITLE, { minItems: 1 });
const PERCENT = { type: 'number', minimum: 0, maximum: 100 };

const OF_KIND: Readonly<Record<TargetKind, JsonSchema>> = {
  duration: DURATION,
  months: { type: 'integer', minimum: 0, maximum: 1200 },
  words: TEXTS,
  quality: map({ 'set-up': DURATION, jitter: DURATION, loss: PERCENT, completed: PERCENT }, [], {
    minProperties: 1,
  }),
};

const keyed = (names: readonly string[], value: (name: string) => JsonSchema): JsonSchema =>
  map(Object.fromEntries(names.map((name) => [name, value(name)])), []);

const targets = keyed(Object.keys(TARGETS), (name) => {
  const { kind, summary } = TARGETS[name] ?? { kind: 'duration', summary: '' };
  return { description: summary, ...OF_KIND[kind] };
});

const reference = (letter: string): JsonSchema => ({
  description: REFERENCES[letter]?.title ?? '',
  ...map(
    {
      ...{ title: TITLE, status: { enum: [...STATUSES] } },
      ...{ issue: TITLE, kept: TITLE, assumption: TITLE, reason: TITLE },
    },
    ['title', 'status'],
  ),
});

const waiver = (words: DeploymentWords | undefined): JsonSchema =>
  map(
    {
      clause: words === undefined ? TITLE : { enum: [...words.clauses] },
      part: words === undefined ? TITLE : { enum: [...words.parts.keys()] },
      ...{ owner: TITLE, reason: TITLE, adviser: TITLE, date: DAY, expires: DAY },
    },
    ['owner', 'reason', 'adviser', 'date', 'expires'],
    one('clause', 'part'),
  );

/** Builds it; without words any parameter, clause and part is taken. */
export function deploymentSchema(words?: DeploymentWords): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'calldrill deployment',
    ...map(
      {
        deployment: NAME,
        title: TITLE,
        'valid-on': DAY,
        parameters: settingsForm(words?.parameters),
        targets,
        references: keyed(Object.keys(REFERENCES), reference),
        waivers: list(waiver(words)),
        certificate: map({ number: TITLE, product: TITLE, version: TITLE, expires: DAY, revoked: DAY }, [
          ...['number', 'product', 'version', 'expires'],
        ]),
        platforms: list(
          map({ platform: { enum: [...PLATFORMS] }, version: TITLE, approved: DAY, decision: TITLE }, [
            ...['platform', 'version', 'approved', 'decision'],
          ]),
        ),
        declared: keyed(Object.keys(STATEMENTS), () => PROSE),
        roles: named(map({ people: TEXTS, deputies: TEXTS }, ['people'])),
        contacts: named(map({ person: TITLE, reach: TITLE, deputy: TITLE }, ['person', 'reach'])),
        countries: named(map({ note: PROSE, permission: TITLE, threat: TITLE }, ['note'])),
        disposal: keyed(MEDIA, () => TEXTS),
        classification: map({ ceiling: { enum: [...TIERS] }, system: TITLE }, ['ceiling', 'system']),
      },
      ['deployment', 'valid-on'],
    ),
  };
}
