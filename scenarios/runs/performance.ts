/**
 * The performance of one variant: a world, and what is due in it. It types the screenplay's lines at their times, makes its
 * probes, and stops at its end; somebody else may type as well. A suite run, a rehearsal and a replay are the same
 * performance with different hands on the keyboard.
 */
import { CalldrillError } from '../../sim/errors.ts';
import { HOUR, MINUTE, type Micros } from '../../sim/clock.ts';
import type { Reply } from '../../devices/console/index.ts';
import type { RuleName } from '../../devices/rules.ts';
import { Examiner } from '../world/examiner/examiner.ts';
import { INVARIANTS } from '../world/invariants/index.ts';
import { forgets } from '../world/people/forgetfulness.ts';
import { crsNamesOf, type Probe, type ResolvedScreenplay, type Step, type When } from '../language/index.ts';
import type { Assets } from '../world/assets.ts';
import type { Physics, Seeds } from '../world/physics.ts';
import { openingOf } from '../world/opening.ts';
import type { TypedLine } from '../world/log.ts';
import { World } from '../world/world.ts';
import type { HeardRecording } from '../evidence/heard-calls.ts';
import type { Due } from './due.ts';
import { Ears } from './ears.ts';
import { MomentsWitness } from './moments-witness.ts';
import { attackerOf, canTry, outcomeOf, tryProbe } from './probing.ts';
import { whyUnmade } from './unmade-probe.ts';
import { CAPTURE_FILE, captureOf, type CaptureRequest } from './run-capture.ts';

/** A resolved variant, the seeds and rules of its world, and what is wanted of the run beside its trace. */
export interface PerformanceOptions extends Seeds {
  readonly screenplay: ResolvedScreenplay;
  readonly assets: Assets;
  readonly tool: string;
  readonly broken: readonly RuleName[];
  /** Roles whose lines are not typed from the screenplay. */
  readonly played: readonly string[];
  /** What the world stands on; a simulation when left out. */
  readonly physics?: Physics;
  readonly probes?: boolean | undefined; // False makes none: each is told as not made.
  /** Asks for a capture of the network; none when left out. */
  readonly capture?: CaptureRequest | undefined;
  /** Whether what everybody heard of their calls becomes sound files. */
  readonly heard?: boolean | undefined;
  /** Called when the screenplay would have a played role type the line of a step. It must not change the world. */
  onCue?(step: Step): void;
}

/** A run that is under way: it goes on only when its time is let pass, and it is judged by its world's trace. */
export class Performance {
  readonly world: World;
  readonly ends: Micros;
  /** Lines in the order in which they were typed, with what the screenplay says of them. */
  readonly typed: {
    readonly typed: TypedLine;
    readonly step: Step | undefined;
    readonly refused: string | undefined;
  }[] = [];
  /** Recovered audio and the like, by file name. */
  readonly artefacts = new Map<string, Uint8Array>();
  /** Steps of played roles that have been due, and when. */
  readonly cued: { readonly time: Micros; readonly step: Step }[] = [];
  /** Of each probe that was made: where it ran, and the file with what it recovered. */
  readonly made = new Map<string, { readonly forked: boolean; readonly artefact: string | undefined }>();
  /** What was heard of calls, when that was asked for and the run is over. */
  heard: readonly HeardRecording[] = [];
  readonly #options: PerformanceOptions;
  readonly #moments: MomentsWitness;
  readonly #due: Due[] = [];
  readonly #waiting: { readonly when: When & { kind: 'after' }; readonly due: (time: Micros) => Due }[] = [];
  #order = 0;
  /** When the last thing that has a time yet is or was due. */
  #lastDue: Micros = 0;
  /** When the world was last remembered for forks. */
  #keptAt: Micros = -HOUR;
  #over = false;
  #endTime: Micros | undefined;
  readonly #ears: Ears | undefined;
  readonly #endCapture: (() => Uint8Array | undefined) | undefined;

