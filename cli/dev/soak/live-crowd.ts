/**
 * A crowd of handsets and their server on real sockets, in real time, in calls: what soaks and hostile tests begin with. It is not a
 * scenario: nobody judges it, and time is never skipped.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { DAY, MILLISECOND, SECOND, type Micros } from '../../../sim/clock.ts';
import { assert } from '../../../sim/errors.ts';
import { Trace } from '../../../sim/trace.ts';
import type { Address, Attachment } from '../../../network/fabric.ts';
import type { TappableLink } from '../../../network/tap.ts';
import { LiveClock, LiveFabric, Sockets } from '../../../network/live/index.ts';
import { BEGINS, Crowd, isRegistered, nameOf, phoneOf } from '../../../devices/crowd.bench.ts';
import type { CrsStorage } from '../../../devices/crs/index.ts';
import { deploymentOf } from '../../../devices/deployment.ts';
import { Rules } from '../../../devices/rules.ts';
import { SIPS_PORT } from '../../../devices/signalling/packages.ts';
import { loadQrReader } from '../../../devices/zxing/qr-reader.ts';
import { SystemRandom } from '../../../scenarios/live/system-random.ts';

/** How many phones, how many of them in calls, and who looks at their links. */
export interface LiveCrowdOptions {
  readonly handsets: number;
  /** The first two handsets are in the first call, and so on. */
  readonly calls: number;
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
  /** Told of the link of each phone when there is one. */
  readonly onLink?: (link: TappableLink) => void;
  /** Sees the attachment of every device; returns what the device gets. */
  readonly watch?: (attachment: Attachment) => Attachment;
  /** Of the server; it has none when left out. */
  readonly storage?: CrsStorage;
}

const LOOPBACK = '127.0.0.1';
/** Between two phones that are switched on, or two calls: a handshake or a key exchange is over by then. */
const APART: Micros = 50 * MILLISECOND;
const CALLS_APART: Micros = 300 * MILLISECOND;
const SETTING_UP_MS = 60_000;
const LOOK_EVERY_MS = 20;

/** Handsets registered and talking on the loopback until it is closed; defects of devices reject what is awaited. */
export class LiveCrowd {
  readonly clock: LiveClock;
  readonly trace: Trace;
  readonly crowd: Crowd;
  /** Where the server listens. */
  readonly port: number;
  readonly #sockets: Sockets;
  readonly #defects: unknown[];

  private constructor(
    clock: LiveClock,
    trace: Trace,
    crowd: Crowd,
    port: number,
    sockets: Sockets,
    defects: unknown[],
  ) {
    this.clock = clock;
    this.trace = trace;
    this.crowd = crowd;
    this.port = port;
    this.#sockets = sockets;
    this.#defects = defects;
  }

  /** Resolves when everybody who has a call is in it. Rejects with a defect of a device, or after a minute. */
  static async inCalls(options: LiveCrowdOptions): Promise<LiveCrowd> {
    assert(2 * options.calls <= options.handsets, 'a call takes two handsets');
    const sockets = await Sockets.open({ bind: LOOPBACK, spare: 4 * options.handsets });
    try {
      const crowd = await LiveCrowd.#on(sockets, options);
      await crowd.#callEachOther(options.calls);
      return crowd;
    } catch (thrown) {
      await sockets.close();
      throw thrown;
    }
  }

  static async #on(
    sockets: Sockets,
    { handsets, parameters, onLink, watch, storage }: LiveCrowdOptions,
  ): Promise<LiveCrowd> {
    const defects: unknown[] = [];
    const onDefect = (thrown: unknown): void => void defects.push(thrown);
    const monotonic = (): Micros => Math.floor(performance.now() * MILLISECOND);
    const clock = new LiveClock({ monotonic, onDefect });
    const trace = new Trace(clock);
    const enter = (action: () => void): void => clock.enter(action);
    const fabric = new LiveFabric({ sockets, clock, trace, enter, onDefect });
    const ports = {
      clock,
      trace,
      random: new SystemRandom(),
      keys: new SystemRandom(),
      deployment: deploymentOf({ 'register-interval': DAY, ...parameters }),
      rules: new Rules(),
      begins: BEGINS,
    };
    const attach = (name: string): Attachment => {
      const attachment = fabric.attach(name);
      if (name !== 'crs') {
        const link = fabric.link(`${name}-crs`, name, 'crs');
        onLink?.(link);
      }
      return watch?.(attachment) ?? attachment;
    };
    const readQr = await loadQrReader();
    const crowd = new Crowd({
      ports,
      attach,
      count: handsets,
      readQr,
      ...(storage === undefined ? {} : { storage }),
    });
    clock.start();
    let real: Address | undefined;
    for (let turn = 0; turn < 100 && real === undefined; turn++) {
      await sleep(LOOK_EVERY_MS);
      real = sockets.directory.realOf('tcp', { host: 'crs', port: SIPS_PORT });
    }
    assert(real !== undefined, 'the server listens');
    return new LiveCrowd(clock, trace, crowd, real.port, sockets, defects);
  }

  async #callEachOther(calls: number): Promise<void> {
    const { clock, crowd } = this;
    const count = crowd.numbers.length;
    for (let index = 0; index < count; index++) clock.schedule(index * APART, () => crowd.switchOn(index));
    const registered = (): boolean => crowd.handsets.length === count && crowd.handsets.every(isRegistered);
    await this.until(registered, 'every handset is registered');
    for (let call = 0; call < calls; call++)
      clock.schedule(call * CALLS_APART, () =>
        crowd.type(phoneOf(2 * call), `call ${nameOf(2 * call + 1)}`, nameOf(2 * call)),
      );
    await this.until(() => this.talking === 2 * calls, 'every call was answered');
    await this.wait(SECOND / MILLISECOND);
  }

  /** Handsets in a call. */
  get talking(): number {
    return this.crowd.handsets.filter(({ line }) => line === 'inCall').length;
  }

  /** Waits in real time. Rejects with a defect of a device. */
  async wait(milliseconds: number): Promise<void> {
    await sleep(milliseconds);
    for (const defect of this.#defects) throw defect;
  }

  async until(condition: () => boolean, what: string): Promise<void> {
    for (let waited = 0; !condition(); waited += LOOK_EVERY_MS) {
      if (waited > SETTING_UP_MS) throw new Error(`it was waited for in vain that ${what}`);
      await this.wait(LOOK_EVERY_MS);
    }
  }

  async close(): Promise<void> {
    this.clock.stop();
    await this.#sockets.close();
  }
}

/** The phone at the other end of a call between the first `calls` pairs. */
export function peerAmong(calls: number): (phone: string) => string | undefined {
  const peers = new Map<string, string>();
  for (let call = 0; call < calls; call++) {
    const [caller, callee] = [phoneOf(2 * call), phoneOf(2 * call + 1)];
    peers.set(caller, callee).set(callee, caller);
  }
  return (phone) => peers.get(phone);
}
