/**
 * The performance of one variant: a world, and what is due in it. It types the screenplay's lines at their times, makes its
 * probes, and stops at its end; somebody else may type as well. A suite run, a rehearsal and a replay are the same
 * performance with different hands on the keyboard.
 */
import { createHash } from 'node:crypto';
import { CalldrillError } from '../../sim/errors.ts';
import { MINUTE, type Micros } from '../../sim/clock.ts';
import type { EventNumber } from '../../sim/trace.ts';
import type { AttackReport, Outcome } from '../../devices/attacker/index.ts';
import type { Reply } from '../../devices/console/index.ts';
import type { ReachedHandset } from '../../devices/handset/index.ts';
import type { RuleName } from '../../devices/rules.ts';
import { CRS } from '../language/standing.ts';
import { Examiner } from '../world/examiner/examiner.ts';
import { forgets } from '../world/people/forgetfulness.ts';
import type { Probe, ResolvedScreenplay, Step, When } from '../language/index.ts';
import { MomentWatch } from '../evidence/verdicts/index.ts';
import type { Assets } from '../world/assets.ts';
import type { Physics } from '../world/physics.ts';
import { openingOf } from '../world/opening.ts';
import { typeQuietly } from '../world/type-quietly.ts';
import { World, type TypedLine } from '../world/world.ts';
import type { HeardRecording } from '../evidence/heard-calls.ts';
import { Ears } from './ears.ts';
import { CAPTURE_FILE, captureOf, type CaptureRequest } from './run-capture.ts';
import { handsetKind } from '../../devices/handset/kind.ts';
import { attackerKind } from '../../devices/attacker/kind.ts';

export interface PerformanceOptions {
  readonly screenplay: ResolvedScreenplay;
  readonly seed: string;
  readonly assets: Assets;
  readonly tool: string;
  readonly broken: readonly RuleName[];
  /** Roles whose lines are not typed from the screenplay. */
  readonly played: readonly string[];
  /** What the world stands on; a simulation when left out. */
  readonly physics?: Physics;
  /** Asks for a capture of the network; none when left out. */
  readonly capture?: CaptureRequest | undefined;
  /** Whether what everybody heard of their calls becomes sound files. */
  readonly heard?: boolean | undefined;
  /** Called when the screenplay would have a played role type the line of a step. It must not change the world. */
  onCue?(step: Step): void;
}

/** Something that the screenplay wants done. */
type Due =
  | {
      readonly kind: 'line';
      readonly time: Micros;
      readonly order: number;
      readonly by: string;
      readonly on: string;
      readonly line: string;
      readonly step?: Step;
    }
  | { readonly kind: 'probe'; readonly time: Micros; readonly order: number; readonly probe: Probe }
  | { readonly kind: 'cue'; readonly time: Micros; readonly order: number; readonly step: Step };

