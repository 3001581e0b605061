/** The names that a schema knows: lists to choose from where there is a vocabulary, and any text where there is none. */
import { either, list, map, range, SCALAR, TITLE, type JsonSchema } from './schema-forms.ts';
import { settingProperties, settingsForm } from './schema-settings.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What a vocabulary makes of the names in a file: lists to choose from, or any text. */
export interface SchemaWords {
  readonly vocabulary: Vocabulary | undefined;
  readonly clauses: JsonSchema;
  /** One part of the catalogue, or a list of them. */
  readonly parts: JsonSchema;
  readonly row: JsonSchema;
  readonly reasons: JsonSchema;
  readonly event: JsonSchema;
  readonly target: JsonSchema;
  readonly parameters: JsonSchema;
  /** A condition on one field of an event. */
  readonly test: JsonSchema;
  /** Conditions by field. */
  readonly tests: JsonSchema;
  /** What a link or site does to packets. */
  readonly quality: JsonSchema;
}

/** What stands for each kind of name: that of the vocabulary, or any text without one. */
export function wordsOf(vocabulary: Vocabulary | undefined): SchemaWords {
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
    target: oneOfList(vocabulary?.targets && Object.keys(vocabulary.targets)),
    parameters: settingsForm(vocabulary?.parameters),
    test,
    tests: { type: 'object', additionalProperties: test },
    quality: { profile: oneOfList(vocabulary?.profiles), ...settingProperties(vocabulary?.linkSettings) },
  };
}

/** One of these names; any text where they are not known. */
export function oneOfList(names: readonly string[] | undefined): JsonSchema {
  return names === undefined ? TITLE : { enum: names };
}
