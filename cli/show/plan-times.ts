/**
 * When lines are to be expected, as far as a file tells. Nobody can know before a run: these are estimates, in which every line is taken at once and does
 * what it is for, and what nobody types is there as soon as it is waited for. They put lines in order, and are shown with a sign.
 */
import type { Micros } from '../../sim/clock.ts';
import { linesOf, performedLines } from '../../scenarios/evidence/procedures/index.ts';
import type {
  FieldTest,
  Moment,
  Pattern,
  PerformedProcedure,
  ResolvedScreenplay,
  Step,
  StepNeed,
  When,
} from '../../scenarios/language/index.ts';
import { couldCause, effectOf, type LineWords } from './line-effects.ts';
import { isLeftOut, type PerformedPlan, type PlacedStep } from './performed-plan.ts';

/** What of a scenario says when lines come. */
export type TimedScenario = Pick<ResolvedScreenplay, 'steps' | 'performs' | 'moments'>;

/** Times since the beginning of the scenario. */
export class PlanTimes {
  readonly #moments: ReadonlyMap<string, Moment>;
  readonly #lines: readonly Step[];
  readonly #plan: PerformedPlan;
  readonly #words: LineWords;
  readonly #cutOff: ReadonlyMap<string, string>;
  /** Of lines, those of procedures by their address: when they are typed. */
  readonly #typed = new Map<Step | string, Micros>();
  /** Of moments that are addresses: when a step is done, when a procedure begins and ends. */
  readonly #reached = new Map<string, Micros>();
  /** Of performances: when their turn comes, also where they are left out. */
  readonly #turns = new Map<string, Micros>();

