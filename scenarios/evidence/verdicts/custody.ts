/** What attackers came by, and when: read from the custody events of a trace, once. And when calls were placed. */
import type { Micros } from '../../../sim/clock.ts';
import { custodyVerbOf, isCustody, type CustodyVerb } from '../../../sim/custody.ts';
import { Secret } from '../../../sim/secret.ts';
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import type { Try } from './tries.ts';

/** An index of a trace: who had what for the first time when. */
export class Custody {
  /** By holder and label of a secret, or by holder and source. */
  readonly #since = new Map<string, Micros>();
  readonly #placed = new Map<string | null, Micros>();

  constructor(events: readonly AnyTraceEvent[]) {
    /** Whose a phone is: an attacker's own has what it has for the attacker. */
    const owners = new Map<string, string>();
    for (const event of events) {
      if (event.type === 'handset.enrolled') owners.set(event.on, event.data.user);
      if (event.type === 'handset.call-placed') {
        if (!this.#placed.has(event.data.call)) this.#placed.set(event.data.call, event.t);
      } else if (isCustody(event) && event.data.to !== null && !isNoGain(custodyVerbOf(event))) {
        const { secrets, from, to } = event.data;
        for (const secret of secrets)
          for (const holder of [to, owners.get(to) ?? to]) this.#first(holder, labelOf(secret), event.t);
        if (event.type === 'custody.holds-from-start' && from !== null) this.#first(to, from, event.t);
      }
    }
  }

  /** When an attacker had the last of what a success was made with; 0 when nothing is known of it. */
  since({ attacker, means, sources }: Pick<Try, 'attacker' | 'means' | 'sources'>): Micros {
    return Math.max(0, ...[...means, ...sources].map((each) => this.#since.get(key(attacker, each)) ?? 0));
  }

  /** When a call was placed, by its name; what is no call (null) never was. */
  placed(call: string | null): Micros | undefined {
    return this.#placed.get(call);
  }

  #first(holder: string, what: string, t: Micros): void {
    const at = key(holder, what);
    if (!this.#since.has(at)) this.#since.set(at, t);
  }
}

/** Whether nobody has more than before: who uses a secret had it already, who erases it has it no more. */
function isNoGain(verb: CustodyVerb | undefined): boolean {
  return verb === 'used' || verb === 'erased';
}

/** A trace that is read back holds labels where the live one holds secrets. */
function labelOf(secret: unknown): string {
  return secret instanceof Secret ? secret.label : String(secret);
}

function key(holder: string, what: string): string {
  return `${holder}\0${what}`;
}
