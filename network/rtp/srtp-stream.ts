/**
 * The cryptographic half of an SRTP stream: keys, tags and keystream of one SSRC, for a packet whose index is known. What
 * that index is, and whether it was seen before, is for sender, receiver and thief to say, each in its own way.
 *
 *      0                   1                   2                   3
 *      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+<+
 *     |                RTP header, CSRCs, extension                   | |
 *   +>+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+ |
 *   | |                          payload  ...                         | |
 *   | |                               +-------------------------------+ |
 *   | |                               | RTP padding   | RTP pad count | |
 *   +>+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+<+
 *   | :             authentication tag, 80 or 32 bits                 : |
 *   | +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+ |
 *   +- encrypted                     authenticated, then the ROC (4) ---+
 *
 * (RFC 3711 figure 1, without MKI.)
 */
import { HMAC_ROOM_OCTETS, type HmacBeginning, HmacSha1 } from './hmac-sha1.ts';
import { PacketKeystream } from './keystream.ts';
import { SEQUENCES } from './packet-index.ts';
import { PacketMemory } from './packet-memory.ts';
import { rtpSsrc } from './rtp.ts';
import { LANE_OCTETS, LANES, LANES_AT, sha1Lanes, type Sha1Lanes } from './sha1-lanes.ts';
import { deriveSessionKey, KEY_LABELS, type SrtpMaster, TAG_OCTETS } from './session-keys.ts';

const ROC_OCTETS = 4;
const ROOM_OCTETS = ROC_OCTETS + HMAC_ROOM_OCTETS;

/** One for all streams: a packet is finished before the next is begun. */
const memory = new PacketMemory();
/** The same for packets that are only looked at: never kept, so it always begins at the same octets. */
const scratch = new PacketMemory();
/** The packets whose tags can be worked on side by side. */
const LANE_PACKET_OCTETS_MAX = LANE_OCTETS - ROOM_OCTETS;
/** Words of a digest that a tag is made of. */
const TAG_WORDS = 3;
/** The digests of the last four packets side by side, three words each. */
const digests = new Int32Array(TAG_WORDS * LANES);
const digestOfLane = Array.from({ length: LANES }, (_, lane) =>
  digests.subarray(TAG_WORDS * lane, TAG_WORDS * (lane + 1)),
);

/** What sender and receiver of one SRTP stream share: session keys, keystream and tag. */
export class SrtpStream {
  /** 10 or 4. */
  readonly tagOctets: number;
  readonly #master: SrtpMaster;
  readonly #hmac: HmacSha1;
  #keystream: PacketKeystream | undefined;

  /** Errors: SRTP_KEY. */
  constructor(master: SrtpMaster) {
    this.tagOctets = TAG_OCTETS[master.profile];
    this.#master = master;
    this.#hmac = new HmacSha1(deriveSessionKey(master, KEY_LABELS.srtpAuthentication, 20));
  }

  /** Encrypts and tags an RTP packet whose header has `headerOctets`; into `into` when given, which must be long enough. */
  seal(packet: Uint8Array, headerOctets: number, index: number, into?: Uint8Array): Uint8Array {
    const length = packet.length;
    memory.begin(length + ROOM_OCTETS);
    const { octets, words, view, at } = memory;
    octets.set(packet, at);
    this.#keystreamOf(packet).xor(index, words, (at + headerOctets) >> 2, length - headerOctets);
    const digest = this.#digest(view, at, length, index);
    const tagAt = at + length;
    view.setInt32(tagAt, digest[0] as number);
    if (this.tagOctets > 4) {
      view.setInt32(tagAt + 4, digest[1] as number);
      view.setInt16(tagAt + 8, (digest[2] as number) >> 16);
    }
    const total = length + this.tagOctets;
    if (into === undefined) return memory.keep(total);
    into.set(octets.subarray(at, at + total));
    return into.subarray(0, total);
  }

  /**
   * The same for four packets of one length from place `from` on, added to `sealed`; false where they cannot be worked on side by side,
   * and must be sealed one by one.
   */
  sealFour(
    packets: readonly Uint8Array[],
    from: number,
    headers: readonly number[],
    indices: readonly number[],
    sealed: Uint8Array[],
  ): boolean {
    const lanes = lanesFor(packets, from);
    if (lanes === undefined) return false;
    const keystream = this.#keystreamOf(packets[from] as Uint8Array);
    const first = sealed.length;
    for (let lane = 0; lane < LANES; lane++) {
      const packet = packets[from + lane] as Uint8Array;
      const headerOctets = headers[lane] ?? 0;
      memory.begin(packet.length + this.tagOctets);
      const { octets, words, at } = memory;
      octets.set(packet, at);
      keystream.xor(indices[lane] ?? 0, words, (at + headerOctets) >> 2, packet.length - headerOctets);
      sealed.push(memory.keep(packet.length + this.tagOctets));
    }
    const length = packets[from]?.length ?? 0;
    this.#digestFour(lanes, sealed, first, length, indices);
    for (let lane = 0; lane < LANES; lane++) {
      const packet = sealed[first + lane] as Uint8Array;
      for (let octet = 0; octet < this.tagOctets; octet++)
        packet[length + octet] =
          (digests[TAG_WORDS * lane + (octet >> 2)] as number) >> (24 - 8 * (octet & 3));
    }
    return true;
  }

  /**
   * Works out what the tags of four packets of one length, from place `from` on, are under these indices, for {@link look} to compare;
   * false where that must be done one by one.
   */
  foresee(packets: readonly Uint8Array[], from: number, indices: readonly number[]): boolean {
    const lanes = lanesFor(packets, from);
    if (lanes === undefined) return false;
    this.#digestFour(lanes, packets, from, (packets[from]?.length ?? 0) - this.tagOctets, indices);
    return true;
  }

