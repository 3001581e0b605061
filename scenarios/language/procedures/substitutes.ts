/** What the names of a procedure stand for in one performance of it: values of its parameters, and people in its roles. */
import { accountOf } from '../accounts.ts';
import { handsetOf, type Cast } from '../cast.ts';
import { NUMBER_PATTERN } from '../number.ts';
import type { DeclaredWorld } from '../screenplay.ts';
import { EACH } from './names.ts';
import type { ParameterType } from './procedure.ts';
import type { Placeholder } from './template.ts';

/** The world that a procedure is performed in, and who and what there is in it. */
export interface ProcedureWorld {
  readonly world: DeclaredWorld;
  readonly cast: Cast;
}

const NUMBER = new RegExp(NUMBER_PATTERN);
const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;
const THING = /^[\w.-]{1,64}$/;

/** Values by name; a parameter that is a list has several. */
export class Substitutes {
  readonly #surroundings: ProcedureWorld;
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(surroundings: ProcedureWorld, values: ReadonlyMap<string, readonly string[]> = new Map()) {
    this.#surroundings = surroundings;
    this.#values = values;
  }

  /** The same, and one more. */
  with(name: string, ...values: readonly string[]): Substitutes {
    return new Substitutes(this.#surroundings, new Map([...this.#values, [name, values]]));
  }

  each(value: string): Substitutes {
    return this.with(EACH, value);
  }

  list(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  value(name: string): string | undefined {
    return this.list(name)[0];
  }

  /** What a placeholder stands for. */
  readonly resolve = ({ name, property }: Placeholder): string | undefined => {
    const value = this.value(name);
    return value === undefined || property === undefined ? value : this.#propertyOf(value, property);
  };

  #propertyOf(user: string, property: string): string | undefined {
    const { world } = this.#surroundings;
    if (property === 'phone') return handsetOf(user);
    if (property === 'number') return world.users.find(({ name }) => name === user)?.number;
    const account = accountOf(world, user);
    return property === 'account' ? account.name : property === 'cms' ? account.cms : account.crs;
  }
}

/** Names of the users who have a phone, in the order of the file; those of an account, where one is named. */
export function usersWithPhones({ world }: ProcedureWorld, account?: string): readonly string[] {
  return world.users.flatMap(({ name, handset }) =>
    handset === undefined || (account !== undefined && accountOf(world, name).name !== account) ? [] : name,
  );
}

/** The names that a value can have, for types that are somebody or something of the world; undefined for the others. */
export function namesOfType({ cast }: ProcedureWorld, is: ParameterType): readonly string[] | undefined {
  switch (is) {
    case 'user':
      return [...cast.users];
    case 'person':
      return [...cast.people];
    case 'device':
      return [...cast.devices.keys()];
    case 'handset':
    case 'cms':
      return [...cast.devices].flatMap(([name, kind]) => (kind === is ? name : []));
    default:
      return typeof is === 'string' ? undefined : is;
  }
}

/** Whether a text is of the form of a type that is no name. */
export function isOfForm(is: ParameterType, text: string): boolean {
  switch (is) {
    case 'number':
      return NUMBER.test(text);
    case 'month':
    case 'months':
      return MONTH.test(text);
    case 'thing':
      return THING.test(text);
    default:
      return text !== '';
  }
}