/** How long a probe in a fork may take. */
const FORK_LIMIT: Micros = 45 * MINUTE;

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
  readonly #watch: MomentWatch;
  readonly #due: Due[] = [];
  readonly #waiting: { readonly when: When & { kind: 'after' }; readonly due: (time: Micros) => Due }[] = [];
  #order = 0;
  /** When the last thing that has a time yet is or was due. */
  #lastDue: Micros = 0;
  #over = false;
  #endTime: Micros | undefined;
  readonly #ears: Ears | undefined;
  readonly #endCapture: (() => Uint8Array | undefined) | undefined;

  constructor(options: PerformanceOptions) {
    this.#options = options;
    const { screenplay } = options;
    this.#ears = options.heard === true ? new Ears() : undefined;
    this.world = new World({ ...options, screenplay, listen: this.#ears?.listen });
    this.#endCapture = options.capture && captureOf(this.world, options.capture);
    Examiner.observe(this.world.trace, this.world.fabric, CRS, options.assets.speech, (device) =>
      imageOf(this.world.ofKind(handsetKind).get(device)),
    );
    this.#watch = new MomentWatch(screenplay.moments);
    for (const event of this.world.trace.events) this.#watch.take(event);
    this.world.trace.listen((event) => {
      for (const moment of this.#watch.take(event)) this.#bound(moment.name, event.t);
    });
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
      const event = this.#watch.bound.get(when.moment);
      if (event === undefined) this.#waiting.push({ when, due });
      else this.#add(due(event.t + when.delay));
    }
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

  /** Makes a probe: here, or, when its line would disturb the world, in a fork of it. */
  #probe(probe: Probe): void {
    const attacker = probe.on ?? probe.by;
    const command = this.world.console(attacker).commandOf(probe.type);
    const forked = command?.disturbs ?? true;
    if (forked && !this.world.canFork) {
      const { id, row } = probe;
      const reason = 'it would disturb a world that cannot be built again beside itself';
      this.world.trace.append('probe.not-made', attacker, { id, row, reason });
      return;
    }
    const stage = forked ? this.world.fork() : this.world;
    if (!forked) return this.#attempt(stage, probe, attacker, false);
    this.#attempt(stage, probe, attacker, true);
  }

  #attempt(world: World, probe: Probe, attacker: string, forked: boolean): void {
    const reports: AttackReport[] = [];
    const unused = world
      .ofKind(attackerKind)
      .get(attacker)
      ?.probeNext((report) => reports.push(report));
    const log = world.log.length;
    const before = world.trace.events.length;
    typeQuietly(world, probe.by, attacker, probe.type);
    const isAttack = unused?.() === false;
    const refusal = world.trace.events
      .slice(before)
      .find((event) => event.type === 'console.refused' && event.on === attacker);
    if (!forked) world.forgetLinesFrom(log);
    else if (isAttack) {
      const limit = world.now + FORK_LIMIT;
      for (
        let next = world.clock.next();
        reports.length === 0 && next !== undefined && next <= limit;
        next = world.clock.next()
      )
        world.clock.step();
    }
    const otherwise =
      refusal?.type === 'console.refused'
        ? `the line was refused: ${refusal.data.code}: ${refusal.data.message}`
        : isAttack
          ? 'it came to no end'
          : 'the line is no attack, so there is nothing to find out';
    this.#record(probe, reports[0], forked, otherwise);
    if (forked)
      this.artefacts.set(
        `probes/${probe.id}.sha256`,
        new Uint8Array(Buffer.from(`${createHash('sha256').update(world.trace.toNdjson()).digest('hex')}\n`)),
      );
  }

  #record(probe: Probe, report: AttackReport | undefined, forked: boolean, otherwise: string): EventNumber {
    const { id, row, predict } = probe;
    const none: Outcome = { outcome: 'inconclusive', because: otherwise, means: [] };
    const { attempt, positive, negative } = report ?? { attempt: none, positive: none, negative: none };
    const artefacts = attempt.artefacts ?? [];
    for (const { name, octets } of artefacts) this.artefacts.set(`audio/${id}-${name}`, octets);
    this.made.set(id, {
      forked,
      artefact: artefacts[0] === undefined ? undefined : `audio/${id}-${artefacts[0].name}`,
    });
    return this.world.trace.append('probe.result', probe.on ?? probe.by, {
      id,
      row,
      probe: probe.type,
      predict,
      outcome: attempt.outcome,
      asset: report?.asset ?? row,
      capability: report?.capability ?? row,
      means: attempt.means,
      because: attempt.because,
      audioSeconds: attempt.audioSeconds ?? 0,
      positiveControl: positive.outcome,
      positiveBecause: positive.because,
      negativeControl: negative.outcome,
      negativeBecause: negative.because,
    });
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

/** The storage of a phone; nothing of one that is a process of its own, and is gone by now. */
function imageOf(phone: ReachedHandset | undefined): Uint8Array | undefined {
  try {
    return phone?.extract();
  } catch (error) {
    if (error instanceof CalldrillError) return undefined;
    throw error;
  }
}