  /** The RTP packet inside, or undefined when the tag is not the one for `index`. */
  open(packet: Uint8Array, headerOctets: number, index: number): Uint8Array | undefined {
    return this.#open(packet, headerOctets, index, memory)
      ? memory.keep(packet.length - this.tagOctets)
      : undefined;
  }

  /**
   * The first index from `first` on that its tag is right for, of `rollovers` that differ in the ROC only, with the RTP packet inside;
   * undefined when it is for none. The ROC stands at the end: what comes before it is hashed once.
   */
  search(
    packet: Uint8Array,
    headerOctets: number,
    first: number,
    rollovers: number,
  ): { readonly index: number; readonly clear: Uint8Array } | undefined {
    if (first < 0) return undefined;
    const length = packet.length - this.tagOctets;
    memory.begin(packet.length + ROOM_OCTETS);
    memory.octets.set(packet, memory.at);
    const hashed = this.#hmac.beginning(memory.view, memory.at, length);
    for (let index = first; index < first + rollovers * SEQUENCES; index += SEQUENCES) {
      if (this.#open(packet, headerOctets, index, memory, hashed))
        return { index, clear: memory.keep(length) };
    }
    return undefined;
  }

  /** The first of these indices that the tag of a packet is right for; undefined when it is for none. */
  indexOf(packet: Uint8Array, headerOctets: number, indices: Iterable<number>): number | undefined {
    scratch.begin(packet.length + ROOM_OCTETS);
    scratch.octets.set(packet, scratch.at);
    const hashed = this.#hmac.beginning(scratch.view, scratch.at, packet.length - this.tagOctets);
    for (const index of indices) if (this.#open(packet, headerOctets, index, scratch, hashed)) return index;
    return undefined;
  }

  /**
   * The same to be looked at: it stands at the beginning of what is returned, which is longer, until another packet is looked at. With
   * `foreseen` it is the packet of that number among the four whose tags were worked out last, under this index.
   */
  look(packet: Uint8Array, headerOctets: number, index: number, foreseen?: number): Uint8Array | undefined {
    const digest = foreseen === undefined ? undefined : digestOfLane[foreseen];
    return this.#open(packet, headerOctets, index, scratch, digest) ? scratch.octets : undefined;
  }

  /** `known`: its digest, or what was hashed of it already. */
  #open(
    packet: Uint8Array,
    headerOctets: number,
    index: number,
    into: PacketMemory,
    known?: HmacBeginning | Int32Array,
  ): boolean {
    const length = packet.length - this.tagOctets;
    into.begin(packet.length + ROOM_OCTETS);
    const { octets, words, view, at } = into;
    octets.set(packet, at);
    const tagAt = at + length;
    // The digest writes over the tag, so the tag is read first.
    const long = this.tagOctets > 4;
    const tag0 = view.getInt32(tagAt);
    const tag1 = long ? view.getInt32(tagAt + 4) : 0;
    const tag2 = long ? view.getInt16(tagAt + 8) : 0;
    const digest = known instanceof Int32Array ? known : this.#digest(view, at, length, index, known);
    let difference = (digest[0] as number) ^ tag0;
    if (long) difference |= ((digest[1] as number) ^ tag1) | (((digest[2] as number) >> 16) ^ tag2);
    if (difference !== 0) return false;
    this.#keystreamOf(packet).xor(index, words, (at + headerOctets) >> 2, length - headerOctets);
    return true;
  }

  /** HMAC-SHA1 over packet and ROC (RFC 3711 section 4.2). */
  #digest(view: DataView, at: number, length: number, index: number, hashed?: HmacBeginning): Int32Array {
    view.setInt32(at + length, Math.floor(index / SEQUENCES));
    return this.#hmac.digest(view, at, length + ROC_OCTETS, hashed);
  }

  /** The same for the first `length` octets of four packets from place `from` on, side by side; to {@link digests}. */
  #digestFour(
    lanes: Sha1Lanes,
    packets: readonly Uint8Array[],
    from: number,
    length: number,
    indices: readonly number[],
  ): void {
    for (let lane = 0; lane < LANES; lane++) {
      const at = LANES_AT + lane * LANE_OCTETS;
      lanes.octets.set(packets[from + lane] as Uint8Array, at);
      lanes.view.setInt32(at + length, Math.floor((indices[lane] as number) / SEQUENCES));
    }
    const words = this.#hmac.digestLanes(lanes, length + ROC_OCTETS);
    for (let lane = 0; lane < LANES; lane++)
      for (let word = 0; word < TAG_WORDS; word++)
        digests[TAG_WORDS * lane + word] = words[LANES * word + lane] as number;
  }

  /** Made when the first packet is sealed or has authenticated itself: an attacker cannot choose the SSRC. */
  #keystreamOf(packet: Uint8Array): PacketKeystream {
    return (this.#keystream ??= new PacketKeystream(
      deriveSessionKey(this.#master, KEY_LABELS.srtpEncryption, 16),
      deriveSessionKey(this.#master, KEY_LABELS.srtpSalt, 14),
      rtpSsrc(packet),
    ));
  }
}

/** The lanes for the four packets from place `from` on, if they have one length, and it is one that fits. */
function lanesFor(packets: readonly Uint8Array[], from: number): Sha1Lanes | undefined {
  const octets = packets[from]?.length ?? 0;
  if (octets > LANE_PACKET_OCTETS_MAX) return undefined;
  for (let lane = 1; lane < LANES; lane++) if (packets[from + lane]?.length !== octets) return undefined;
  return sha1Lanes();
}
