/**
 * Procedures as `calldrill show --json` has them, and whether a run performed them: every step done in time by an event that is such an event, unless the
 * variant leaves it out, or a person plays whose it is. After docs/scenario-language.md and docs/events.md.
 */
import type { Chronicle, TraceLine } from './chronicle.ts';
import type { Description } from './condition.ts';
import { amount, inner, rows, Unreadable, word, wordOrNone, words, type JsonObject } from './json-text.ts';

/** What has to come first; for some there is no doing without. */
interface Before {
  readonly id: string;
  readonly strict: boolean;
}

/** A line or a wait. */
interface Task {
  readonly id: string;
  readonly by: string;
  readonly omitted: boolean;
  readonly void: boolean;
  readonly befores: readonly Before[];
  readonly takes: number;
  readonly shown: Description;
  readonly code: string | undefined;
  readonly heeds: boolean;
  /** Whether it stands in for another one. */
  readonly substitute: boolean;
}

/** A procedure that is performed, with its tasks. */
export interface Errand {
  readonly id: string;
  readonly parent: string | undefined;
  readonly omitted: boolean;
  readonly void: boolean;
  readonly tasks: readonly Task[];
}

type Quittance = 'pass' | 'fail' | 'inconclusive' | 'not-applicable';

/** What a variant performs, with the expectations that come of that. */
export function performedIn(variant: JsonObject, shown: JsonObject): JsonObject {
  const performed = shown['performed'] === undefined ? {} : inner(shown, 'performed');
  const name = word(variant, 'name');
  return performed[name] === undefined ? { performs: [], expect: [] } : inner(performed, name);
}

/** A line of the file, of the variant, or of a procedure that it performs, by its address; what is left out of a procedure is so for good. */
export function lineOf(address: string, variant: JsonObject, shown: JsonObject): JsonObject | 'omitted' {
  const lines = (step: JsonObject): readonly JsonObject[] => [
    step,
    ...rows(step, 'otherwise').flatMap(lines),
  ];
  const performed = rows(performedIn(variant, shown), 'performs').flatMap((each) => rows(each, 'steps'));
  const found = [...rows(shown, 'steps'), ...rows(variant, 'also'), ...performed.flatMap(lines)].find(
    ({ id }) => id === address,
  );
  if (found === undefined) throw new Unreadable(`there is no step ${address}`);
  return (found['skipped'] ?? found['notApplicable']) === undefined ? found : 'omitted';
}

/** Reads what a variant performs. `describe` reads a pattern. */
export function errandsOf(
  performed: readonly JsonObject[],
  describe: (pattern: JsonObject) => Description,
): readonly Errand[] {
  const tasksOf = (step: JsonObject, substitute: boolean): readonly Task[] => [
    {
      id: word(step, 'id'),
      by: word(step, 'by'),
      omitted: wordOrNone(step, 'skipped') !== undefined,
      void: wordOrNone(step, 'notApplicable') !== undefined,
      befores: rows(step, 'after').map((each) => ({
        id: word(each, 'step'),
        strict: word(each, 'kind') === 'physical',
      })),
      takes: amount(step, 'takes'),
      shown: describe(inner(step, 'done')),
      code: wordOrNone(step, 'refused'),
      heeds: step['whenNoticed'] !== undefined,
      substitute,
    },
    ...rows(step, 'otherwise').flatMap((each) => tasksOf(each, true)),
  ];
  return performed.map((each) => ({
    id: word(each, 'instance'),
    parent: wordOrNone(each, 'parent'),
    omitted: wordOrNone(each, 'skipped') !== undefined,
    void: wordOrNone(each, 'notApplicable') !== undefined,
    tasks: rows(each, 'steps').flatMap((step) => tasksOf(step, false)),
  }));
}

/** What the check of procedures comes to. */
export function discharged(
  errands: readonly Errand[],
  run: Chronicle,
  fits: (event: TraceLine, shown: Description) => boolean,
): Quittance {
  const inquest = new Inquest(errands, run, fits);
  const due = errands.filter((errand) => !inquest.isOut(errand));
  if (due.length === 0) return 'not-applicable';
  const findings = due.flatMap((errand) => inquest.findings(errand));
  if (findings.includes('fail')) return 'fail';
  return findings.includes('inconclusive') ? 'inconclusive' : 'pass';
}

class Inquest {
  readonly #errands: readonly Errand[];
  readonly #tasks: ReadonlyMap<string, Task>;
  readonly #run: Chronicle;
  readonly #fits: (event: TraceLine, shown: Description) => boolean;
  readonly #played: readonly string[];

  constructor(
    errands: readonly Errand[],
    run: Chronicle,
    fits: (event: TraceLine, shown: Description) => boolean,
  ) {
    this.#errands = errands;
    this.#tasks = new Map(errands.flatMap(({ tasks }) => tasks.map((task) => [task.id, task] as const)));
    this.#run = run;
    this.#fits = fits;
    const opening = run.all.find(({ type }) => type === 'opening.ended');
    this.#played = opening === undefined ? [] : words(opening.data, 'played');
  }

