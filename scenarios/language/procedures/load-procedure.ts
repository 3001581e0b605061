/**
 * A procedure file by itself: read, and performed on trial in a small world of its own with everybody whom it names. So whatever a scenario could stumble
 * over is found where it stands, before any scenario performs it.
 */
import type { Where } from '../../../sim/errors.ts';
import { ScreenplayError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { loadWith } from '../load.ts';
import { NAME_PATTERN } from '../name.ts';
import type { Screenplay } from '../screenplay.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { ProcedureLibrary } from './library.ts';
import type { Procedure, ProcedureParameter } from './procedure.ts';
import type { ProcedureSource, ProcedureSources } from './source.ts';
import { filled, type Placeholder } from './template.ts';

/** A procedure, and the scenario that it was tried in: its lines have still to be held against the consoles. */
export interface TriedProcedure {
  readonly procedure: Procedure;
  readonly trial: Screenplay;
}

const TRIAL = 'trial.yaml';
const USERS = ['alice', 'bob', 'carol'];
const NAME = new RegExp(NAME_PATTERN);

/** What a parameter without a default is tried with. */
const EXAMPLES = {
  user: 'alice',
  handset: 'alice-phone',
  person: 'bob',
  device: 'crs',
  cms: 'cms',
  number: '+447700900001',
  month: '2015-11',
  thing: 'example-thing',
  text: 'an example',
} as const;

/** Reads a procedure file, and those that it performs from `others`. Throws ScreenplayError, with the places in these files. */
export function loadProcedure(
  source: ProcedureSource,
  vocabulary: Vocabulary,
  others: ProcedureSources,
): TriedProcedure {
  const procedures = new Map([...others, [source.name, source]]);
  const library = new ProcedureLibrary(procedures, vocabulary);
  const procedure = library.get(source.name);
  if (procedure === undefined) throw new ScreenplayError(source.file, inOrder(library.problems));
  const text = trialOf(procedure, library);
  try {
    return { procedure, trial: loadWith({ text, file: TRIAL, vocabulary, procedures, trial: true }) };
  } catch (error) {
    if (!(error instanceof ScreenplayError)) throw error;
    const problems = error.problems.map((each) =>
      each.where.file === TRIAL ? each.at(procedure.where) : each,
    );
    throw new ScreenplayError(source.file, inOrder(problems));
  }
}

function inOrder<Problem extends { readonly where: Where }>(
  problems: readonly Problem[],
): readonly Problem[] {
  const place = ({ where }: Problem): number => (where.line ?? 0) * 1e6 + (where.column ?? 0);
  return problems.toSorted((a, b) => place(a) - place(b)).slice(0, LIMITS.problems);
}

/** A scenario that performs the procedure, once for each word that a parameter may be, with all its options. */
function trialOf(procedure: Procedure, library: ProcedureLibrary): string {
  const { name, parameters, steps } = procedure;
  const usual = parameters.filter((each) => each.default === undefined).map(exampleOf);
  const worded = parameters.flatMap(({ name: parameter, is }) =>
    typeof is === 'string' ? [] : is.map((word) => `${parameter}: ${JSON.stringify(word)}`),
  );
  const optional = steps.filter((each) => each.optional).map(({ id }) => id);
  const performances = [undefined, ...worded].map((word, at) => {
    const own = usual.filter((each) => word?.split(':')[0] !== each.split(':')[0]);
    const asked = optional.length === 0 ? [] : [`with: [${optional.join(', ')}]`];
    const values = [...own, ...(word === undefined ? [] : [word]), ...asked];
    return `  - { id: trial-${at}, at: "10:00", perform: ${name}, ${values.join(', ')} }`;
  });
  const users = USERS.map(
    (user, at) =>
      `    ${user}: { number: "+44770090000${at + 1}", handset: { platform: android, version: "5.1" } }`,
  );
  return [
    `scenario: trial\ntitle: Trial\nbegins: 2015-10-14T08:00:00Z\nworld:\n  users:`,
    ...users,
    `  people: [${peopleOf(procedure, library).join(', ')}]`,
    // Every device that a world may have is there to be named.
    '  topology: { firewall: standard }',
    'steps:',
    `  - { at: "09:00", by: alice, type: "tell bob ${EXAMPLES.thing}" }`,
    ...performances,
    '',
  ].join('\n');
}

function exampleOf({ name, is }: ProcedureParameter): string {
  return `${name}: ${is === 'months' ? '["2015-11"]' : JSON.stringify(exampleValue(is))}`;
}

function exampleValue(is: ProcedureParameter['is']): string {
  if (typeof is !== 'string') return is[0] ?? '';
  return is === 'months' ? EXAMPLES.month : EXAMPLES[is];
}

/** Everybody who is in a role of the procedure, or of one that it performs, when nobody else is cast. */
function peopleOf(procedure: Procedure, library: ProcedureLibrary): readonly string[] {
  const people = new Set<string>();
  const seen = new Set<string>();
  const left = [procedure];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (seen.has(next.name)) continue;
    seen.add(next.name);
    const { parameters } = next;
    for (const { person } of next.roles) {
      const name = filled(person, (placeholder) => valueOf(placeholder, parameters)) ?? '';
      if (NAME.test(name) && !USERS.includes(name)) people.add(name);
    }
    for (const step of next.steps) {
      const inside = step.kind === 'perform' ? library.get(step.procedure) : undefined;
      if (inside !== undefined) left.push(inside);
    }
  }
  return [...people].sort();
}

function valueOf(
  { name, property }: Placeholder,
  parameters: readonly ProcedureParameter[],
): string | undefined {
  if (property === 'cms' || property === 'crs') return property;
  if (property !== undefined) return undefined;
  const at = parameters.findIndex((each) => each.name === name);
  const parameter = parameters[at];
  if (parameter === undefined) return undefined;
  const usual = parameter.default;
  return typeof usual === 'string'
    ? filled(usual, (placeholder) => valueOf(placeholder, parameters.slice(0, at)))
    : exampleValue(parameter.is);
}