  constructor(options: PerformanceOptions) {
    this.#options = options;
    const { screenplay } = options;
    this.#ears = options.heard === true ? new Ears() : undefined;
    this.#moments = new MomentsWitness(screenplay.moments);
    const examiner = new Examiner({ relays: crsNamesOf(screenplay.world), voices: options.assets.speech });
    const witnesses = [examiner, this.#moments, ...INVARIANTS];
    this.world = new World({ ...options, screenplay, witnesses, listen: this.#ears?.listen });
    this.#endCapture = options.capture && captureOf(this.world, options.capture);
    this.#heedMoments();
    for (const { time, by, on, line } of openingOf(screenplay))
      this.#add({ kind: 'line', time, order: this.#order++, by, on, line });
    for (const step of screenplay.steps) {
      if (options.played.includes(step.by)) {
        this.#plan(step.when, (time) => ({ kind: 'cue', time, order: this.#order++, step }));
        continue;
      }
      if (forgets(options.broken, step.type)) continue;
      this.#plan(step.when, (time) => ({
        kind: 'line',
        time,
        order: this.#order++,
        by: step.by,
        on: step.on ?? step.by,
        line: step.type,
        step,
      }));
    }
    for (const probe of screenplay.probes) {
      if (probe.notApplicable === undefined)
        this.#plan(probe.when, (time) => ({ kind: 'probe', time, order: this.#order++, probe }));
    }
    this.ends = this.#lastDue + MINUTE;
    if (screenplay.ends?.kind === 'at') this.#endTime = screenplay.ends.t;
  }

  /** From now on, what waits for a moment becomes due when it comes. */
  #heedMoments(): void {
    const { moments } = this.#options.screenplay;
    let known = this.world.stateOf(this.#moments);
    this.world.trace.listen((event) => {
      const now = this.world.stateOf(this.#moments);
      if (now === known) return;
      const come = moments.filter((_, at) => now[at]?.bound === true && known[at]?.bound !== true);
      known = now;
      for (const { name } of come) this.#bound(name, event.t);
    });
  }

  get now(): Micros {
    return this.world.now;
  }

  get over(): boolean {
    return this.#over;
  }

  /** When the screenplay next wants something, if that is known. */
  get nextDue(): Micros | undefined {
    return this.#next()?.time;
  }

  /** When it ends, as far as that is known now. */
  get endsAt(): Micros {
    return this.#endTime ?? this.#lastDue + MINUTE;
  }

  /** Lets time pass up to `time`, or to the end: everything that is due is done. */
  advanceTo(time: Micros): void {
    while (!this.#over) {
      const due = this.#next();
      const limit = Math.min(time, this.endsAt, due?.time ?? Infinity);
      // A line takes effect after all events up to its time; a moment that is bound on the way may bring something nearer.
      const before = this.#order;
      for (
        let next = this.world.clock.next();
        next !== undefined && next <= limit;
        next = this.world.clock.next()
      ) {
        this.world.clock.step();
        if (this.#order !== before) break;
      }
      if (this.#order !== before) continue;
      this.world.runUntil(limit);
      if (due !== undefined && due.time <= limit) {
        this.#due.splice(this.#due.indexOf(due), 1);
        this.#do(due);
        continue;
      }
      if (limit >= this.endsAt) this.#end();
      if (limit >= time) return;
    }
  }

  /** Runs to the end. */
  finish(): void {
    this.advanceTo(Infinity);
  }

  /** A line typed by somebody else, now. Throws what the console throws. */
  type(by: string, on: string, line: string): Reply {
    const typed: TypedLine = { time: this.now, by, on, line };
    try {
      const reply = this.world.type(by, on, line);
      this.typed.push({ typed, step: undefined, refused: undefined });
      return reply;
    } catch (error) {
      if (error instanceof CalldrillError)
        this.typed.push({ typed, step: undefined, refused: `${error.code}: ${error.message}` });
      throw error;
    }
  }

  /** The same, for a line of a replay: what was refused is refused again. */
  typeQuietly(by: string, on: string, line: string): void {
    try {
      this.type(by, on, line);
    } catch (error) {
      if (!(error instanceof CalldrillError)) throw error;
    }
  }

  /** Ends it now, whatever is still due. */
  stop(): void {
    if (!this.#over) this.#end();
  }

  #plan(when: When, due: (time: Micros) => Due): void {
    if (when.kind === 'at') this.#add(due(when.t));
    else {
      const time = this.#timeOf(when.moment);
      if (time === undefined) this.#waiting.push({ when, due });
      else this.#add(due(time + when.delay));
    }
  }

  /** When a moment came; undefined when it has not yet. */
  #timeOf(moment: string): Micros | undefined {
    const at = this.#options.screenplay.moments.findIndex(({ name }) => name === moment);
    const progress = this.world.stateOf(this.#moments)[at];
    return progress?.bound === true ? this.world.trace.events[progress.event - 1]?.t : undefined;
  }

  #add(due: Due): void {
    this.#due.push(due);
    this.#lastDue = Math.max(this.#lastDue, due.time);
  }

  #bound(moment: string, time: Micros): void {
    for (const waiting of this.#waiting.filter(({ when }) => when.moment === moment)) {
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      this.#add(waiting.due(time + waiting.when.delay));
    }
    const { ends } = this.#options.screenplay;
    if (ends?.kind === 'after' && ends.moment === moment) {
      this.#endTime = time + ends.delay;
      this.#order++;
    }
  }

  #next(): Due | undefined {
    let next: Due | undefined;
    for (const due of this.#due) {
      if (next === undefined || due.time < next.time || (due.time === next.time && due.order < next.order))
        next = due;
    }
    return next;
  }

