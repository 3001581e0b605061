/** A live network for tests: a phone and a server on the loopback, one link, one tap, and a way to wait. */
import { setImmediate } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { VirtualClock } from '../../sim/clock.ts';
import { Trace } from '../../sim/trace.ts';
import type { Attachment } from '../fabric.ts';
import type { CapturedPacket } from '../packet.ts';
import { LiveFabric } from './fabric.ts';
import { Sockets } from './sockets.ts';

/** Turns of the event loop without an event after which nothing is on its way: on a loopback a datagram arrives as it is sent. */
const QUIET_TURNS = 25;

interface ToldDefects {
  events: number;
  readonly defects: unknown[];
  before: () => void;
}

/** A phone and a server on the loopback whose clock stands still until the test turns it. */
export class LiveNetwork {
  readonly clock: VirtualClock;
  readonly trace: Trace;
  readonly fabric: LiveFabric;
  readonly phone: Attachment;
  readonly crs: Attachment;
  readonly captured: CapturedPacket[] = [];
  /** What was due before the next event. */
  set before(action: () => void) {
    this.#told.before = action;
  }
  readonly #sockets: Sockets;
  readonly #told: ToldDefects;

  private constructor(
    clock: VirtualClock,
    trace: Trace,
    sockets: Sockets,
    fabric: LiveFabric,
    told: ToldDefects,
  ) {
    this.clock = clock;
    this.trace = trace;
    this.#sockets = sockets;
    this.fabric = fabric;
    this.#told = told;
    this.phone = fabric.attach('alice-phone');
    this.crs = fabric.attach('crs');
    fabric.link('alice-crs', 'alice-phone', 'crs').tap((packet) => this.captured.push(packet));
  }

  static async open(addresses: ReadonlyMap<string, string> = new Map()): Promise<LiveNetwork> {
    const clock = new VirtualClock();
    const trace = new Trace(clock);
    const told: ToldDefects = { events: 0, defects: [], before: () => undefined };
    const enter = (action: () => void): void => {
      told.events++;
      told.before();
      action();
    };
    const onDefect = (thrown: unknown): void => void told.defects.push(thrown);
    const sockets = await Sockets.open({ bind: '127.0.0.1', addresses, spare: 4 });
    const fabric = new LiveFabric({ sockets, clock, trace, enter, onDefect });
    return new LiveNetwork(clock, trace, sockets, fabric, told);
  }

  get defects(): readonly unknown[] {
    return this.#told.defects;
  }

  /** Waits until `done` holds, or without it until nothing more can be on its way. */
  async settle(done?: () => boolean): Promise<void> {
    if (done !== undefined) {
      for (let isDone = done(); !isDone && this.defects.length === 0; isDone = done()) await setImmediate();
      return;
    }
    for (let quiet = 0, before = this.#told.events; quiet < QUIET_TURNS; quiet++) {
      await setImmediate();
      if (this.#told.events !== before || this.fabric.isOpening) quiet = 0;
      before = this.#told.events;
    }
  }

  /** Closes everything, and sees that it is closed. */
  async close(): Promise<void> {
    await this.#sockets.close();
    if (this.#sockets.open > 0) throw new Error(`${this.#sockets.open} sockets are open still`);
  }
}

/** A test with a network that is closed afterwards. */
export function onLive(
  title: string,
  body: (t: ExecutionContext, network: LiveNetwork) => Promise<void>,
): void {
  test(title, async (t) => {
    const network = await LiveNetwork.open();
    try {
      await body(t, network);
    } finally {
      await network.close();
    }
  });
}
