/**
 * SRTP (RFC 3711) with AES in counter mode and HMAC-SHA1: the two ends of one stream.
 *
 * A sender never lets a sequence number serve twice, because that is one keystream for two packets. A receiver checks in the
 * RFC's order: replay, then tag, then it decrypts, and only then does a packet change what the receiver believes. It may
 * learn its SSRC from the first packet that authenticates: with MIKEY-SAKKE there is no response to announce it in.
 *
 * The rollover counter outlives a master key: on re-keying, hand the old end's `rolloverCounter` to the new one.
 */
import { assert, CalldrillError } from '../../sim/errors.ts';
import { rtpError } from './errors.ts';
import { estimateIndex, INDEX_LIMIT, ReplayWindow, SEQUENCES, turnOf } from './packet-index.ts';
import { RTP_HEADER_OCTETS, RTP_PACKET_OCTETS_MAX, rtpHeaderOctets, rtpSequence, rtpSsrc } from './rtp.ts';
import type { SrtpMaster } from './session-keys.ts';
import { LANES } from './sha1-lanes.ts';
import { SrtpStream } from './srtp-stream.ts';

/** Of the packets that are worked on side by side: their indices, and the octets of their headers. Used within one call, so one for all. */
const indicesOfFour: number[] = Array.from({ length: LANES }, () => 0);
const headersOfFour: number[] = Array.from({ length: LANES }, () => 0);

/** The master key of a stream, its source, and where its index begins. */
export interface SrtpSenderOptions extends SrtpMaster {
  readonly ssrc: number;
  /** ROC of the first packet, 0..2^32-1. Default 0. */
  readonly rolloverCounter?: number;
}

/** The master key that packets are opened with, and what is known of the stream beforehand. */
export interface SrtpReceiverOptions extends SrtpMaster {
  /** Default: that of the first packet which authenticates. */
  readonly ssrc?: number;
  /** ROC of the first packet, 0..2^32-1. Default 0. */
  readonly rolloverCounter?: number;
}

/** What a receiver has met. */
export interface SrtpCounters {
  readonly opened: number;
  /** How often each error code was the answer. */
  readonly refused: ReadonlyMap<string, number>;
}

/** Encrypts and authenticates the packets of one source (RFC 3711), in the order of their sequence numbers. */
export class SrtpSender {
  readonly #stream: SrtpStream;
  readonly #ssrc: number;
  readonly #firstTurn: number;
  #index = -1;

  /** Errors: SRTP_KEY. */
  constructor(options: SrtpSenderOptions) {
    this.#stream = new SrtpStream(options);
    this.#ssrc = options.ssrc;
    this.#firstTurn = turnOf(options.rolloverCounter);
  }

