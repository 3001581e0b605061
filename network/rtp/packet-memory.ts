/**
 * Memory that packets are worked on in and handed out from.
 *
 * An octet array of its own for each packet costs more than encrypting it: it lives outside the heap and must be collected.
 * Packets are cut from a large slab instead, as Node's small Buffers are; a slab lives as long as any packet cut from it.
 * Behind the packet in work there is room to scribble (padding of a hash, the rest of a word).
 */
const SLAB_OCTETS = 65_536;
/** Packets begin on whole words, so that their payload can be worked on in words. */
const ALIGNMENT = 4;

/** The slab that packets are cut from, with the views of it that work is done in. */
export class PacketMemory {
  octets: Uint8Array = new Uint8Array(0);
  words: Int32Array = new Int32Array(0);
  view: DataView = new DataView(new ArrayBuffer(0));
  /** Where the packet in work begins. */
  at = 0;

  /** Begins a packet: from `at` there are at least `octets` octets to write on. Contents are arbitrary. */
  begin(octets: number): void {
    if (this.at + octets <= this.octets.length) return;
    const slab = new ArrayBuffer(Math.max(SLAB_OCTETS, (octets + ALIGNMENT - 1) & -ALIGNMENT));
    this.octets = new Uint8Array(slab);
    this.words = new Int32Array(slab);
    this.view = new DataView(slab);
    this.at = 0;
  }

  /** Hands out the first `octets` octets of the packet in work. It is never written on again. */
  keep(octets: number): Uint8Array {
    const packet = new Uint8Array(this.octets.buffer, this.at, octets);
    this.at = (this.at + octets + ALIGNMENT - 1) & -ALIGNMENT;
    return packet;
  }
}
