/**
 * The register: what an organisation can say of its own signs, notices and decisions, from nothing but these. A sign is answered when the
 * Department Security Officer has got a complete notice about it, or recorded that nothing was exposed; an incident is decided when
 * the officer has recorded whether others are told.
 */
import type { AnyTraceEvent, TraceType } from '../../../sim/trace.ts';
import './events.ts';
import type { SignKind } from './signs.ts';

/** A sign as the register has it, with the number of its event. */
export type EnteredSign = {
  readonly sign: string;
  readonly kind: SignKind;
  readonly user: string;
  readonly raised: number;
  readonly answered: boolean;
};

/** All that is entered; a plain value, so that a witness can keep it. */
export type RegisterState = {
  readonly signs: readonly EnteredSign[];
  /** Notices of incidents that the officer has got, and whether each is decided about. */
  readonly incidents: readonly { readonly notice: string; readonly decided: boolean }[];
};

/** Nothing is entered yet. */
export const EMPTY_REGISTER: RegisterState = { signs: [], incidents: [] };

/** The types of events that are entered. */
export const ENTERED: ReadonlySet<TraceType> = new Set<TraceType>([
  'sign.raised',
  'notice.received',
  'notice.filed',
]);

/** Whether somebody acts as the Department Security Officer: `dso`, or a deputy by the name of `dso-deputy`. */
function isOfficer(person: string): boolean {
  return person === 'dso' || person.startsWith('dso-');
}

/** The register after one more event; the same when that is none of its business. */
export function entered(state: RegisterState, event: AnyTraceEvent): RegisterState {
  if (event.type === 'sign.raised') {
    const { sign, kind, user } = event.data;
    return { ...state, signs: [...state.signs, { sign, kind, user, raised: event.n, answered: false }] };
  }
  if (event.type !== 'notice.received' && event.type !== 'notice.filed') return state;
  const { by, kind, notice, about, decision } = event.data;
  if (!isOfficer(by)) return state;
  if (event.type === 'notice.received' && kind === 'incident')
    return {
      signs: answeredIn(state.signs, about),
      incidents: state.incidents.some((each) => each.notice === notice)
        ? state.incidents
        : [...state.incidents, { notice, decided: false }],
    };
  if (event.type !== 'notice.filed' || kind !== 'decision') return state;
  return {
    signs: decision === 'nothing-exposed' ? answeredIn(state.signs, about) : state.signs,
    incidents: state.incidents.map((each) => (each.notice === about ? { ...each, decided: true } : each)),
  };
}

function answeredIn(signs: readonly EnteredSign[], about: string | null): readonly EnteredSign[] {
  return signs.map((each) => (each.sign === about ? { ...each, answered: true } : each));
}

/** What there is to say of it when somebody looks through it: how much of what, and what is open by name. */
export function reviewOf({ signs, incidents }: RegisterState): {
  readonly signs: number;
  readonly answered: number;
  readonly unanswered: number;
  readonly incidents: number;
  readonly undecided: number;
  readonly names: string;
} {
  const unanswered = signs.filter(({ kind, answered }) => kind !== 'fault' && !answered);
  const undecided = incidents.filter(({ decided }) => !decided);
  const exposing = signs.filter(({ kind }) => kind !== 'fault').length;
  return {
    signs: exposing,
    answered: exposing - unanswered.length,
    unanswered: unanswered.length,
    incidents: incidents.length,
    undecided: undecided.length,
    names: [...unanswered.map(({ sign }) => sign), ...undecided.map(({ notice }) => notice)].join(', '),
  };
}
