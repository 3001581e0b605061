/**
 * The plan of a performance: the procedure and those inside it as a tree, with the values of every parameter and the people of every role. It does
 * not depend on a variant's steps, so that every address in it is known when variants are read.
 */
import { isScalar } from 'yaml';
import type { Where } from '../../../sim/errors.ts';
import { Substitutes, isOfForm, namesOfType, usersWithPhones, type ProcedureWorld } from './substitutes.ts';
import type { Complaints } from './complaint.ts';
import type { ProcedureLibrary } from './library.ts';
import type { NestedStep, Procedure, ProcedureParameter, ProcedureStep } from './procedure.ts';
import { isForUsers } from './step.ts';
import { filled, filledNode, placeholdersIn, textsIn } from './template.ts';
import { Reading, type Item } from '../reading.ts';

/** A value that a parameter is given, and the place of it. */
export interface GivenValue {
  readonly where: Where;
  readonly texts: readonly string[];
}

/** A procedure as it is performed once, and everything in it. */
export interface PlannedProcedure {
  readonly instance: string;
  /** Of the step that performs it. */
  readonly where: Where;
  readonly procedure: Procedure;
  readonly bindings: Substitutes;
  readonly steps: readonly StepPlan[];
  /** Parameters without a value, inside of what is optional: they are missed when it is performed. */
  readonly lacks: readonly ProcedureParameter[];
}

/** One step, or one of its copies where it comes once for each of several. */
export interface StepPlan {
  /** Its address: `recovery.scan[alice]`. */
  readonly id: string;
  readonly step: ProcedureStep;
  readonly bindings: Substitutes;
  /** The procedure that is performed, for a step that does. */
  readonly nested?: PlannedProcedure;
}

/** What a procedure is performed with. */
export interface PlanOrder {
  readonly instance: string;
  readonly procedure: string;
  /** Of the step that performs it. */
  readonly where: Where;
  readonly values: ReadonlyMap<string, GivenValue>;
  readonly cast: ReadonlyMap<string, GivenValue>;
  /** Whoever is in the roles of the procedure that performs it. */
  readonly outer?: Substitutes;
  /** Whether it is inside of something optional. */
  readonly tentative: boolean;
}

/** A placeholder and nothing else. */
const LIST_NAME = /^\{([a-z][a-z0-9-]*)\}$/;

/** The parameter by which a procedure is about the users of one account. */
const ACCOUNT_PARAMETER = 'account';
/** Steps of all performances of one scenario. */
const STEPS_MAX = 5_000;

/** Plans the performances of one scenario, which share a bound. */
export class Planner {
  readonly #library: ProcedureLibrary;
  readonly #surroundings: ProcedureWorld;
  readonly #complaints: Complaints;
  #steps = 0;

  constructor(library: ProcedureLibrary, surroundings: ProcedureWorld, complaints: Complaints) {
    this.#library = library;
    this.#surroundings = surroundings;
    this.#complaints = complaints;
  }

