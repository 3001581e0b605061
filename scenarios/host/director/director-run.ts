/**
 * A directed run: the devices are processes, the director has everything else. It reads the screenplay, types the lines on their
 * consoles at their times, carries codes and discs to them, and judges the traces of all of them as one. CMS, MDM, people, attackers and
 * the examiner are in the director's own world; where that has a CRS or a phone, it has only the line to its process.
 *
 * Time is the director's. When nothing is due anywhere in a while and no device has anything under way, all clocks are set on by
 * the same stretch. While a device is missing none is: whoever starts it again is a person, and needs time.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MILLISECOND, type Micros } from '../../../sim/clock.ts';
import { assert } from '../../../sim/errors.ts';
import type { Trace } from '../../../sim/trace.ts';
import { LiveClock, LiveFabric, Sockets } from '../../../network/live/index.ts';
import { Performance, TOOL } from '../../run/index.ts';
import { MDM, type Physics } from '../../world/index.ts';
import { LIVE_SEED, progressOf, type LiveTiming } from '../live/live-run.ts';
import { SystemRandom } from '../live/system-random.ts';
import { Children } from './children.ts';
import { ControlLine } from './control-line.ts';
import type { Told } from './control-server.ts';
import type { DirectorHand, DirectorOptions } from './director-options.ts';
import { controlError } from './errors.ts';
import { ExchangeFolder } from './exchange-folder.ts';
import { KeptFile } from './kept-file.ts';
import type { FromDevice } from './message.ts';
import { offsetMs, RemoteDevices } from './remote-devices.ts';
import { RemoteCrs } from './remote-crs.ts';
import { RemoteHandset } from './remote-handset.ts';
import { TurningPoint } from './turning-point.ts';
import { DevicePlaces } from './device-places.ts';
import { setupOf } from './device-setup.ts';
import { timingOf, type DeviceTiming } from './device-timing.ts';

export interface DirectedRun {
  readonly performance: Performance;
  /** Of the slowest process. */
  readonly timing: LiveTiming;
  readonly devices: readonly DeviceTiming[];
}

const JOIN_MS = 60_000;
const READY_MS = 30_000;
const PROGRESS_EVERY_MS = 500;

const monotonic = (): Micros => Math.floor(performance.now() * MILLISECOND);

export class Director implements DirectorHand {
  readonly #options: DirectorOptions;
  readonly #clock: LiveClock;
  readonly #folder: string;
  readonly #exchange: ExchangeFolder;
  readonly #token: string;
  readonly #tokenFile: KeptFile;
  readonly #line: ControlLine;
  readonly #devices: RemoteDevices;
  readonly #children: Children;
  readonly #places: DevicePlaces;
  #port = 0;
  #fabric: LiveFabric | undefined;
  #performance: Performance | undefined;
  #running = false;
  #left = false;
  #over = false;
  /** Devices that are killed so that they start again. */
  readonly #restarting = new Set<string>();
  /** Devices whose loss was told. */
  readonly #missing = new Set<string>();
  #jumpAsked = false;
  #lags: readonly DeviceTiming[] = [];
  readonly #point = new TurningPoint();