  /** `cutOff`: steps that are not done, for their procedure is given up before. */
  constructor(
    { steps, performs, moments }: TimedScenario,
    plan: PerformedPlan,
    words: LineWords,
    cutOff: ReadonlyMap<string, string> = new Map(),
  ) {
    this.#moments = new Map(moments.map((each) => [each.name, each]));
    this.#lines = linesOf({ steps, performs });
    [this.#plan, this.#words, this.#cutOff] = [plan, words, cutOff];
    // Each is told once all that it rests on is.
    for (let before = -1; before !== this.#told;) {
      before = this.#told;
      for (const step of steps) put(this.#typed, step, this.when(step.when));
      for (const each of plan.instances.values()) this.#begin(each);
      for (const each of plan.steps.values()) this.#place(each);
      for (const each of plan.instances.values()) this.#end(each);
    }
  }

  get #told(): number {
    return this.#typed.size + this.#reached.size + this.#turns.size;
  }

  /** When a line is typed, or would be if it were not left out; undefined where nobody can tell. */
  of(line: Step): Micros | undefined {
    return this.#typed.get(line) ?? this.#typed.get(line.id);
  }

  /** When a step of a procedure was done, or a procedure has begun or ended. */
  reached(address: string): Micros | undefined {
    return this.#reached.get(address);
  }

  /** When something comes that is at a time, or after a moment. */
  when(when: When): Micros | undefined {
    if (when.kind === 'at') return when.t;
    const time = this.#reached.get(when.moment) ?? this.#caused(when.moment);
    return time === undefined ? undefined : time + when.delay;
  }

  #begin(instance: PerformedProcedure): void {
    const { instance: id, parent, begins, after, takes } = instance;
    const [turn, delay] = parent === undefined ? [this.when(begins), 0] : [this.#after(parent, after), takes];
    if (turn === undefined) return;
    put(this.#turns, id, isLeftOut(instance) ? turn : turn + delay);
    if (!isLeftOut(instance)) put(this.#reached, `${id}.begun`, turn + delay);
  }

  #place({ of, instance, insteadOf }: PlacedStep): void {
    const turn = this.#after(instance.instance, of.after);
    const instead = insteadOf === undefined ? 0 : this.#lateAfter(insteadOf);
    if (turn === undefined || instead === undefined) return;
    put(this.#typed, of.id, Math.max(turn, instead) + (isLeftOut(of) ? 0 : of.takes));
    // Nobody waits for what is done in the place of another.
    if (!this.#cutOff.has(of.id)) put(this.#reached, of.id, this.#typed.get(insteadOf ?? of.id));
  }

  #end({ instance: id, until, steps }: PerformedProcedure): void {
    const nested = [...this.#plan.instances.values()].filter(({ parent }) => parent === id);
    const all = [...steps, ...nested].map((each) =>
      this.#reached.get('id' in each ? each.id : each.instance),
    );
    const end = until === undefined ? latest([this.#turns.get(id), ...all]) : this.#reached.get(until);
    put(this.#reached, id, end);
  }

  /** When all of this is there, in the course of a performance. */
  #after(instance: string, needs: readonly StepNeed[]): Micros | undefined {
    return latest([this.#turns.get(instance), ...needs.map(({ step }) => this.#reached.get(step))]);
  }

  /** When a step has not been done in its time. */
  #lateAfter(step: string): Micros | undefined {
    const typed = this.#typed.get(step);
    return typed === undefined ? undefined : typed + (this.#plan.steps.get(step)?.of.within ?? 0);
  }

  /** When that is done which can bring a moment about, or so many of them. */
  #caused(name: string): Micros | undefined {
    const moment = this.#moments.get(name);
    if (moment === undefined) return undefined;
    const { type, tests } = moment.pattern;
    const own = this.#lines.filter(
      (line) =>
        !this.#plan.steps.has(line.id) &&
        line.untyped === undefined &&
        effectOf(line, this.#words) === type &&
        couldCause(line, tests, this.#words),
    );
    const performed = [...this.#plan.steps.values()].filter(
      (step) => this.#isDone(step) && leadsTo(step, moment.pattern, this.#words),
    );
    const causes = [
      ...own.flatMap((line) => this.of(line) ?? []),
      ...performed.flatMap(({ of }) => this.#reached.get(of.id) ?? []),
    ];
    const nth = moment.occurrence === 'last' ? causes.length : moment.occurrence;
    return causes.sort((a, b) => a - b)[nth - 1];
  }

  #isDone({ of, insteadOf }: PlacedStep): boolean {
    return !isLeftOut(of) && insteadOf === undefined && !this.#cutOff.has(of.id);
  }
}

/** Whether a step of a procedure can bring an event about: it is done by such a one, or its line leads to one. */
function leadsTo({ of, instance }: PlacedStep, { type, tests }: Pattern, words: LineWords): boolean {
  if (of.done.type !== 'step.typed') {
    const own = new Map(of.done.tests.map(({ field, test }) => [field, test]));
    return of.done.type === type && tests.every(({ field, test }) => areAlike(own.get(field), test));
  }
  const line = performedLines([instance]).find(({ id }) => id === of.id);
  return line !== undefined && effectOf(line, words) === type && couldCause(line, tests, words);
}

/** Whether nothing in two tests of a field speaks against their being about one event. */
function areAlike(one: FieldTest['test'] | undefined, other: FieldTest['test']): boolean {
  return one?.kind !== 'is' || other.kind !== 'is' || one.value === other.value;
}

/** Steps that are not done, each with the step or procedure after which its own is given up. */
export function cutOffIn(plan: PerformedPlan, times: PlanTimes): ReadonlyMap<string, string> {
  return new Map(
    [...plan.steps.values()].flatMap((step) => {
      const after = [...plan.around(step)].find(({ until }) => until !== undefined && isBehind(step, until));
      return after?.until === undefined ? [] : [[step.of.id, after.until] as const];
    }),
  );

  function isBehind(step: PlacedStep, until: string): boolean {
    const { id } = step.of;
    const isPart = id === until || [...plan.around(step)].some(({ instance }) => instance === until);
    const [typed, end] = [times.reached(id), times.reached(until)];
    if (isPart || typed === undefined || end === undefined) return false;
    return typed > end || (typed === end && plan.waitsFor(id, until));
  }
}

/** The first that is told stays. */
function put<Key>(times: Map<Key, Micros>, key: Key, time: Micros | undefined): void {
  if (time !== undefined && !times.has(key)) times.set(key, time);
}

/** The last of these; undefined while one is not known. */
function latest(times: readonly (Micros | undefined)[]): Micros | undefined {
  const known = times.flatMap((time) => time ?? []);
  return known.length < times.length ? undefined : Math.max(...known);
}
