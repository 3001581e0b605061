/**
 * SRTP (RFC 3711) with AES in counter mode and HMAC-SHA1: the receiving end of one stream; the other is in `srtp-sender.ts`.
 *
 * A receiver checks in the RFC's order: replay, then tag, then it decrypts, and only then does a packet change what the receiver
 * believes. It may learn its SSRC from the first packet that authenticates: with MIKEY-SAKKE there is no response to announce it in.
 *
 * The index of a packet is guessed from its 16 bits: after a hole of 2^15 packets or more the guess is wrong, for every packet that
 * follows (section 3.3.1). The receiver stays deaf then, as the RFC has it; but a refused packet whose tag is right under the index that it
 * really has is told from one that was forged or replayed: it is out of step.
 */
import { CalldrillError } from '../../sim/errors.ts';
import { rtpError } from './errors.ts';
import { estimateIndex, INDEX_LIMIT, ReplayWindow, SEQUENCES, turnOf } from './packet-index.ts';
import { RTP_HEADER_OCTETS, RTP_PACKET_OCTETS_MAX, rtpHeaderOctets, rtpSequence, rtpSsrc } from './rtp.ts';
import type { SrtpMaster } from './session-keys.ts';
import { LANES } from './sha1-lanes.ts';
import { otherSsrc, pastLimit, tooLong } from './srtp-refusal.ts';
import { SrtpStream } from './srtp-stream.ts';

/** Of the packets that are looked at side by side: their indices. Used within one call, so one for all. */
const indicesOfFour: number[] = Array.from({ length: LANES }, () => 0);
/** Turns of the rollover counter, on and back, in which the true index of a refused packet is looked for: about three hours of voice. */
const TURNS_SEARCHED_MAX = 8;

/** The master key that packets are opened with, and what is known of the stream beforehand. */
export interface SrtpReceiverOptions extends SrtpMaster {
  /** Default: that of the first packet which authenticates. */
  readonly ssrc?: number;
  /** ROC of the first packet, 0..2^32-1. Default 0. */
  readonly rolloverCounter?: number;
  /** A sequence number that the first packet is near, 0..65535. Default: that of the first packet which authenticates. */
  readonly sequence?: number;
}

/** What a receiver has met. */
export interface SrtpCounters {
  readonly opened: number;
  /** How often each error code was the answer. */
  readonly refused: ReadonlyMap<string, number>;
}

/** Opens the packets that the key authenticates, each index once, and follows the rollover counter. */
export class SrtpReceiver {
  readonly #stream: SrtpStream;
  readonly #firstTurn: number;
  /** The index that the first packet is near, when it is known. */
  readonly #near: number | undefined;
  readonly #window = new ReplayWindow();
  readonly #refused = new Map<string, number>();
  #ssrc: number | undefined;
  #opened = 0;
  /** Of packets out of step: the highest index, and the first. */
  #ahead: number | undefined;
  #aheadFrom = 0;

  /** Errors: SRTP_KEY. */
  constructor(options: SrtpReceiverOptions) {
    this.#stream = new SrtpStream(options);
    this.#ssrc = options.ssrc;
    this.#firstTurn = turnOf(options.rolloverCounter);
    this.#near = options.sequence === undefined ? undefined : this.#firstTurn + options.sequence;
  }

  /** As given, or learned; undefined until then. */
  get ssrc(): number | undefined {
    return this.#ssrc;
  }