  get rolloverCounter(): number {
    return Math.floor(Math.max(this.#index, this.#firstTurn) / SEQUENCES);
  }

  /**
   * The SRTP packet of an RTP packet: 10 or 4 octets longer. Written to the start of `into` when that is given and returned as a
   * view of it; otherwise the result is the caller's to keep. `packet` is not changed, unless it overlaps `into`.
   *
   * Errors: SRTP_TOO_LONG, SRTP_SSRC, SRTP_SEQUENCE, SRTP_LIMIT; RTP_VERSION, RTP_TRUNCATED.
   */
  protect(packet: Uint8Array, into?: Uint8Array): Uint8Array {
    const total = packet.length + this.#stream.tagOctets;
    if (total > RTP_PACKET_OCTETS_MAX) throw tooLong(total);
    assert(into === undefined || into.length >= total, 'there is room for the packet and its tag');
    const headerOctets = rtpHeaderOctets(packet);
    const ssrc = rtpSsrc(packet);
    if (ssrc !== this.#ssrc) throw otherSsrc(ssrc, this.#ssrc);
    const index = this.#next(rtpSequence(packet), this.#index);
    const sealed = this.#stream.seal(packet, headerOctets, index, into);
    this.#index = index;
    return sealed;
  }

  /**
   * The SRTP packets of RTP packets that follow each other: the same octets as one by one, for less. All are the caller's to keep.
   *
   * Errors: those of {@link protect}; of the four of which one is refused, none is protected.
   */
  protectAll(packets: readonly Uint8Array[]): Uint8Array[] {
    const sealed: Uint8Array[] = [];
    for (let from = 0; from < packets.length; from += LANES)
      for (const packet of this.#protectFour(packets.slice(from, from + LANES))) sealed.push(packet);
    return sealed;
  }

  #protectFour(packets: readonly Uint8Array[]): readonly Uint8Array[] {
    let last = this.#index;
    for (let at = 0; at < packets.length; at++) {
      const packet = packets[at] as Uint8Array;
      headersOfFour[at] = rtpHeaderOctets(packet);
      const ssrc = rtpSsrc(packet);
      if (ssrc !== this.#ssrc) throw otherSsrc(ssrc, this.#ssrc);
      last = this.#next(rtpSequence(packet), last);
      indicesOfFour[at] = last;
    }
    const sealed = this.#stream.sealFour(packets, headersOfFour, indicesOfFour);
    if (sealed === undefined) return packets.map((packet) => this.protect(packet));
    this.#index = last;
    return sealed;
  }

  #next(sequence: number, last: number): number {
    if (last < 0) return this.#firstTurn + sequence;
    const step = (sequence - last) & (SEQUENCES - 1);
    if (step === 0 || step >= SEQUENCES / 2) {
      throw rtpError('SRTP_SEQUENCE', `sequence number ${sequence} after ${last % SEQUENCES}`, {
        where: { offset: 2 },
      });
    }
    if (last + step >= INDEX_LIMIT) throw limit();
    return last + step;
  }
}

/** Opens the packets that the key authenticates, each index once, and follows the rollover counter. */
export class SrtpReceiver {
  readonly #stream: SrtpStream;
  readonly #firstTurn: number;
  readonly #window = new ReplayWindow();
  readonly #refused = new Map<string, number>();
  #ssrc: number | undefined;
  #opened = 0;

  /** Errors: SRTP_KEY. */
  constructor(options: SrtpReceiverOptions) {
    this.#stream = new SrtpStream(options);
    this.#ssrc = options.ssrc;
    this.#firstTurn = turnOf(options.rolloverCounter);
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

  /**
   * The RTP packet inside an SRTP packet, which is not changed. The result is the caller's to keep.
   *
   * Errors, each counted: SRTP_TOO_LONG, SRTP_TRUNCATED, SRTP_SSRC, SRTP_REPLAY, SRTP_TAG, SRTP_LIMIT; RTP_VERSION,
   * RTP_TRUNCATED. A refused packet changes nothing but the counters.
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
   * `opened` is told of those that are not refused, with their length without the tag, and their place.
   */
  lookAll(
    packets: readonly Uint8Array[],
    count: number,
    opened: (packet: Uint8Array, length: number, place: number) => void,
  ): void {
    for (let from = 0; from < count; from += LANES) {
      const four = packets.slice(from, Math.min(from + LANES, count));
      const isForeseen = this.#foresee(four);
      for (let at = 0; at < four.length; at++) {
        const packet = four[at] as Uint8Array;
        try {
          const clear = this.#counted(packet, 'look', isForeseen ? indicesOfFour[at] : undefined, at);
          opened(clear, packet.length - this.tagOctets, from + at);
        } catch (error) {
          // It was counted.
          if (!(error instanceof CalldrillError)) throw error;
        }
      }
    }
  }

  get tagOctets(): number {
    return this.#stream.tagOctets;
  }

  /**
   * Works out the tags of four packets under the indices that they have if none is refused, which are in {@link indicesOfFour} then. False
   * when one of them would be refused anyway, as far as that can be told.
   */
  #foresee(packets: readonly Uint8Array[]): boolean {
    let { highest } = this.#window;
    if (highest < 0) return false;
    for (let at = 0; at < packets.length; at++) {
      const packet = packets[at] as Uint8Array;
      if (packet.length < RTP_HEADER_OCTETS + this.tagOctets || rtpSsrc(packet) !== this.#ssrc) return false;
      const index = estimateIndex(highest, rtpSequence(packet));
      if (index < 0 || this.#window.refuses(index)) return false;
      for (let before = 0; before < at; before++) if (indicesOfFour[before] === index) return false;
      indicesOfFour[at] = index;
      if (index > highest) highest = index;
    }
    return this.#stream.foresee(packets, indicesOfFour);
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
    const { highest } = this.#window;
    const index = highest < 0 ? this.#firstTurn + sequence : estimateIndex(highest, sequence);
    if (index >= INDEX_LIMIT) throw limit();
    if (index < 0 || this.#window.refuses(index)) {
      throw rtpError(
        'SRTP_REPLAY',
        `sequence number ${sequence} is old, the newest is ${highest % SEQUENCES}`,
        {
          where: { offset: 2 },
        },
      );
    }
    const stream = this.#stream;
    const opened =
      how === 'open'
        ? stream.open(packet, headerOctets, index)
        : stream.look(packet, headerOctets, index, foreseen === index ? place : undefined);
    if (opened === undefined) {
      throw rtpError('SRTP_TAG', `the tag of sequence number ${sequence} does not match`, {
        where: { offset: packet.length - this.#stream.tagOctets },
      });
    }
    this.#ssrc = ssrc;
    this.#window.accept(index);
    return opened;
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

function tooLong(octets: number) {
  return rtpError('SRTP_TOO_LONG', `${octets} octets, more than ${RTP_PACKET_OCTETS_MAX}`, {
    where: { offset: RTP_PACKET_OCTETS_MAX },
  });
}

function otherSsrc(met: number, expected: number) {
  return rtpError('SRTP_SSRC', `SSRC ${hex(met)}, not ${hex(expected)}`, { where: { offset: 8 } });
}

function limit() {
  return rtpError('SRTP_LIMIT', 'the next packet would be number 2^48 under this master key');
}

function hex(ssrc: number): string {
  return `0x${ssrc.toString(16).padStart(8, '0')}`;
}
