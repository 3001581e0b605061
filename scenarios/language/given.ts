/**
 * What gives a `never` something to be about. That nobody was let in says nothing where nobody knocked: so beside what must never be seen
 * stands what shows that it could have been, in the words of the author (`given`) or, for the types that are named most, by a table.
 */
import { isDeepStrictEqual } from 'node:util';
import { isMap } from 'yaml';
import { Fields } from './fields.ts';
import { readPattern } from './pattern.ts';
import type { Item } from './reading.ts';
import type { FieldTest, GivenOpportunity, Pattern } from './screenplay.ts';
import type { Stage } from './stage.ts';
import type { OpportunityWords, ValueDomain, Vocabulary } from './vocabulary.ts';

/** What a field can be when it says who or what an event is about, and not how it went. */
const SUBJECTS: readonly ValueDomain[] = ['user', 'person', 'device', 'number', 'account', 'thing'];

/** `given` of a `never` as its author wrote it, or what the table has for the type; undefined when neither will do, which is reported. */
export function readGiven(
  stage: Stage,
  never: Pattern | undefined,
  place: Item,
  given: Item | undefined,
): GivenOpportunity | undefined {
  if (given === undefined) return never === undefined ? undefined : givenByTable(stage, never, place);
  const { reading } = stage;
  if (!isMap(given.node)) {
    const id = reading.text(given);
    const step = id === undefined ? undefined : stage.step(given, id, ['step', 'performed']);
    return step === undefined ? undefined : { kind: 'step', step };
  }
  const fields = Fields.of(reading, given);
  const pattern = fields?.required('see', (each) => readPattern(reading, stage, each, fields.item('where')));
  fields?.finish();
  if (pattern === undefined || never === undefined) return undefined;
  return ofSameSubject(stage, never, pattern, given);
}

/** What the table says gives such a `never` its opportunity: nothing where it knows no such type, or where no subject is in common. */
export function defaultGiven({ opportunities = {} }: Vocabulary, never: Pattern): readonly Pattern[] {
  return (opportunities[never.type] ?? []).flatMap((words) => {
    const tests = subjectOf(words, never);
    // An opportunity of somebody else is none.
    const strange = never.tests.length > 0 && words.same !== undefined && tests.length === 0;
    return strange ? [] : [{ type: words.type, tests }];
  });
}

function givenByTable(stage: Stage, never: Pattern, place: Item): GivenOpportunity | undefined {
  const patterns = defaultGiven(stage.vocabulary, never);
  if (patterns.length > 0) return { kind: 'events', patterns };
  const detail = `nothing is known that shows that ${never.type} could have been seen here`;
  return stage.reading.problem('SCENARIO_NO_GIVEN', place.where, detail);
}

/** The tests of a `never` that its opportunity must pass too, by the names that the fields have there. */
function subjectOf({ same = {} }: OpportunityWords, never: Pattern): readonly FieldTest[] {
  return never.tests.flatMap(({ field, test }) => {
    const there = Object.hasOwn(same, field) ? same[field] : undefined;
    return there === undefined ? [] : [{ field: there, test }];
  });
}

/** The pattern as narrow as the `never`: about the same somebody or something. Reports one that is about another. */
function ofSameSubject(
  stage: Stage,
  never: Pattern,
  pattern: Pattern,
  given: Item,
): GivenOpportunity | undefined {
  const more: FieldTest[] = [];
  for (const { field, test } of never.tests) {
    const there = counterpartOf(stage.vocabulary, never.type, field, pattern.type);
    if (there === undefined) continue;
    const said = pattern.tests.find((each) => each.field === there);
    if (said === undefined) more.push({ field: there, test });
    else if (!isDeepStrictEqual(said.test, test))
      return stage.reading.problem(
        'SCENARIO_GIVEN',
        given.where,
        `'${there}' of what is given is not '${field}' of what must never be seen`,
      );
  }
  return { kind: 'events', patterns: [{ type: pattern.type, tests: [...pattern.tests, ...more] }] };
}

/** The field of another type that says the same of its events; undefined when there is none. */
function counterpartOf(
  { opportunities = {}, eventFields = {}, valueDomains = {} }: Vocabulary,
  type: string,
  field: string,
  other: string,
): string | undefined {
  const same = opportunities[type]?.find((words) => words.type === other)?.same ?? {};
  if (Object.hasOwn(same, field)) return same[field];
  const domain = valueDomains[`${type}.${field}`] ?? valueDomains[field];
  const isSubject = domain !== undefined && SUBJECTS.includes(domain);
  return isSubject && eventFields[other]?.includes(field) === true ? field : undefined;
}
