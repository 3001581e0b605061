/**
 * Moments of a trace: which event each name stands for, whoever typed what led to it. A first or nth moment, once bound,
 * never changes. A last moment is known only when the trace is complete.
 */
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import type { Moment } from '../../language/index.ts';
import { matches } from './match.ts';
import type { Prefix } from './prefix.ts';

/** The event of each moment that has happened. */
export type Bindings = ReadonlyMap<string, AnyTraceEvent>;

/** Binds moments event by event: what a runner needs that waits for them. */
export class MomentWatch {
  readonly #bound = new Map<string, AnyTraceEvent>();
  /** Latest match of each moment that is the last of its kind. */
  readonly #latest = new Map<string, AnyTraceEvent>();
  readonly #waiting: Map<Moment, number>;

  constructor(moments: readonly Moment[]) {
    this.#waiting = new Map(moments.map((moment) => [moment, 0]));
  }

  get bound(): Bindings {
    return this.#bound;
  }

  /** Takes the next event; gives the moments that it binds. */
  take(event: AnyTraceEvent): readonly Moment[] {
    const now: Moment[] = [];
    for (const [moment, seen] of this.#waiting) {
      if (matches(moment.pattern, event)) {
        if (moment.occurrence === 'last') this.#latest.set(moment.name, event);
        else if (seen + 1 === moment.occurrence) now.push(this.#bind(moment, event));
        else this.#waiting.set(moment, seen + 1);
      }
      const latest = this.#latest.get(moment.name);
      if (event.type === 'trace.ended' && latest !== undefined) now.push(this.#bind(moment, latest));
    }
    return now;
  }

  #bind(moment: Moment, event: AnyTraceEvent): Moment {
    this.#bound.set(moment.name, event);
    this.#waiting.delete(moment);
    return moment;
  }
}

/** Binds the moments of a prefix. */
export function bindMoments(moments: readonly Moment[], prefix: Prefix): Bindings {
  const watch = new MomentWatch(moments);
  for (const event of prefix.events) watch.take(event);
  return watch.bound;
}
