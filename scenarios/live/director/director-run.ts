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
import { assert, CalldrillError } from '../../../sim/errors.ts';
import type { Trace } from '../../../sim/trace.ts';
import { LiveClock, LiveFabric, Sockets } from '../../../network/live/index.ts';
import { Performance, TOOL } from '../../runs/index.ts';
import { eventFieldsOf, MDM, type Physics } from '../../world/index.ts';
import { LIVE_SEED, progressOf, type LiveTiming } from '../live-run.ts';
import { SystemRandom } from '../system-random.ts';
import { Attendance, deviceLost } from './attendance.ts';
import { ControlLine } from './control-line.ts';
import type { DeviceTold } from './control-server.ts';
import type { DirectorHand, DirectorOptions } from './director-options.ts';
import { controlError } from './errors.ts';
import { ExchangeFolder } from './exchange-folder.ts';
import { KeptFile } from './kept-file.ts';
import type { FromDevice } from './message.ts';
import { offsetMs, RemoteDevices } from './remote-devices.ts';
import { remoteKinds } from './remote-kinds.ts';
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
  readonly #attendance: Attendance;
  readonly #places: DevicePlaces;
  #port = 0;
  /** The token in it is that of this run. */
  #ownsFolder = false;
  #sockets: Sockets | undefined;
  #fabric: LiveFabric | undefined;
  #performance: Performance | undefined;
  #running = false;
  #over = false;
  #jumpAsked = false;
  #lags: readonly DeviceTiming[] = [];
  readonly #point = new TurningPoint();

  /** Nothing secret stays in anybody's hands, and the folder is left as the next run wants it: with the states of this one. */
  readonly #putAway = (): void => {
    if (this.#options.folder === undefined) rmSync(this.#folder, { recursive: true, force: true });
    if (!this.#ownsFolder) return;
    this.#exchange.clear();
    this.#tokenFile.forget();
  };

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
    const { kinds: awaited, ownAddress: own } = this.#places;
    this.#line = new ControlLine({ bind, port, token: this.#token, awaited, own }, (told) =>
      this.#arrived(told),
    );
    this.#devices = new RemoteDevices({
      ...{ kinds: this.#places.kinds, eventFields: eventFieldsOf(options.assets.kinds) },
      line: this.#line,
      now: () => this.#clock.now(),
      elapsed: () => this.#clock.elapsed,
      onJoined: (device) => this.#joined(device),
      onReady: (device) => this.#ready(device),
      onLost: (device, reason) => this.#attendance.lost(device, reason),
      onTapped: (message) => this.#tapped(message),
    });
    this.#attendance = new Attendance({
      places: this.#places,
      program,
      at: () => ({ port: this.#port, folder: this.#folder }),
      tell: (text) => options.tell(text),
      goesOn: (device, reason) => this.#goesOnWithout(device, reason),
      fail: (reason) => this.#fail(reason),
    });
  }

  /**
   * Runs the variant to its end. Rejects with the signal's reason, a defect, CONTROL_CHANNEL, CONTROL_DEVICE_LOST,
   * CONTROL_NOT_JOINED, NETWORK_ADDRESS_UNUSABLE, or what a device could not begin with.
   */
  async run(): Promise<DirectedRun> {
    const { signal } = this.#options;
    const interrupt = (): void => this.#fail(signal.reason);
    const began = monotonic();
    let progress: NodeJS.Timeout | undefined;
    signal.addEventListener('abort', interrupt);
    // The second Ctrl-C ends the process at once.
    process.on('exit', this.#putAway);
    try {
      signal.throwIfAborted();
      await this.#point.until(
        () => this.#port > 0,
        JOIN_MS,
        () => 'the control channel',
      );
      await this.#tokenFile.create(new TextEncoder().encode(`${this.#token}\n`));
      this.#ownsFolder = true;
      this.#attendance.startAll();
      const byHand = this.#options.waitFor.length > 0;
      await this.#point.until(
        () => this.#devices.missing.length === 0,
        byHand ? Infinity : JOIN_MS,
        () => this.#devices.missing.join(', '),
      );
      const own = this.#places.ownAddress;
      this.#sockets = await Sockets.open({
        bind: own,
        addresses: new Map([[MDM, own]]),
        elsewhere: this.#hosts,
      });
      const performance = this.#perform(this.#sockets);
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
      this.#clock.stop();
      this.#over = true;
      for (const { name } of this.#devices.all) this.#devices.send(name, { type: 'end' });
      await this.#attendance.close();
      await this.#line.close();
      await this.#sockets?.close();
      process.off('exit', this.#putAway);
      this.#putAway();
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
    let refusal: CalldrillError | undefined;
    // What the device does not answer is for whoever looks at it; it must not stop the clock.
    this.#clock.enter(() => {
      try {
        if (this.#devices.named(device).ready) shown = this.#devices.ask(device, 'screen');
      } catch (error) {
        if (!(error instanceof CalldrillError)) throw error;
        refusal = error;
      }
    });
    if (refusal !== undefined) throw refusal;
    return shown;
  }

  kill(device: string): string {
    return this.#attendance.kill(device);
  }

  restart(device: string): string {
    return this.#attendance.restart(device);
  }

  leave(): void {
    this.#attendance.leave();
  }

  get #hosts(): ReadonlyMap<string, string> {
    return new Map([
      [MDM, this.#places.ownAddress],
      ...this.#devices.all.map(({ name, address }) => [name, address ?? this.#places.ownAddress] as const),
    ]);
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
      merged: (trace) => devices.merged(trace),
    };
    const kinds = remoteKinds(assets.kinds, devices, exchange);
    return new Performance({
      screenplay,
      assets: { ...assets, kinds },
      physics,
      seed: LIVE_SEED,
      tool: TOOL,
      broken: [],
      played: [],
    });
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

  #arrived(told: DeviceTold): void {
    const take = (): void => this.#line.takeAll((each) => this.#take(each));
    // What a device says of its state is not something that happens.
    if (!this.#running || this.#line.isWaiting || (told.kind === 'said' && told.message.type === 'state'))
      take();
    else this.#clock.enter(take);
    this.#point.changed();
  }

  #take(told: DeviceTold): void {
    if (told.kind === 'listening') this.#port = told.port;
    else if (told.kind === 'failed')
      this.#fail(controlError('CONTROL_CHANNEL', `devices could not come here: ${told.reason}`));
    else this.#devices.take(told);
  }

  #joined(device: string): void {
    this.#attendance.joined(device);
    if (!this.#running) return;
    const { address } = this.#devices.named(device);
    if (address !== undefined && address !== this.#sockets?.directory.ownAddressOf(device)) {
      this.#sockets?.directory.place(device, address);
      this.#devices.sendAll({ type: 'moved', name: device, address });
    }
    this.#setUp(device);
  }

  #ready(device: string): void {
    if (this.#running) this.#devices.send(device, { type: 'start', time: this.#clock.elapsed });
  }

  #goesOnWithout(device: string, reason: string): boolean {
    if (this.#over) return false;
    const { failure } = this.#devices.named(device);
    if (failure !== undefined || !this.#running) {
      this.#fail(failure ?? deviceLost(device, reason));
      return false;
    }
    this.#clock.enter(() => this.#devices.recordLoss(device, reason));
    return true;
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
