/**
 * An exercise as it runs on the wall: a rehearsal, a terminal and a pacer brought together. What the exercise is, the rehearsal
 * knows; here is only when its time passes and where its words go.
 */
import type { CalldrillError } from '../../sim/errors.ts';
import type { Entered, ExerciseEntry, PersonMessage, Rehearsal } from '../exercises/index.ts';
import { rehearsalError } from '../exercises/errors.ts';
import { Pacer, type Pace } from './pacer.ts';
import { openTerminal, type PersonTerminalOptions } from './terminal.ts';

/** How it came to its end: by itself, because the person said so, or by an interrupt. */
export type ExerciseEnd = 'over' | 'quit' | 'interrupted';

/** How words look; each gives text back with the style around it. */
export interface ExerciseStyle {
  readonly strong: (text: string) => string;
  readonly quiet: (text: string) => string;
  readonly bad: (text: string) => string;
  /** Makes what would move the cursor visible instead. */
  readonly printable: (text: string) => string;
  /** A line as the lines of the screen that it takes. */
  readonly lines: (text: string) => readonly string[];
}

/** The signals that end an exercise in order. */
const ENDING = ['SIGTERM', 'SIGHUP'] as const;

/** The part of `process` that this needs. */
export interface SignalSource {
  on(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGCONT', listener: () => void): unknown;
  off(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGCONT', listener: () => void): unknown;
}

/** A rehearsal that has not begun to run, and the person's end of it: streams, signals, clock and pace. */
export interface ExerciseOptions {
  readonly rehearsal: Rehearsal;
  readonly pace: Pace;
  readonly streams: Pick<PersonTerminalOptions, 'input' | 'screen' | 'messages'>;
  readonly style: ExerciseStyle;
  readonly signals: SignalSource;
  /** Milliseconds that only ever grow. */
  readonly nowMs: () => number;
  /** Keeps what was done, before its answer is shown: on disk when it returns. */
  readonly keep: (entry: ExerciseEntry) => void;
  /** What is said below the briefing. */
  readonly greeting?: string;
}

/** How often paced time is looked at. */
const TICK_MS = 200;

/** Runs it until it is over or the person has left; what is left of it then is not played on here. */
export async function exercise(options: ExerciseOptions): Promise<ExerciseEnd> {
  return new Promise<ExerciseEnd>((resolve, reject) => {
    const running = new Exercise(options, resolve, reject);
    running.begin();
  });
}

class Exercise {
  readonly #options: ExerciseOptions;
  readonly #rehearsal: Rehearsal;
  readonly #pacer: Pacer;
  readonly #terminal: ReturnType<typeof openTerminal>;
  readonly #resolve: (end: ExerciseEnd) => void;
  readonly #reject: (reason: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #interrupted = false;
  #done = false;

  constructor(
    options: ExerciseOptions,
    resolve: (end: ExerciseEnd) => void,
    reject: (reason: unknown) => void,
  ) {
    const { rehearsal, pace, nowMs, streams } = options;
    this.#options = options;
    this.#rehearsal = rehearsal;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#pacer = new Pacer(pace, nowMs, rehearsal.now);
    this.#terminal = openTerminal({
      ...streams,
      complete: (line) => rehearsal.complete(line),
      onLine: (line) => this.#guard(() => this.#line(line)),
      onInterrupt: this.#interruptSignal,
      onEnd: () => this.#guard(() => this.#end('quit')),
    });
  }

