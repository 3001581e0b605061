/** A phone that was kept at rest does what it would have done, over a real session with a server of the test. */
import test from 'ava';
import * as fc from 'fast-check';
import { DAY, HOUR, MINUTE, SECOND, VirtualClock, type ClockState, type Micros } from '../../sim/clock.ts';
import { assert } from '../../sim/errors.ts';
import { digestOfKept } from '../../sim/kept.ts';
import { SeededRandom, type RandomState } from '../../sim/random.ts';
import { Trace, type TracePrefix } from '../../sim/trace.ts';
import type { SecureStream, StreamHandlers } from '../../network/fabric.ts';
import { periodOf, sealIMessage } from '../../network/mikey/index.ts';
import { addressOf, newCallId, newTag, telUri, withTag, type SipRequest } from '../../network/sip/index.ts';
import { SimulatedFabric } from '../../network/simulated/index.ts';
import type { Console } from '../console/index.ts';
import { Contacts } from '../contacts.ts';
import { deploymentOf } from '../deployment.ts';
import { OpticalDisc, renderQr } from '../hardware/index.ts';
import { encodeMdmMessage, MDM_AGENT_PORT } from '../mdm/index.ts';
import { parseUpdateDisc } from '../media/index.ts';
import type { Ports } from '../ports.ts';
import { Rules } from '../rules.ts';
import { Conversation } from '../signalling/conversation.ts';
import { PACKAGE_TYPE, SIPS_PORT } from '../signalling/packages.ts';
import { offer } from '../signalling/session-description.ts';
import { codeOf, NUMBERS, Testbed } from '../testbed.fixture.ts';
import { handsetConsole } from './console.ts';
import { Handset, type HandsetState } from './handset.ts';

const BEGINS = Date.parse('2015-10-30T20:00:00Z');

const bed = Testbed.enrolled();
const CODE = bed.codeOf(NUMBERS.alice);
/** What the server has: Alice's PSKs and packages of two months. */
const MONTHS = ['2015-10', '2015-11'].map((month, n) => {
  const disc = new OpticalDisc(month);
  bed.cms.drive.insert(disc, `month-${n}`);
  bed.type(bed.cms, `burn-disc --month ${month}`);
  bed.cms.drive.eject();
  const user = parseUpdateDisc(disc.read()).users.find(({ number }) => number === NUMBERS.alice);
  return { month, psk: user?.psk, octets: user?.package };
});

interface SceneState {
  readonly clock: ClockState;
  readonly random: RandomState;
  readonly trace: TracePrefix;
  readonly network: ReturnType<SimulatedFabric['save']>;
  readonly phone: HandsetState;
  readonly streams: readonly Pick<SecureStream, 'local' | 'remote'>[];
  readonly invited: Uint8Array | undefined;
}

/** Alice's phone, and a server that registers everybody, has packages, and calls in Bob's name. */
class Scene {
  readonly clock: VirtualClock;
  readonly random: SeededRandom;
  readonly trace: Trace;
  readonly fabric: SimulatedFabric;
  readonly phone: Handset;
  readonly #console: Console;
  readonly #sessions = new Map<SecureStream, Conversation>();
  readonly #sendWipe: () => void;
  /** The I_MESSAGE of the last call. */
  #invited: Uint8Array | undefined;

  constructor(kept?: SceneState) {
    this.clock = new VirtualClock(kept?.clock);
    this.random = new SeededRandom('phone', kept?.random);
    this.trace = new Trace(this.clock, kept?.trace);
    this.fabric = new SimulatedFabric(this, kept?.network);
    this.#invited = kept?.invited;
    const ports: Ports = {
      ...{ clock: this.clock, random: this.random, trace: this.trace, begins: BEGINS },
      ...{ deployment: deploymentOf({}), rules: new Rules(), keys: this.random },
    };
    const contacts = new Contacts(new Map(Object.entries(NUMBERS)));
    const [attachment, crs, mdm] = ['alice-phone', 'crs', 'mdm'].map((host) => this.fabric.attach(host));
    assert(attachment !== undefined && crs !== undefined && mdm !== undefined, 'three hosts');
    for (const end of ['crs', 'mdm'])
      this.fabric.link(`alice-phone-${end}`, 'alice-phone', end, { delayMs: 30, jitterMs: 5 });
    const psk = (identity: string): Uint8Array | undefined =>
      MONTHS.find((month) => month.psk?.identity === identity)?.psk?.psk;
    crs.listenSecure(
      SIPS_PORT,
      { psk, unknownIdentity: 'alert', encryptThenMac: true, extendedMasterSecret: true },
      (stream) => this.#serve(stream),
    );
    for (const { local, remote } of kept?.streams ?? []) {
      const handlers = this.#handlers(() => stream);
      const stream: SecureStream = crs.claimSecure(local, remote, handlers);
      this.#serve(stream);
    }
    const orders = mdm.openDatagram(5_000, () => undefined);
    const wipe = encodeMdmMessage({ kind: 'wipe', order: 7, values: {} });
    this.#sendWipe = () => orders.send({ host: 'alice-phone', port: MDM_AGENT_PORT }, wipe);
    this.phone = new Handset(
      ports,
      {
        ...{ name: 'alice-phone', user: 'alice', attachment, contacts, readQr: () => [CODE] },
        ...{ platform: 'android', version: '5.1', clockOffsetMs: -3_000 },
        nextCall: () => 'a call',
        shield: (shielded) =>
          shielded ? this.fabric.unplug('alice-phone') : this.fabric.plug('alice-phone'),
      },
      kept?.phone,
    );
    this.#console = handsetConsole(this.phone, this.trace, contacts, ports.rules);
    this.fabric.complete();
  }