  /** Left out as a whole, by itself or by what performs it. */
  isOut({ omitted, void: isVoid, parent }: Errand): boolean {
    const above = this.#errands.find(({ id }) => id === parent);
    return omitted || isVoid || (above !== undefined && this.isOut(above));
  }

  findings(errand: Errand): readonly Quittance[] {
    const { id, parent, tasks } = errand;
    const begun = this.#told('begun', 'instance', id);
    if (begun === undefined && parent === undefined) {
      const came = this.#run.all.some(
        ({ type, data }) =>
          type === 'procedure.time-come' && data['instance'] === id && data['step'] === null,
      );
      return [came ? 'fail' : 'inconclusive'];
    }
    const findings = tasks.map((task) => this.#task(task, errand));
    const isClosed = ['ended', 'abandoned'].some((what) => this.#told(what, 'instance', id) !== undefined);
    const explains = this.#played.length > 0 || this.#errands.some((each) => each.parent === id);
    const isSilent =
      begun !== undefined && !isClosed && !explains && findings.every((each) => each === 'pass');
    return isSilent ? [...findings, 'fail'] : findings;
  }

  /** The first event that says so of a step or an instance. */
  #told(what: string, field: 'step' | 'instance', id: string): TraceLine | undefined {
    return this.#run.all.find(({ type, data }) => type === `procedure.${what}` && data[field] === id);
  }

  #task(task: Task, errand: Errand): Quittance {
    const done = this.#told('step-done', 'step', task.id);
    if (done !== undefined && !this.#isProof(task, amount(done.data, 'event'))) return 'fail';
    // What it stands in for has failed the check already, where it is wanted.
    if (task.substitute) return 'pass';
    if (this.#told('step-failed', 'step', task.id) !== undefined)
      return this.#isPardoned(task) ? 'pass' : 'fail';
    if (done !== undefined || this.#isLeft(task, errand) || this.#isPardoned(task)) return 'pass';
    return this.#missed(task, errand);
  }

  /** Whether an event is what a task is done by. */
  #isProof({ shown, code }: Task, n: number): boolean {
    const event = this.#run.all[n - 1];
    if (event === undefined) return false;
    if (this.#fits(event, shown)) return true;
    if (shown.type !== 'step.typed') return false;
    return code === undefined
      ? event.type === 'console.answered'
      : event.type === 'console.refused' && event.data['code'] === code;
  }

  #isLeft({ id, omitted, void: isVoid }: Task, errand: Errand): boolean {
    return (
      omitted || isVoid || this.#told('not-applicable', 'step', id) !== undefined || this.#isGivenUp(errand)
    );
  }

  #isGivenUp({ id, parent }: Errand): boolean {
    const above = this.#errands.find((each) => each.id === parent);
    return (
      this.#told('abandoned', 'instance', id) !== undefined || (above !== undefined && this.#isGivenUp(above))
    );
  }

  /** Played by a person, or without what the variant leaves out or a person does not do. */
  #isPardoned(task: Task): boolean {
    if (this.#played.includes(task.by)) return true;
    const failed = this.#told('step-failed', 'step', task.id);
    if (failed !== undefined && failed.data['reason'] !== 'needs') return false;
    return task.befores.some(({ id, strict }) => {
      const other = this.#tasks.get(id);
      if (other === undefined) return this.#isErrandPardoned(id, strict);
      if (this.#told('step-done', 'step', id) !== undefined) return false;
      if (other.omitted && strict) return true;
      const isOver = this.#told('step-failed', 'step', id) !== undefined;
      return (!isOver || strict) && this.#isPardoned(other);
    });
  }

  #isErrandPardoned(id: string, strict: boolean): boolean {
    const errand = this.#errands.find((each) => each.id === id);
    if (errand === undefined) return false;
    if (errand.omitted || this.#told('abandoned', 'instance', id) !== undefined) return strict;
    return errand.tasks.some(
      (task) => this.#told('step-done', 'step', task.id) === undefined && this.#isPardoned(task),
    );
  }

  /** Nothing is said of it at all. */
  #missed(task: Task, { id }: Errand): Quittance {
    if (this.#run.all.some(({ type, data }) => type === 'step.typed' && data['step'] === task.id))
      return 'fail';
    const begun = this.#told('begun', 'instance', id);
    const times = task.befores.map((before) => this.#overAt(before));
    if (begun === undefined || times.includes(undefined)) return 'inconclusive';
    const turn = Math.max(begun.t, ...times.map((time) => time ?? 0));
    return turn + task.takes > this.#run.end || task.heeds ? 'inconclusive' : 'fail';
  }

  #overAt({ id, strict }: Before): number | undefined {
    const isTask = this.#tasks.has(id);
    const ends = isTask
      ? strict
        ? ['step-done', 'not-applicable']
        : ['step-done', 'step-failed', 'skipped', 'not-applicable']
      : ['skipped', 'not-applicable'];
    const times = [
      ...ends.map((what) => this.#told(what, 'step', id)?.t),
      ...(isTask ? [] : ['ended', 'abandoned'].map((what) => this.#told(what, 'instance', id)?.t)),
    ].filter((time) => time !== undefined);
    return times.length === 0 ? undefined : Math.min(...times);
  }
}