  begin(): void {
    const { signals, pace } = this.#options;
    signals.on('SIGINT', this.#interruptSignal);
    for (const signal of ENDING) signals.on(signal, this.#terminate);
    signals.on('SIGCONT', this.#continued);
    this.#guard(() => {
      this.#print(this.#rehearsal.briefing());
      if (this.#options.greeting !== undefined) this.#print([this.#options.greeting]);
      this.#tellMessages();
      this.#settle();
    });
    if (pace !== 'wait' && !this.#done) this.#tick();
  }

  #line(line: string): void {
    if (this.#done) return;
    this.#catchUp();
    if (this.#pacer.paused) this.#whilePaused(line.trim());
    else if (!this.#rehearsal.over) this.#show(this.#entered(line));
    this.#settle();
  }

  /** Time stands, so nothing is done in it: whoever wants to act lets it run again first. */
  #whilePaused(line: string): void {
    if (line === 'quit') return this.#end('quit');
    if (line !== '' && line !== 'resume' && line !== 'pause')
      return this.#terminal.show(this.#refusal(rehearsalError('REHEARSAL_PAUSED', 'the clock stands')));
    this.#pacer.pause(false);
    this.#print(['The clock runs again.']);
  }

  #pauseOrResume(kind: 'pause' | 'resume'): void {
    if (!this.#pacer.runs) return this.#print(['Time passes only with wait and next.']);
    if (kind === 'resume') return this.#print(['The clock runs.']);
    this.#pacer.pause(true);
    this.#print(['The clock stands. Press Enter to let it run again.']);
  }

  #entered(line: string): Entered {
    const rehearsal = this.#rehearsal;
    const before = rehearsal.played.lines.length;
    const entered = rehearsal.enter(line);
    const typed = rehearsal.played.lines[before];
    const { now: time } = rehearsal;
    if (entered.kind !== 'quit')
      this.#options.keep(
        typed === undefined ? { time } : { time, typed: { on: typed.on, line: typed.line } },
      );
    return entered;
  }

  #show(entered: Entered): void {
    if (entered.kind === 'quit') return this.#end('quit');
    // What time has brought comes first: it happened before the answer is read.
    this.#tellMessages();
    if (entered.kind === 'answered') this.#print(entered.lines);
    else if (entered.kind === 'refused') this.#terminal.show(this.#refusal(entered.error));
    else this.#pauseOrResume(entered.kind);
  }

  /** After whatever happened: it is over, or the person is asked for the next line. */
  #settle(): void {
    if (this.#done) return;
    if (this.#rehearsal.over) return this.#end('over');
    this.#pacer.resume(this.#rehearsal.now);
    this.#terminal.prompt(this.#prompt());
  }

  #tick(): void {
    this.#timer = setTimeout(() => {
      this.#guard(() => {
        this.#catchUp();
        if (this.#rehearsal.over) return this.#end('over');
        this.#terminal.reprompt(this.#prompt());
      });
      if (!this.#done) this.#tick();
    }, TICK_MS);
  }

  #catchUp(): void {
    this.#rehearsal.advanceTo(this.#pacer.target);
    this.#pacer.resume(this.#rehearsal.now);
    this.#tellMessages();
  }

  #interrupt(): void {
    if (this.#interrupted) return this.#end('interrupted');
    this.#interrupted = true;
    this.#terminal.show(
      `${this.#options.style.strong('Ctrl-C once more ends the exercise now; so does quit.')}\n`,
    );
  }

  readonly #interruptSignal = (): void => this.#guard(() => this.#interrupt());

  /** The process was stopped (Ctrl-Z) and goes on (fg): that time is nobody's. */
  readonly #continued = (): void => this.#pacer.resume(this.#rehearsal.now);

  readonly #terminate = (): void => this.#guard(() => this.#end('interrupted'));

  #end(end: ExerciseEnd): void {
    if (this.#done) return;
    const { style, streams } = this.#options;
    this.#rehearsal.leave();
    this.#tellMessages();
    this.#release();
    const words = {
      over: 'The exercise is over',
      quit: 'You ended the exercise',
      interrupted: 'Interrupted',
    };
    streams.screen.write(`${style.strong(`${words[end]} at ${this.#rehearsal.clock}.`)}\n`);
    this.#resolve(end);
  }

  /** A defect gives the terminal back before it is told. */
  #guard(action: () => void): void {
    try {
      action();
    } catch (thrown) {
      this.#release();
      this.#reject(thrown);
    }
  }

  #release(): void {
    this.#done = true;
    clearTimeout(this.#timer);
    const { signals } = this.#options;
    signals.off('SIGINT', this.#interruptSignal);
    for (const signal of ENDING) signals.off(signal, this.#terminate);
    signals.off('SIGCONT', this.#continued);
    this.#terminal.close();
  }

  #tellMessages(): void {
    for (const message of this.#rehearsal.takeMessages()) this.#terminal.show(this.#messageText(message));
  }

  #messageText({ time, kind, text }: PersonMessage): string {
    const { style } = this.#options;
    const clock = style.quiet(`[${this.#rehearsal.clockAt(time)}]`);
    return `${clock} ${style.strong(`${kind === 'cue' ? 'cue: ' : ''}${style.printable(text)}`)}\n`;
  }

  #refusal({ code, message, fix }: CalldrillError): string {
    const { bad, quiet, printable } = this.#options.style;
    return `${bad('refused')} ${code}: ${printable(message)}\n  ${quiet('fix:')} ${printable(fix)}\n`;
  }

  #print(lines: readonly string[]): void {
    const { printable, lines: broken } = this.#options.style;
    const shown = lines.flatMap((line) => broken(printable(line)));
    if (shown.length > 0) this.#terminal.show(shown.map((line) => `${line}\n`).join(''));
  }

  #prompt(): string {
    const stands = this.#pacer.paused ? ' (stands)' : '';
    return `${this.#options.style.quiet(`${this.#rehearsal.clock}${stands}`)} ${this.#rehearsal.role}> `;
  }
}
