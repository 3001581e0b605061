/** A network that is kept at rest and taken up again does what it would have done, octet for octet. */
import test from 'ava';
import fc from 'fast-check';
import { MILLISECOND, SECOND, VirtualClock } from '../../sim/clock.ts';
import { digestOfKept } from '../../sim/kept.ts';
import { fromAscii, toHex } from '../../sim/octets.ts';
import { SeededRandom } from '../../sim/random.ts';
import { Trace } from '../../sim/trace.ts';
import type { SecureStream, StreamHandlers } from '../fabric.ts';
import { SimulatedFabric } from './fabric.ts';
import type { LinkParameters } from './link-parameters.ts';

const PSK = fromAscii('0123456789abcdef');
const PORT = 5061;
/** Whatever has a memory between packets is on. */
const ROUGH: LinkParameters = {
  delayMs: 20,
  jitterMs: 8,
  delayCorrelation: 0.4,
  lossGemodel: { p: 0.2, r: 0.5, oneMinusH: 0.6 },
  duplicate: 0.05,
  duplicateCorrelation: 0.3,
  reorder: { probability: 0.3, correlation: 0.4, gap: 3 },
  rate: { bitsPerSecond: 400_000 },
};

/** Two hosts in a secure session over a rough link, and what each has read. */
class Scene {
  readonly clock: VirtualClock;
  readonly random: SeededRandom;
  readonly trace: Trace;
  readonly fabric: SimulatedFabric;
  readonly seen: string[] = [];
  near: SecureStream | undefined;
  far: SecureStream | undefined;

