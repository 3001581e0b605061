/**
 * A rehearsal: a performance in which a person types the lines of one role. This is all of it but the terminal and the wall
 * clock: what the person is told, which console a line is for, how time is let pass, what was typed when. It is synchronous and
 * in virtual time, so that an exercise can be tested, and repeated, to the last octet.
 */
import { nearest, LINE_LENGTH_MAX, type Console } from '../../devices/console/index.ts';
import { SECOND, type Micros } from '../../sim/clock.ts';
import { formatDuration, parseDuration } from '../../sim/duration.ts';
import { CalldrillError } from '../../sim/errors.ts';
import { Performance, type PlayedLines, type PerformanceOptions } from '../runs/index.ts';
import { openingEndOf, type TypedLine } from '../world/index.ts';
import { briefingOf } from './briefing.ts';
import { clockText } from './clock-text.ts';
import { DURATIONS_FIX, isExerciseCommand, type ExerciseCommand } from './command-list.ts';
import { Duties } from './duties.ts';
import { rehearsalError } from './errors.ts';
import { addressed, completed, consoleNamed, firstWord, helpOf, withSuggestion } from './keyboard.ts';
import { noticed } from './perception.ts';
import { knownTo, reachOf, refuseOutOfReach } from './reach.ts';

/** A performance's options, but that exactly one role is played. */
export interface RehearsalOptions extends Omit<PerformanceOptions, 'played' | 'onCue'> {
  /** Who is played. */
  readonly role: string;
}

/** Something that reaches the person without their asking. */
export interface PersonMessage {
  readonly time: Micros;
  /** `cue` comes from the screenplay, `notice` from the world. */
  readonly kind: 'cue' | 'notice';
  readonly text: string;
}

/** What became of a line. */
export type Entered =
  | { readonly kind: 'answered'; readonly lines: readonly string[] }
  | { readonly kind: 'refused'; readonly error: CalldrillError }
  /** For whoever runs the exercise: it is they who have its clock. */
  | { readonly kind: 'quit' | 'pause' | 'resume' };

/** How far an exercise had come when something was answered, and the line when it was one for a console. */
export interface ExerciseEntry {
  readonly time: Micros;
  readonly typed?: Pick<TypedLine, 'on' | 'line'>;
}

/** Lines that an exercise keeps, as many as a file of typed lines may hold. */
export const LINES_MAX = 10_000;

/** One exercise from its opening to its end, driven by lines and by how far its time is let pass. */
export class Rehearsal {
  readonly role: string;
  readonly performance: Performance;
  /** When the person took over: what was typed before is the opening. */
  readonly joined: Micros;
  readonly #lines: TypedLine[] = [];
  readonly #duties: Duties;
  #messages: PersonMessage[] = [];
  #left: Micros | undefined;

