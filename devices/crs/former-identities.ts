/**
 * PSK identities that opened the server's door once and do so no more. Whoever comes with one is answered as a stranger is; what it was is
 * for the server's own log and trace, where a block, a PSK that was replaced, a month that is over and a deleted account have to be told
 * apart. No PSK is kept of them.
 */
import type { Period, TelNumber } from '../../network/mikey/index.ts';
import type { Kept } from '../../sim/kept.ts';

/** Why an identity is not one of a credential any more: another took its place, its month was removed, or its account was deleted. */
export const FORMER_ENDS = ['replaced', 'month removed', 'account deleted'] as const;

/** What became of a credential. */
export type FormerEnd = (typeof FORMER_ENDS)[number];

/** An identity, whose and of which month it was, and what became of it. */
export type FormerIdentity = {
  readonly identity: string;
  readonly number: TelNumber;
  readonly period: Period;
  readonly end: FormerEnd;
};

/** Identities that a server remembers; beyond it the oldest is forgotten, and is a stranger's from then on. */
export const FORMER_IDENTITIES_MAX = 65_536;

/** The list as plain data, oldest first. */
export type FormerIdentitiesState = readonly FormerIdentity[];

/** Remembers the last of them. */
export class FormerIdentities implements Kept<FormerIdentitiesState> {
  readonly #former: Map<string, FormerIdentity>;

  constructor(state: FormerIdentitiesState = []) {
    this.#former = new Map(state.map((each) => [each.identity, each]));
  }

  save(): FormerIdentitiesState {
    return [...this.#former.values()];
  }

  of(identity: string): FormerIdentity | undefined {
    return this.#former.get(identity);
  }

  remember(former: FormerIdentity): void {
    this.forget(former.identity);
    this.#former.set(former.identity, former);
    if (this.#former.size <= FORMER_IDENTITIES_MAX) return;
    const [oldest] = this.#former.keys();
    if (oldest !== undefined) this.forget(oldest);
  }

  /** It is one of a credential again. */
  forget(identity: string): void {
    this.#former.delete(identity);
  }

  clear(): void {
    this.#former.clear();
  }
}
