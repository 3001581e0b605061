/**
 * The agenda of a performance: what is due, and when. What has a time of its own is due from the beginning on; what waits for a moment
 * becomes due when it has come, and what procedures want when their recogniser says so. An agenda is a function of the screenplay and of what has
 * come, so it is never kept: whoever goes on with a performance plans again, and takes out what was done.
 */
import { MINUTE, type Micros } from '../../sim/clock.ts';
import type { RuleName } from '../../devices/rules.ts';
import { performedLines } from '../evidence/procedures/index.ts';
import type { ResolvedScreenplay, Step, When } from '../language/index.ts';
import { openingEndOf, openingOf } from '../world/opening.ts';
import { forgets } from '../world/people/forgetfulness.ts';
import type { Coming } from './coming.ts';
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
  readonly #options: Pick<AgendaOptions, 'broken' | 'played' | 'timeOf'>;
  /** Lines of procedures, and the instances whose steps have ids. */
  readonly #lines: ReadonlyMap<string, Step>;
  readonly #instances: ReadonlyMap<string, string>;
  readonly #due: Due[] = [];
  readonly #waiting: { readonly when: When & { kind: 'after' }; readonly due: (time: Micros) => Due }[] = [];
  #order = 0;
  /** When the last thing that has a time yet is or was due. */
  #lastDue: Micros = 0;
  #endTime: Micros | undefined;

  constructor({ screenplay, ...options }: AgendaOptions) {
    this.#screenplay = screenplay;
    this.#options = options;
    const { performs } = screenplay;
    this.#lines = new Map(performedLines(performs).map((step) => [step.id, step]));
    this.#instances = new Map(
      performs.flatMap(({ instance, steps }) => steps.map(({ id }) => [id, instance] as const)),
    );
    for (const { time, by, on, line } of openingOf(screenplay))
      this.#add({ kind: 'line', time, order: this.#order++, by, on, line });
    this.#add({ kind: 'opened', time: openingEndOf(screenplay), order: this.#order++ });
    for (const step of screenplay.steps) {
      if (!this.#isForgotten(step)) this.#plan(step.when, (time) => this.#lineOf(step, time));
    }
    for (const { instance, begins, ...of } of performs) {
      if (of.parent === undefined && of.notApplicable === undefined && of.skipped === undefined)
        this.#plan(begins, (time) => ({
          ...{ kind: 'time-come', time, order: this.#order++, instance, step: null },
        }));
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
    // What was waited for in vain is seen; what came in time is waited for no more.
    const last = this.#due.reduce((latest, { time }) => Math.max(latest, time), this.#lastDue);
    return this.#endTime ?? last + MINUTE;
  }

  /** Grows whenever something has come that changes what is due. */
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
    this.#lastDue = Math.max(this.#lastDue, due.time);
  }

  /** Something has come. */
  heed(coming: Coming): void {
    switch (coming.kind) {
      case 'moment':
        return this.#bound(coming.moment, coming.time);
      case 'due':
        return this.#stepDue(coming);
      case 'begins': {
        const { key: instance, time } = coming;
        this.#due.push({ kind: 'time-come', time, order: this.#order++, instance, step: null });
        return;
      }
      case 'settled':
        return this.#settled(coming.key, coming.time);
    }
  }

  /** A step of a procedure is to be done; whether it was in time is looked at when that is over. */
  #stepDue({ key, time, deadline }: Coming & { kind: 'due' }): void {
    const step = this.#lines.get(key);
    if (step !== undefined && !this.#isForgotten(step)) this.#add(this.#lineOf(step, time));
    const instance = this.#instances.get(key);
    if (deadline !== undefined && instance !== undefined)
      this.#due.push({ kind: 'time-come', time: deadline, order: this.#order++, instance, step: key });
    this.#order++;
  }

  /** Whatever a step or the beginning of a procedure was waited for is not due any more. */
  #settled(key: string, time: Micros): void {
    const isOfIt = (due: Due): boolean =>
      due.kind === 'time-come'
        ? (due.step ?? due.instance) === key
        : (due.kind === 'line' || due.kind === 'cue') && due.step?.id === key && this.#lines.has(key);
    for (const due of this.#due.filter(isOfIt)) {
      this.#due.splice(this.#due.indexOf(due), 1);
      this.#lastDue = Math.max(this.#lastDue, time);
    }
    this.#order++;
  }

  /** A planted violation lets those forget it who are not played. */
  #isForgotten({ by, type }: Step): boolean {
    const { played, broken } = this.#options;
    return !played.includes(by) && forgets(broken, type);
  }

  #lineOf(step: Step, time: Micros): Due {
    const { by, on = by, type: line } = step;
    const order = this.#order++;
    return this.#options.played.includes(by)
      ? { kind: 'cue', time, order, step }
      : { kind: 'line', time, order, by, on, line, step };
  }

  #bound(moment: string, time: Micros): void {
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
    const time = this.#options.timeOf(when.moment);
    if (time === undefined) this.#waiting.push({ when, due });
    else this.#add(due(time + when.delay));
  }

  #add(due: Due): void {
    this.#due.push(due);
    this.#lastDue = Math.max(this.#lastDue, due.time);
  }
}
