/**
 * The performance of one variant: a world, and what is due in it. It types the screenplay's lines at their times, makes its
 * probes, and stops at its end; somebody else may type as well. A suite run, a rehearsal and a replay are the same
 * performance with different hands on the keyboard.
 */
import { assert, CalldrillError } from '../../sim/errors.ts';
import { HOUR, type Micros } from '../../sim/clock.ts';
import type { Reply } from '../../devices/console/index.ts';
import type { Probe } from '../language/index.ts';
import { World } from '../world/world.ts';
import { Harvest } from './harvest.ts';
import { lastLook } from './last-look.ts';
import type { HeardRecording } from '../evidence/heard-calls.ts';
import { linesOf, type ProcedureFact } from '../evidence/procedures/index.ts';
import { isDone, type Deed } from './deed.ts';
import type { Due } from './due.ts';
import { Ears } from './ears.ts';
import { forkDigests } from './fork-digests.ts';
import type { KeptPerformance, PerformanceRecord } from './kept-performance.ts';
import { comeIn, heedWhatComes } from './come.ts';
import { comingOf, type Coming } from './coming.ts';
import type { PerformanceOptions } from './performance-options.ts';
import { retrace } from './retrace.ts';
import { Agenda } from './agenda.ts';
import { attackerOf, canTry, outcomeOf, tryProbe } from './probing.ts';
import { whyUnmade } from './unmade-probe.ts';
import { runError } from './errors.ts';
import { CAPTURE_FILE, captureOf } from './run-capture.ts';
import { watchOf, type Watch } from './witnesses.ts';

/** Characters of a line that an error repeats */
const QUOTED_MAX = 80;

/** A run that is under way: it goes on only when its time is let pass, and it is judged by its world's trace. */
export class Performance {
  readonly world: World;
  readonly ends: Micros;
  readonly typed: Harvest['typed'];
  readonly artefacts: Harvest['artefacts'];
  readonly cued: Harvest['cued'];
  readonly made: Harvest['made'];
  /** What was heard of calls, when that was asked for and the run is over. */
  heard: readonly HeardRecording[] = [];
  readonly #harvest: Harvest;
  readonly #options: PerformanceOptions;
  readonly #watch: Watch;
  readonly #agenda: Agenda;
  readonly #done: Deed[] = [];
  /** Events that the trace had before anything was due. */
  readonly #begun: number;
  #over = false;
  #isOpen = false;
  readonly #ears: Ears | undefined;
  readonly #endCapture: (() => Uint8Array | undefined) | undefined;

  /** `from`: what it goes on with, kept of a performance with the same options. Nobody has heard or captured what was before. */
  constructor(options: PerformanceOptions, from?: KeptPerformance) {
    assert(
      from === undefined || (options.heard !== true && options.capture === undefined),
      'a run is heard and captured from the beginning on',
    );
    this.#options = options;
    this.#harvest = new Harvest(linesOf(options.screenplay));
    ({ typed: this.typed, artefacts: this.artefacts, cued: this.cued, made: this.made } = this.#harvest);
    const { screenplay, broken, played } = options;
    this.#ears = options.heard === true ? new Ears() : undefined;
    this.#watch = watchOf(options);
    const witnesses = this.#watch.all;
    const listen = this.#ears?.listen;
    this.world = new World({ ...options, screenplay, witnesses, listen }, from?.from, from?.moments);
    this.#endCapture = options.capture && captureOf(this.world, options.capture);
    this.#begun = from?.begun ?? this.world.trace.events.length;
    if (from !== undefined) this.world.repeat(from.log.slice(this.world.log.length), from.now);
    const early = new Map(
      this.#come().bound.flatMap(({ moment, time, event }) => (event > this.#begun ? [] : [[moment, time]])),
    );
    this.#agenda = new Agenda({ screenplay, broken, played, timeOf: (moment) => early.get(moment) });
    this.ends = this.#agenda.ends;
    this.#goOnAfter(from?.done ?? []);
    heedWhatComes(this.world, this.#watch, screenplay.moments, this.#agenda);
  }

  /** What was done is due no more, and what came makes due what it did. */
  #goOnAfter(done: readonly Deed[]): void {
    const digests = forkDigests(this.world.trace, done);
    const agenda = this.#agenda;
    retrace(agenda, this.#coming(), done, (each) => {
      if (each.kind !== 'typed') {
        const due = agenda.next;
        assert(due !== undefined && isDone(due, each), 'what was done was due');
        agenda.take(due);
      }
      this.#have(each, digests.get(each));
      return true;
    });
  }

