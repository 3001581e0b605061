/**
 * The lines of a scenario as somebody plans a drill with them: when each is typed, by whom, what is expected of it, and which checks look at that. When a
 * line comes that waits for something is only estimated, and only to put the lines in order.
 */
import { formatDuration } from '../../sim/duration.ts';
import type { Micros } from '../../sim/clock.ts';
import { linesOf } from '../../scenarios/evidence/procedures/index.ts';
import type {
  Expectation,
  FieldTest,
  Moment,
  Probe,
  ResolvedScreenplay,
  Step,
  Vocabulary,
  When,
} from '../../scenarios/language/index.ts';

/** What is typed or tried once, with when that is and what comes of it, in words. */
export interface PlanLine {
  /** `2015-10-14 08:05:00`, `reported + 10m`. */
  readonly time: string;
  /** When it comes, as far as the file tells: microseconds since the beginning. */
  readonly estimate: Micros | undefined;
  readonly by: string;
  readonly on: string;
  readonly line: string;
  readonly kind: 'step' | 'probe';
  /** The event, refusal or outcome that is expected; empty where the file says nothing. */
  readonly effect: string;
  /** Checks that look at it, and the clauses that it carries out. */
  readonly checks: readonly string[];
  /** Whether it is typed in the course of a procedure. */
  readonly performed: boolean;
}

/** What typed lines lead to, by type of event: the first word of the line. */
export type LineEffects = Readonly<Record<string, string>>;

/** What people do with their own hands, beside what the words of scenarios know. */
const HANDS: LineEffects = {
  'person.inserted': 'insert',
  'person.ejected': 'eject',
  'person.noted': 'note',
  'person.scanned': 'scan',
  'person.seized': 'seize',
  'person.shielded': 'shield',
  'person.took': 'take',
  'person.took-blank': 'take-blank',
};

/** The effects that the words of scenarios know, and those of hands. */
export function effectsOf({ causes = {} }: Pick<Vocabulary, 'causes'>): LineEffects {
  return { ...HANDS, ...causes };
}

/** The lines in their order, those whose time nobody can tell last. */
export function planLinesOf(
  screenplay: Pick<ResolvedScreenplay, 'steps' | 'performs' | 'probes' | 'expect' | 'moments' | 'begins'> & {
    readonly world: Pick<ResolvedScreenplay['world'], 'users'>;
  },
  effects: LineEffects,
): readonly PlanLine[] {
  const { begins, probes, expect, moments } = screenplay;
  const steps = linesOf(screenplay);
  const effectOf = ({ type }: Step): string | undefined => {
    const [word] = type.trim().split(/\s+/);
    return Object.entries(effects).find(([, first]) => first === word)?.[0];
  };
  const about: About = {
    effectOf,
    numbers: new Map(screenplay.world.users.map(({ name, number }) => [name, number])),
  };
  const times = estimatesOf(steps, moments, about);
  const own = new Set(screenplay.steps);
  const ofSteps = steps.map((step): PlanLine => {
    const { by, on = by, type: line, refused, untyped, clauses } = step;
    const effect = refused !== undefined && refused !== 'none' ? `refused: ${refused}` : effectOf(step);
    const looking = expect.filter((each) => looksAt(each, step, about)).map(({ id }) => id);
    return {
      ...{ time: whenText(step.when, begins), estimate: times.get(step), by, on, line, kind: 'step' },
      effect: untyped === undefined ? (effect ?? '') : 'never typed',
      checks: [...looking, ...clauses],
      performed: !own.has(step),
    };
  });
  const ofProbes = probes.map(
    ({ id, when, by, on = by, type: line, predict, reason, ...probe }: Probe): PlanLine => {
      const { parts, notApplicable } = probe;
      return {
        ...{ time: whenText(when, begins), by, on, line, kind: 'probe' },
        estimate:
          when.kind === 'at' ? when.t : delayed(momentTime(when.moment, steps, moments, times, about), when),
        effect:
          notApplicable === undefined
            ? reason === undefined
              ? predict
              : `${predict}: ${reason}`
            : 'not made',
        checks: [id, ...parts.map((part) => part.id)],
        performed: false,
      };
    },
  );
  return [...ofSteps, ...ofProbes]
    .map((line, at) => ({ line, at }))
    .sort((a, b) => (a.line.estimate ?? Infinity) - (b.line.estimate ?? Infinity) || a.at - b.at)
    .map(({ line }) => line);
}

