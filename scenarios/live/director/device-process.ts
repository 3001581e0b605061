/**
 * A device as a process of its own: it goes to its director, becomes what it is told to be, and lives on the sockets of this host until the
 * director ends it or is gone. Its console is in the terminal, if there is one. Everything it holds is given back however it ends.
 */
import { connect, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { MILLISECOND, type Micros } from '../../../sim/clock.ts';
import { CalldrillError } from '../../../sim/errors.ts';
import { Trace } from '../../../sim/trace.ts';
import { LiveClock, LiveFabric, Sockets } from '../../../network/live/index.ts';
import { TOOL } from '../../runs/tool.ts';
import { AnswerHold } from './answer-hold.ts';
import { eventOf, tappedOf } from './device-telling.ts';
import { DirectorHearing } from './director-hearing.ts';
import { deviceBody, lagLines, type DeviceBody } from './device-body.ts';
import type { DeviceProcessOptions } from './device-options.ts';
import { controlError } from './errors.ts';
import { ExchangeFolder } from './exchange-folder.ts';
import {
  BEAT_MS,
  CONTROL_VERSION,
  errorOf,
  lineOf,
  parseToDevice,
  refusalOf,
  type Ask,
  type FromDevice,
  type Setup,
  type ToDevice,
} from './message.ts';
import { isProof, newNonce, proofOf } from './proof.ts';
import { monotonic } from '../monotonic.ts';

/** Nothing may have happened for so long, of real time, for a device to be quiet. */
const QUIET_MS = 50;
/** Asks that change nothing. */
const LOOKS: ReadonlySet<Ask> = new Set(['screen', 'complete', 'help', 'extract', 'state', 'facts', 'lag']);
/** What is due within this is waited for. */
const SOON: Micros = 100 * MILLISECOND;

/**
 * Lives until the director ends it. Rejects with the signal's reason, a defect, CONTROL_EXCHANGE, CONTROL_UNREACHABLE,
 * CONTROL_DIRECTOR_LOST, CONTROL_TOKEN, NETWORK_ADDRESS_UNUSABLE, and what the device's state is refused with.
 */
export async function runDevice(options: DeviceProcessOptions): Promise<void> {
  options.signal.throwIfAborted();
  const life = new DeviceLife(options);
  try {
    await life.live();
  } finally {
    await life.close();
  }
}

class DeviceLife {
  readonly #options: DeviceProcessOptions;
  readonly #exchange: ExchangeFolder;
  readonly #socket: Socket;
  readonly #clock: LiveClock;
  readonly #nonce = newNonce();
  #sockets: Sockets | undefined;
  #fabric: LiveFabric | undefined;
  #body: DeviceBody | undefined;
  /** Ends when nothing more is opened. */
  #building: Promise<void> | undefined;
  #answers: AnswerHold | undefined;
  #activeMs = 0;
  /** What came from the sockets before the clock runs. */
  #held: (() => void)[] | undefined = [];
  #settle: { readonly done: () => void; readonly fail: (reason: unknown) => void } = {
    done: () => undefined,
    fail: () => undefined,
  };
  readonly #interrupt = (): void => this.#fail(this.#options.signal.reason);

  constructor(options: DeviceProcessOptions) {
    this.#options = options;
    this.#exchange = ExchangeFolder.existing(options.exchange);
    this.#clock = new LiveClock({ monotonic, onDefect: (thrown) => this.#fail(thrown) });
    this.#socket = connect(options.director);
  }

  async live(): Promise<void> {
    const { signal, director, beatMs = BEAT_MS } = this.#options;
    const ended = new Promise<void>((done, fail) => (this.#settle = { done, fail }));
    signal.addEventListener('abort', this.#interrupt);
    const hearing = new DirectorHearing({
      socket: this.#socket,
      director,
      beatMs,
      hear: (line) => this.#hear(parseToDevice(line)),
      fail: (reason) => this.#fail(reason),
    });
    try {
      await ended;
    } finally {
      hearing.stop();
    }
  }

  async close(): Promise<void> {
    this.#options.signal.removeEventListener('abort', this.#interrupt);
    this.#clock.stop();
    try {
      await this.#building;
      await this.#body?.keep();
    } finally {
      // What was said last is on its way; the director closes when it has it.
      this.#socket.end();
      const timer = setTimeout(() => this.#socket.destroy(), 500);
      this.#socket.once('close', () => clearTimeout(timer));
      await this.#sockets?.close();
    }
  }

  #hear(message: ToDevice): void {
    switch (message.type) {
      case 'challenge':
        return this.#introduce(message.version, message.nonce);
      case 'setup':
        this.#building = this.#become(message);
        return;
      case 'start':
        return this.#start(message.time);
      case 'ask':
        if (message.time > this.#clock.elapsed) this.#clock.skip(message.time - this.#clock.elapsed);
        return this.#clock.enter(() => this.#answer(message));
      case 'quiet':
        void this.#tellState(message.round);
        return;
      case 'jump':
        return this.#clock.skip(message.by);
      case 'moved':
        return this.#sockets?.directory.place(message.name, message.address);
      case 'beat':
        return this.#say({ type: 'beat' });
      case 'end':
        return this.#settle.done();
      case 'bye':
        return this.#fail(errorOf(message, this.#options.name));
    }
  }

  #introduce(version: number, nonce: string): void {
    const { name, kind, token, bind } = this.#options;
    if (version !== CONTROL_VERSION)
      throw controlError('CONTROL_LINE', `version ${version} of the control channel is not known`);
    const proof = proofOf(token, 'device', nonce, name);
    this.#say({ type: 'hello', version, tool: TOOL, name, kind, nonce: this.#nonce, proof, address: bind });
  }

  async #become(setup: Setup): Promise<void> {
    const { name, kind, token } = this.#options;
    try {
      if (!isProof(setup.proof, proofOf(token, 'director', this.#nonce, name)))
        throw controlError('CONTROL_TOKEN', 'the director does not know the token');
      if (setup.name !== name || setup.kind !== kind || (kind === 'crs') !== (setup.handset === null))
        throw controlError('CONTROL_LINE', 'the director wants another device');
      await this.#build(setup);
      this.#say({ type: 'ready' });
    } catch (thrown) {
      if (thrown instanceof CalldrillError) this.#say({ type: 'failed', ...refusalOf(thrown) });
      this.#fail(thrown);
    }
  }

  async #build(setup: Setup): Promise<void> {
    const { name, bind, assets, state, sync } = this.#options;
    const elsewhere = new Map([...setup.hosts].filter(([host]) => host !== name));
    const sockets = await Sockets.open({ bind, addresses: new Map([[name, bind]]), elsewhere });
    this.#sockets = sockets;
    const clock = this.#clock;
    clock.runUntil(setup.time);
    const trace = new Trace(clock);
    const answers = new AnswerHold((event) => this.#say(eventOf(event)));
    this.#answers = answers;
    trace.listen((event) => answers.tell(event));
    const fabric = new LiveFabric({
      sockets,
      clock,
      trace,
      enter: (action) => {
        if (this.#held !== undefined) return void this.#held.push(action);
        this.#activeMs = performance.now();
        clock.enter(action);
        this.#keep();
      },
      onDefect: (thrown) => this.#fail(thrown),
    });
    this.#fabric = fabric;
    for (const { name: link, a, b } of setup.links) {
      const joined = fabric.link(link, a, b);
      if (a === name) joined.tap((captured) => this.#say(tappedOf(captured)));
    }
    const exchange = this.#exchange;
    this.#body = deviceBody({ setup, clock, trace, fabric, assets, exchange, state, sync });
  }

  /** Keeps what has changed, and waits for nothing. */
  #keep(): void {
    this.#body?.keep().catch((thrown: unknown) => this.#fail(thrown));
  }

  /** Somebody at the terminal types a line. Rejects with what the console throws. */
  async #typed(body: DeviceBody, line: string): Promise<readonly string[]> {
    let reply: readonly string[] = [];
    let refusal: unknown;
    // What the console refuses is for whoever typed it; it must not stop the clock.
    this.#clock.enter(() => {
      this.#activeMs = performance.now();
      try {
        reply = body.console.type(line, body.user);
      } catch (thrown) {
        refusal = thrown;
      }
    });
    await this.#kept(body);
    if (refusal !== undefined) throw refusal;
    return reply;
  }

  #start(time: Micros): void {
    const clock = this.#clock;
    clock.runUntil(time);
    clock.start({
      next: () => clock.next(),
      advanceTo: (until) => {
        if ((clock.next() ?? Infinity) <= until) this.#activeMs = performance.now();
        clock.runUntil(until);
        this.#keep();
      },
    });
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const action of held) clock.enter(action);
    const body = this.#body;
    if (body === undefined) return;
    this.#options.onStarted?.({ console: body.console, type: (line) => this.#typed(body, line) });
  }

  /** What an ask has changed is on the disk before it is answered. Everything else goes on meanwhile. */
  #answer(ask: Extract<ToDevice, { type: 'ask' }>): void {
    this.#activeMs = performance.now();
    const body = this.#body;
    if (body === undefined) return;
    const answer = this.#answerOf(body, ask);
    if (LOOKS.has(ask.what)) return this.#say(answer);
    this.#kept(body).then(
      () => this.#say(answer),
      (thrown: unknown) => {
        if (thrown instanceof CalldrillError)
          this.#say({ type: 'refused', id: ask.id, ...refusalOf(thrown) });
        this.#fail(thrown);
      },
    );
  }

  /** What was answered is told when it is on the disk. */
  async #kept(body: DeviceBody): Promise<void> {
    const answered = this.#answers?.take();
    try {
      await body.keep();
      answered?.isKept();
    } catch (thrown) {
      if (thrown instanceof CalldrillError) answered?.isLost(thrown);
      throw thrown;
    }
  }

  #answerOf(body: DeviceBody, { id, what, words }: Extract<ToDevice, { type: 'ask' }>): FromDevice {
    try {
      const lines = what === 'lag' ? lagLines(this.#clock) : body.answer(what, words);
      return { type: 'answer', id, lines };
    } catch (error) {
      if (!(error instanceof CalldrillError)) throw error;
      return { type: 'refused', id, ...refusalOf(error) };
    }
  }

  /** After every socket was looked at once more. */
  async #tellState(round: number): Promise<void> {
    await setImmediate();
    await setImmediate();
    const clock = this.#clock;
    const next = clock.next();
    const time = clock.elapsed;
    const idle = performance.now() - this.#activeMs >= QUIET_MS && this.#fabric?.isOpening === false;
    const quiet = idle && (next === undefined || next - time > SOON);
    this.#say({ type: 'state', round, quiet, next: next ?? null, time: Math.max(0, time) });
  }

  #say(message: FromDevice): void {
    if (!this.#socket.destroyed) this.#socket.write(lineOf(message));
  }

  #fail(reason: unknown): void {
    this.#clock.stop();
    this.#settle.fail(reason);
  }
}