  constructor(options: DirectorOptions) {
    this.#options = options;
    const { folder, bind, port, program } = options;
    this.#places = new DevicePlaces(options);
    this.#folder = folder ?? mkdtempSync(join(tmpdir(), 'calldrill-director-'));
    // Refuses a folder that others may read, before anything is put into it.
    this.#tokenFile = new KeptFile(this.#folder, 'token');
    this.#token = randomBytes(32).toString('hex');
    this.#exchange = new ExchangeFolder(join(this.#folder, 'exchange'));
    this.#clock = new LiveClock({
      monotonic,
      onDefect: (thrown) => this.#fail(thrown),
      mayJump: () => this.#mayJump(),
      onJump: (by) => this.#devices.sendAll({ type: 'jump', by }),
    });
    this.#line = new ControlLine({ bind, port, token: this.#token, awaited: this.#places.kinds }, (told) =>
      this.#take(told),
    );
    this.#devices = new RemoteDevices({
      kinds: this.#places.kinds,
      line: this.#line,
      now: () => this.#clock.now(),
      elapsed: () => this.#clock.elapsed,
      onJoined: (device) => this.#joined(device),
      onReady: (device) => this.#ready(device),
      onLost: (device, reason) => this.#lost(device, reason),
      onTapped: (message) => this.#tapped(message),
    });
    this.#children = new Children(program, (device, reason) => this.#gone(device, reason));
  }

  /**
   * Runs the variant to its end. Rejects with the signal's reason, a defect, CONTROL_DEVICE_LOST, CONTROL_NOT_JOINED,
   * NETWORK_ADDRESS_UNUSABLE, or what a device could not begin with.
   */
  async run(): Promise<DirectedRun> {
    const { signal } = this.#options;
    const interrupt = (): void => this.#fail(signal.reason);
    const began = monotonic();
    let sockets: Sockets | undefined;
    let progress: NodeJS.Timeout | undefined;
    signal.addEventListener('abort', interrupt);
    try {
      signal.throwIfAborted();
      await this.#point.until(
        () => this.#port > 0,
        JOIN_MS,
        () => 'the control channel',
      );
      await this.#tokenFile.save(new TextEncoder().encode(`${this.#token}\n`));
      this.#startAll();
      const byHand = this.#options.waitFor.length > 0;
      await this.#point.until(
        () => this.#devices.missing.length === 0,
        byHand ? Infinity : JOIN_MS,
        () => this.#devices.missing.join(', '),
      );
      const own = this.#places.ownAddress;
      sockets = await Sockets.open({ bind: own, addresses: new Map([[MDM, own]]), elsewhere: this.#hosts });
      const performance = this.#perform(sockets);
      this.#performance = performance;
      for (const { name } of this.#devices.all) this.#setUp(name);
      await this.#point.until(
        () => this.#devices.all.every(({ ready }) => ready),
        READY_MS,
        () => this.#devices.all.flatMap(({ name, ready }) => (ready ? [] : [name])).join(', '),
      );
      this.#drive(performance);
      progress = setInterval(() => this.#options.onProgress?.(progressOf(performance)), PROGRESS_EVERY_MS);
      await this.#point.until(
        () => this.#over,
        Infinity,
        () => '',
      );
      return {
        performance,
        timing: { ...this.#timing, elapsed: monotonic() - began },
        devices: this.#lags,
      };
    } finally {
      clearInterval(progress);
      signal.removeEventListener('abort', interrupt);
      this.#running = false;
      this.#left = true;
      this.#clock.stop();
      this.#over = true;
      for (const { name } of this.#devices.all) this.#devices.send(name, { type: 'end' });
      await this.#children.close();
      await this.#line.close();
      await sockets?.close();
      if (this.#options.folder === undefined) rmSync(this.#folder, { recursive: true, force: true });
      else this.#tokenFile.forget();
    }
  }

  devices(): readonly string[] {
    return this.#devices.all.map(({ name, kind, address, ready, offset }) =>
      ready
        ? `${name}: ${kind} at ${address ?? 'nowhere'}, clock ${offsetMs(offset)} ms from the director's`
        : `${name}: ${kind}, not here`,
    );
  }

  screen(device: string): readonly string[] {
    this.#places.require(device);
    let shown: readonly string[] = [`${device} is not here`];
    this.#clock.enter(() => {
      if (this.#devices.named(device).ready) shown = this.#devices.ask(device, 'screen');
    });
    return shown;
  }

  kill(device: string): string {
    this.#places.require(device);
    if (!this.#children.kill(device))
      throw controlError('CONTROL_COMMAND', `the process of ${device} is not one that the director started`);
    return `${device} is killed.`;
  }

  restart(device: string): string {
    this.#places.require(device);
    if (this.#places.isAwaited(device))
      throw controlError('CONTROL_COMMAND', `${device} is started by hand:\n  ${this.#lineFor(device)}`);
    if (this.#children.has(device)) {
      this.#restarting.add(device);
      this.#children.kill(device);
      return `${device} is killed, and starts again.`;
    }
    this.#start(device);
    return `${device} starts again.`;
  }

  leave(): void {
    this.#left = true;
  }

  get #hosts(): ReadonlyMap<string, string> {
    return new Map([
      [MDM, this.#places.ownAddress],
      ...this.#devices.all.map(({ name, address }) => [name, address ?? this.#places.ownAddress] as const),
    ]);
  }

  #startAll(): void {
    const { awaited, started } = this.#places;
    if (awaited.length > 0) {
      this.#options.tell('Type these lines where the devices should be (the token file goes there too):');
      for (const name of awaited) this.#options.tell(`  ${this.#lineFor(name)}`);
    }
    for (const name of started) this.#start(name);
  }

  #lineFor(device: string): string {
    return this.#places.lineFor(device, this.#port, this.#folder);
  }

  #start(device: string): void {
    const words = this.#places.wordsFor(device, this.#port, this.#folder);
    this.#children.start(device, [...words, '--no-console']);
  }

  #perform(sockets: Sockets): Performance {
    const { screenplay, assets } = this.#options;
    const clock = this.#clock;
    const devices = this.#devices;
    const exchange = this.#exchange;
    const physics: Physics = {
      clock,
      random: new SystemRandom(),
      network: (trace) => {
        devices.recordIn(trace);
        this.#fabric = new LiveFabric({
          sockets,
          clock,
          trace,
          enter: (action) => clock.enter(action),
          onDefect: (thrown) => this.#fail(thrown),
        });
        return this.#fabric;
      },
      ending: (trace) => this.#ending(trace),
      elsewhere: {
        crs: (name, trace) => new RemoteCrs(name, devices, exchange, trace),
        handset: (name, user, trace) => new RemoteHandset(name, user, devices, exchange, trace),
        merged: (trace) => devices.merged(trace),
      },
    };
    const broken = { broken: [], played: [] };
    return new Performance({ screenplay, assets, physics, seed: LIVE_SEED, tool: TOOL, ...broken });
  }

  #ending(trace: Trace): void {
    this.#lags = this.#devices.all.flatMap(({ name, ready, offset }) => {
      if (!ready) return [];
      const [events = 0, p50 = 0, p99 = 0, max = 0] = this.#devices.ask(name, 'lag').map(Number);
      return [{ device: name, lag: { events, p50, p99, max }, offsetMs: offsetMs(offset) }];
    });
    const { lag, bound, valid, skipped } = this.#timing;
    trace.append('live.lag', 'world', { ...lag, bound, valid, skipped });
  }

  get #timing(): Omit<LiveTiming, 'elapsed'> {
    const { lag, jumped } = this.#clock;
    return timingOf(lag, this.#lags, this.#options.lagBound, jumped);
  }

  #setUp(device: string): void {
    const performance = this.#performance;
    assert(performance !== undefined && this.#fabric !== undefined, 'devices are set up for a world');
    const { screenplay, assets } = this.#options;
    const { proof } = this.#devices.named(device);
    const { links } = this.#fabric;
    this.#devices.send(
      device,
      setupOf(device, {
        screenplay,
        proof,
        links,
        time: this.#running ? this.#clock.elapsed : 0,
        hosts: this.#hosts,
        voices: assets.speech.length,
        events: performance.world.trace.events,
      }),
    );
  }

  #drive(performance: Performance): void {
    const clock = this.#clock;
    this.#running = true;
    this.#devices.sendAll({ type: 'start', time: 0 });
    clock.start({
      next: () =>
        Math.min(
          clock.next() ?? Infinity,
          performance.nextDue ?? Infinity,
          performance.endsAt,
          this.#nextElsewhere,
        ),
      advanceTo: (time) => {
        performance.advanceTo(time);
        if (!performance.over) return;
        clock.stop();
        this.#over = true;
        this.#point.changed();
      },
    });
  }

  /** What was due on a device by now has been done there, or will be told. */
  get #nextElsewhere(): Micros {
    const { next } = this.#devices;
    return next > this.#clock.elapsed ? next : Infinity;
  }

  /** A stretch is skipped when every device was asked since anything happened, and is quiet. */
  #mayJump(): boolean {
    if (this.#fabric?.isOpening === true || this.#devices.missing.length > 0) return false;
    if (this.#jumpAsked && this.#devices.quiet) {
      this.#jumpAsked = false;
      return true;
    }
    this.#jumpAsked = true;
    this.#devices.askQuiet();
    return false;
  }

  #take(told: Told): void {
    if (told.kind === 'listening') {
      this.#port = told.port;
      return this.#point.changed();
    }
    if (told.kind === 'failed')
      return this.#fail(controlError('CONTROL_UNREACHABLE', `the control channel: ${told.reason}`));
    const take = (): void => this.#devices.take(told);
    // What a device says of its state is not something that happens.
    if (!this.#running || this.#line.isWaiting || (told.kind === 'said' && told.message.type === 'state'))
      take();
    else this.#clock.enter(take);
    this.#point.changed();
  }

  #joined(device: string): void {
    this.#missing.delete(device);
    this.#options.tell(`${device} is here.`);
    if (this.#running) this.#setUp(device);
  }

  #ready(device: string): void {
    if (this.#running) this.#devices.send(device, { type: 'start', time: this.#clock.elapsed });
  }

  /** Of a process of its own the director knows soon how it ended. */
  #lost(device: string, reason: string): void {
    if (!this.#children.has(device)) this.#gone(device, reason);
  }

  #gone(device: string, reason: string): void {
    const back = this.#restarting.delete(device);
    // A process ends and its connection breaks, in either order: that is one loss.
    if (this.#over || this.#missing.has(device)) return;
    this.#missing.add(device);
    const { failure } = this.#devices.named(device);
    if (failure !== undefined) return this.#fail(failure);
    if (!this.#running || (this.#left && !this.#places.isAwaited(device))) {
      const detail = `${device} is gone: ${reason}`;
      return this.#fail(controlError('CONTROL_DEVICE_LOST', detail, { where: { device } }));
    }
    this.#clock.enter(() => this.#devices.recordLoss(device, reason));
    if (back) return this.#start(device);
    const again = this.#places.isAwaited(device) ? this.#lineFor(device) : `restart ${device}`;
    this.#options.tell(`${device} is gone: ${reason}. No time is skipped until it is back: ${again}`);
  }

  #tapped({ link, protocol, from, to, octets, tcp }: Extract<FromDevice, { type: 'tapped' }>): void {
    const tapped = this.#fabric?.linkNamed(link);
    if (tapped === undefined) return;
    const packet = { protocol, from, to, octets: new Uint8Array(Buffer.from(octets, 'base64')) };
    tapped.see(tcp === null ? packet : { ...packet, tcp }, tapped.ends[0]);
  }

  #fail(reason: unknown): void {
    this.#clock.stop();
    this.#point.fail(reason);
  }
}