  /** Undefined when the procedure is none, or there is too much; problems are reported. `above`: the procedures that perform it. */
  plan(order: PlanOrder, above: readonly string[] = []): PlannedProcedure | undefined {
    const { instance, procedure: name, where } = order;
    const complaints = this.#complaints;
    if (!this.#library.has(name)) {
      const detail = `there is no procedure '${name}'`;
      return complaints.unknown('PROCEDURE_UNKNOWN', where, name, this.#library.names, detail);
    }
    if (above.includes(name)) {
      const way = [...above.slice(above.indexOf(name)), name].join(' performs ');
      return complaints.say('PROCEDURE_RECURSION', where, `the procedure never ends: ${way}`);
    }
    const procedure = this.#library.get(name);
    if (procedure === undefined) return undefined;
    const bound = this.#bind(procedure, order);
    // With something wrong, more would seem wrong inside.
    if (bound === undefined) return undefined;
    const { bindings, lacks } = bound;
    const copies = procedure.steps.flatMap((step) => this.#copiesOf(step, instance, bindings));
    this.#steps += copies.length;
    if (this.#steps > STEPS_MAX) {
      const detail = `there are more than ${STEPS_MAX} steps in the procedures that are performed`;
      return complaints.say('PROCEDURE_TOO_LARGE', where, detail);
    }
    const steps = copies.map((each) => this.#nest(each, order, [...above, name]));
    return { instance, where, procedure, bindings, steps, lacks };
  }

  #copiesOf(step: ProcedureStep, instance: string, bindings: Substitutes): readonly StepPlan[] {
    const id = `${instance}.${step.id}`;
    if (step.forEach === undefined) return [{ id, step, bindings }];
    const all = isForUsers(step)
      ? usersWithPhones(this.#surroundings, bindings.value(ACCOUNT_PARAMETER))
      : bindings.list(step.forEach);
    return all.map((each) => ({ id: `${id}[${each}]`, step, bindings: bindings.each(each) }));
  }

  #nest(planned: StepPlan, { tentative }: PlanOrder, above: readonly string[]): StepPlan {
    const { step, bindings, id } = planned;
    if (step.kind !== 'perform') return planned;
    const nested = this.plan(
      {
        instance: id,
        procedure: step.procedure,
        where: step.performWhere,
        values: this.#valuesOf(step, bindings),
        cast: new Map([...step.cast].map(([role, person]) => [role, given(person, bindings, step.where)])),
        outer: bindings,
        tentative: tentative || step.optional,
      },
      above,
    );
    if (nested === undefined) return planned;
    const ids = nested.procedure.steps.map((each) => each.id);
    const { goesOnAfter = ids[0] ?? '' } = step;
    if (!ids.includes(goesOnAfter)) {
      const detail = `'${step.procedure}' has no step '${goesOnAfter}'`;
      this.#complaints.unknown('SCENARIO_UNKNOWN_STEP', step.where, goesOnAfter, ids, detail);
    }
    return { ...planned, nested };
  }

  #valuesOf({ values }: NestedStep, bindings: Substitutes): ReadonlyMap<string, GivenValue> {
    return new Map(
      [...values].flatMap(([name, item]) => {
        // What rests on a parameter without a value has none.
        const texts = textsIn(item.node).flatMap(placeholdersIn);
        if (texts.some((each) => bindings.resolve(each) === undefined)) return [];
        const reading = new Reading(() => item.where);
        const value = readValue(reading, item, bindings);
        for (const problem of reading.problems) this.#complaints.pass(problem);
        return value === undefined ? [] : [[name, value] as const];
      }),
    );
  }

  #bind(
    procedure: Procedure,
    order: PlanOrder,
  ): { readonly bindings: Substitutes; readonly lacks: readonly ProcedureParameter[] } | undefined {
    const { parameters, roles } = procedure;
    const before = this.#complaints.count;
    const lacks: ProcedureParameter[] = [];
    let bindings = new Substitutes(this.#surroundings);
    for (const parameter of parameters) {
      const value = order.values.get(parameter.name) ?? usual(parameter, bindings);
      if (value === undefined) this.#miss(procedure, parameter, order, lacks);
      else if (this.#fits(procedure, parameter, value))
        bindings = bindings.with(parameter.name, ...value.texts);
    }
    this.#refuseStrange(procedure, order);
    for (const person of order.cast.values()) this.#knows(person);
    if (this.#complaints.count > before) return undefined;
    // A role of the same name in the procedure outside is the same person.
    for (const role of roles) {
      const cast = order.cast.get(role.name);
      if (cast !== undefined) this.#knows(cast);
      const person = cast?.texts[0] ?? order.outer?.value(role.name) ?? filled(role.person, bindings.resolve);
      if (person !== undefined) bindings = bindings.with(role.name, person);
    }
    return { bindings, lacks };
  }

  /** A default that rests on what is missing is no further mistake. */
  #miss(
    { name }: Procedure,
    parameter: ProcedureParameter,
    { where, tentative }: PlanOrder,
    lacks: ProcedureParameter[],
  ): void {
    if (parameter.default !== undefined || parameter.optional) return;
    if (tentative) lacks.push(parameter);
    else this.#complaints.say('PROCEDURE_ARGUMENT', where, ...missing(name, parameter));
  }

  #fits(
    { name: procedure }: Procedure,
    { name, is }: ProcedureParameter,
    { where, texts }: GivenValue,
  ): boolean {
    const names = namesOfType(this.#surroundings, is);
    const wrong = texts.find((text) => (names === undefined ? !isOfForm(is, text) : !names.includes(text)));
    if (is !== 'months' && texts.length !== 1) {
      this.#complaints.say('PROCEDURE_ARGUMENT', where, `'${name}' of '${procedure}' has one value`);
      return false;
    }
    if (wrong === undefined) return true;
    const detail = `'${name}' of '${procedure}' cannot be '${wrong}': it is ${typeInWords({ is })}`;
    this.#complaints.unknown('PROCEDURE_ARGUMENT', where, wrong, names ?? [], detail);
    return false;
  }

  #knows({ where, texts: [person] }: GivenValue): void {
    const { people } = this.#surroundings.cast;
    if (person !== undefined && !people.has(person))
      this.#complaints.unknown(
        'SCENARIO_UNKNOWN_PERSON',
        where,
        person,
        people,
        `no one is called '${person}'`,
      );
  }

