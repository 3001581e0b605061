/**
 * Decrypting a recorded call. It takes three things: the recorded media, the call's I_MESSAGE, and a key that opens its SSV.
 * The I_MESSAGE comes out of recorded TLS with the PSK of either leg, or from the CRS; the SSV opens with the callee's RSK of
 * that month, whoever placed the call. Which of these paths it is depends on what is held; where none leads anywhere it is the first.
 */
import { isAddressOf } from '../address.ts';
import { SECOND, type Micros } from '../../../sim/clock.ts';
import { CalldrillError } from '../../../sim/errors.ts';
import { Secret } from '../../../sim/secret.ts';
import type { CapturedPacket } from '../../../network/packet.ts';
import {
  openIMessage,
  parseMessage,
  periodOf,
  ReplayCache,
  unixMsOf,
  type Period,
  type TelNumber,
} from '../../../network/mikey/index.ts';
import { Playout, SAMPLES_PER_SECOND, writeWav } from '../../../network/rtp/index.ts';
import type { Reason } from '../../reason.ts';
import { opened, refused, refusedFor, type Arm, type Attack, type Handed, type Outcome } from '../attack.ts';
import { sessionsOf } from '../crs-image.ts';
import { joined, keysFor, NOTHING, OBVIOUS_SSV, secretOf, type Holdings } from '../holdings.ts';
import { meansBefore, withPackagesOpened } from '../open-package.ts';
import type { AttackAim } from '../path.ts';
import { publicKeysFor } from '../public-keys.ts';
import type { Recorder } from '../recorder.ts';
import type { CallFacts, AttackStage } from '../stage.ts';
import {
  needsOf,
  offerFromCrs,
  offerOnLeg,
  rskObstacle,
  type CallSides,
  type DecryptWay,
  type FoundOffer,
  type Read,
} from './decrypt-path.ts';
import { streamsOf, type StreamKeys } from './recorded-streams.ts';

/** Which recording, and who lends a hand. */
export interface DecryptOptions {
  readonly call: string;
  /** What came of it from then on, Unix milliseconds, under the keys that it had then; the whole call when left out. */
  readonly since?: number | undefined;
  /** The CRS hands over the signalling it has. */
  readonly crsHelps?: boolean;
  /** The PSKs that the callee had in that month are handed over. */
  readonly pskGiven?: boolean;
  /** Key packages that are held are opened on the way. */
  readonly unwraps?: boolean;
}

type Seen = readonly CapturedPacket[];

/** The keys of a call, and what they took. */
interface FoundCall extends StreamKeys {
  readonly means: readonly Secret[];
  readonly sources: readonly string[];
}

const WITH_PSK: readonly DecryptWay[] = [
  { signalling: 'psk', key: 'rsk' },
  { signalling: 'psk', key: 'ssv' },
  { signalling: 'peer-psk', key: 'rsk' },
  { signalling: 'peer-psk', key: 'ssv' },
];
const WITH_CRS: readonly DecryptWay[] = [
  { signalling: 'signalling', key: 'rsk' },
  { signalling: 'signalling', key: 'ssv' },
];

/**
 * Opens when at least one recorded packet decrypts. It yields a WAV file for each direction, and the seconds of speech
 * of both together.
 */
export class DecryptCall implements Attack {
  readonly #stage: AttackStage;
  readonly #recorder: Recorder;
  readonly #options: DecryptOptions;
  readonly #call: CallFacts;

  /** Errors: ATTACK_NO_CALL. */
  constructor(stage: AttackStage, recorder: Recorder, options: DecryptOptions) {
    this.#stage = stage;
    this.#recorder = recorder;
    this.#options = options;
    this.#call = stage.call(options.call, options.since);
  }

