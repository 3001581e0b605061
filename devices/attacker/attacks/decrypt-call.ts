/**
 * Decrypting a recorded call. It takes three things: the recorded media, the call's I_MESSAGE, and a key that opens its SSV.
 * The I_MESSAGE comes out of recorded TLS with the PSK of either leg, or from the CRS; the SSV opens with the callee's RSK of
 * that month, whoever placed the call.
 */
import { SECOND } from '../../../sim/clock.ts';
import { CalldrillError } from '../../../sim/errors.ts';
import { Secret } from '../../../sim/secret.ts';
import type { CapturedPacket } from '../../../network/packet.ts';
import {
  openIMessage,
  parseMessage,
  periodOf,
  ReplayCache,
  unixMsOf,
  type SessionKeys,
} from '../../../network/mikey/index.ts';
import {
  decryptCapture,
  isRtcp,
  Playout,
  rtpSsrc,
  SAMPLES_PER_SECOND,
  writeWav,
  type OpenedPacket,
  type SrtpProfile,
} from '../../../network/rtp/index.ts';
import { csbText } from '../../handset/index.ts';
import { opened, refused, type Arm, type Attack, type Outcome } from '../attack.ts';
import { offersOnCrs, sessionsOf } from '../crs-image.ts';
import { joined, labelOf, NOTHING, type Holdings } from '../holdings.ts';
import type { ReadOffer, Recorder } from '../recorder.ts';
import type { CallFacts, AttackStage } from '../stage.ts';

/** Which recording, and who lends a hand. */
export interface DecryptOptions {
  readonly call: string;
  /** Whether the CRS hands over the signalling it has. */
  readonly crsHelps: boolean;
}

/**
 * Opens when at least one recorded packet decrypts. It yields a WAV file for each direction, and the seconds of speech
 * of both together.
 */
export class DecryptCall implements Attack {
  readonly capability = 'decrypt';
  readonly #stage: AttackStage;
  readonly #recorder: Recorder;
  readonly #options: DecryptOptions;
  readonly #call: CallFacts;

  /** Errors: ATTACK_NO_CALL. */
  constructor(stage: AttackStage, recorder: Recorder, options: DecryptOptions) {
    this.#stage = stage;
    this.#recorder = recorder;
    this.#options = options;
    this.#call = stage.call(options.call);
  }

  get asset(): string {
    return `call ${this.#call.name}`;
  }

