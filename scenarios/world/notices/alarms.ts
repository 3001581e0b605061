/**
 * Missed and false alarms: the register of an organisation held against the truth of the world, whenever somebody has looked through it. The
 * truth is custody: whose keys came into hands that they were not meant for. A sign is never made of it.
 */
import { isCustody } from '../../../sim/custody.ts';
import type { AnyTraceEvent, TraceType } from '../../../sim/trace.ts';
import type { Testimony, Witness } from '../witness.ts';
import { EMPTY_REGISTER, ENTERED, entered, type RegisterState } from './register.ts';

/** Keys of a user that came into wrong hands, off one thing. */
type Exposure = { readonly user: string; readonly off: string; readonly event: number };

/** What is entered, and what is true. */
export type AlarmsState = { readonly register: RegisterState; readonly exposures: readonly Exposure[] };

/** Whom numbers belong to, and where their keys come from and go to without a theft. */
export interface AlarmsOptions {
  /** The user of each number. */
  readonly users: ReadonlyMap<string, string>;
}

/** Says `audit.alarms` after each `register.reviewed`. */
export class Alarms implements Witness<AlarmsState> {
  readonly id = 'alarms';
  readonly initial: AlarmsState = { register: EMPTY_REGISTER, exposures: [] };
  readonly #users: ReadonlyMap<string, string>;

  constructor({ users }: AlarmsOptions) {
    this.#users = users;
  }

  heeds(type: TraceType): boolean {
    return ENTERED.has(type) || type === 'custody.seized' || type === 'register.reviewed';
  }

  take(state: AlarmsState, event: AnyTraceEvent): Testimony<AlarmsState> {
    if (event.type === 'register.reviewed')
      return { state, says: [{ type: 'audit.alarms', data: alarmsOf(state) }] };
    if (event.type === 'custody.seized')
      return { state: { ...state, exposures: this.#exposed(state.exposures, event) } };
    return { state: { ...state, register: entered(state.register, event) } };
  }

  #exposed(known: readonly Exposure[], event: AnyTraceEvent): readonly Exposure[] {
    if (!isCustody(event)) return known;
    const { secrets, from } = event.data;
    const off = from ?? event.on;
    const users = new Set(secrets.flatMap(({ owner }) => this.#users.get(owner.split(' ')[0] ?? '') ?? []));
    const fresh = [...users].filter((user) => !known.some((each) => each.user === user && each.off === off));
    return [...known, ...fresh.map((user) => ({ user, off, event: event.n }))];
  }
}

/** An exposure is seen when a sign about the same user came after it, and missed when no such sign was answered. */
function alarmsOf({ register, exposures }: AlarmsState): {
  readonly signs: number;
  readonly exposures: number;
  readonly missed: number;
  readonly unseen: number;
  readonly falseAlarms: number;
} {
  const signs = register.signs.filter(({ kind }) => kind !== 'fault');
  const after = ({ user, event }: Exposure): typeof signs =>
    signs.filter((sign) => sign.user === user && sign.raised > event);
  return {
    signs: signs.length,
    exposures: exposures.length,
    missed: exposures.filter((each) => !after(each).some(({ answered }) => answered)).length,
    unseen: exposures.filter((each) => after(each).length === 0).length,
    falseAlarms: signs.filter(
      ({ user, raised }) => !exposures.some((each) => each.user === user && each.event < raised),
    ).length,
  };
}