  save(): SceneState {
    return {
      clock: this.clock.save(),
      random: this.random.save(),
      trace: this.trace.prefix(),
      network: this.fabric.save(),
      phone: this.phone.save(),
      streams: [...this.#sessions.keys()].map(({ local, remote }) => ({ local, remote })),
      invited: this.#invited,
    };
  }

  /** Lets time pass until all are at rest. */
  settle(): void {
    const unrest = (): boolean =>
      this.fabric.unrest !== undefined ||
      this.clock.passing > 0 ||
      this.phone.unrest !== undefined ||
      [...this.#sessions.values()].some((session) => session.unrest !== undefined);
    while (unrest()) this.clock.step();
  }

  wait(micros: Micros): void {
    this.clock.runUntil(this.clock.now() + micros);
  }

  type(line: string): string {
    return `${line}: ${codeOf(() => this.#console.type(line, 'alice'))}`;
  }

  scan(): string {
    return codeOf(() => this.phone.scan(renderQr(CODE)));
  }

  wipe(): void {
    this.#sendWipe();
  }

  /** The server ends its sessions, in order or not. */
  drop(reset: boolean): void {
    for (const stream of this.#sessions.keys()) if (reset) stream.reset();
    if (!reset) for (const session of this.#sessions.values()) session.close();
  }

  cut(off: boolean): void {
    this.fabric.linkNamed('alice-phone-crs')?.partition(off);
  }

  /** Bob calls, and Alice declines. Or somebody sends what he sent once more. */
  invite(again: boolean): void {
    const [session] = [...this.#sessions.values()].slice(-1);
    if (session === undefined) return;
    const random = this.random.stream('caller');
    if (!again || this.#invited === undefined) this.#invited = this.#sealed();
    const { type, octets } = offer({ local: { host: 'crs', port: 40_000 }, ssrc: 1, random }, this.#invited);
    session.request(
      {
        ...{ method: 'INVITE', uri: telUri(NUMBERS.alice), sequence: 1, body: { type, octets } },
        from: withTag(addressOf(telUri(NUMBERS.bob)), newTag(random)),
        to: addressOf(telUri(NUMBERS.alice)),
        callId: newCallId(random, 'crs'),
      },
      () => undefined,
    );
    this.wait(SECOND);
    this.type('hang-up');
  }

  #sealed(): Uint8Array {
    const { escrow } = bed.cms;
    // Bob's clock is right, whatever Alice's shows.
    const unixMs = BEGINS + Math.floor(this.clock.now() / 1_000);
    return sealIMessage({
      ...{ from: NUMBERS.bob, to: NUMBERS.alice, kms: escrow.kms, offered: ['mikey'] },
      senderKeys: escrow.keysOf(NUMBERS.bob, periodOf(unixMs)),
      unixMs,
      random: this.random.stream('caller'),
      prf: 'PRF-HMAC-SHA-256',
      policy: { profile: 'AES_CM_128_HMAC_SHA1_80' },
    }).octets;
  }

  #serve(stream: SecureStream): StreamHandlers {
    const random = this.random.stream('server');
    const session: Conversation = new Conversation(stream, this.clock, random, {
      onRequest: (request) => this.#answer(session, request),
      onUnreadable: () => undefined,
    });
    this.#sessions.set(stream, session);
    return this.#handlers(() => stream);
  }

  #handlers(stream: () => SecureStream): StreamHandlers {
    return {
      onData: (octets) => this.#sessions.get(stream())?.receive(octets),
      onClose: () => {
        this.#sessions.get(stream())?.ended();
        this.#sessions.delete(stream());
      },
    };
  }

  #answer(session: Conversation, request: SipRequest): void {
    if (request.method !== 'MESSAGE') {
      if (request.method !== 'ACK') session.respond(request, 200);
      return;
    }
    const month = Buffer.from(request.body).toString('latin1');
    const octets = MONTHS.find((each) => each.month === month)?.octets;
    if (octets === undefined) session.respond(request, 404);
    else session.respond(request, 200, { body: { type: PACKAGE_TYPE, octets } });
  }
}

type Act = (scene: Scene) => unknown;

const acts: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.integer({ min: 1, max: 30 }).map(
        (n): Act =>
          (s) =>
            s.wait(n * HOUR),
      ),
    },
    fc.integer({ min: -100, max: 100 }).map(
      (n): Act =>
        (s) =>
          s.type(`set-clock ${n * 600}`),
    ),
    fc
      .constantFrom(
        'restart',
        'power off',
        'power on',
        'fetch',
        'status',
        'install',
        'add-app chatter',
        'add-app talker',
        'remove-app chatter',
      )
      .map(
        (line): Act =>
          (s) =>
            s.type(line),
      ),
    fc.boolean().map(
      (again): Act =>
        (s) =>
          s.invite(again),
    ),
    fc.boolean().map(
      (reset): Act =>
        (s) =>
          s.drop(reset),
    ),
    fc.boolean().map(
      (off): Act =>
        (s) =>
          s.cut(off),
    ),
    fc.constantFrom<Act>((s) => s.scan()),
    fc.constantFrom<Act>((s) => s.wipe()),
  ),
  { maxLength: 9 },
);