  try(arm: Arm, held: Holdings, done: (outcome: Outcome) => void): void {
    done(this.#decrypt(this.#holdings(arm, held), this.#options.crsHelps));
  }

  /** The controls get every PSK; only the positive one gets the right RSK. */
  #holdings(arm: Arm, held: Holdings): Holdings {
    const { truth, unixMs } = this.#stage;
    const period = periodOf(unixMs - Math.floor((this.#stage.clock.now() - this.#call.began) / 1000));
    switch (arm) {
      case 'attempt':
        return held;
      case 'positive':
        return joined(
          { ...NOTHING, psks: truth.psks },
          truth.holdingsOf(this.#stage.nameOf(this.#call.to), period),
        );
      case 'negative':
        return joined(
          { ...NOTHING, psks: truth.psks },
          truth.bystander(this.#stage.nameOf(this.#call.to), period),
        );
    }
  }

  #decrypt(held: Holdings, crsHelps: boolean): Outcome {
    const offers: readonly ReadOffer[] = [
      ...this.#recorder.offers(held.psks),
      ...(crsHelps
        ? offersOnCrs(this.#stage.crsOf(this.#stage.nameOf(this.#call.to)).extract()).map((iMessage) => ({
            iMessage,
            means: ['signalling from the CRS'],
          }))
        : []),
    ].filter(({ iMessage }) => csbText(parseMessage(iMessage).header.csbId) === this.#call.csb);
    const offer = offers[0];
    if (offer === undefined)
      return refused('its I_MESSAGE stays sealed in TLS: no PSK of either leg is held');

    const { began, ended } = this.#call;
    const packets = this.#recorder.media(began, ended + SECOND);
    if (packets.length === 0) return refused('none of its media was recorded');
    const found = openWithKeys(offer.iMessage, held) ?? this.#openWithKeptSsv(offer.iMessage, held, packets);
    if (found === undefined) return refused('no key that is held opens its SSV: it is sealed to the callee');
    return this.#recover(found, [...offer.means, found.means], packets);
  }

  /** A phone that kept its SSVs gives away calls it placed. */
  #openWithKeptSsv(
    iMessage: Uint8Array,
    held: Holdings,
    packets: readonly CapturedPacket[],
  ): FoundCall | undefined {
    const message = parseMessage(iMessage);
    for (const ssv of held.ssvs) {
      const found = {
        sessions: sessionsOf(message, ssv),
        profile: this.#stage.deployment['srtp-profile'],
        means: labelOf.ssv(ssv),
      };
      if (streamsOf(found, packets).some((stream) => stream.length > 0)) return found;
    }
    return undefined;
  }

  #recover(call: FoundCall, means: readonly string[], packets: readonly CapturedPacket[]): Outcome {
    const streams = streamsOf(call, packets);
    const artefacts = streams.flatMap((stream, index) => {
      if (stream.length === 0) return [];
      const playout = new Playout();
      for (const { timestamp, payload } of stream) playout.add(timestamp, payload);
      return [
        {
          name: `${this.#call.name.replace('#', '-')}-${index === 0 ? 'caller' : 'callee'}.wav`,
          octets: writeWav(playout.toSamples()),
        },
      ];
    });
    const count = streams.reduce((sum, stream) => sum + stream.length, 0);
    if (count === 0) return refused('the keys of the call open none of the recorded packets');
    const samples = streams.reduce(
      (sum, stream) => sum + stream.reduce((octets, { payload }) => octets + payload.length, 0),
      0,
    );
    const audioSeconds = Math.round((samples / SAMPLES_PER_SECOND) * 100) / 100;
    return opened(`${count} recorded packets decrypt to ${audioSeconds} s of speech`, means, {
      audioSeconds,
      artefacts,
      derived: call.sessions.map(({ csId, tek }) => new Secret('TEK', `${this.#call.csb} CS ${csId}`, tek)),
    });
  }
}

interface FoundCall {
  /** Caller to callee, and back. */
  readonly sessions: readonly SessionKeys[];
  readonly profile: SrtpProfile;
  readonly means: string;
}

function openWithKeys(iMessage: Uint8Array, held: Holdings): FoundCall | undefined {
  const { kms } = held;
  if (kms === undefined) return undefined;
  const unixMs = unixMsOf(parseMessage(iMessage).timestamp);
  for (const keys of held.userKeys) {
    if (keys.period !== periodOf(unixMs)) continue;
    try {
      // No rules: whoever decrypts a recording refuses nothing.
      const receiver = {
        self: keys.number,
        keysFor: () => keys,
        kms,
        unixMs,
        skewLimitMs: 0,
        replayCache: new ReplayCache(),
        calendar: false,
        rules: [],
      };
      const { sessions, policy } = openIMessage(iMessage, receiver);
      return { sessions, profile: policy.profile, means: labelOf.rsk(keys) };
    } catch (error) {
      if (!(error instanceof CalldrillError)) throw error;
    }
  }
  return undefined;
}

/** What each direction of the call comes to, decrypted: first the caller's, then the callee's. */
function streamsOf(
  { sessions, profile }: FoundCall,
  packets: readonly CapturedPacket[],
): readonly (readonly OpenedPacket[])[] {
  const bySsrc = new Map<number, Uint8Array[]>();
  for (const { packet } of packets) {
    // Reports hold no speech.
    if (packet.octets.length < 12 || isRtcp(packet.octets)) continue;
    const ssrc = rtpSsrc(packet.octets);
    const list = bySsrc.get(ssrc);
    if (list === undefined) bySsrc.set(ssrc, [packet.octets]);
    else list.push(packet.octets);
  }
  const found = new Set<number>();
  return sessions.map(({ tek, salt }) => {
    // What another key has opened is tried last: a wrong key is tried on every packet, with every rollover counter.
    const likeliest = [...bySsrc].sort(([a], [b]) => Number(found.has(a)) - Number(found.has(b)));
    for (const [ssrc, stream] of likeliest) {
      const { opened: clear } = decryptCapture(stream, { masterKey: tek, masterSalt: salt, profile });
      if (clear.length === 0) continue;
      found.add(ssrc);
      return clear;
    }
    return [];
  });
}