  get rolloverCounter(): number {
    return Math.floor(Math.max(this.#window.highest, this.#firstTurn) / SEQUENCES);
  }

  get counters(): SrtpCounters {
    return { opened: this.#opened, refused: this.#refused };
  }

  /** Packets that the stream is known to have come on since the newest that was opened: those out of step are authentic, and unheard. */
  get unheard(): number {
    if (this.#ahead === undefined) return 0;
    const { highest } = this.#window;
    return Math.max(0, this.#ahead - (highest < 0 ? this.#aheadFrom - 1 : highest));
  }

  /**
   * The RTP packet inside an SRTP packet, which is not changed. The result is the caller's to keep.
   *
   * Errors, each counted: SRTP_TOO_LONG, SRTP_TRUNCATED, SRTP_SSRC, SRTP_REPLAY, SRTP_TAG, SRTP_OUT_OF_STEP, SRTP_LIMIT; RTP_VERSION,
   * RTP_TRUNCATED. A refused packet changes nothing but the counters, and how far the stream is known to have come.
   */
  unprotect(packet: Uint8Array): Uint8Array {
    return this.#counted(packet, 'open');
  }

  /**
   * The same for a packet that is looked at once and not kept: its octets, as many as `packet` has without its tag, stand at the
   * beginning of the result until the next packet is looked at, of whichever receiver. Nothing is made for it.
   */
  look(packet: Uint8Array): Uint8Array {
    return this.#counted(packet, 'look');
  }

  /**
   * The same for the first `count` of these packets, which came one after the other, as {@link look} would do it with each, for less:
   * `opened` is told of those that are not refused, with their length without the tag, and their place; `refused` of the others.
   */
  lookAll(
    packets: readonly Uint8Array[],
    count: number,
    opened: (packet: Uint8Array, length: number, place: number) => void,
    refused: (code: string, place: number) => void,
  ): void {
    for (let from = 0; from < count; from += LANES) {
      const lanes = Math.min(LANES, count - from);
      const isForeseen = lanes === LANES && this.#foresee(packets, from);
      for (let at = 0; at < lanes; at++) {
        const packet = packets[from + at] as Uint8Array;
        try {
          const clear = this.#counted(packet, 'look', isForeseen ? indicesOfFour[at] : undefined, at);
          opened(clear, packet.length - this.tagOctets, from + at);
        } catch (error) {
          if (!(error instanceof CalldrillError)) throw error;
          refused(error.code, from + at);
        }
      }
    }
  }

  get tagOctets(): number {
    return this.#stream.tagOctets;
  }

  /**
   * Works out the tags of four packets from place `from` on under the indices that they have if none is refused, which are in {@link indicesOfFour} then. False
   * when one of them would be refused anyway, as far as that can be told.
   */
  #foresee(packets: readonly Uint8Array[], from: number): boolean {
    let { highest } = this.#window;
    if (highest < 0) return false;
    for (let at = 0; at < LANES; at++) {
      const packet = packets[from + at] as Uint8Array;
      if (packet.length < RTP_HEADER_OCTETS + this.tagOctets || rtpSsrc(packet) !== this.#ssrc) return false;
      const index = estimateIndex(highest, rtpSequence(packet));
      if (index < 0 || this.#window.refuses(index)) return false;
      for (let before = 0; before < at; before++) if (indicesOfFour[before] === index) return false;
      indicesOfFour[at] = index;
      if (index > highest) highest = index;
    }
    return this.#stream.foresee(packets, from, indicesOfFour);
  }

  #counted(packet: Uint8Array, how: 'open' | 'look', foreseen?: number, place?: number): Uint8Array {
    try {
      const opened = this.#open(packet, how, foreseen, place);
      this.#opened++;
      return opened;
    } catch (error) {
      if (error instanceof CalldrillError) {
        this.#refused.set(error.code, (this.#refused.get(error.code) ?? 0) + 1);
      }
      throw error;
    }
  }

  /** `foreseen`: the index under which the tag of the packet, at `place` among four, was worked out. */
  #open(packet: Uint8Array, how: 'open' | 'look', foreseen?: number, place?: number): Uint8Array {
    const headerOctets = srtpHeaderOctets(packet, this.#stream.tagOctets);
    const ssrc = rtpSsrc(packet);
    if (this.#ssrc !== undefined && ssrc !== this.#ssrc) throw otherSsrc(ssrc, this.#ssrc);
    const sequence = rtpSequence(packet);
    const index = this.#estimate(sequence);
    if (index >= INDEX_LIMIT) throw pastLimit();
    if (index < 0 || this.#window.refuses(index)) {
      throw this.#outOfStep(packet, headerOctets, index) ?? old(sequence, this.#window.highest);
    }
    const stream = this.#stream;
    const opened =
      how === 'open'
        ? stream.open(packet, headerOctets, index)
        : stream.look(packet, headerOctets, index, foreseen === index ? place : undefined);
    if (opened === undefined) {
      throw (
        this.#outOfStep(packet, headerOctets, index) ??
        rtpError('SRTP_TAG', `the tag of sequence number ${sequence} does not match`, {
          where: { offset: packet.length - this.#stream.tagOctets },
        })
      );
    }
    this.#ssrc = ssrc;
    this.#window.accept(index);
    return opened;
  }

  #estimate(sequence: number): number {
    const { highest } = this.#window;
    if (highest >= 0) return estimateIndex(highest, sequence);
    return this.#near === undefined ? this.#firstTurn + sequence : estimateIndex(this.#near, sequence);
  }

  /**
   * Why a packet was refused whose tag is right under another index than the estimated one: the stream is ahead of this end, or
   * the packet is an old one. Undefined when its tag is right nowhere near.
   */
  #outOfStep(packet: Uint8Array, headerOctets: number, estimated: number): CalldrillError | undefined {
    const { highest } = this.#window;
    const sequence = rtpSequence(packet);
    const index = this.#stream.indexOf(packet, headerOctets, turnsNear(estimated, this.#ahead, sequence));
    if (index === undefined) return undefined;
    if (index <= highest) return old(sequence, highest);
    if (this.#ahead === undefined) this.#aheadFrom = index;
    this.#ahead = Math.max(index, this.#ahead ?? index);
    const problem = `sequence number ${sequence} is of turn ${Math.floor(index / SEQUENCES)}, this end of turn ${this.rolloverCounter}`;
    return rtpError('SRTP_OUT_OF_STEP', problem, { where: { offset: 2 } });
  }
}

function old(sequence: number, highest: number): CalldrillError {
  return rtpError('SRTP_REPLAY', `sequence number ${sequence} is old, the newest is ${highest % SEQUENCES}`, {
    where: { offset: 2 },
  });
}

/** Indices that a sequence number may stand for, the likely ones first: as estimated, as found before, then on and back. */
function* turnsNear(estimated: number, ahead: number | undefined, sequence: number): Iterable<number> {
  const turn = Math.floor(estimated / SEQUENCES);
  const known = ahead === undefined ? [] : [Math.floor(estimateIndex(ahead, sequence) / SEQUENCES)];
  const turns = new Set([turn, ...known]);
  for (let distance = 1; distance <= TURNS_SEARCHED_MAX; distance++) turns.add(turn + distance);
  for (let distance = 1; distance <= TURNS_SEARCHED_MAX; distance++) turns.add(turn - distance);
  for (const each of turns) {
    const index = each * SEQUENCES + sequence;
    if (index >= 0 && index < INDEX_LIMIT) yield index;
  }
}

/**
 * Length in octets of the clear header of an SRTP packet, once its length is plausible.
 *
 * Errors: SRTP_TOO_LONG, SRTP_TRUNCATED, RTP_VERSION, RTP_TRUNCATED.
 */
export function srtpHeaderOctets(packet: Uint8Array, tagOctets: number): number {
  if (packet.length > RTP_PACKET_OCTETS_MAX) throw tooLong(packet.length);
  if (packet.length < RTP_HEADER_OCTETS + tagOctets) {
    throw rtpError(
      'SRTP_TRUNCATED',
      `${packet.length} octets are too few for a header and a tag of ${tagOctets}`,
      {
        where: { offset: packet.length },
      },
    );
  }
  return rtpHeaderOctets(packet, packet.length - tagOctets);
}