/** The same scene again, of nothing but the plain value. */
function takenUp(t: { deepEqual(a: unknown, b: unknown): unknown }, origin: Scene): Scene {
  const kept = origin.save();
  const { trace, ...plain } = kept;
  const again = new Scene({ ...structuredClone(plain), trace });
  t.deepEqual(again.save().phone, kept.phone);
  t.deepEqual(again.phone.screen(), origin.phone.screen());
  return again;
}

function enrolled(): Scene {
  const scene = new Scene();
  scene.scan();
  scene.settle();
  assert(scene.phone.service === 'registered', 'the phone is in service');
  return scene;
}

test('property: a phone that was kept does what it would have', (t) => {
  fc.assert(
    fc.property(acts, acts, (before, after) => {
      const origin = enrolled();
      for (const act of before) {
        act(origin);
        origin.settle();
      }
      const again = takenUp(t, origin);
      const kept = origin.save();
      const digest = digestOfKept(kept.phone);
      for (const act of after) {
        t.deepEqual(act(again), act(origin));
        for (const scene of [origin, again]) scene.settle();
      }
      for (const scene of [origin, again]) {
        scene.wait(3 * DAY);
        scene.settle();
      }
      t.deepEqual(again.trace.events.slice(kept.trace.length), origin.trace.events.slice(kept.trace.length));
      t.deepEqual(again.save().phone, origin.save().phone);
      t.deepEqual(again.random.save(), origin.random.save());
      t.is(digestOfKept(kept.phone), digest, 'what was kept stays as it was');
    }),
    { numRuns: 30 },
  );
});

test('everything that is kept of a phone was away from its beginning when it was compared', (t) => {
  const origin = enrolled();
  const first = origin.save().phone;
  origin.invite(false);
  origin.settle();
  origin.type('restart');
  origin.settle();
  origin.wait(20 * MINUTE);
  origin.invite(false);
  origin.settle();
  origin.type('add-app chatter');
  origin.type('set-clock -60');
  origin.wait(29 * HOUR);
  origin.type('fetch');
  origin.settle();
  const { parts, chart } = takenUp(t, origin).save().phone;
  t.is(String(parts.ring.chosen), '2015-11');
  t.is(parts.clock.alarms.length, 2);
  t.not(parts.clock.setAt, first.parts.clock.setAt);
  t.true(parts.flash.log.length > first.parts.flash.log.length);
  t.deepEqual(parts.installation.others, ['chatter']);
  t.is(parts.callKeys.accepted?.messages.length, 1);
  t.true((parts.callKeys.accepted?.floorUnixMs ?? 0) > BEGINS);
  t.is(parts.service.session?.sequence, 1);
  t.deepEqual(chart, { enrolled: { service: 'registered', line: 'idle' } });

  origin.drop(true);
  origin.wait(SECOND / 10);
  origin.cut(true);
  origin.wait(HOUR);
  origin.settle();
  const offline = takenUp(t, origin).save().phone;
  t.true(offline.parts.service.failures > 1);
  t.is(offline.parts.service.session, undefined);
  t.is(offline.message, 'No connection to the server.');
});

test('a phone that was kept while it was off, in a shielded bag, is off and in the bag', (t) => {
  const origin = enrolled();
  origin.phone.shield(true);
  origin.type('power off');
  origin.settle();
  const again = takenUp(t, origin);
  t.deepEqual(again.save().phone.radio, { on: false, shielded: true });
  t.deepEqual(again.save().phone.parts.clock.alarms, []);
  for (const scene of [origin, again]) {
    scene.wait(5 * DAY);
    scene.type('power on');
    scene.phone.shield(false);
    scene.wait(HOUR);
  }
  t.is(again.phone.service, 'registered');
  t.deepEqual(again.trace.events.slice(-9), origin.trace.events.slice(-9));
});

test('a phone is not kept in a call, nor while it waits for an answer', (t) => {
  const scene = enrolled();
  t.is(scene.phone.unrest, undefined);
  scene.type('call bob');
  t.is(scene.phone.unrest, 'a call');
  t.throws(() => scene.phone.save(), { message: /kept at rest/ });
  scene.type('hang-up');
  scene.wait(MINUTE);
  t.is(scene.phone.unrest, undefined);
  scene.type('restart');
  const reasons = new Set<string>();
  for (let { unrest } = scene.phone; unrest !== undefined; { unrest } = scene.phone) {
    reasons.add(unrest);
    scene.clock.step();
  }
  t.deepEqual([...reasons], ['a session that is being opened', 'a SIP transaction']);
});
