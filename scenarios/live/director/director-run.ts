/**
 * A directed run: the devices are processes, the director has everything else. It reads the screenplay, types the lines on their
 * consoles at their times, carries codes and discs to them, and judges the traces of all of them as one. CMS, MDM, people, attackers and
 * the examiner are in the director's own world; where that has a CRS or a phone, it has only the line to its process.
 *
 * Time is the director's. When nothing is due anywhere in a while and no device has anything under way, all clocks are set on by
 * the same stretch. While a device is missing none is: whoever starts it again is a person, and needs time.
 */
import { assert } from '../../../sim/errors.ts';
import type { Trace } from '../../../sim/trace.ts';
import { LiveClock, Sockets } from '../../../network/live/index.ts';
import type { Performance } from '../../runs/index.ts';
import { eventFieldsOf, MDM } from '../../world/index.ts';
import { progressOf, type LiveTiming } from '../live-run.ts';
import { Attendance, deviceLost } from './attendance.ts';
import { ControlLine } from './control-line.ts';
import type { DeviceTold } from './control-server.ts';
import type { DirectorHand, DirectorOptions } from './director-options.ts';
import { controlError } from './errors.ts';
import { RemoteDevices } from './remote-devices.ts';
import { RunFolder } from './run-folder.ts';
import { TurningPoint } from './turning-point.ts';
import { QuietVote } from './quiet-vote.ts';
import { hostsOf, lagsOf, nextElsewhere, rosterOf, screenOf, tellMoved } from './device-look.ts';
import { directedWorld, showTapped, type DirectedWorld } from './directed-performance.ts';
import { DevicePlaces } from './device-places.ts';
import { setupOf } from './device-setup.ts';
import type { DirectedRun } from './directed-run.ts';
import { timingOf, type DeviceTiming } from './device-timing.ts';
import { monotonic } from '../monotonic.ts';

const JOIN_MS = 60_000;
const READY_MS = 30_000;
const PROGRESS_EVERY_MS = 500;

/** One directed run, from waiting for its devices to giving everything back. */
export class Director implements DirectorHand {
  readonly #options: DirectorOptions;
  readonly #clock: LiveClock;
  readonly #folder: RunFolder;
  readonly #line: ControlLine;
  readonly #devices: RemoteDevices;
  readonly #attendance: Attendance;
  readonly #places: DevicePlaces;
  #port = 0;
  #sockets: Sockets | undefined;
  #world: DirectedWorld | undefined;
  #running = false;
  #over = false;
  readonly #vote: QuietVote;
  #lags: readonly DeviceTiming[] = [];
  readonly #point = new TurningPoint();

  readonly #putAway = (): void => this.#folder.putAway();

  constructor(options: DirectorOptions) {
    this.#options = options;
    const { folder, bind, port, program } = options;
    this.#places = new DevicePlaces(options);
    this.#folder = new RunFolder(folder);
    this.#clock = new LiveClock({
      monotonic,
      onDefect: (thrown) => this.#fail(thrown),
      mayJump: () => this.#vote.mayJump(this.#world?.fabric.isOpening === true),
      onJump: (by) => this.#devices.sendAll({ type: 'jump', by }),
    });
    const { kinds: awaited, ownAddress: own } = this.#places;
    this.#line = new ControlLine({ bind, port, token: this.#folder.token, awaited, own }, (told) =>
      this.#arrived(told),
    );
    this.#devices = new RemoteDevices({
      kinds: this.#places.kinds,
      eventFields: eventFieldsOf(options.assets.kinds),
      line: this.#line,
      now: () => this.#clock.now(),
      elapsed: () => this.#clock.elapsed,
      onJoined: (device) => this.#joined(device),
      onReady: (device) => this.#ready(device),
      onLost: (device, reason) => this.#attendance.lost(device, reason),
      onTapped: (message) => showTapped(this.#world?.fabric, message),
    });
    this.#vote = new QuietVote(this.#devices);
    this.#attendance = new Attendance({
      places: this.#places,
      program,
      at: () => ({ port: this.#port, folder: this.#folder.path }),
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
      await this.#gather();
      const { performance } = await this.#build();
      this.#drive(performance);
      progress = setInterval(() => this.#options.onProgress?.(progressOf(performance)), PROGRESS_EVERY_MS);
      await this.#ended();
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
    return rosterOf(this.#devices);
  }

  screen(device: string): readonly string[] {
    this.#places.require(device);
    return screenOf(this.#devices, this.#clock, device);
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

  #ended(): Promise<void> {
    const isOver = (): boolean => this.#over;
    return this.#point.until(isOver, Infinity, () => '');
  }

  /** Opens the channel and waits until every device has come. */
  async #gather(): Promise<void> {
    await this.#point.until(
      () => this.#port > 0,
      JOIN_MS,
      () => 'the control channel',
    );
    await this.#folder.open();
    this.#attendance.startAll();
    const byHand = this.#options.waitFor.length > 0;
    await this.#point.until(
      () => this.#devices.missing.length === 0,
      byHand ? Infinity : JOIN_MS,
      () => this.#devices.missing.join(', '),
    );
  }

  /** Builds the world and waits until every device is ready for it. */
  async #build(): Promise<DirectedWorld> {
    const own = this.#places.ownAddress;
    const sockets = await Sockets.open({
      bind: own,
      addresses: new Map([[MDM, own]]),
      elsewhere: hostsOf(this.#devices, own),
    });
    this.#sockets = sockets;
    const world = directedWorld({
      options: this.#options,
      sockets,
      clock: this.#clock,
      devices: this.#devices,
      exchange: this.#folder.exchange,
      onDefect: (thrown) => this.#fail(thrown),
      ending: (trace) => this.#ending(trace),
    });
    this.#world = world;
    for (const { name } of this.#devices.all) this.#setUp(name);
    await this.#point.until(
      () => this.#devices.all.every(({ ready }) => ready),
      READY_MS,
      () => this.#devices.all.flatMap(({ name, ready }) => (ready ? [] : [name])).join(', '),
    );
    return world;
  }

  #ending(trace: Trace): void {
    this.#lags = lagsOf(this.#devices);
    const { lag, bound, valid, skipped } = this.#timing;
    trace.append('live.lag', 'world', { ...lag, bound, valid, skipped });
  }

  get #timing(): Omit<LiveTiming, 'elapsed'> {
    const { lag, jumped } = this.#clock;
    return timingOf(lag, this.#lags, this.#options.lagBound, jumped);
  }

  #setUp(device: string): void {
    const world = this.#world;
    assert(world !== undefined, 'devices are set up for a world');
    const { screenplay, assets } = this.#options;
    const { proof } = this.#devices.named(device);
    const { links } = world.fabric;
    this.#devices.send(
      device,
      setupOf(device, {
        screenplay,
        proof,
        links,
        time: this.#running ? this.#clock.elapsed : 0,
        hosts: hostsOf(this.#devices, this.#places.ownAddress),
        voices: assets.speech.length,
        events: world.performance.world.trace.events,
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
          nextElsewhere(this.#devices, clock.elapsed),
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
    if (this.#sockets !== undefined) tellMoved(this.#devices, this.#sockets.directory, device);
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

  #fail(reason: unknown): void {
    this.#clock.stop();
    this.#point.fail(reason);
  }
}
