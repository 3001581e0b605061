/**
 * Obstacles that an attacker finds in its own hands: keys that it does not hold. Each is looked at by itself, whatever else is missing, so that
 * all that are missing are said.
 */
import type { Period, TelNumber } from '../../network/mikey/index.ts';
import type { Reason } from '../reason.ts';
import { keysFor, pskFor, type Holdings } from './holdings.ts';

/** Whose keys of which month an attack would take. */
export interface Owner {
  readonly number: TelNumber;
  readonly period: Period;
}

type KeyKind = 'PSK' | 'RSK' | 'SSK';

const LACKING = { PSK: 'no-psk', RSK: 'no-rsk', SSK: 'no-ssk' } as const satisfies Record<KeyKind, Reason>;

/** Why a key is not there: it never was, or what held it was destroyed, was seized with the key erased, or cannot be read. */
export function lacking(
  { erased, destroyed, unreadable }: Holdings,
  kind: KeyKind,
  { number, period }: Owner,
): Reason {
  const name = `${kind} ${number} ${period}`;
  if (destroyed.includes(name)) return 'destroyed';
  if (erased.includes(name)) return 'erased';
  return unreadable.includes(name) ? 'unreadable' : LACKING[kind];
}

/** Why no PSK of a number is there, of whichever month. */
export function lackingAnyPsk(held: Holdings, number: TelNumber): Reason {
  const isTheirs = (name: string): boolean => name.startsWith(`PSK ${number} `);
  if (held.destroyed.some(isTheirs)) return 'destroyed';
  if (held.erased.some(isTheirs)) return 'erased';
  return held.unreadable.some(isTheirs) ? 'unreadable' : 'no-psk';
}

/** Which of these kinds of keys are not held. A PSK of any month will do: whoever has one tries it. */
export function missingKeys(held: Holdings, owner: Owner, kinds: readonly KeyKind[]): readonly Reason[] {
  const { number, period } = owner;
  const has = (kind: KeyKind): boolean =>
    (kind === 'PSK' ? pskFor(held, number, period) : keysFor(held, number, period)) !== undefined;
  return kinds.filter((kind) => !has(kind)).map((kind) => lacking(held, kind, owner));
}
