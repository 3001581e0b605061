/**
 * SRTCP (RFC 3711 section 3.4): the protection of reports, with the keys of labels 3 to 5 (see `session-keys.ts` for the octet on
 * which the label stands).
 *
 *      0                   1                   2                   3
 *      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+<+
 *     |V=2|P|   RC    |  PT=SR or RR  |            length             | |
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+ |
 *     |                       SSRC of the sender                      | |
 *   +>+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+ |
 *   | |            rest of the first packet, other packets  ...       | |
 *   +>+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+ |
 *   | |E|                         SRTCP index                         | |
 *   | +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+<+
 *   | :              authentication tag, 80 bits in either profile    : |
 *   | +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+ |
 *   +- encrypted                                        authenticated --+
 *
 * (Figure 2, without MKI.) The index is sent, so nothing has to be guessed. A report comes every few seconds: node:crypto is
 * called once for each, and speed is no concern here.
 */
import { createCipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import { assert, CalldrillError } from '../../sim/errors.ts';
import { rtpError } from './errors.ts';
import { ReplayWindow } from './packet-index.ts';
import { RTCP_HEADER_OCTETS, RTCP_OCTETS_MAX } from './rtcp.ts';
import { deriveSessionKey, KEY_LABELS, type SrtpMaster } from './session-keys.ts';
import type { SrtpCounters } from './srtp.ts';

/** The profile with tags of 32 bits shortens those of SRTP only (RFC 4568 section 6.2.2). */
const TAG_OCTETS = 10;
const INDEX_OCTETS = 4;
const ENCRYPTED_BIT = 0x80000000;
/** Reports that a master key may protect (RFC 3711 section 9.2). */
const SRTCP_INDEX_LIMIT = 2 ** 31;
/** Octets that protection adds to a report. */
const SRTCP_OVERHEAD_OCTETS = INDEX_OCTETS + TAG_OCTETS;

/** What both ends do with the keys of one direction. */
class SrtcpKeys {
  readonly #key: Uint8Array;
  readonly #salt: Uint8Array;
  readonly #authentication: Uint8Array;

  constructor(master: SrtpMaster) {
    this.#key = deriveSessionKey(master, KEY_LABELS.srtcpEncryption, 16);
    this.#salt = deriveSessionKey(master, KEY_LABELS.srtcpSalt, 14);
    this.#authentication = deriveSessionKey(master, KEY_LABELS.srtcpAuthentication, 20);
  }

  /** AES-CM over everything behind the header, in place (section 4.1.1 with the SRTCP index for i). */
  crypt(rtcp: Uint8Array, index: number): void {
    const initial = new Uint8Array(16);
    initial.set(this.#salt);
    const counter = new DataView(initial.buffer);
    const ssrc = new DataView(rtcp.buffer, rtcp.byteOffset).getInt32(4);
    counter.setInt32(4, counter.getInt32(4) ^ ssrc);
    counter.setInt32(10, counter.getInt32(10) ^ index);
    const body = rtcp.subarray(RTCP_HEADER_OCTETS);
    body.set(createCipheriv('aes-128-ctr', this.#key, initial).update(body));
  }

  tag(authenticated: Uint8Array): Uint8Array {
    return createHmac('sha1', this.#authentication).update(authenticated).digest().subarray(0, TAG_OCTETS);
  }
}

/** The master key that reports are protected with, and where their index goes on. */
export interface SrtcpSenderOptions extends SrtpMaster {
  /** Index of the first report, 0..2^31-1. Default 1, as libsrtp has it; a receiver takes any. It outlives a master key. */
  readonly firstIndex?: number;
}

/** Encrypts and authenticates reports (RFC 3711 section 3.4), each under an index of its own. */
export class SrtcpSender {
  readonly #keys: SrtcpKeys;
  #next: number;

  /** Errors: SRTP_KEY. */
  constructor(options: SrtcpSenderOptions) {
    this.#keys = new SrtcpKeys(options);
    this.#next = options.firstIndex ?? 1;
  }

  /** The SRTCP packet of a compound, 14 octets longer. Errors: SRTCP_LIMIT. */
  protect(rtcp: Uint8Array): Uint8Array {
    assert(rtcp.length >= RTCP_HEADER_OCTETS, 'a report has a header');
    if (this.#next >= SRTCP_INDEX_LIMIT)
      throw rtpError('SRTCP_LIMIT', 'the next report would be number 2^31 under this master key');
    const index = this.#next++;
    const out = new Uint8Array(rtcp.length + SRTCP_OVERHEAD_OCTETS);
    out.set(rtcp);
    this.#keys.crypt(out.subarray(0, rtcp.length), index);
    new DataView(out.buffer).setInt32(rtcp.length, ENCRYPTED_BIT | index);
    const tagAt = rtcp.length + INDEX_OCTETS;
    out.set(this.#keys.tag(out.subarray(0, tagAt)), tagAt);
    return out;
  }
}

/** The master key that reports are opened with, and whose they have to be. */
export interface SrtcpReceiverOptions extends SrtpMaster {
  /** The only source whose reports are taken. Default: any that the key authenticates. */
  readonly ssrc?: number;
}

/** Sources whose reports are told apart; the key authenticates them, so strangers cannot use them up. */
const SOURCES_MAX = 64;

/** Opens reports that the key authenticates, each index of each source once (section 3.2.3: a replay list for each stream). */
export class SrtcpReceiver {
  readonly #keys: SrtcpKeys;
  /** By SSRC; of those whose reports have authenticated themselves. */
  readonly #windows = new Map<number, ReplayWindow>();
  readonly #refused = new Map<string, number>();
  readonly #ssrc: number | undefined;
  #opened = 0;

  /** Errors: SRTP_KEY. */
  constructor(options: SrtcpReceiverOptions) {
    this.#keys = new SrtcpKeys(options);
    this.#ssrc = options.ssrc;
  }

  get counters(): SrtpCounters {
    return { opened: this.#opened, refused: this.#refused };
  }

  /**
   * The compound inside an SRTCP packet, which is not changed. The result is the caller's to keep.
   *
   * Errors, each counted: SRTCP_TOO_LONG, SRTCP_TRUNCATED, SRTP_SSRC, SRTCP_REPLAY, SRTCP_TAG, SRTCP_CLEAR, SRTCP_SOURCES. A refused packet
   * changes nothing but the counters.
   */
  unprotect(packet: Uint8Array): Uint8Array {
    try {
      const opened = this.#open(packet);
      this.#opened++;
      return opened;
    } catch (error) {
      if (error instanceof CalldrillError)
        this.#refused.set(error.code, (this.#refused.get(error.code) ?? 0) + 1);
      throw error;
    }
  }

  /** In the order of section 3.3: replay, then tag, then decryption. */
  #open(packet: Uint8Array): Uint8Array {
    requireLength(packet.length);
    const view = new DataView(packet.buffer, packet.byteOffset, packet.length);
    const ssrc = view.getUint32(4);
    if (this.#ssrc !== undefined && ssrc !== this.#ssrc)
      throw rtpError('SRTP_SSRC', `a report of SSRC ${ssrc}, not ${this.#ssrc}`, { where: { offset: 4 } });
    const tagAt = packet.length - TAG_OCTETS;
    const wordAt = tagAt - INDEX_OCTETS;
    const word = view.getUint32(wordAt);
    const index = word % SRTCP_INDEX_LIMIT;
    const window = this.#windows.get(ssrc);
    if (window?.refuses(index) === true)
      throw rtpError('SRTCP_REPLAY', `report ${index} is old, the newest is ${window.highest}`, {
        where: { offset: wordAt },
      });
    if (!timingSafeEqual(this.#keys.tag(packet.subarray(0, tagAt)), packet.subarray(tagAt)))
      throw rtpError('SRTCP_TAG', `the tag of report ${index} does not match`, { where: { offset: tagAt } });
    if (word < ENCRYPTED_BIT)
      throw rtpError('SRTCP_CLEAR', `report ${index} is not encrypted`, { where: { offset: wordAt } });
    (window ?? this.#windowFor(ssrc)).accept(index);
    const rtcp = packet.slice(0, wordAt);
    this.#keys.crypt(rtcp, index);
    return rtcp;
  }

  /** Nobody's window is given up for another: what it has seen could come in once more. */
  #windowFor(ssrc: number): ReplayWindow {
    if (this.#windows.size === SOURCES_MAX)
      throw rtpError('SRTCP_SOURCES', `reports of more than ${SOURCES_MAX} sources`, {
        where: { offset: 4 },
      });
    const window = new ReplayWindow();
    this.#windows.set(ssrc, window);
    return window;
  }
}

function requireLength(octets: number): void {
  const most = RTCP_OCTETS_MAX + SRTCP_OVERHEAD_OCTETS;
  if (octets > most)
    throw rtpError('SRTCP_TOO_LONG', `${octets} octets, more than ${most}`, { where: { offset: most } });
  if (octets < RTCP_HEADER_OCTETS + SRTCP_OVERHEAD_OCTETS)
    throw rtpError('SRTCP_TRUNCATED', `${octets} octets are too few for a header, an index and a tag`, {
      where: { offset: octets },
    });
}
