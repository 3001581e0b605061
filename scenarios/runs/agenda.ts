/**
 * The agenda of a performance: what is due, and when. What has a time of its own is due from the beginning on; what waits for a moment
 * becomes due when it has come. An agenda is a function of the screenplay and of the moments that have come, so it is never kept: whoever
 * goes on with a performance plans again, and takes out what was done.
 */
import { MINUTE, type Micros } from '../../sim/clock.ts';
import type { RuleName } from '../../devices/rules.ts';
import type { ResolvedScreenplay, When } from '../language/index.ts';
import { openingEndOf, openingOf } from '../world/opening.ts';
import { forgets } from '../world/people/forgetfulness.ts';
import type { Due } from './due.ts';

/** The screenplay, how it is played, and the moments that have come already. */
export interface AgendaOptions {
  readonly screenplay: ResolvedScreenplay;
  readonly broken: readonly RuleName[];
  /** Roles whose lines become cues. */
  readonly played: readonly string[];
  /** When a moment came that is there before anything is due. */
  readonly timeOf: (moment: string) => Micros | undefined;
}

/** What is still due. */
export class Agenda {
  /** When it ends if no moment brings anything. */
  readonly ends: Micros;
  readonly #screenplay: ResolvedScreenplay;
  readonly #timeOf: AgendaOptions['timeOf'];
  readonly #due: Due[] = [];
  readonly #waiting: { readonly when: When & { kind: 'after' }; readonly due: (time: Micros) => Due }[] = [];
  #order = 0;
  /** When the last thing that has a time yet is or was due. */
  #lastDue: Micros = 0;
  #endTime: Micros | undefined;

  constructor({ screenplay, broken, played, timeOf }: AgendaOptions) {
    this.#screenplay = screenplay;
    this.#timeOf = timeOf;
    for (const { time, by, on, line } of openingOf(screenplay))
      this.#add({ kind: 'line', time, order: this.#order++, by, on, line });
    this.#add({ kind: 'opened', time: openingEndOf(screenplay), order: this.#order++ });
    for (const step of screenplay.steps) {
      const { when, by, on = by, type: line } = step;
      if (played.includes(by))
        this.#plan(when, (time) => ({ kind: 'cue', time, order: this.#order++, step }));
      else if (!forgets(broken, line))
        this.#plan(when, (time) => ({ kind: 'line', time, order: this.#order++, by, on, line, step }));
    }
    for (const probe of screenplay.probes) {
      if (probe.notApplicable === undefined)
        this.#plan(probe.when, (time) => ({ kind: 'probe', time, order: this.#order++, probe }));
    }
    this.ends = this.#lastDue + MINUTE;
    if (screenplay.ends?.kind === 'at') this.#endTime = screenplay.ends.t;
  }

  /** When it ends, as far as that is known now. */
  get endsAt(): Micros {
    return this.#endTime ?? this.#lastDue + MINUTE;
  }

  /** Grows whenever a moment has brought something. */
  get version(): number {
    return this.#order;
  }

  /** What is due first. */
  get next(): Due | undefined {
    let next: Due | undefined;
    for (const due of this.#due) {
      if (next === undefined || due.time < next.time || (due.time === next.time && due.order < next.order))
        next = due;
    }
    return next;
  }

  /** It is being done, or was. */
  take(due: Due): void {
    this.#due.splice(this.#due.indexOf(due), 1);
  }

  /** A moment has come. */
  bound(moment: string, time: Micros): void {
    for (const waiting of this.#waiting.filter(({ when }) => when.moment === moment)) {
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      this.#add(waiting.due(time + waiting.when.delay));
    }
    const { ends } = this.#screenplay;
    if (ends?.kind === 'after' && ends.moment === moment) {
      this.#endTime = time + ends.delay;
      this.#order++;
    }
  }

  #plan(when: When, due: (time: Micros) => Due): void {
    if (when.kind === 'at') return this.#add(due(when.t));
    const time = this.#timeOf(when.moment);
    if (time === undefined) this.#waiting.push({ when, due });
    else this.#add(due(time + when.delay));
  }

  #add(due: Due): void {
    this.#due.push(due);
    this.#lastDue = Math.max(this.#lastDue, due.time);
  }
}
