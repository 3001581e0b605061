/**
 * Reads a report.json back into the model. Strict: whoever joins reports, or judges by one, must not take for known what this version
 * does not understand. What is read is the model and nothing more, so that writing it again gives the same octets.
 */
import {
  choice,
  flag,
  integer,
  listOf,
  isJsonRecord,
  number,
  objectOf,
  optional,
  orNull,
  readJson,
  tableOf,
  text,
  whole,
  type JsonForm,
} from '../../sim/json-fields.ts';
import { parseJson } from '../../sim/json-text.ts';
import { PARAMETER_LEVELS } from './deployment-result.ts';
import { CLAUSE_CLASSES, STANCES, WAYS } from '../catalogue/clauses.ts';
import {
  REPORT_VERSION,
  UNITS,
  VERDICTS,
  type ExposureBar,
  type SuiteResult,
  type VariantResult,
} from './model.ts';
import { procedureForm } from './procedures/form.ts';
import { scoreForm } from './score/form.ts';
import { suiteError } from './suite-errors.ts';

const digest = text({ pattern: /^[0-9a-f]{64}$/, what: 'a SHA-256 in hexadecimal' });
const texts = listOf(text());
const verdict = choice(...VERDICTS);
const outcome = choice('opened', 'refused', 'inconclusive');
const clock = integer();
const findings = listOf(objectOf({ part: text(), verdict, why: text() }));
const setter = objectOf({ by: choice(...PARAMETER_LEVELS), at: optional(text()) });

const checkHead = {
  id: text(),
  kind: choice('expectation', 'probe'),
  title: text(),
  source: text(),
} as const;

const probe = objectOf({
  row: text(),
  line: text(),
  time: clock,
  predict: choice('opened', 'refused'),
  prediction: text(),
  outcome,
  refusedAs: optional(text()),
  because: text(),
  means: texts,
  positiveControl: outcome,
  positiveBecause: text(),
  negativeControl: outcome,
  negativeBecause: text(),
  forked: flag,
  artefact: optional(text()),
});

/** One entry of the exposure ledger, as reports and logs of runs have it. */
export const exposureForm: JsonForm<ExposureBar> = objectOf({
  ...{ asset: text(), capability: text(), attacker: text(), attack: text(), route: text(), needs: texts },
  ...{ fromEarliest: clock, from: clock, lastSuccess: clock },
  ...{ firstFailure: optional(clock), refusedAs: optional(text()) },
  ...{ means: texts, sources: texts, audioSeconds: number({ min: 0 }) },
  impersonationHours: optional(
    objectOf({ atLeast: number({ min: 0 }), atMost: optional(number({ min: 0 })) }),
  ),
  ...{ spokenFrom: optional(clock), spokenUntil: optional(clock) },
  ...{ tries: texts, controlled: flag },
});

const heardCall = objectOf({
  call: text(),
  listener: text(),
  event: whole(),
  lost: whole(),
  discarded: whole(),
  missingPercent: number(),
  burstRatio: number(),
  jitterMs: number(),
  roundTripMs: orNull(number()),
  delayMs: orNull(number()),
  r: orNull(number()),
  mos: orNull(number()),
  category: orNull(text()),
  sound: optional(objectOf({ file: text(), seconds: number({ min: 0 }), cut: flag })),
});

/** One variant that was run, as reports and logs of runs have it. */
export const variantForm: JsonForm<VariantResult> = objectOf({
  name: text(),
  title: text(),
  reference: flag,
  begins: integer(),
  ends: clock,
  seed: text(),
  parameters: fieldsOf(text()),
  setBy: fieldsOf(setter),
  checks: listOf(
    objectOf({
      ...checkHead,
      parts: findings,
      ...{ verdict, was: optional(verdict), why: text(), evidence: listOf(whole()), probe: optional(probe) },
      lostAt: optional(objectOf({ event: whole(), time: clock, by: choice('event', 'window', 'fork') })),
    }),
  ),
  exposure: listOf(exposureForm),
  ladder: listOf(
    objectOf({
      time: clock,
      from: text(),
      to: text(),
      label: text(),
      kind: choice('signalling', 'media', 'people', 'attack'),
      event: whole(),
    }),
  ),
  calls: listOf(heardCall),
  schedule: optional(
    objectOf({
      events: whole(),
      p50: number(),
      p99: number(),
      max: number(),
      bound: number(),
      valid: flag,
      skipped: number(),
    }),
  ),
  typed: listOf(
    objectOf({
      time: clock,
      by: text(),
      on: text(),
      line: text(),
      clause: optional(text()),
      refused: optional(text()),
    }),
  ),
  moments: fieldsOf(orNull(objectOf({ time: clock, event: whole() }))),
  procedures: optional(listOf(procedureForm)),
  score: optional(scoreForm),
  measures: listOf(objectOf({ name: text(), value: orNull(number()), unit: choice(...UNITS) })),
  facts: listOf(objectOf({ name: text(), text: text() })),
  traceDigest: digest,
  traceEvents: whole(),
  replay: text(),
});