/** `2015-10-14 08:05:00` or `reported + 10m`. */
function whenText(when: When, begins: number): string {
  if (when.kind === 'at') return instantText(begins, when.t);
  return when.delay === 0 ? when.moment : `${when.moment} + ${formatDuration(when.delay)}`;
}

/** `2015-10-14 08:05:00`. */
export function instantText(begins: number, time: Micros): string {
  return new Date(begins + Math.floor(time / 1000)).toISOString().slice(0, 19).replace('T', ' ');
}

interface About {
  readonly effectOf: (step: Step) => string | undefined;
  /** Numbers of users: lines name people by them, events by name. */
  readonly numbers: ReadonlyMap<string, string>;
}

/** Whether an expectation is about what a line leads to: it says so, or looks for its event with nothing that speaks against this line. */
function looksAt(expectation: Expectation, step: Step, about: About): boolean {
  if (!('pattern' in expectation)) return false;
  if (expectation.causedBy !== undefined) return expectation.causedBy === step.id;
  if (expectation.kind === 'never') return false;
  return (
    expectation.pattern.type === about.effectOf(step) && couldCause(step, expectation.pattern.tests, about)
  );
}

/** Whether the words of a line go with what is tested of its event. */
function couldCause({ by, on, type }: Step, tests: readonly FieldTest[], { numbers }: About): boolean {
  const words = new Set([by, on, ...type.replaceAll('"', ' ').split(/\s+/)]);
  return tests.every(({ field, test }) => {
    if (test.kind !== 'is' || typeof test.value !== 'string') return true;
    if (field === 'by') return test.value === by;
    if (!['user', 'to', 'disc', 'thing', 'number', 'on'].includes(field)) return true;
    return words.has(test.value) || words.has(numbers.get(test.value));
  });
}

/** When steps come, as far as times and what they wait for tell. */
function estimatesOf(
  steps: readonly Step[],
  moments: readonly Moment[],
  about: About,
): ReadonlyMap<Step, Micros> {
  const times = new Map<Step, Micros>();
  for (const step of steps) if (step.when.kind === 'at') times.set(step, step.when.t);
  for (let before = -1; before !== times.size;) {
    before = times.size;
    for (const step of steps) {
      if (times.has(step) || step.when.kind === 'at') continue;
      const time = delayed(momentTime(step.when.moment, steps, moments, times, about), step.when);
      if (time !== undefined) times.set(step, time);
    }
  }
  return times;
}

function delayed(time: Micros | undefined, when: When): Micros | undefined {
  return time === undefined || when.kind === 'at' ? time : time + when.delay;
}

/** When the first line is typed that can bring a moment about. */
function momentTime(
  name: string,
  steps: readonly Step[],
  moments: readonly Moment[],
  times: ReadonlyMap<Step, Micros>,
  about: About,
): Micros | undefined {
  const moment = moments.find((each) => each.name === name);
  if (moment === undefined) return undefined;
  const { type, tests } = moment.pattern;
  const causes = steps.flatMap((step) => {
    const time = times.get(step);
    return time !== undefined && about.effectOf(step) === type && couldCause(step, tests, about)
      ? [time]
      : [];
  });
  const nth = moment.occurrence === 'last' ? causes.length : moment.occurrence;
  return causes.sort((a, b) => a - b)[nth - 1];
}
