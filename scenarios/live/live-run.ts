/**
 * A live run: the same devices and people, the same lines, on real sockets and in real time. Here the world is put on the
 * machine's clock, randomness and network, its performance is driven by that clock, and everything is closed again, however
 * it ends. What a run means and how it is judged is the performance's business, as in a simulation.
 */
import type { Micros } from '../../sim/clock.ts';
import { LiveClock, LiveFabric, Sockets, type Lag } from '../../network/live/index.ts';
import type { Trace } from '../../sim/trace.ts';
import { Performance, TOOL, type RunProgress } from '../runs/index.ts';
import type { ResolvedScreenplay } from '../language/index.ts';
import type { Assets, Physics, WorldNetwork } from '../world/index.ts';
import { SystemRandom } from './system-random.ts';
import { monotonic } from './monotonic.ts';

/** What a live run takes from its machine, how late it may be, and the signal that ends it. */
export interface LiveRunOptions {
  /** Resolved to the variant. */
  readonly screenplay: ResolvedScreenplay;
  readonly assets: Assets;
  /** IP address of this machine that every device gets its sockets on. */
  readonly bind: string;
  /** The run is valid while the 99th percentile of the lag is within this. */
  readonly lagBound: Micros;
  /** Whether what everybody heard of their calls becomes sound files. */
  readonly heard?: boolean;
  readonly signal: AbortSignal;
  onProgress?(progress: RunProgress): void;
}

/** A live run that is over, its sockets closed: the performance to be judged, and how it kept to its schedule. */
export interface LiveRun {
  readonly performance: Performance;
  readonly timing: LiveTiming;
}

/** How well the machine kept to the schedule. */
export interface LiveTiming {
  readonly lag: Lag;
  readonly bound: Micros;
  readonly valid: boolean;
  /** Idle time that was skipped. */
  readonly skipped: Micros;
  /** Real time that the run took. */
  readonly elapsed: Micros;
}

/** What the trace and the reports have in place of a seed. */
export const LIVE_SEED = 'operating-system';

const PROGRESS_EVERY_MS = 500;

/** Runs a variant to its end. Rejects with the signal's reason, a defect of a device, NETWORK_ADDRESS_UNUSABLE. */
export async function runLive(options: LiveRunOptions): Promise<LiveRun> {
  options.signal.throwIfAborted();
  return new LivePerformance(options).run();
}

class LivePerformance {
  readonly #options: LiveRunOptions;
  readonly #clock: LiveClock;
  #fabric: LiveFabric | undefined;
  #settle: { readonly done: () => void; readonly fail: (reason: unknown) => void } = {
    done: () => undefined,
    fail: () => undefined,
  };

  constructor(options: LiveRunOptions) {
    this.#options = options;
    this.#clock = new LiveClock({
      monotonic,
      onDefect: (thrown) => this.#fail(thrown),
      mayJump: () => this.#fabric?.isOpening === false,
    });
  }

  async run(): Promise<LiveRun> {
    const { bind, signal } = this.#options;
    const sockets = await Sockets.open({ bind });
    const interrupt = (): void => this.#fail(signal.reason);
    const began = monotonic();
    let progress: NodeJS.Timeout | undefined;
    try {
      signal.throwIfAborted();
      signal.addEventListener('abort', interrupt);
      const performance = this.#performance(sockets);
      const ended = new Promise<void>((done, fail) => (this.#settle = { done, fail }));
      this.#drive(performance);
      progress = setInterval(() => this.#options.onProgress?.(progressOf(performance)), PROGRESS_EVERY_MS);
      await ended;
      return { performance, timing: { ...this.#timing, elapsed: monotonic() - began } };
    } finally {
      clearInterval(progress);
      signal.removeEventListener('abort', interrupt);
      this.#clock.stop();
      await sockets.close();
    }
  }

  #performance(sockets: Sockets): Performance {
    const { screenplay, assets, heard } = this.#options;
    const clock = this.#clock;
    const physics: Physics = {
      clock,
      random: new SystemRandom(),
      keys: new SystemRandom(),
      network: (trace) => this.#network(sockets, trace),
      ending: (trace) => {
        const { lag, bound, valid, skipped } = this.#timing;
        trace.append('live.lag', 'world', { ...lag, bound, valid, skipped });
      },
    };
    return new Performance({
      screenplay,
      assets,
      physics,
      seed: LIVE_SEED,
      keySeed: LIVE_SEED,
      tool: TOOL,
      broken: [],
      played: [],
      heard,
    });
  }

  #network(sockets: Sockets, trace: Trace): WorldNetwork {
    const clock = this.#clock;
    const enter = (action: () => void): void => clock.enter(action);
    const onDefect = (thrown: unknown): void => this.#fail(thrown);
    this.#fabric = new LiveFabric({ sockets, clock, trace, enter, onDefect });
    return this.#fabric;
  }

  /** The performance types its lines as time goes by, and ends by itself. */
  #drive(performance: Performance): void {
    const clock = this.#clock;
    clock.start({
      next: () => Math.min(clock.next() ?? Infinity, performance.nextDue ?? Infinity, performance.endsAt),
      advanceTo: (time) => {
        performance.advanceTo(time);
        if (!performance.over) return;
        clock.stop();
        this.#settle.done();
      },
    });
  }

  get #timing(): Omit<LiveTiming, 'elapsed'> {
    const { lag, jumped: skipped } = this.#clock;
    const { lagBound: bound } = this.#options;
    return { lag, bound, valid: lag.p99 <= bound, skipped };
  }

  #fail(reason: unknown): void {
    this.#clock.stop();
    this.#settle.fail(reason);
  }
}

/** How far a performance has come. */
export function progressOf({ world, now, endsAt }: Performance): RunProgress {
  const { id, variant } = world.options.screenplay;
  return { scenario: id, variant: variant.name, time: now, ends: endsAt };
}