const declaredCheck = {
  ...{ id: text(), title: text(), parts: findings, verdict, why: text(), source: text() },
} as const;

const deploymentForm = objectOf({
  ...{ name: text(), file: text(), sha256: digest, asOf: text() },
  targets: listOf(objectOf({ name: text(), value: text(), source: text() })),
  declares: listOf(objectOf(declaredCheck)),
  waivers: listOf(
    objectOf({
      ...declaredCheck,
      ...{ kind: choice('clause', 'part'), covers: text(), owner: text(), reason: text(), adviser: text() },
      ...{ date: text(), expires: text() },
    }),
  ),
});

const scenario = objectOf({
  id: text(),
  title: text(),
  file: text(),
  sha256: digest,
  performs: listOf(objectOf({ name: text(), sha256: digest })),
  declares: texts,
  variants: listOf(variantForm),
  missing: listOf(
    objectOf({
      name: text(),
      title: text(),
      reference: flag,
      checks: listOf(objectOf({ ...checkHead, parts: texts })),
      code: text(),
      why: text(),
      seed: text(),
      replay: text(),
    }),
  ),
  across: listOf(
    objectOf({
      ...{ id: text(), title: text(), source: text(), variants: texts, verdicts: texts },
      apart: optional(objectOf({ measure: text(), by: number({ min: 0 }) })),
      ...{ parts: findings, verdict, was: optional(verdict), why: text() },
    }),
  ),
  notTested: listOf(objectOf({ row: text(), reason: text(), parts: texts })),
});

const judged = { verdict, why: text() } as const;

const part = objectOf({
  ...{ id: text(), what: text(), by: choice(...WAYS), rows: texts },
  ...{ outcome: optional(choice('opened', 'refused')), reason: optional(text()) },
  ...judged,
  decidedBy: texts,
});

const SUITE: JsonForm<SuiteResult> = objectOf({
  version: choice(REPORT_VERSION),
  tool: text(),
  seed: text(),
  keySeed: text(),
  scenarios: listOf(scenario),
  clauses: listOf(
    objectOf({
      id: text(),
      paraphrase: text(),
      modality: text(),
      class: choice(...CLAUSE_CLASSES),
      ...judged,
      checks: listOf(objectOf({ id: text(), stance: choice(...STANCES), ...judged, parts: listOf(part) })),
    }),
  ),
  parameters: listOf(
    objectOf({
      ...{ name: text(), value: text(), default: text(), summary: text(), source: text() },
      setBy: setter,
    }),
  ),
  deployment: optional(deploymentForm),
  plant: optional(text()),
  shard: optional(objectOf({ number: whole(), of: whole(), runs: whole(), whole: whole() })),
  revealsKeys: optional(flag),
  replay: text(),
});

/** An object whose keys are data, as an object again. */
function fieldsOf<Value>(form: JsonForm<Value>): JsonForm<Readonly<Record<string, Value>>> {
  const table = tableOf(form);
  return (content, place) => Object.fromEntries(table(content, place));
}

/**
 * The suite of a report.json. `file` names it in errors. Throws SUITE_JSON with the octet offset, SUITE_VERSION, SUITE_FIELD with the
 * place of the field, SUITE_VARIANT_TWICE.
 */
export function parseSuite(written: string, file: string): SuiteResult {
  const where = { file };
  const content = parseJson(written, (offset, cause) =>
    suiteError('SUITE_JSON', `${file} is not JSON`, { where: { file, offset }, cause }),
  );
  if (!isJsonRecord(content) || content['version'] !== REPORT_VERSION)
    throw suiteError('SUITE_VERSION', `${file} is not a report of version ${REPORT_VERSION}`, { where });
  const suite = readJson(content, SUITE, {
    root: 'the report',
    refuse: ({ message }) => suiteError('SUITE_FIELD', `${file}: ${message}`, { where }),
  });
  const twice = variantTwice(suite);
  if (twice !== undefined) throw suiteError('SUITE_VARIANT_TWICE', `${file} has ${twice} twice`, { where });
  return suite;
}

/** `scenario/variant` of a run that a suite has twice, finished or missing; the id of a scenario that it has twice. */
export function variantTwice({ scenarios }: Pick<SuiteResult, 'scenarios'>): string | undefined {
  const places = scenarios.flatMap(({ id, variants, missing }) => [
    id,
    ...[...variants, ...missing].map(({ name }) => `${id}/${name}`),
  ]);
  return places.find((place, at) => places.indexOf(place) !== at);
}
