/**
 * The voice of one call: 50 packets a second each way, SRTP both ways, through the relay, and reports on them beside. Plain
 * functions on octets: the statechart sees a call begin and end, and never a packet.
 *
 * Packets are made, and opened, several at a time; they are sent and counted one by one, and hold the octets that they would hold then.
 */
import { MILLISECOND, type Micros, type TimerId } from '../../sim/clock.ts';
import type { RandomSource } from '../../sim/random.ts';
import type { Address, DatagramSocket } from '../../network/fabric.ts';
import type { SessionKeys, StreamStart } from '../../network/mikey/index.ts';
import {
  FRAME_MS,
  FRAME_OCTETS,
  initialSequence,
  isRtcp,
  PAYLOAD_TYPE_PCMU,
  qualityOf,
  RTP_HEADER_OCTETS,
  SAMPLES_PER_SECOND,
  SrtpListener,
  SrtpReceiver,
  SrtpSender,
  type SrtpMaster,
  type SrtpProfile,
  type SrtpReceiverOptions,
  type CallQuality,
  type Hear,
  type SentSoFar,
  type Talk,
} from '../../network/rtp/index.ts';
import type { Ports } from '../ports.ts';
import { MediaReports } from './media-reports.ts';

/** Who is told of what comes. */
export interface MediaHeard {
  /** The first packet that authenticates: the peer holds the key (para-4). */
  onConfirmed(): void;
  /** So much was lost that nothing of the peer can be opened any more: this end is out of step. */
  onOutOfStep(): void;
}

/** The socket, the peer, keys for both ways, and what is said and heard. */
export interface MediaOptions extends MediaHeard {
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
  /** Where the stream of the peer begins, when that is known. */
  readonly peerStart: StreamStart | undefined;
  readonly talk: Talk;
  /** Frames of it that were said in this call before, under other keys. */
  readonly saidBefore?: number;
  /** Takes what is heard of the peer; nothing is decoded for nobody. */
  readonly hear: Hear | undefined;
  readonly ssrc: number;
  /** The name of this end in its reports; undefined when RTCP was not agreed on for this port. */
  readonly cname: string | undefined;
}

/** What a call's media came to. */
export interface MediaReport {
  readonly sent: number;
  readonly received: number;
  /** Packets whose tag did not match, and packets seen before. */
  readonly tampered: number;
  readonly replayed: number;
  /** Authentic packets that could not be opened, since too many before them never came. */
  readonly outOfStep: number;
  /** Everything else that was refused. */
  readonly malformed: number;
  /** Of the packets that the peer sent up to the last that came, those that did not come or were out of step. */
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
/** Frames that packets are made of at a time: a multiple of the four that are protected side by side. */
const FRAMES_AHEAD = 16;
/** Where packets are laid out before they are protected: used within one call, so one for all. */
const plainPackets = Array.from({ length: FRAMES_AHEAD }, () => {
  const octets = new Uint8Array(RTP_HEADER_OCTETS + FRAME_OCTETS);
  octets[0] = 0x80;
  octets[1] = PAYLOAD_TYPE_PCMU;
  return { octets, view: new DataView(octets.buffer) };
});
const plainOctets = plainPackets.map(({ octets }) => octets);
const NO_REPORTS = { sent: 0, received: 0, refused: 0 };

/** Hears from its construction on; from `begin` until `rest` or `stop` a packet goes out every 20 ms. */
export class Media {
  readonly #options: MediaOptions;
  readonly #sender: SrtpSender;
  readonly #firstSequence: number;
  readonly #firstTimestamp: number;
  readonly #listener: SrtpListener;
  /** The packets of the next frames, those that were sent among them. */
  #prepared: readonly Uint8Array[] = [];
  #reports: MediaReports | undefined;
  #began: Micros = 0;
  readonly #nextFrame = (): void => this.#sendFrame();
  #frame = 0;
  #timer: TimerId = 0;

