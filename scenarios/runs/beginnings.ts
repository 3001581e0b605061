/**
 * Shared beginnings. Variants of a scenario are one performance for as long as the same is done in them, and only then go their own ways. So
 * whoever runs several remembers the last performances, and begins another where it first differs from one of them. That is found in what was
 * done and what is due, never told by anybody. The trace says in its first line which variant it is of, and is told anew.
 *
 * Nothing that a run gives hangs on what is remembered: it only takes less time. `npm run forks -- --beginnings` holds every shipped
 * variant to that.
 */
import { retold } from '../../sim/trace-retold.ts';
import type { Micros } from '../../sim/clock.ts';
import { assert } from '../../sim/errors.ts';
import type { AnyTraceEvent } from '../../sim/trace.ts';
import type { Assets } from '../world/assets.ts';
import { beginningOf } from '../world/beginning.ts';
import type { PerformedProcedure } from '../language/index.ts';
import type { Sight } from '../world/witness.ts';
import { basisOf, performedOtherwise } from './basis.ts';
import { comingOf } from './coming.ts';
import { isDone, type Deed } from './deed.ts';
import { keptAfter, type KeptPerformance, type PerformanceRecord } from './kept-performance.ts';
import type { PerformanceOptions } from './performance-options.ts';
import type { Performance } from './performance.ts';
import { plainText } from './plain-text.ts';
import { retrace } from './retrace.ts';
import { Agenda } from './agenda.ts';
import { watchOf } from './witnesses.ts';

/** Performances whose beginnings are remembered, together */
const PERFORMANCES_MAX = 8;
/** Octets of remembered beginnings, about */
const BEGINNINGS_OCTETS_MAX = 128 * 1024 * 1024;
/** Octets of an event and its line. */
const EVENT_OCTETS = 512;

interface Remembered {
  readonly basis: string;
  readonly assets: Assets;
  readonly began: AnyTraceEvent;
  readonly performs: readonly PerformedProcedure[];
  readonly record: PerformanceRecord;
  readonly octets: number;
}

/** Where performances differ: after so many things that both do, and what is next comes no earlier than `until`. */
interface Parting {
  readonly count: number;
  readonly until: Micros;
}

/** The last performances of whoever makes one after the other; the one that was used longest ago goes first. */
export class Beginnings {
  readonly #performancesMax: number;
  readonly #octetsMax: number;
  #remembered: Remembered[] = [];

  constructor(performancesMax: number = PERFORMANCES_MAX, octetsMax: number = BEGINNINGS_OCTETS_MAX) {
    this.#performancesMax = performancesMax;
    this.#octetsMax = octetsMax;
  }

  get size(): number {
    return this.#remembered.length;
  }

  /** Where a performance may begin; undefined when it has nothing in common with any that is remembered. */
  find(options: PerformanceOptions): KeptPerformance | undefined {
    if (!isShared(options)) return undefined;
    const basis = basisOf(options);
    let best: { readonly remembered: Remembered; readonly kept: KeptPerformance } | undefined;
    for (const remembered of this.#remembered) {
      if (remembered.basis !== basis || remembered.assets !== options.assets) continue;
      if (!beginsAlike(options, remembered.began)) continue;
      const { count, until } = partingOf(options, remembered);
      const kept = keptAfter(remembered.record, count, until);
      if (kept !== undefined && kept.done.length > (best?.kept.done.length ?? 0)) best = { remembered, kept };
    }
    if (best === undefined) return undefined;
    const { remembered, kept } = best;
    this.#remembered = [...this.#remembered.filter((each) => each !== remembered), remembered];
    return toldAnew(options, kept);
  }

  /** Remembers a performance, finished or not, for those that come. */
  remember(options: PerformanceOptions, performance: Performance): void {
    const [began] = performance.world.trace.events;
    if (!isShared(options) || !performance.world.canFork || began === undefined) return;
    const whole = performance.record();
    // It may keep moments, and give up some, after this.
    const record = { ...whole, moments: whole.moments.until(whole.now) };
    const octets =
      record.moments.octets + octetsOf(record.done) + EVENT_OCTETS * performance.world.trace.events.length;
    const { assets, screenplay } = options;
    const { performs } = screenplay;
    this.#remembered.push({ basis: basisOf(options), assets, began, performs, record, octets });
    while (this.#remembered.length > this.#performancesMax || this.#octets > this.#octetsMax)
      this.#remembered.shift();
  }

  get #octets(): number {
    return this.#remembered.reduce((sum, { octets }) => sum + octets, 0);
  }
}

/** What was heard or captured, and what stands on something else than seeds, is not remembered. */
function isShared({ heard, capture, physics }: PerformanceOptions): boolean {
  return heard !== true && capture === undefined && physics === undefined;
}

const BLIND: Sight = { storageOf: () => undefined };

/** Whether those who watch make the same of either first event. */
function beginsAlike(options: PerformanceOptions, began: AnyTraceEvent): boolean {
  assert(began.type === 'trace.began', 'a trace begins with its beginning');
  const own: AnyTraceEvent = { ...began, data: beginningOf(options) };
  return watchOf(options).all.every(
    (witness) =>
      plainText(witness.take(witness.initial, own, BLIND)) ===
      plainText(witness.take(witness.initial, began, BLIND)),
  );
}

/** How much of what was done is due in another performance on the same basis, thing by thing, before a procedure begins that is not the same. */
function partingOf(
  { screenplay, broken, played }: PerformanceOptions,
  { record, performs }: Remembered,
): Parting {
  const { begun, done, bound, facts } = record;
  const others = performedOtherwise(screenplay.performs, performs);
  const beginsAnother = (each: Deed): boolean =>
    each.kind === 'time-come' && each.step === null && others.has(each.instance);
  const timeOf = (moment: string): Micros | undefined =>
    bound.find((each) => each.event <= begun && each.moment === moment)?.time;
  const agenda = new Agenda({ screenplay, broken, played, timeOf });
  const coming = comingOf(bound, facts).filter(({ event }) => event > begun);
  let parting: Parting = { count: done.length, until: done.at(-1)?.time ?? 0 };
  retrace(agenda, coming, done, (each, count) => {
    const { next, endsAt } = agenda;
    const isSame = next !== undefined && each.time < endsAt && isDone(next, each) && !beginsAnother(each);
    if (isSame) agenda.take(next);
    else parting = { count, until: Math.min(next?.time ?? Infinity, endsAt - 1, each.time) };
    return isSame;
  });
  return parting;
}

/** The same under the name of another variant. */
function toldAnew(options: PerformanceOptions, kept: KeptPerformance): KeptPerformance | undefined {
  const moments = kept.moments.under((traces) => retold(traces, 'trace.began', beginningOf(options)));
  const from = moments.before(kept.from.time, kept.from.log.length);
  return from === undefined ? undefined : { ...kept, moments, from };
}

function octetsOf(done: readonly Deed[]): number {
  return done.reduce((sum, each) => {
    const made = each.kind === 'probe' ? each.made : undefined;
    const files = made?.files.reduce((size, { octets }) => size + octets.length, 0) ?? 0;
    return sum + files + (made?.fork?.length ?? 0);
  }, 0);
}
