/**
 * The voice of one call: 50 packets a second each way, SRTP both ways, through the relay, and reports on them beside. Plain
 * functions on octets: the statechart sees a call begin and end, and never a packet.
 */
import { CalldrillError } from '../../sim/errors.ts';
import { MILLISECOND, type Micros, type TimerId } from '../../sim/clock.ts';
import type { RandomSource } from '../../sim/random.ts';
import type { Address, DatagramSocket } from '../../network/fabric.ts';
import type { SessionKeys } from '../../network/mikey/index.ts';
import {
  FRAME_MS,
  FRAME_OCTETS,
  initialSequence,
  isRtcp,
  PAYLOAD_TYPE_PCMU,
  qualityOf,
  ReceivingEnd,
  RTP_HEADER_OCTETS,
  SAMPLES_PER_SECOND,
  SrtpReceiver,
  SrtpSender,
  type SrtpProfile,
  type CallQuality,
  type Hear,
  type SentSoFar,
  type Talk,
} from '../../network/rtp/index.ts';
import type { Ports } from '../ports.ts';
import { MediaReports } from './media-reports.ts';

/** The socket, the peer, keys for both ways, and what is said and heard. */
export interface MediaOptions {
  readonly ports: Ports;
  readonly random: RandomSource;
  /** For the times of reports: apart, so that reports change no other chance. */
  readonly reportRandom: RandomSource;
  readonly socket: DatagramSocket;
  /** The relay's port that faces this phone. */
  readonly remote: Address;
  readonly profile: SrtpProfile;
  readonly sending: SessionKeys;
  readonly receiving: SessionKeys;
  readonly talk: Talk;
  /** Takes what is heard of the peer; nothing is decoded for nobody. */
  readonly hear: Hear | undefined;
  readonly ssrc: number;
  /** The name of this end in its reports; undefined when RTCP was not agreed on for this port. */
  readonly cname: string | undefined;
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

/** How well this end heard the other, and the other this end. */
export interface MediaQuality extends CallQuality {
  /** Of the network, as a report would say it: packets that never came, and jitter to a tenth of a millisecond. */
  readonly lost: number;
  readonly jitterMs: number;
  /** How long nothing had come when the call ended. */
  readonly quietMs: number;
  /** What the other end said last it did not get; undefined when it said nothing. */
  readonly peerLost: number | undefined;
  readonly reports: { readonly sent: number; readonly received: number; readonly refused: number };
}

const FRAME_MICROS = FRAME_MS * MILLISECOND;
const SAMPLE_MICROS = 1_000_000 / SAMPLES_PER_SECOND;
const NO_REPORTS = { sent: 0, received: 0, refused: 0 };

/** Runs from its construction until `stop`: every 20 ms a packet goes out. */
export class Media {
  readonly #options: MediaOptions;
  readonly #sender: SrtpSender;
  readonly #receiver: SrtpReceiver;
  /** One packet, written over for each frame. */
  readonly #packet = new Uint8Array(RTP_HEADER_OCTETS + FRAME_OCTETS);
  readonly #view = new DataView(this.#packet.buffer);
  readonly #firstSequence: number;
  readonly #firstTimestamp: number;
  readonly #listening: ReceivingEnd;
  readonly #reports: MediaReports | undefined;
  readonly #began: Micros;
  readonly #nextFrame = (): void => this.#sendFrame();
  #frame = 0;
  #timer: TimerId = 0;

  constructor(options: MediaOptions) {
    this.#options = options;
    const { ports, profile, random, ssrc, cname } = options;
    const sending = { masterKey: options.sending.tek, masterSalt: options.sending.salt, profile };
    const receiving = { masterKey: options.receiving.tek, masterSalt: options.receiving.salt, profile };
    this.#began = ports.clock.now();
    this.#listening = new ReceivingEnd(options.hear);
    this.#sender = new SrtpSender({ ...sending, ssrc });
    this.#receiver = new SrtpReceiver(receiving);
    this.#firstSequence = initialSequence(random);
    this.#firstTimestamp = random.uint32();
    this.#packet[0] = 0x80;
    this.#packet[1] = PAYLOAD_TYPE_PCMU;
    this.#view.setUint32(8, ssrc);
    this.#reports =
      cname === undefined
        ? undefined
        : new MediaReports({
            ports,
            random: options.reportRandom,
            sending,
            receiving,
            ssrc,
            cname,
            listening: this.#listening,
            sent: () => this.#sent(),
            send: (octets) => options.socket.send(options.remote, octets),
          });
    this.#sendFrame();
  }

  /** A datagram came in on the call's socket. */
  receive(octets: Uint8Array): void {
    if (this.#reports !== undefined && isRtcp(octets)) return this.#reports.receive(octets);
    try {
      const packet = this.#receiver.look(octets);
      const first = this.#listening.ssrc === undefined;
      const length = octets.length - this.#receiver.tagOctets;
      this.#listening.add(packet, length, this.#options.ports.clock.now());
      if (first) this.#options.onConfirmed();
    } catch (error) {
      // Counted by the receiver, and reported when the call ends.
      if (!(error instanceof CalldrillError)) throw error;
    }
  }

  /** Ends it, with a goodbye when the peer does not know yet. */
  stop(goodbye: boolean): MediaReport {
    this.#options.ports.clock.cancel(this.#timer);
    this.#reports?.stop(goodbye);
    const { opened, refused } = this.#receiver.counters;
    const tampered = refused.get('SRTP_TAG') ?? 0;
    const replayed = refused.get('SRTP_REPLAY') ?? 0;
    let all = 0;
    for (const count of refused.values()) all += count;
    return {
      sent: this.#frame,
      received: opened,
      tampered,
      replayed,
      malformed: all - tampered - replayed,
      lost: this.#lost,
    };
  }

  /** How well the peer was heard until now; undefined when it was not heard at all. */
  quality(): MediaQuality | undefined {
    const { reception, ssrc, lastAt } = this.#listening;
    if (ssrc === undefined) return undefined;
    const now = this.#options.ports.clock.now();
    const session = this.#reports?.session;
    return {
      ...qualityOf(this.#listening.end(now), session?.roundTrip),
      lost: this.#lost,
      jitterMs: Math.round((10 * reception.jitter * SAMPLE_MICROS) / MILLISECOND) / 10,
      quietMs: Math.round((now - lastAt) / MILLISECOND),
      peerLost: session?.peerBlock?.cumulativeLost,
      reports: this.#reports?.counters ?? NO_REPORTS,
    };
  }

  get #lost(): number {
    return Math.max(0, this.#listening.reception.lost);
  }

  #sent(): SentSoFar {
    const { clock } = this.#options.ports;
    return {
      rtpTimestamp: this.#firstTimestamp + Math.floor((clock.now() - this.#began) / SAMPLE_MICROS),
      packets: this.#frame,
      octets: this.#frame * FRAME_OCTETS,
    };
  }

  #sendFrame(): void {
    const { ports, socket, remote, talk } = this.#options;
    const frame = this.#frame++;
    this.#view.setUint16(2, (this.#firstSequence + frame) & 0xffff);
    this.#view.setUint32(4, (this.#firstTimestamp + frame * FRAME_OCTETS) >>> 0);
    this.#packet.set(talk.frame(frame), RTP_HEADER_OCTETS);
    const encrypted = ports.rules.holds('handset.encrypts-media');
    if (encrypted) socket.give(remote, this.#sender.protect(this.#packet));
    else socket.send(remote, this.#packet);
    this.#timer = ports.clock.schedule(FRAME_MICROS, this.#nextFrame);
  }
}