  /** What has come since anything was due. */
  #coming(): readonly Coming[] {
    const { bound, facts } = this.#come();
    return comingOf(bound, facts).filter(({ event }) => event > this.#begun);
  }

  #come(): Pick<PerformanceRecord, 'bound' | 'facts'> {
    return comeIn(this.world, this.#watch, this.#options.screenplay.moments);
  }

  /** What its procedures have made due, or due no more, so far. */
  get facts(): readonly ProcedureFact[] {
    return this.#come().facts;
  }

  /** All that it has done so far. */
  record(): PerformanceRecord {
    const { log, moments } = this.world;
    return {
      ...{ begun: this.#begun, done: [...this.#done], ...this.#come() },
      ...{ log: [...log], moments, now: this.now },
    };
  }

  get now(): Micros {
    return this.world.now;
  }

  get over(): boolean {
    return this.#over;
  }

  /** When the screenplay next wants something, if that is known. */
  get nextDue(): Micros | undefined {
    return this.#agenda.next?.time;
  }

  /** When it ends, as far as that is known now. */
  get endsAt(): Micros {
    return this.#agenda.endsAt;
  }

  /** Lets time pass up to `time`, or to the end: everything that is due is done. */
  advanceTo(time: Micros): void {
    while (!this.#over) {
      const due = this.#agenda.next;
      const limit = Math.min(time, this.endsAt, due?.time ?? Infinity);
      // A line takes effect after all events up to its time; a moment that is bound on the way may bring something nearer.
      const before = this.#agenda.version;
      for (
        let next = this.world.clock.next();
        next !== undefined && next <= limit;
        next = this.world.clock.next()
      ) {
        this.world.clock.step();
        if (this.#agenda.version !== before) break;
      }
      if (this.#agenda.version !== before) continue;
      this.world.runUntil(limit);
      if (due !== undefined && due.time <= limit) {
        this.#agenda.take(due);
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

  /** A line typed by somebody else, now. Throws what the console throws, and RUN_OPENING before the opening is over. */
  type(by: string, on: string, line: string): Reply {
    this.#refuseEarly(line);
    const before = this.#before();
    try {
      const reply = this.world.type(by, on, line);
      this.#have({ ...before, kind: 'typed', by, on, line, refused: undefined });
      return reply;
    } catch (error) {
      if (error instanceof CalldrillError)
        this.#have({ ...before, kind: 'typed', by, on, line, refused: refusalText(error) });
      throw error;
    }
  }

  #refuseEarly(line: string): void {
    if (!this.#isOpen)
      throw runError('RUN_OPENING', `'${line.slice(0, QUOTED_MAX)}' comes before the opening is over`);
  }

  /** The same, for a line of a replay: what was refused is refused again. */
  typeQuietly(by: string, on: string, line: string): void {
    try {
      this.type(by, on, line);
    } catch (error) {
      if (!(error instanceof CalldrillError)) throw error;
    }
  }

  /** Those who are played leave now: the rest goes on, and what is theirs is not done any more. */
  leave(): void {
    if (this.#over) return;
    this.world.note({ type: 'exercise.left', on: 'world', data: { roles: [...this.#options.played] } });
  }

  #do(due: Due): void {
    if (due.kind === 'probe') return this.#probe(due.probe);
    if (due.kind === 'opened') {
      const before = this.#before();
      const played = [...this.#options.played];
      this.world.note({ type: 'opening.ended', on: 'world', data: { played } });
      return this.#have({ ...before, kind: 'opened' });
    }
    if (due.kind === 'time-come') {
      const before = this.#before();
      const { instance, step } = due;
      this.world.note({ type: 'procedure.time-come', on: 'world', data: { instance, step } });
      return this.#have({ ...before, kind: 'time-come', instance, step });
    }
    if (due.kind === 'cue') {
      this.#have({ ...this.#before(), kind: 'cue', step: due.step.id });
      return this.#options.onCue?.(due.step);
    }
    this.#keep();
    const { by, on, line, step } = due;
    const before = this.#before();
    let refused: string | undefined;
    let code: string | null = null;
    try {
      if (step !== undefined) this.#refuseEarly(line);
      this.world.type(by, on, line);
    } catch (error) {
      if (!(error instanceof CalldrillError)) throw error;
      ({ code } = error);
      refused = refusalText(error);
    }
    if (step !== undefined)
      this.world.note({ type: 'step.typed', on: by, data: { step: step.id, refused: code } });
    this.#have({ ...before, kind: 'line', by, on, line, step: step?.id, refused });
  }

  /** Keeps the moment before a line, an hour after the last one or more. */
  #keep(): void {
    if (this.#options.keeps === false) return;
    const last = this.world.moments.checkpoints.at(-1)?.time ?? -HOUR;
    if (this.now - last >= HOUR) this.world.keep();
  }

  /** Makes a probe, and notes what came of it. */
  #probe(probe: Probe): void {
    const { world } = this;
    const { id, row } = probe;
    const on = attackerOf(probe);
    const before = { ...this.#before(), kind: 'probe' as const, id, probe: JSON.stringify(probe) };
    const reason = this.#isOpen
      ? whyUnmade(this.#options.probes, !canTry(world, probe))
      : 'it comes before the opening is over';
    if (reason !== undefined) {
      world.note({ type: 'probe.not-made', on, data: { id, row, reason } });
      return this.#have({ ...before, made: undefined });
    }
    const tried = tryProbe(world, probe);
    world.note({ type: 'probe.result', on, data: outcomeOf(probe, tried) });
    const artefacts = tried.report?.attempt.artefacts ?? [];
    const files = artefacts.map(({ name, octets }) => ({ file: `audio/${id}-${name}`, octets }));
    const fork = tried.fork?.trace;
    this.#have({ ...before, made: { files, fork: fork?.toNdjson(before.events) } }, fork?.digest());
  }

  #before(): Pick<Deed, 'time' | 'events' | 'entries'> {
    const { now: time, trace, log } = this.world;
    return { time, events: trace.events.length, entries: log.length };
  }

  /** Something has been done; `digest` is that of the trace of its fork. */
  #have(done: Deed, digest?: string): void {
    this.#done.push(done);
    if (done.kind === 'opened') this.#isOpen = true;
    this.#harvest.add(done, digest);
  }

  #end(): void {
    this.#over = true;
    let captured: Uint8Array | undefined;
    this.world.end((devices) => {
      captured = this.#endCapture?.();
      // A capture that was to have the keys of its sessions has them.
      const closed = this.#options.capture?.secrets === true ? undefined : captured;
      return lastLook(this.world, devices, [...this.artefacts, [CAPTURE_FILE, closed]]);
    });
    this.heard = this.#ears?.recordings(this.world.record.events) ?? [];
    for (const { sound, octets } of this.heard) this.artefacts.set(sound.file, octets);
    if (captured !== undefined) this.artefacts.set(CAPTURE_FILE, captured);
  }
}

function refusalText({ code, message }: CalldrillError): string {
  return `${code}: ${message}`;
}