  /** Throws REHEARSAL_UNKNOWN_ROLE. */
  constructor({ role, ...options }: RehearsalOptions) {
    this.role = role;
    this.performance = new Performance({
      ...options,
      played: [role],
      // What was done before it was due needs no cue.
      onCue: (step) => {
        if (this.#duties.open.includes(step)) this.#tell('cue', this.#duties.textOf(step));
      },
    });
    this.#duties = new Duties(this.performance, role);
    const { world } = this.performance;
    if (!world.people.includes(role)) {
      const near = nearest(role, world.people);
      throw rehearsalError(
        'REHEARSAL_UNKNOWN_ROLE',
        `nobody in '${options.screenplay.id}' is called '${role}'`,
        {
          fix: near === undefined ? `There are: ${world.people.join(', ')}.` : `Did you mean '${near}'?`,
        },
      );
    }
    this.performance.advanceTo(openingEndOf(options.screenplay));
    this.joined = this.now;
    world.trace.listen((event) => {
      const text = noticed(world, role, event);
      if (text !== undefined) this.#tell('notice', text);
    });
  }

  get now(): Micros {
    return this.performance.now;
  }

  /** Whether nothing can be typed any more: it is at its end, or the person has left. */
  get over(): boolean {
    return this.performance.over || this.#left !== undefined;
  }

  /** `2015-10-14 08:05:12Z`. */
  get clock(): string {
    return this.clockAt(this.now);
  }

  clockAt(time: Micros): string {
    return clockText(this.performance.world.options.screenplay.begins, time);
  }

  get consoles(): readonly Console[] {
    return reachOf(this.performance.world, this.role);
  }

  briefing(): readonly string[] {
    return briefingOf(this.performance.world.options.screenplay, this.role, this.consoles);
  }

  /** Lets time pass up to `time`, or to the end. */
  advanceTo(time: Micros): void {
    this.performance.advanceTo(time);
  }

  /** What has reached the person since the last time somebody asked. */
  takeMessages(): readonly PersonMessage[] {
    const messages = this.#messages;
    this.#messages = [];
    return messages;
  }

  /** When time must not stand still any longer: something happens or is due then. */
  get nextEvent(): Micros {
    const { performance } = this;
    return Math.min(
      performance.world.clock.next() ?? Infinity,
      performance.nextDue ?? Infinity,
      performance.endsAt,
    );
  }

  /** What the last word of an unfinished line could become. */
  complete(line: string): { readonly offers: readonly string[]; readonly word: string } {
    return completed(this.consoles, line, knownTo(this.performance.world, this.role));
  }

  /** A line that the person typed, now. Everything that is due by now has happened before it. */
  enter(line: string): Entered {
    try {
      this.advanceTo(this.now);
      if (this.over) throw rehearsalError('REHEARSAL_OVER', 'the exercise is over');
      if (line.length > LINE_LENGTH_MAX)
        throw rehearsalError('REHEARSAL_LINE_TOO_LONG', `the line has ${line.length} characters`);
      const word = firstWord(line);
      if (word === '') return { kind: 'answered', lines: [] };
      if (!isExerciseCommand(word)) return { kind: 'answered', lines: this.#type(line) };
      if (word === 'quit' || word === 'pause' || word === 'resume') return { kind: word };
      return { kind: 'answered', lines: this.#exercise(word, line.trim()) };
    } catch (error) {
      if (!(error instanceof CalldrillError)) throw error;
      return { kind: 'refused', error };
    }
  }

  /** Does again what was done before the exercise was cut off. What has reached the person since the last of it is told again. */
  repeat(entries: readonly ExerciseEntry[]): void {
    for (const { time, typed } of entries) {
      this.#messages = [];
      this.advanceTo(time);
      if (typed === undefined) continue;
      try {
        this.#typeAt(typed.on, typed.line);
      } catch (error) {
        // What was refused is refused again.
        if (!(error instanceof CalldrillError)) throw error;
      }
    }
  }

  /** The person leaves now; at its own end this changes nothing. What is left of it is for {@link finish}. */
  leave(): void {
    if (this.over) return;
    // What is due now has happened, in a replay as well.
    this.advanceTo(this.now);
    if (this.over) return;
    this.#left = this.now;
    this.performance.leave();
  }

  /** Plays on to the end, whether or not the person has left: only then can it be judged. */
  finish(): void {
    this.performance.finish();
  }

  /** What is needed to repeat it. */
  get played(): PlayedLines {
    return {
      roles: [this.role],
      lines: this.#lines,
      ...(this.#left === undefined ? {} : { left: this.#left }),
    };
  }

  #type(given: string): readonly string[] {
    const { consoles } = this;
    const to = addressed(consoles, given);
    const on = to.console.owner;
    if (this.#lines.length >= LINES_MAX)
      throw rehearsalError('REHEARSAL_TOO_MANY_LINES', `${LINES_MAX} lines have been typed`);
    refuseOutOfReach(this.performance, this.role, to.line);
    try {
      return this.#typeAt(on, to.line);
    } catch (error) {
      throw error instanceof CalldrillError ? withSuggestion(error, consoles, to) : error;
    }
  }

  /** Types a line and remembers it, refused or not. Throws what the console throws. */
  #typeAt(on: string, line: string): readonly string[] {
    this.#lines.push({ time: this.now, by: this.role, on, line });
    let refused: string | undefined;
    try {
      return this.performance.type(this.role, on, line);
    } catch (error) {
      if (error instanceof CalldrillError) refused = error.code;
      throw error;
    } finally {
      this.#duties.typed(on, line, refused);
    }
  }

  #exercise(command: Exclude<ExerciseCommand, 'quit' | 'pause' | 'resume'>, line: string): readonly string[] {
    const argument = line.slice(command.length).trim();
    switch (command) {
      case 'help':
        return helpOf(this.consoles, argument);
      case 'screen':
        return this.#screen(argument);
      case 'briefing':
        return this.briefing();
      case 'wait': {
        const duration = parseDuration(argument);
        if (duration === undefined)
          throw rehearsalError('REHEARSAL_FORM', `'${argument}' is not a duration`, { fix: DURATIONS_FIX });
        return this.#wait(this.now + duration);
      }
      case 'next':
        return this.#next();
      case 'skip':
        return [this.#duties.leaveOpen() === 0 ? 'Nothing is yours to do now.' : 'Left undone.'];
    }
  }

  /** Lets time pass up to `until`, but not beyond what becomes this person's to do on the way. */
  #wait(until: Micros): readonly string[] {
    const from = this.now;
    const known = new Set(this.#duties.open);
    let { due } = this.#duties;
    while (!this.over && this.now < until) {
      this.advanceTo(Math.min(until, this.nextEvent));
      if (this.#duties.due === due) continue;
      ({ due } = this.#duties);
      if (this.#duties.open.every((step) => known.has(step))) continue;
      if (this.now < until)
        return [
          `Stopped after ${formatDuration(Math.round((this.now - from) / SECOND) * SECOND)} of ${formatDuration(until - from)}: something is yours to do.`,
        ];
    }
    return [];
  }

  /**
   * On to whatever concerns this person first: a message (one that is still unread too), something that is theirs to do and that they have
   * not done yet, the end. What is theirs already is not passed by, and what others do unseen is.
   */
  #next(): readonly string[] {
    const duties = this.#duties;
    if (this.#messages.length === 0 && duties.open.length > 0)
      return [
        ...duties.open.map((step) => `Still yours to do: ${duties.textOf(step)}`),
        'Do it, or type skip to leave it undone.',
      ];
    let { due } = duties;
    while (!this.over && this.#messages.length === 0) {
      this.advanceTo(this.nextEvent);
      if (duties.due !== due && duties.open.length > 0) break;
      ({ due } = duties);
    }
    return [];
  }

  #screen(name: string): readonly string[] {
    const { consoles } = this;
    const console = name === '' ? consoles[0] : consoleNamed(consoles, name);
    return console === undefined ? [] : [`${console.owner}:`, ...console.screen().map((line) => `  ${line}`)];
  }

  #tell(kind: PersonMessage['kind'], text: string): void {
    this.#messages.push({ time: this.now, kind, text });
  }
}