  constructor(options: MediaOptions) {
    this.#options = options;
    const { random, ssrc } = options;
    this.#listener = new SrtpListener(
      new SrtpReceiver({ ...this.#master('receiving'), ...startOf(options.peerStart) }),
      options.hear,
      () => options.onOutOfStep(),
    );
    this.#sender = new SrtpSender({ ...this.#master('sending'), ssrc });
    this.#firstSequence = initialSequence(random);
    this.#firstTimestamp = random.uint32();
  }

  /** Speaks from now on, and reports. */
  begin(): void {
    const { ports, ssrc, cname } = this.#options;
    this.#began = ports.clock.now();
    this.#reports =
      cname === undefined
        ? undefined
        : new MediaReports({
            ports,
            random: this.#options.reportRandom,
            sending: this.#master('sending'),
            receiving: this.#master('receiving'),
            ssrc,
            cname,
            listener: this.#listener,
            sent: () => this.#sent(),
            send: (octets) => this.#options.socket.send(this.#options.remote, octets),
          });
    this.#sendFrame();
  }

  /** A datagram came in on the call's socket. */
  receive(octets: Uint8Array): void {
    if (this.#options.cname !== undefined && isRtcp(octets)) return this.#reports?.receive(octets);
    const heardBefore = this.#listener.hasHeard;
    this.#listener.add(octets, this.#options.ports.clock.now());
    if (!heardBefore && this.#listener.hasHeard) this.#options.onConfirmed();
  }

  /** Speaks no more, and still hears what is on its way. */
  rest(): void {
    this.#options.ports.clock.cancel(this.#timer);
    this.#reports?.stop(false);
  }

  /** Frames that were said in the call so far. */
  get said(): number {
    return (this.#options.saidBefore ?? 0) + this.#frame;
  }

  /** The source that it hears; undefined until it has heard anything. */
  get peerSsrc(): number | undefined {
    return this.#listener.end.ssrc;
  }

  /** Ends it, with a goodbye when the peer does not know yet. */
  stop(goodbye: boolean): MediaReport {
    this.#options.ports.clock.cancel(this.#timer);
    this.#reports?.stop(goodbye);
    const { opened, refused } = this.#listener.counters;
    const tampered = refused.get('SRTP_TAG') ?? 0;
    const replayed = refused.get('SRTP_REPLAY') ?? 0;
    const outOfStep = refused.get('SRTP_OUT_OF_STEP') ?? 0;
    let all = 0;
    for (const count of refused.values()) all += count;
    return {
      sent: this.#frame,
      received: opened,
      tampered,
      replayed,
      outOfStep,
      malformed: all - tampered - replayed - outOfStep,
      lost: this.#lost,
    };
  }

  /** How well the peer was heard until now; undefined when it was not heard at all. */
  quality(): MediaQuality | undefined {
    const { end } = this.#listener;
    const { reception, ssrc, lastAt } = end;
    if (ssrc === undefined) return undefined;
    const now = this.#options.ports.clock.now();
    const session = this.#reports?.session;
    return {
      ...qualityOf(end.end(now), session?.roundTrip),
      lost: this.#lost,
      jitterMs: Math.round((10 * reception.jitter * SAMPLE_MICROS) / MILLISECOND) / 10,
      quietMs: Math.round((now - lastAt) / MILLISECOND),
      peerLost: session?.peerBlock?.cumulativeLost,
      reports: this.#reports?.counters ?? NO_REPORTS,
    };
  }

  #master(direction: 'sending' | 'receiving'): SrtpMaster {
    const { tek, salt } = this.#options[direction];
    return { masterKey: tek, masterSalt: salt, profile: this.#options.profile };
  }

  get #lost(): number {
    return Math.max(0, this.#listener.end.reception.lost);
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
    const { ports, socket, remote } = this.#options;
    const frame = this.#frame++;
    const place = frame % FRAMES_AHEAD;
    if (place === 0) this.#prepare(frame);
    const packet = this.#prepared[place];
    if (packet !== undefined) socket.give(remote, packet);
    this.#timer = ports.clock.schedule(FRAME_MICROS, this.#nextFrame);
  }

  /** Makes the packets of the frames from this one on. */
  #prepare(first: number): void {
    const { ports, talk, ssrc, saidBefore = 0 } = this.#options;
    let frame = first;
    for (const { octets, view } of plainPackets) {
      view.setUint16(2, (this.#firstSequence + frame) & 0xffff);
      view.setUint32(4, (this.#firstTimestamp + frame * FRAME_OCTETS) >>> 0);
      view.setUint32(8, ssrc);
      octets.set(talk.frame(saidBefore + frame), RTP_HEADER_OCTETS);
      frame++;
    }
    const encrypted = ports.rules.holds('handset.encrypts-media');
    this.#prepared = encrypted
      ? this.#sender.protectAll(plainOctets)
      : plainOctets.map((octets) => octets.slice());
  }
}

/** What the receiver of a stream is to know of its beginning. */
function startOf({ ssrc, roc, sequence }: Partial<StreamStart> = {}): Omit<
  SrtpReceiverOptions,
  keyof SrtpMaster
> {
  return {
    ...(ssrc === undefined ? {} : { ssrc }),
    ...(roc === undefined ? {} : { rolloverCounter: roc }),
    ...(sequence === undefined ? {} : { sequence }),
  };
}