  aim(before: Holdings): AttackAim {
    const held = this.#reach(before);
    const sides = this.#sides(held);
    const { period, victim, callee } = sides;
    const name = this.#stage.nameOf(victim.number);
    const { crsHelps = false, pskGiven = false, unwraps = false } = this.#options;
    return {
      attack: 'decrypt',
      route: pskGiven ? 'given' : crsHelps ? 'tap+crs' : 'tap',
      needs: needsOf(this.#wayWith(held, sides), unwraps),
      asset: `recorded calls of ${period} ${victim.number === callee ? 'to' : 'by'} ${name}`,
      capability: 'hear',
      victim: name,
      call: this.#call.name,
    };
  }

  given(): Handed | undefined {
    if (this.#options.pskGiven !== true) return undefined;
    return { holdings: this.#handed, owner: this.#stage.nameOf(this.#call.to), from: null };
  }

  try(arm: Arm, before: Holdings, done: (outcome: Outcome) => void): void {
    if (arm === 'attempt') {
      const held = this.#reach(before);
      const sides = this.#sides(held);
      const packets = this.#recorder.media(...this.#when);
      const found = this.#outcomeOf(this.#keysBy(this.#wayWith(held, sides), held, sides, packets), packets);
      return done(
        this.#options.unwraps === true ? { ...found, means: meansBefore(before, found.means) } : found,
      );
    }
    // The controls read the I_MESSAGE and the media wherever they are to be had; only the positive one gets the right RSK.
    const { truth } = this.#stage;
    const sides = this.#sides(NOTHING);
    const { callee, period } = sides;
    const name = this.#stage.nameOf(callee);
    const { psks, sessionKeys } = truth;
    const signalling = { ...NOTHING, psks, sessionKeys };
    const { kms, userKeys } = truth.bystander(name, period);
    const wrong = { ...NOTHING, kms, userKeys: userKeys.map((keys) => ({ ...keys, number: callee })) };
    const theirs = joined(signalling, arm === 'positive' ? truth.holdingsOf(name, period) : wrong);
    const ways = [WITH_PSK[0], WITH_PSK[2], WITH_CRS[0]].flatMap((way) => way ?? []);
    const packets = this.#recorder.mediaSeen(...this.#when);
    const found = ways.map((way) => this.#keysBy(way, theirs, sides, packets));
    const best = found.find(({ obstacles }) => obstacles.length === 0) ?? found.at(-1);
    done(best === undefined ? refused('no-signalling') : this.#outcomeOf(best, packets));
  }

  /** What it has to go by: what is held, what it is handed, and what comes of packages. */
  #reach(held: Holdings): Holdings {
    const { pskGiven = false, unwraps = false } = this.#options;
    const all = pskGiven ? joined(held, this.#handed) : held;
    return unwraps ? withPackagesOpened(all) : all;
  }

  get #handed(): Holdings {
    const callee = this.#stage.nameOf(this.#call.to);
    return { ...NOTHING, psks: this.#stage.truth.holdingsOf(callee, this.#month).psks };
  }

  /** The month in which the call was placed, by the true time. */
  get #month(): Period {
    const { unixMs, clock } = this.#stage;
    return periodOf(unixMs - Math.floor((clock.now() - this.#call.began) / 1000));
  }

  /** Whoever has something of the callee is after what the callee hears; else it is the caller's calls. */
  #sides(held: Holdings): CallSides {
    const { from, to, caller, callee } = this.#call;
    const has = (number: TelNumber): boolean =>
      [...held.psks, ...held.userKeys, ...held.updateKeys].some((each) => each.number === number);
    const called = { number: to, phone: callee };
    const calling = { number: from, phone: caller };
    const isCallers = !has(to) && has(from);
    return {
      period: this.#month,
      victim: isCallers ? calling : called,
      peer: isCallers ? called : calling,
      callee: to,
    };
  }

  #wayWith(held: Holdings, sides: CallSides): DecryptWay {
    const ways = this.#options.crsHelps === true ? WITH_CRS : WITH_PSK;
    const [first] = ways;
    const packets = this.#recorder.media(...this.#when);
    const open = ways.find((way) => this.#keysBy(way, held, sides, packets).obstacles.length === 0);
    return open ?? first ?? { signalling: 'psk', key: 'rsk' };
  }

  /** From when to when there was media to hear. */
  get #when(): readonly [from: Micros, to: Micros] {
    return [this.#call.heardFrom, this.#call.ended + SECOND];
  }

  #keysBy(way: DecryptWay, held: Holdings, given: CallSides, packets: Seen): Read<FoundCall> {
    const offer = this.#offerBy(way, held, given);
    // A phone's clock may show another month than the call was placed in: what counts is T.
    const sides =
      offer.value === undefined
        ? given
        : { ...given, period: periodOf(unixMsOf(parseMessage(offer.value.iMessage).timestamp)) };
    const found =
      offer.value === undefined
        ? undefined
        : way.key === 'rsk'
          ? this.#withRsk(offer.value, held, sides)
          : this.#withSsv(offer.value, held, packets);
    const keyObstacle =
      way.key === 'rsk'
        ? rskObstacle(this.#stage, held, sides, offer.value === undefined ? undefined : found !== undefined)
        : found === undefined && (offer.value !== undefined || held.ssvs.length === 0)
          ? 'no-ssv'
          : undefined;
    const obstacles: readonly Reason[] = [
      ...(packets.length === 0 ? [this.#mediaObstacle()] : []),
      ...offer.obstacles,
      ...(keyObstacle === undefined ? [] : [keyObstacle]),
    ];
    return { value: obstacles.length === 0 ? found : undefined, obstacles };
  }

  #offerBy(
    { signalling }: DecryptWay,
    held: Holdings,
    { victim, peer, period }: CallSides,
  ): Read<FoundOffer> {
    if (signalling === 'signalling') return offerFromCrs(this.#stage, this.#call);
    const side = signalling === 'psk' ? victim : peer;
    return offerOnLeg(this.#stage, this.#recorder, held, this.#call, { side, period });
  }

  #mediaObstacle(): Reason {
    const { caller, callee } = this.#call;
    const links = this.#recorder.linksOf((host) => isAddressOf(caller, host) || isAddressOf(callee, host));
    return links.length > 0 ? 'no-media' : 'not-tapped';
  }

  #withRsk(offer: FoundOffer, held: Holdings, { callee, period }: CallSides): FoundCall | undefined {
    const keys = keysFor(held, callee, period);
    const kms = keys && publicKeysFor(this.#stage, held, keys);
    if (keys === undefined || kms === undefined) return undefined;
    try {
      // No rules: whoever decrypts a recording refuses nothing.
      const { sessions, policy } = openIMessage(offer.iMessage, {
        self: callee,
        keysFor: () => keys,
        kms,
        unixMs: unixMsOf(parseMessage(offer.iMessage).timestamp),
        skewLimitMs: 0,
        replayCache: new ReplayCache(),
        calendar: false,
        rules: [],
      });
      const means = [...offer.means, secretOf.rsk(keys)];
      return { sessions, profile: policy.profile, means, sources: offer.sources };
    } catch (error) {
      if (!(error instanceof CalldrillError)) throw error;
      return undefined;
    }
  }

  /** A phone that kept its SSVs gives away calls it placed; and one that draws none gives away all. */
  #withSsv({ iMessage, means, sources }: FoundOffer, held: Holdings, packets: Seen): FoundCall | undefined {
    const profile = this.#stage.deployment['srtp-profile'];
    const message = parseMessage(iMessage);
    for (const ssv of [...held.ssvs, OBVIOUS_SSV]) {
      const keys = { sessions: sessionsOf(message, ssv), profile };
      if (streamsOf(keys, packets).some((stream) => stream.length > 0))
        return { ...keys, means: [...means, ...(ssv === OBVIOUS_SSV ? [] : [secretOf.ssv(ssv)])], sources };
    }
    return undefined;
  }

  #outcomeOf({ value: call, obstacles }: Read<FoundCall>, packets: Seen): Outcome {
    const name = this.#call.name;
    if (call === undefined) return refusedFor(obstacles, () => refused('no-ssv'), name);
    const streams = streamsOf(call, packets);
    const artefacts = streams.flatMap((stream, index) => {
      if (stream.length === 0) return [];
      const playout = new Playout();
      for (const { timestamp, payload } of stream) playout.add(timestamp, payload);
      const side = index === 0 ? 'caller' : 'callee';
      return [{ name: `${name.replace('#', '-')}-${side}.wav`, octets: writeWav(playout.toSamples()) }];
    });
    const count = streams.reduce((sum, stream) => sum + stream.length, 0);
    // With the right keys, what stays shut is none of this call, or was damaged.
    if (count === 0) return refused('no-media', { detail: name });
    const samples = streams.reduce(
      (sum, stream) => sum + stream.reduce((octets, { payload }) => octets + payload.length, 0),
      0,
    );
    const audioSeconds = Math.round((samples / SAMPLES_PER_SECOND) * 100) / 100;
    const links = packets.map(({ link }) => link);
    return opened(
      `${count} recorded packets decrypt to ${audioSeconds} s of speech`,
      { means: call.means, sources: [...call.sources, ...links] },
      {
        audioSeconds,
        artefacts,
        derived: call.sessions.map(({ csId, tek }) => new Secret('TEK', `${this.#call.csb} CS ${csId}`, tek)),
      },
    );
  }
}