  #do(due: Due): void {
    if (due.kind === 'probe') return this.#probe(due.probe);
    if (due.kind === 'cue') {
      this.cued.push({ time: due.time, step: due.step });
      return this.#options.onCue?.(due.step);
    }
    if (this.now - this.#keptAt >= HOUR && this.world.keep()) this.#keptAt = this.now;
    const typed: TypedLine = { time: this.now, by: due.by, on: due.on, line: due.line };
    let refused: string | undefined;
    try {
      this.world.type(due.by, due.on, due.line);
    } catch (error) {
      if (!(error instanceof CalldrillError)) throw error;
      refused = `${error.code}: ${error.message}`;
    }
    this.typed.push({ typed, step: due.step, refused });
  }

  /** Makes a probe, and notes what came of it. */
  #probe(probe: Probe): void {
    const { world } = this;
    const { id, row } = probe;
    const on = attackerOf(probe);
    const reason = whyUnmade(this.#options.probes, !canTry(world, probe));
    if (reason !== undefined) {
      world.note({ type: 'probe.not-made', on, data: { id, row, reason } });
      return;
    }
    const tried = tryProbe(world, probe);
    const forked = tried.fork !== undefined;
    const artefacts = tried.report?.attempt.artefacts ?? [];
    const files = artefacts.map(({ name, octets }) => ({ file: `audio/${id}-${name}`, octets }));
    for (const { file, octets } of files) this.artefacts.set(file, octets);
    this.made.set(id, { forked, artefact: files[0]?.file });
    world.note({ type: 'probe.result', on, data: outcomeOf(probe, tried) });
    if (tried.fork !== undefined) this.artefacts.set(`probes/${id}.sha256`, digestOf(tried.fork));
  }

  #end(): void {
    this.#over = true;
    this.world.end();
    this.heard = this.#ears?.recordings(this.world.record.events) ?? [];
    for (const { sound, octets } of this.heard) this.artefacts.set(sound.file, octets);
    const captured = this.#endCapture?.();
    if (captured !== undefined) this.artefacts.set(CAPTURE_FILE, captured);
  }
}

/** What names the trace of a fork. */
function digestOf(fork: World): Uint8Array {
  return new Uint8Array(Buffer.from(`${fork.trace.digest()}\n`));
}