  constructor(seed: number, kept?: ReturnType<Scene['save']>) {
    this.clock = new VirtualClock(kept?.clock);
    this.random = new SeededRandom(`scene ${seed}`, kept?.random);
    this.trace = new Trace(this.clock, kept?.trace);
    this.fabric = new SimulatedFabric(this, kept?.network);
    const phone = this.fabric.attach('phone');
    const crs = this.fabric.attach('crs');
    const link = this.fabric.link('phone-crs', 'phone', 'crs', ROUGH);
    link.tap(({ packet }) => this.seen.push(`${this.clock.now()} ${toHex(packet.octets)}`));
    crs.listenSecure(
      PORT,
      { psk: () => PSK, unknownIdentity: 'alert', encryptThenMac: true, extendedMasterSecret: true },
      (stream) => {
        this.far = stream;
        return this.#handlers('far');
      },
    );
    if (kept === undefined) {
      const options = { identity: 'a', psk: PSK, encryptThenMac: true, extendedMasterSecret: true };
      this.near = phone.connectSecure({ host: 'crs', port: PORT }, options, this.#handlers('near'));
    } else if (kept.near !== undefined && kept.far !== undefined) {
      this.near = phone.claimSecure(kept.near.local, kept.near.remote, this.#handlers('near'));
      this.far = crs.claimSecure(kept.far.local, kept.far.remote, this.#handlers('far'));
    }
    this.fabric.complete();
  }

  save() {
    const ends = (stream: SecureStream | undefined) =>
      stream && { local: stream.local, remote: stream.remote };
    return {
      clock: this.clock.save(),
      random: this.random.save(),
      network: this.fabric.save(),
      trace: this.trace.prefix(),
      near: ends(this.near),
      far: ends(this.far),
    };
  }

  /** Lets time pass until the network is at rest, or nothing happens any more: one end of a session may never hear that the other is gone. */
  settle(): void {
    while (this.fabric.unrest !== undefined || this.clock.passing > 0) if (!this.clock.step()) return;
  }

  do([what, amount]: Act): void {
    const octets = new Uint8Array(amount * 7).fill(amount);
    if (what === 'near') this.near?.write(octets);
    else if (what === 'far') this.far?.write(octets);
    else if (what === 'wait') this.clock.runUntil(this.clock.now() + amount * 10 * MILLISECOND);
    else if (what === 'cut') this.fabric.linkNamed('phone-crs')?.partition(amount % 2 === 0, 'crs');
    else if (what === 'isolate') this.fabric.isolate('phone');
    else if (what === 'rejoin') this.fabric.rejoin();
    else if (what === 'unplug') this.fabric.unplug('crs');
    else this.fabric.plug('crs');
  }

  #handlers(name: string): StreamHandlers {
    return {
      onData: (octets) => this.seen.push(`${name} ${toHex(octets)}`),
      onClose: ({ reason }) => this.seen.push(`${name} ${reason}`),
    };
  }
}

type Act = readonly ['near' | 'far' | 'wait' | 'cut' | 'isolate' | 'rejoin' | 'unplug' | 'plug', number];

const TALK = ['near', 'far', 'wait'] as const;
const acts = (...names: readonly Act[0][]): fc.Arbitrary<Act[]> =>
  fc.array(fc.tuple(fc.constantFrom(...TALK, ...names), fc.nat(90)), { maxLength: 12, size: 'max' });

test('whatever was sent before and comes after', (t) => {
  fc.assert(
    fc.property(
      fc.nat(1_000),
      acts(),
      acts('cut', 'isolate', 'rejoin', 'unplug', 'plug'),
      (seed, before, after) => {
        const first = new Scene(seed);
        first.settle();
        for (const act of before) first.do(act);
        first.settle();
        fc.pre(first.fabric.unrest === undefined);
        const kept = first.save();
        const second = new Scene(seed, {
          ...kept,
          clock: structuredClone(kept.clock),
          network: structuredClone(kept.network),
        });
        t.is(digestOfKept(second.save().network), digestOfKept(kept.network), 'the same at once');
        first.seen.length = 0;
        for (const scene of [first, second]) {
          for (const act of after) scene.do(act);
          scene.clock.runUntil(scene.clock.now() + 2 * SECOND);
          scene.settle();
        }
        t.deepEqual(second.seen, first.seen);
        t.is(second.trace.digest(), first.trace.digest());
        t.deepEqual(second.random.save(), first.random.save());
        t.is(second.fabric.unrest, first.fabric.unrest);
        if (first.fabric.unrest === undefined) t.deepEqual(second.fabric.save(), first.fabric.save());
      },
    ),
    { numRuns: 100 },
  );
});

test('what people did to the network stays done', (t) => {
  const first = new Scene(1);
  first.settle();
  for (const act of ['unplug', 'isolate'] as const) first.do([act, 0]);
  first.do(['cut', 0]);
  first.fabric.linkNamed('phone-crs')?.hold('phone');
  first.fabric.link('a-b', 'a', 'b', { delayMs: 3 });
  first.fabric.linkNamed('a-b')?.setParameters({ delayMs: 9 }, 'b');
  const kept = first.fabric.save();
  const second = new SimulatedFabric(new Scene(1), kept);
  for (const name of ['phone', 'crs']) second.attach(name);
  second.link('phone-crs', 'phone', 'crs', ROUGH);
  t.throws(() => second.complete(), { message: /the streams of phone are claimed/ });
  t.is(digestOfKept(second.save()), digestOfKept(kept));
  t.deepEqual(second.linkNamed('a-b')?.parametersToward('b'), { delayMs: 9 });
});

test('a network is not kept while anything is under way, and a stream is claimed once', (t) => {
  const scene = new Scene(1);
  t.regex(scene.fabric.unrest ?? '', /second of flows/);
  scene.settle();
  t.is(scene.fabric.unrest, undefined);
  scene.do(['near', 1]);
  t.not(scene.fabric.unrest, undefined);
  scene.settle();
  const kept = scene.save();
  const remote = { host: 'crs', port: PORT };
  t.throws(() => new Scene(1, { ...kept, near: { local: { host: 'phone', port: 1 }, remote } }), {
    message: /was kept/,
  });
});