  #refuseStrange({ name, parameters, roles }: Procedure, { values, cast }: PlanOrder): void {
    const known = parameters.map((each) => each.name);
    for (const [key, { where }] of values)
      if (!known.includes(key))
        this.#complaints.unknown(
          'SCENARIO_UNKNOWN_KEY',
          where,
          key,
          known,
          `'${name}' has no parameter '${key}'`,
          `It has: ${known.join(', ') || 'none'}.`,
        );
    const there = roles.map((each) => each.name);
    for (const [role, { where }] of cast)
      if (!there.includes(role))
        this.#complaints.unknown(
          'PROCEDURE_UNKNOWN_ROLE',
          where,
          role,
          there,
          `'${name}' has no role '${role}'`,
        );
  }
}

/** What is said of a parameter without a value, and what to do about it. */
export function missing(procedure: string, parameter: ProcedureParameter): readonly [string, string] {
  const { name } = parameter;
  return [`'${procedure}' needs '${name}'`, `Add '${name}', which is ${typeInWords(parameter)}.`];
}

function usual(parameter: ProcedureParameter, bindings: Substitutes): GivenValue | undefined {
  const { default: written, where } = parameter;
  if (written === undefined) return undefined;
  const texts = [written].flat().map((text) => filled(text, bindings.resolve));
  return texts.includes(undefined) ? undefined : { where, texts: texts.flatMap((text) => text ?? []) };
}

function given(text: string, { resolve }: Substitutes, where: Where): GivenValue {
  const value = filled(text, resolve);
  return { where, texts: value === undefined ? [] : [value] };
}

/** A value, or a list of values, with placeholders put in. A parameter that is a list is handed on as one. */
export function readValue(reading: Reading, item: Item, bindings: Substitutes): GivenValue | undefined {
  const whole = isScalar(item.node) ? LIST_NAME.exec(String(item.node.value))?.[1] : undefined;
  if (whole !== undefined && bindings.list(whole).length > 0)
    return { where: item.where, texts: bindings.list(whole) };
  const node = filledNode(item.node, bindings.resolve);
  const put = { ...item, node };
  const texts =
    node !== null && 'items' in node
      ? reading.list(put)?.flatMap((each) => reading.text(each) ?? [])
      : [reading.text(put)].flatMap((text) => text ?? []);
  return texts === undefined || texts.length === 0 ? undefined : { where: item.where, texts };
}

function typeInWords({ is }: Pick<ProcedureParameter, 'is'>): string {
  switch (is) {
    case 'number':
      return 'a number such as "+447700900001"';
    case 'month':
      return 'a month such as "2015-11"';
    case 'cms':
      return 'a CMS';
    case 'months':
      return 'a list of months such as ["2015-10", "2015-11"]';
    case 'text':
    case 'thing':
    case 'user':
    case 'handset':
    case 'person':
    case 'device':
      return `a ${is}`;
    default:
      return `one of ${is.join(', ')}`;
  }
}
