/**
 * The voice of one call: 50 packets a second each way, SRTP both ways, through the relay. Plain functions on octets: the
 * statechart sees a call begin and end, and never a packet.
 */
import { CalldrillError } from '../../sim/errors.ts';
import { MILLISECOND, type TimerId } from '../../sim/clock.ts';
import type { RandomSource } from '../../sim/random.ts';
import type { Address, DatagramSocket } from '../../network/fabric.ts';
import type { SessionKeys } from '../../network/mikey/index.ts';
import {
  FRAME_MS,
  FRAME_OCTETS,
  initialSequence,
  parseRtp,
  PAYLOAD_TYPE_PCMU,
  RTP_HEADER_OCTETS,
  SrtpReceiver,
  SrtpSender,
  type SrtpProfile,
  type Talk,
} from '../../network/rtp/index.ts';
import type { Ports } from '../ports.ts';

export interface MediaOptions {
  readonly ports: Ports;
  readonly random: RandomSource;
  readonly socket: DatagramSocket;
  /** The relay's port that faces this phone. */
  readonly remote: Address;
  readonly profile: SrtpProfile;
  readonly sending: SessionKeys;
  readonly receiving: SessionKeys;
  readonly talk: Talk;
  readonly ssrc: number;
  /** The first packet that authenticates: the peer holds the key (para-4). */
  onConfirmed(): void;
}

/** What a call's media came to. */
export interface MediaReport {
  readonly sent: number;
  readonly received: number;
  /** Packets whose tag did not match, and packets seen before. */
  readonly tampered: number;
  readonly replayed: number;
  /** Everything else that was refused. */
  readonly malformed: number;
  /** Of the packets that the peer sent up to the last that came, those that did not come. */
  readonly lost: number;
}

/** The longer tag of the two profiles. */
const TAG_OCTETS_MAX = 10;
const FRAME_MICROS = FRAME_MS * MILLISECOND;

export class Media {
  readonly #options: MediaOptions;
  readonly #sender: SrtpSender;
  readonly #receiver: SrtpReceiver;
  /** One packet, written over for each frame. */
  readonly #packet = new Uint8Array(RTP_HEADER_OCTETS + FRAME_OCTETS);
  readonly #view = new DataView(this.#packet.buffer);
  readonly #sealed: Uint8Array;
  readonly #firstSequence: number;
  readonly #firstTimestamp: number;
  #frame = 0;
  #timer: TimerId = 0;
  #firstReceived = -1;
  #lastReceived = -1;

  constructor(options: MediaOptions) {
    this.#options = options;
    const { profile, random, sending, receiving, ssrc } = options;
    this.#sender = new SrtpSender({ masterKey: sending.tek, masterSalt: sending.salt, profile, ssrc });
    this.#receiver = new SrtpReceiver({ masterKey: receiving.tek, masterSalt: receiving.salt, profile });
    this.#firstSequence = initialSequence(random);
    this.#firstTimestamp = random.uint32();
    this.#sealed = new Uint8Array(this.#packet.length + TAG_OCTETS_MAX);
    this.#packet[0] = 0x80;
    this.#packet[1] = PAYLOAD_TYPE_PCMU;
    this.#view.setUint32(8, ssrc);
    this.#sendFrame();
  }

  /** A datagram came in on the call's socket. */
  receive(octets: Uint8Array): void {
    try {
      const { sequence } = parseRtp(this.#receiver.unprotect(octets));
      if (this.#firstReceived < 0) {
        this.#firstReceived = sequence;
        this.#lastReceived = sequence;
        this.#options.onConfirmed();
      }
      const ahead = (sequence - this.#lastReceived + 0x10000) & 0xffff;
      if (ahead < 0x8000) this.#lastReceived += ahead;
    } catch (error) {
      // Counted by the receiver, and reported when the call ends.
      if (!(error instanceof CalldrillError)) throw error;
    }
  }

  stop(): MediaReport {
    this.#options.ports.clock.cancel(this.#timer);
    const { opened, refused } = this.#receiver.counters;
    const tampered = refused.get('SRTP_TAG') ?? 0;
    const replayed = refused.get('SRTP_REPLAY') ?? 0;
    let all = 0;
    for (const count of refused.values()) all += count;
    const expected = this.#firstReceived < 0 ? 0 : this.#lastReceived - this.#firstReceived + 1;
    return {
      sent: this.#frame,
      received: opened,
      tampered,
      replayed,
      malformed: all - tampered - replayed,
      lost: Math.max(0, expected - opened),
    };
  }

  #sendFrame(): void {
    const { ports, socket, remote, talk } = this.#options;
    const frame = this.#frame++;
    this.#view.setUint16(2, (this.#firstSequence + frame) & 0xffff);
    this.#view.setUint32(4, (this.#firstTimestamp + frame * FRAME_OCTETS) >>> 0);
    this.#packet.set(talk.frame(frame), RTP_HEADER_OCTETS);
    const encrypted = ports.rules.holds('handset.encrypts-media');
    socket.send(remote, encrypted ? this.#sender.protect(this.#packet, this.#sealed) : this.#packet);
    this.#timer = ports.clock.schedule(FRAME_MICROS, () => this.#sendFrame());
  }
}
