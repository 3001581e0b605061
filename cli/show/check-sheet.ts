/**
 * A procedure as a person's check list: who does what where, what must be seen before it counts as done, and which clause it carries out. It is the file
 * as it is written, with placeholders for whom and what it is performed with.
 */
import { isMap, isNode, isScalar } from 'yaml';
import { formatDuration } from '../../sim/duration.ts';
import type { ActStep, PatternTemplate, Procedure, ProcedureStep } from '../../scenarios/language/index.ts';

/** One entry of the list. */
export interface SheetRow {
  /** `3`, and `3a` for what is done when it is not done in time. */
  readonly number: string;
  readonly id: string;
  /** Why it is not a step of every performance; empty where it is one. */
  readonly mark: '' | 'optional' | 'not always';
  readonly who: string;
  /** The console, or the person's own hands. */
  readonly where: string;
  readonly what: string;
  readonly seen: string;
  readonly clauses: readonly string[];
  /** What else there is to know of it: time limits, conditions. */
  readonly notes: readonly string[];
  /** Why it is hidden: what the text of the document does not say. */
  readonly hidden: string | undefined;
}

/** A whole list. */
export interface CheckSheet {
  readonly name: string;
  readonly title: string;
  readonly purpose: string;
  readonly clauses: readonly string[];
  /** Each parameter, and what it is: what a scenario that performs it writes as keys. */
  readonly parameters: readonly (readonly [parameter: string, what: string])[];
  /** Each role, and who that is when nobody else is cast. */
  readonly roles: readonly (readonly [role: string, person: string])[];
  readonly given: readonly string[];
  readonly order: readonly string[];
  readonly rows: readonly SheetRow[];
  /** Shipped scenarios that perform it, by themselves or inside another procedure. */
  readonly usedBy: readonly string[];
}

/** The list of a procedure. */
export function checkSheetOf(procedure: Procedure, usedBy: readonly string[]): CheckSheet {
  const {
    name,
    title,
    purpose = '',
    source,
    parameters,
    roles,
    given,
    prescribed,
    requires,
    steps,
  } = procedure;
  return {
    ...{ name, title, purpose, clauses: source, usedBy },
    parameters: parameters.map((each) => [each.name, parameterText(each)]),
    roles: roles.map(({ name: role, person }) => [role, person]),
    given: given.map(({ text, knows, pattern }) => {
      const seen = text ?? `seen: ${patternText(pattern)}`;
      return knows === undefined ? seen : `${roleOf(knows)} knows it: ${seen}`;
    }),
    order: prescribed,
    rows: steps.flatMap((step, at) => rowsOf(step, String(at + 1), requires.get(step.id) ?? [])),
  };
}

function rowsOf(step: ProcedureStep, number: string, needs: readonly string[]): readonly SheetRow[] {
  const notes = [
    ...(step.optional ? ['only where it is asked for'] : []),
    ...[...step.when].map(([parameter, values]) => `only where ${parameter} is ${values.join(' or ')}`),
    ...(step.forEach === undefined ? [] : [`once for each of ${step.forEach}`]),
    ...(needs.length === 0 ? [] : [`not without ${needs.join(', ')}`]),
    ...(step.after.length === 0 ? [] : [`after ${step.after.join(', ')}`]),
  ];
  const base = { number, id: step.id, hidden: step.hidden, mark: markOf(step) };
  if (step.kind === 'perform') {
    const values = [...step.values].map(([name, { node }]) => [name, nodeText(node)] as const);
    const others = [...step.cast, ...values.filter(([name, value]) => value !== `{${name}}`)];
    const asked = step.asked.length === 0 ? [] : [`with ${step.asked.join(', ')}`];
    return [
      {
        ...base,
        ...{ who: '', where: '', what: `perform ${step.procedure}`, seen: 'it has ended', clauses: [] },
        notes: [...notes, ...others.map(([name, value]) => `${name} is ${value}`), ...asked],
      },
    ];
  }
  const own = {
    ...base,
    ...{
      who: roleOf(step.by),
      where: step.on ?? 'own hands',
      what: step.type ?? 'wait',
      clauses: step.clauses,
    },
    seen: seenText(step),
    notes: [...notes, ...limitsOf(step)],
  };
  const instead = step.otherwise.flatMap((each, at) =>
    rowsOf(each, `${number}${String.fromCharCode('a'.charCodeAt(0) + at)}`, []).map((row) => ({
      ...row,
      ...{ mark: 'not always' as const, notes: [`only if ${step.id} is not done in time`, ...row.notes] },
    })),
  );
  return [own, ...instead];
}

/** An option is done where it is asked for; what hangs on a parameter, or on what its performer notices, where that is so. */
function markOf(step: ProcedureStep): SheetRow['mark'] {
  if (step.optional) return 'optional';
  const isNoticed = step.kind === 'act' && (step.whenNoticed !== undefined || step.unless !== undefined);
  return step.when.size > 0 || isNoticed ? 'not always' : '';
}

/** `month, needed`; `text, otherwise code lost`. */
function parameterText({ is, default: otherwise, optional }: Procedure['parameters'][number]): string {
  const what = typeof is === 'string' ? is : is.join(' or ');
  if (otherwise !== undefined) {
    const values = typeof otherwise === 'string' ? otherwise : otherwise.join(', ');
    return `${what}, otherwise ${values === '' ? 'none' : values}`;
  }
  return `${what}, ${optional ? 'may be left out' : 'needed'}`;
}

/** A role by its name, without the braces of a placeholder. */
function roleOf(text: string): string {
  return text.replace(/^\{([^{}]*)\}$/, '$1');
}

function seenText({ done, refused }: ActStep): string {
  if (done !== undefined) return patternText(done);
  return refused === undefined ? 'the line is taken' : `the line is refused: ${refused}`;
}

function limitsOf({ within, unless, whenNoticed }: ActStep): readonly string[] {
  return [
    ...(within === undefined ? [] : [`within ${formatDuration(within)}`]),
    ...(unless === undefined ? [] : [`not once this is noticed: ${patternText(unless)}`]),
    ...(whenNoticed === undefined ? [] : [`once this is noticed: ${patternText(whenNoticed)}`]),
  ];
}

/** `crs.user-blocked, user {user}`. */
function patternText({ see, where }: PatternTemplate): string {
  const tests = where?.node;
  const values = isMap(tests)
    ? tests.items.map(({ key, value }) => `${nodeText(key)} ${nodeText(value)}`)
    : [];
  return [nodeText(see.node), ...values].join(', ');
}

function nodeText(node: unknown): string {
  if (isScalar(node)) return String(node.value);
  return isNode(node) ? node.toString().trim() : '';
}
